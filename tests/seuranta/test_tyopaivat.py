"""The days on which nobody is reminded, and the day a reminder falls on."""

from collections import Counter
from datetime import date, timedelta

import pytest

from seuranta.tyopaivat import PAIVIA_ENNEN, due_stage, is_quiet, next_working_day

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 1),
        date(2026, 1, 6),  # loppiainen
        date(2026, 4, 3),  # pitkäperjantai
        date(2026, 4, 6),  # 2. pääsiäispäivä
        date(2026, 5, 1),  # vappu
        date(2026, 5, 14),  # helatorstai
        date(2026, 6, 19),  # juhannusaatto
        date(2027, 12, 6),  # itsenäisyyspäivä
        date(2026, 12, 24),  # jouluaatto
        date(2026, 12, 25),
        date(2031, 12, 26),
        date(2026, 9, 12),  # Saturday
        date(2026, 9, 13),
        date(2026, 7, 1),
        date(2026, 7, 31),
    ],
)
def test_a_quiet_day(day):
    assert is_quiet(day)


@pytest.mark.parametrize(
    "day",
    [date(2026, 1, 2), date(2026, 4, 2), date(2026, 4, 30), date(2026, 6, 18), date(2026, 6, 30), date(2026, 8, 3),
     date(2026, 12, 23), date(2026, 12, 28), date(2026, 12, 31), date(2026, 10, 30), date(2026, 2, 5)],
)  # fmt: skip
def test_a_working_day(day):
    assert not is_quiet(day)


@pytest.mark.parametrize(
    ("day", "moved"),
    [
        (date(2026, 9, 15), date(2026, 9, 15)),
        (date(2026, 9, 12), date(2026, 9, 14)),
        (date(2026, 6, 19), date(2026, 6, 22)),
        (date(2026, 7, 1), date(2026, 8, 3)),
        (date(2026, 12, 24), date(2026, 12, 28)),
        (date(2026, 4, 3), date(2026, 4, 7)),
    ],
)
def test_a_reminder_of_a_quiet_day_moves_to_the_next_working_day(day, moved):
    assert next_working_day(day) == moved


def days_of(deadline):
    """{day: stage} of a deadline over the weeks around it."""
    days = (deadline + n * DAY for n in range(-60, 75))
    return {day: stage for day in days if (stage := due_stage(deadline, day)) is not None}


def test_the_days_of_an_ordinary_deadline():
    assert days_of(date(2026, 9, 15)) == {
        date(2026, 9, 1): 14,
        date(2026, 9, 14): 3,  # 12.9. is a Saturday
        date(2026, 9, 15): 0,
        date(2026, 9, 18): -3,
    }


def test_what_meets_on_one_day_is_sent_once_and_says_the_latest():
    assert days_of(date(2026, 7, 15)) == {date(2026, 8, 3): -3}
    assert days_of(date(2026, 9, 13)) == {date(2026, 8, 31): 14, date(2026, 9, 10): 3, date(2026, 9, 14): 0,
                                          date(2026, 9, 16): -3}  # fmt: skip


def test_a_saturday_deadline_reminds_once_after_the_weekend():
    saturday = date(2026, 9, 12)
    assert days_of(saturday) == {date(2026, 8, 31): 14, date(2026, 9, 9): 3, date(2026, 9, 14): 0}
    assert due_stage(saturday, date(2026, 9, 15), since=date(2026, 9, 11)) == 0, "maanantai jäi väliin"


@pytest.mark.parametrize("year", [2025, 2026, 2027])
def test_for_any_deadline_nobody_is_reminded_on_a_quiet_day_twice_of_a_stage_or_backwards(year):
    for n in range(365):
        deadline = date(year, 1, 1) + n * DAY
        days = days_of(deadline)
        stages = [days[day] for day in sorted(days)]
        assert days
        assert not any(is_quiet(day) for day in days)
        assert max(Counter(stages).values()) == 1
        assert stages == sorted(stages, reverse=True)
        assert set(stages) <= set(PAIVIA_ENNEN)
        last = max(days)
        assert stages[-1] == -3 or (stages[-1] == 0 and deadline < last == next_working_day(deadline + 3 * DAY) - DAY)
        late = [day for day in days if day > deadline]
        assert not any(day + DAY in late for day in late)


def test_no_deadline_no_reminder():
    assert due_stage(None, date(2026, 9, 15)) is None


@pytest.mark.parametrize(
    ("since", "today", "stage"),
    [
        (date(2026, 8, 31), date(2026, 9, 2), 14),  # 1.9. was missed
        (date(2026, 9, 1), date(2026, 9, 2), None),
        (date(2026, 8, 31), date(2026, 9, 15), 0),  # of all that was missed the latest
        (date(2026, 9, 18), date(2026, 9, 18), -3),  # looked after today already: today's is due all the same
        (date(2026, 9, 11), date(2026, 9, 13), None),  # a Sunday
    ],
)
def test_what_was_due_on_a_missed_day_is_due_today(since, today, stage):
    assert due_stage(date(2026, 9, 15), today, since=since) == stage
