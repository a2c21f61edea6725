"""The years a toimenpide is in force, from a column of their own; those that end its name are only proposed."""

import datetime
import re

from strategia.paivat import ENSIMMAINEN, VIIMEINEN

from ..guard import Issue
from ..layout.parts import text_of
from ..workbook import Solu
from .sentences import issue

MAX_SPAN = 15  # years; "2010–2050" is a horizon, not a time to do something

_DASH = r"\s?[-–—]\s?"
_ONE_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_RANGE = rf"(20\d\d){_DASH}(20\d\d|\d\d)"
_CELL = re.compile(rf"(?:{_RANGE}|(20\d\d))\.?")
_DAY = re.compile(r"(?<!\d)\d{1,2}\.\d{1,2}\.(\d{1,9})(?!\d)|(?<!\d)(\d{4,9})-\d\d-\d\d(?!\d)")
_YEARS = re.compile(rf"(\d{{4,9}})(?:{_DASH}(\d{{4,9}}))?\.?")
# At the very end: a range, or a year that stands alone: in brackets or after the sentence has ended with a whole
# word: five letters, or four of which the last is a vowel ("2,3 milj. 2023" and "31.12.2023" have not ended).
_WORD = r"(?:[^\W\d_]{5}|[^\W\d_]{3}[aeiouyäöå])"
_AT_END = re.compile(
    rf"(?:(?:^|[\s.,;:)(]){_RANGE}|\((20\d\d)|{_WORD}[.!?]\s*(20\d\d))\s?\)?\.?$",
)


def read_validity(draft, cells: list[tuple[str, str, Solu | None]], errors: list[Issue], notices: list[Issue]) -> None:
    """Set the draft's days in force from columns of their own, else propose the years that end its name.

    `cells`: (role, cell, what stands there): voimassa, voimassa.alkaa or voimassa.paattyy.
    """
    is_written = bool(cells) and _read_columns(draft, cells, errors, notices)
    if is_written:
        return
    draft.nimen_vuodet = years_at_end(draft.texts.get("toimenpide", ""))
    if draft.nimen_vuodet:
        first, last = draft.nimen_vuodet
        notices.append(issue(draft.cell, "validity", years=f"{first}–{last}" if first < last else str(first)))


def _read_columns(draft, cells, errors, notices):
    """Set the days that the columns tell; do they say anything?"""
    told = {"alkaa": None, "paattyy": None}
    is_written = False
    for role, cell, solu in cells:
        if solu is None:
            continue
        draft.name_cell("voimassa", cell)
        if solu.kind == "blank":
            is_written = is_written or role == "voimassa"
            continue
        is_written, text = True, text_of(solu)
        if _is_out_of_bounds(text):
            errors.append(issue(cell, "date_range", text=text))
            continue
        days = _days_of(solu, text)
        if days is None:
            notices.append(issue(cell, "needs_decision/years", text=text))
        elif role == "voimassa":
            told = {"alkaa": days[0], "paattyy": days[1]}
        else:
            told[role.partition(".")[2]] = days[0] if role.endswith("alkaa") else days[1]
    if any(told.values()):
        draft.voimassa = told
    return is_written


def _days_of(solu, text):
    """(first, last) as ISO days of a year, a range of years or a day; None where the text is neither."""
    years = years_of_cell(text)
    if years:
        return f"{years[0]}-01-01", f"{years[1]}-12-31"
    if solu.kind == "date" and isinstance(solu.value, datetime.date):
        day = solu.value.date() if isinstance(solu.value, datetime.datetime) else solu.value
        return day.isoformat(), day.isoformat()
    match = _ONE_DAY.fullmatch(text.strip())
    try:
        day = match and datetime.date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return None
    return day and (day.isoformat(), day.isoformat())


def years_at_end(text: str) -> tuple[int, int] | None:
    """(first, last) that the text ends with: "… 2023–2025", "(2023)", "Avataan. 2024"; never a year of a sentence."""
    end = text.rstrip()[-40:]
    return _years(_AT_END.search(end)) if "20" in end else None


def years_of_cell(text: str) -> tuple[int, int] | None:
    """(first, last) of a cell that is nothing but a year or a range of years."""
    return _years(_CELL.fullmatch(text.strip()))


def _is_out_of_bounds(text):
    """True if the year of a day in the text, or of a text that is years only, is past the bounds or has two digits."""
    alone = _YEARS.fullmatch(text.strip())
    found = [*(alone.groups() if alone else ()), *(year for day in _DAY.findall(text) for year in day)]
    return any(not ENSIMMAINEN.year <= int(year) <= VIIMEINEN.year for year in found if year)


def _years(match):
    if not match:
        return None
    first, last, *alone = match.groups()
    year = next(filter(None, alone), None)
    if year:
        return int(year), int(year)
    years = int(first), int(last if len(last) == 4 else first[:2] + last)
    return years if 0 <= years[1] - years[0] <= MAX_SPAN else None
