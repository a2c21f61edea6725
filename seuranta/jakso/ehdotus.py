"""The jaksot so far -> the next one as it would be made from them. No database: the koordinaattori edits it."""

import calendar
import re
from datetime import date, timedelta

from django.utils.translation import gettext as _

from strategia.nimet import avain

from ..models import Seurantajakso
from ..tyopaivat import is_holiday

Tyyppi = Seurantajakso.Tyyppi
ROOMALAISET = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
KUUKAUSIA = {Tyyppi.NELJANNESVUOSI: 3, Tyyppi.OSAVUOSIKATSAUS: 4, Tyyppi.TILINPAATOS: 12}  # where no dates tell
_YEAR = re.compile(r"(?<!\d)(19|20)\d\d(?!\d)")
_NUMBER = re.compile(
    rf"(?<![\w-])(?P<rooma>{'|'.join(sorted(ROOMALAISET, key=len, reverse=True))})(?!\w)"
    r"|(?<=\bQ)(?P<q>[1-4])(?!\d)|(?<!\d)(?P<luku>[1-9]|1[0-2])(?=/(?:19|20)\d\d|\. (?!\d)|$)"
)
_MONTHS = re.compile(r"(?<![\d.–-])(?:(?P<first>1?\d)(?P<dash>[–-]))?(?P<last>1?\d)/(?P<year>(?:19|20)\d\d)(?!\d)")


def propose_next(jaksot):
    """{field of the jakso: value} for what would follow [Seurantajakso, in order]; {} where there is none.

    Where there was a jakso a year before the last, its follower is repeated a year later: that is the kunta's own
    rhythm. Else the length of the last one tells.
    """
    if not jaksot:
        return {}
    try:
        proposal = _follow(jaksot, jaksot[-1])
    except (OverflowError, ValueError):  # a day stored before days had bounds: no calendar has the one after it
        proposal = _follow_by_name(jaksot[-1])
    proposal["nimi"] = _free_name(proposal["nimi"], {jakso.avain for jakso in jaksot})
    return proposal


def _follow(jaksot, last):
    model = _follower_of_last_year(jaksot, last)
    if model:
        return _repeat(model)
    return _continue(jaksot, last) if last.paattyy else _follow_by_name(last)


def _follow_by_name(last):
    return {"tyyppi": last.tyyppi, "nimi": _rename(last.nimi, last.tyyppi, 0)}


def _follower_of_last_year(jaksot, last):
    """The jakso that followed the one which ended a year before the last, or None."""
    dated = [jakso for jakso in jaksot if jakso.paattyy]
    if not last.paattyy:
        return None
    near = [i for i, jakso in enumerate(dated) if abs((last.paattyy - jakso.paattyy).days - 365) <= 20]
    return dated[near[0] + 1] if near else None


def _repeat(model):
    shifted = {
        name: _add_months(value, 12)
        for name in ("alkaa", "paattyy", "vastaus_viimeistaan", "hyvaksynta_viimeistaan")
        if (value := getattr(model, name))
    }
    years = _YEAR.sub(lambda year: str(int(year.group()) + 1), model.nimi)
    return {"tyyppi": model.tyyppi, "nimi": years, **shifted, **_due_days(model, shifted["paattyy"])}


def _continue(jaksot, last):
    """After the last one by its own length; a year that has run to its end is told by a tilinpäätös."""
    alkaa, paattyy = _next_span(jaksot, last)
    tyyppi, year = last.tyyppi, paattyy.year
    if tyyppi == Tyyppi.OSAVUOSIKATSAUS and (paattyy.month, paattyy.day) == (12, 31):
        tyyppi, alkaa = Tyyppi.TILINPAATOS, date(year, 1, 1)
        nimi = _("Tilinpäätös %(vuosi)s") % {"vuosi": year}
    elif last.tyyppi == Tyyppi.TILINPAATOS and (first := _first_of_year(jaksot, last.paattyy.year)):
        return _repeat(first)
    else:
        nimi = _rename_by_span(last, alkaa, paattyy) or _rename(last.nimi, tyyppi, year - last.paattyy.year)
    return {"tyyppi": tyyppi, "nimi": nimi, "alkaa": alkaa, "paattyy": paattyy, **_due_days(last, paattyy)}


