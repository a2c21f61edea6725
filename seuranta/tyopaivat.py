"""The days on which people are left in peace, and the day a reminder falls on. No Django: days in, days out."""

from datetime import date, timedelta
from functools import lru_cache

from strategia.paivat import is_possible

HILJAINEN_KUUKAUSI = 7
# How many days before the deadline a reminder goes; below zero it goes after.
PAIVIA_ENNEN = (14, 3, 0, -3)
_DAY = timedelta(days=1)


@lru_cache
def _holidays():
    """Finland's public holidays; Christmas Eve and Midsummer Eve are among them."""
    import holidays  # three MiB, which a process takes when it first counts days

    return holidays.country_holidays("FI")


def is_holiday(day: date) -> bool:
    """Saturday, Sunday or a Finnish public holiday."""
    return day.weekday() >= 5 or day in _holidays()


def is_quiet(day: date) -> bool:
    """Saturday, Sunday, a Finnish public holiday, or July."""
    return day.month == HILJAINEN_KUUKAUSI or is_holiday(day)


def next_working_day(day: date) -> date:
    """The day itself, or the first after it that is not quiet."""
    while is_quiet(day):
        day += _DAY
    return day


def due_stage(
    deadline: date | None, today: date, *, since: date | None = None, stages: tuple[int, ...] = PAIVIA_ENNEN
) -> int | None:
    """Which of the stages is due today, or None. since: the day until which they have been looked after already.

    One that falls on a quiet day moves to the next working day. Where several meet on one day, as after July or where
    days were missed, only the latest of them is due. One that moved past the deadline says already that the time is
    over: that of the very next day would only say it again. A deadline in no year of ours, stored before days had
    bounds, is none.
    """
    if not is_possible(deadline) or is_quiet(today):
        return None
    since = min(since or today, today - _DAY)
    falls = {stage: next_working_day(deadline - stage * _DAY) for stage in stages}
    late = {day for day in falls.values() if day > deadline}
    due = [stage for stage, day in falls.items() if since < day <= today and day - _DAY not in late]
    return min(due, default=None)
