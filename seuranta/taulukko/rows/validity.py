"""The years a toimenpide is in force, from a column of their own; those that end its name are only proposed."""

import re

from strategia.paivat import ENSIMMAINEN, VIIMEINEN

from ..guard import Issue
from ..layout.scores import as_text
from ..workbook import Solu
from .sentences import issue

MAX_SPAN = 15  # years; "2010–2050" is a horizon, not a time to do something

_DASH = r"\s?[-–—]\s?"
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


def read_validity(draft, cells: list[tuple[str, Solu | None]], errors: list[Issue], notices: list[Issue]) -> None:
    """Set the draft's years in force from the cells of a column of their own, else propose those that end its name."""
    for cell, solu in cells:
        if solu is not None:
            draft.cells["voimassa"] = cell
            if solu.kind != "blank":
                text = as_text(solu)
                draft.voimassa = years_of_cell(text)
                if _is_out_of_bounds(text):
                    errors.append(issue(cell, "date_range", text=text))
                elif not draft.voimassa:
                    notices.append(issue(cell, "needs_decision/years", text=text))
                return
    draft.nimen_vuodet = years_at_end(draft.texts.get("toimenpide", ""))
    if draft.nimen_vuodet:
        first, last = draft.nimen_vuodet
        notices.append(issue(draft.cell, "validity", years=f"{first}–{last}" if first < last else str(first)))


def years_at_end(text: str) -> tuple[int, int] | None:
    """(first, last) that the text ends with: "… 2023–2025", "(2023)", "Avataan. 2024"; never a year of a sentence."""
    return _years(_AT_END.search(text.rstrip()[-40:]))


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