def _next_span(jaksot, last):
    """(first day, last day): those of one that begins after the last, or of one that begins with it each time."""
    before = next((jakso for jakso in reversed(jaksot[:-1]) if jakso.paattyy), None)
    cumulative = before and last.alkaa and before.alkaa == last.alkaa and before.paattyy < last.paattyy
    if cumulative:
        months = _months_between(before.paattyy, last.paattyy)
    elif last.alkaa:
        months = _months_between(last.alkaa - timedelta(days=1), last.paattyy)
    else:
        months = KUUKAUSIA.get(last.tyyppi, 4)
    paattyy = _add_months(last.paattyy, months or 1)
    if cumulative and paattyy.year == last.paattyy.year:
        return last.alkaa, paattyy
    return last.paattyy + timedelta(days=1), paattyy


def _first_of_year(jaksot, year):
    """The first jakso of that year that is not its tilinpäätös."""
    others = [j for j in jaksot if j.paattyy and j.paattyy.year == year and j.tyyppi != Tyyppi.TILINPAATOS]
    return min(others, key=lambda jakso: jakso.paattyy, default=None)


def _months_between(first, last):
    return (last.year - first.year) * 12 + last.month - first.month


def _add_months(day, months):
    """The same day so many months later; the last day of a month stays the last day."""
    month = day.year * 12 + day.month - 1 + months
    year, month = month // 12, month % 12 + 1
    length = calendar.monthrange(year, month)[1]
    is_last = day.day == calendar.monthrange(day.year, day.month)[1]
    return date(year, month, length if is_last else min(day.day, length))


def _due_days(model, paattyy):
    """The deadlines as far from the end as the model's were, moved from a weekend or a holiday to a working day."""
    due = {}
    for name in ("vastaus_viimeistaan", "hyvaksynta_viimeistaan"):
        if model.paattyy and (day := getattr(model, name)):
            due[name] = paattyy + (day - model.paattyy)
            while is_holiday(due[name]):
                due[name] += timedelta(days=1)
    return due


# --- the name


def _rename_by_span(last, alkaa, paattyy):
    """The name with the new last day or months where it tells those of the last one ("1–4/2026"), else ""."""
    old, new = (f"{day.day}.{day.month}.{day.year}" for day in (last.paattyy, paattyy))
    if re.search(rf"(?<!\d){re.escape(old)}(?!\d)", last.nimi):
        return last.nimi.replace(old, new)
    told = _MONTHS.search(last.nimi)
    if not told or (int(told["last"]), int(told["year"])) != (last.paattyy.month, last.paattyy.year):
        return ""
    if told["first"] and (last.alkaa is None or int(told["first"]) != last.alkaa.month):
        return ""
    first = f"{alkaa.month}{told['dash']}" if told["first"] else ""
    return f"{last.nimi[: told.start()]}{first}{paattyy.month}/{paattyy.year}{last.nimi[told.end() :]}"


def _rename(nimi, tyyppi, years):
    """The name with its number one higher, or in another year with the year raised and the number begun anew."""
    raised = _YEAR.sub(lambda year: str(int(year.group()) + years), nimi)
    if number := _NUMBER.search(raised):
        return _with_number(raised, number, 1 if years else _value_of(number) + 1)
    if years or tyyppi == Tyyppi.TILINPAATOS:
        return raised
    return _YEAR.sub(lambda year: f"II {year.group()}", raised, count=1) if _YEAR.search(raised) else f"{raised} II"


def _value_of(number):
    return ROOMALAISET.index(number["rooma"]) + 1 if number["rooma"] else int(number["q"] or number["luku"])


def _with_number(nimi, number, value):
    text = ROOMALAISET[min(value, len(ROOMALAISET)) - 1] if number["rooma"] else str(value)
    return nimi[: number.start()] + text + nimi[number.end() :]


def _free_name(nimi, taken):
    """The name, or the first with a higher number that no jakso of the strategia has."""
    for _try in ROOMALAISET:
        if avain(nimi) not in taken:
            break
        nimi = _rename(nimi, "", 0)
    return nimi
