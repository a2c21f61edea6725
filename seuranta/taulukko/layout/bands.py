"""A lone line or a row -> what it says by itself: a level, a unit, a board, a legend, a total."""

import re

from . import words
from .headings import phrases, weigh
from .parts import Lohkot
from .scale import is_legend, legend_entries

BOARD = re.compile(words.BOARDS, re.IGNORECASE)
PAGE = re.compile(words.PAGES, re.IGNORECASE)
TOTAL = re.compile(words.TOTALS, re.IGNORECASE)
TOTAL_END = re.compile(words.TOTAL_ENDS, re.IGNORECASE)
OF_BOARD = re.compile(words.OF_BOARDS, re.IGNORECASE)
_UNIT_ENDS = tuple(phrases(words.UNIT_ENDS))
_NUMBER_AT_END = re.compile(r"\s+(?:\d{1,2}(?:\.\d{1,2})*|[IVX]+)\.?\s*$")  # "Päämäärä 1: …"
_CLASS_ROLES = {"ylin": "painopiste", "keski": "tavoite", "toimielin": "toimielin", "toimiala": "toimiala"}


def have_bands(lohkot: list[Lohkot]) -> bool:
    """True if lone cells between the rows name the highest level: no boards, units, totals or legends, and several."""
    found = set()
    for each in lohkot:
        rows = list(each.texts)
        headers = {row for part in each.parts for row in part.header_rows}
        for row, after in zip(rows, rows[1:], strict=False):
            if (
                each.parts
                and len(each.texts[row]) == 1
                and row not in headers
                and (len(each.texts[after]) > 1 or after in headers)
                and _names_level(each, row, after)
            ):
                found.add(next(iter(each.texts[row].values())))
    return len(found) > 1


def _names_level(lohkot, row, after):
    column, text = next(iter(lohkot.texts[row].items()))
    is_header = any(after in part.header_rows for part in lohkot.parts)
    if row in lohkot.above and not (is_header and len(lohkot.parts) > 1):
        return False
    is_first = column == min(min(part.paths, default=1) for part in lohkot.parts)
    is_spread = lohkot.sheet.origins.get((row, column + 1)) == (row, column)
    stands_over = is_spread or (is_first and (is_header or column in lohkot.texts[after]))
    is_other = BOARD.search(text) or is_unit(text) or is_legend(text) or TOTAL.match(text) or TOTAL_END.search(text)
    is_other = is_other or PAGE.match(text)
    return stands_over and not is_other and len(text) < 120


def is_unit(text: str) -> bool:
    """True if the text ends as units of a municipality do."""
    return " ".join(text.split()).casefold().endswith(_UNIT_ENDS)


def legends_of(lohkot: Lohkot) -> list[str]:
    """The lines of a sheet that explain numbers, colours or signs, wherever they stand."""
    found = []
    for texts in lohkot.texts.values():
        if len(texts) <= 3:
            found += [t for t in texts.values() if legend_entries(t) and len(t) < 400 and not lead_of(t)[0]]
    return found


def titles_of(lohkot: Lohkot) -> list[str]:
    """The lone lines above the first header."""
    return [next(iter(lohkot.texts[row].values())) for row in lohkot.above if len(lohkot.texts[row]) == 1]


def is_total(texts: dict[int, str], roles: dict[int, str]) -> bool:
    """A row of sums or means: its first text says so and it has no other name."""
    first = next(iter(texts.values()))
    if TOTAL.match(first):
        names = [column for column, role in roles.items() if role == "toimenpide" and column in texts]
        if not any(texts[column] != first for column in names):
            return True
    if not _ends_as_total(first):
        return False
    return all(_is_figure(text) or _ends_as_total(text) for text in texts.values())


def _ends_as_total(text):
    return len(text) < 80 and bool(TOTAL_END.search(text))


def lead_of(text):
    """(role, its word, the name) of "Tavoite 1.1: Koulut kuntoon", ("", "", "") of any other line."""
    lead, _colon, rest = text.partition(":")
    lead = _NUMBER_AT_END.sub("", lead).strip()
    role = _role_of_lead(lead) if rest.strip() else ""
    return (role, lead, rest.strip()) if role else ("", "", "")


def _role_of_lead(lead):
    found = weigh(lead)
    name = max(found, key=found.get, default="")
    return _CLASS_ROLES.get(name, "") if found.get(name, 0) >= 0.55 and name in ("ylin", "keski") else ""


def _is_figure(text):
    return any(map(str.isdigit, text)) and not re.search(r"[^\W\d_]{4}", text)


def is_legend_row(texts, roles):
    """Two short cells that explain a mark: what it is and what it means."""
    return (
        "toimenpide" not in roles
        and len(texts) == 2
        and all(len(text) < 40 for text in texts.values())
        and bool(legend_entries(" = ".join(texts.values())))
        and not roles & {"toteutumisaste", "kommentti"}
    )


def foot_of(texts):
    """Lone cells at the very end, from the first total or list of what the numbers mean: none of them is a name."""
    rows = []
    for row in reversed(texts):
        if len(texts[row]) > 1:
            break
        rows.insert(0, row)
    keys = {key for row in rows for key, _word in legend_entries(next(iter(texts[row].values())))}
    for index, row in enumerate(rows):
        text = next(iter(texts[row].values()))
        explains = bool(legend_entries(text)) and len(keys) > 1  # a key on each line is a legend too
        if len(rows) < len(texts) and (TOTAL.match(text) or explains):
            return set(rows[index:])
    return set()


def plain_line(text):
    """As lines are compared: without marks of a heading, case and white space."""
    return " ".join(text.strip("#* ").split()).casefold()
