"""Osat of all sheets -> Taulut: every column gets its role from its headings and, where they leave it open, its values.

Parts whose headers say the same (a header repeated on every page, the same table on several sheets) are one Taulu.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

from ..guard import Issue, refusal
from ..soluviite import Soluviite, letters_of
from .headings import ARVO, LISAT, MUU, role_of
from .parts import Osa
from .scores import COLOURS, LABELS, as_text, is_percent, read_score

TOIMENPIDE_ROLES = (
    "painopiste", "tavoite", "toimialan_tavoite", "koodi", "toimenpide", "toimielin", "toimiala", "vastuu", "riski",
    "mittari", "sdg", "voimassa",
)  # fmt: skip
KIRJAUS_ROLES = ("jakso", "toteutumisaste", "syy", "kommentti", *LISAT, "sisainen_huomio")
ROLES = (*TOIMENPIDE_ROLES, *KIRJAUS_ROLES)

_CODE = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3})+\.?")

_AIKATAULU = re.compile(r"^\s*(?:aikataulu|tidtabell|tidsplan)\s*$", re.IGNORECASE)
_SAYS_PERCENT = re.compile(r"%|prosent|procent", re.IGNORECASE)
_YEARS = re.compile(r"\s*20\d\d(?:\s?[-–—]\s?(?:20)?\d\d)?\.?\s*")
_ANY_YEARS = re.compile(r"\s*\d{4,9}(?:\s?[-–—]\s?(?:\d\d|\d{4,9}))?\.?\s*")

_ENOUGH = 1_000  # cells that show what a column holds


@dataclass
class Tiedostosarake:
    """A column: its role ("" when not known), its heading and all header texts over it, top to bottom."""

    column: int
    role: str
    heading: str
    path: tuple[str, ...] = ()
    jakso: int | None = None
    by_colour: bool = False
    by_percent: int = 0  # 100: 0.75 is 75 per cent; 1: 75 is; 0: no per cent
    is_chosen: bool = False


@dataclass
class Taulu:
    """Parts read as one table. `spellings`: every header text over a column on any page.

    `jakso`: the period that its sheet is named by, where every sheet of the file is a period; else "".
    """

    parts: list[Osa]
    columns: list[Tiedostosarake]
    spellings: dict[int, list[str]] = field(default_factory=dict)
    is_flat: bool = False
    jakso: str = ""


def read_columns(
    parts: list[Osa], chosen: dict[str, str] | None = None, jaksot: dict[str, str] | None = None
) -> tuple[list[Taulu], Issue | None]:
    """The tables with the roles of their columns, or the refusal duplicate_header, unknown_header or missing_column.

    `chosen`: a person's choices, "Taul1!E" or "E" (on every sheet) -> role ("" leaves the column out); they win over
    everything. `jaksot`: sheet's name -> its period, where every sheet is one.
    """
    groups: dict[tuple, list[Osa]] = {}
    paths = {}
    for part in parts:
        paths[id(part)] = _paths(part)
        signature = tuple((column, _header_role(part, column, path)) for column, path in paths[id(part)].items())
        groups.setdefault((signature, (jaksot or {}).get(part.sheet.name, "")), []).append(part)
    tables = [_table(group, dict(signature), paths, jakso) for (signature, jakso), group in groups.items()]
    issue = _choose(tables, chosen or {}) or next(filter(None, map(_duplicates, tables)), None)
    if not issue and not all(_has_names(table) for table in tables):
        issue = refusal("missing_column/left_out")
    return ([], issue) if issue else (tables, None)


def _has_names(table):
    return any(column.role == "toimenpide" for column in table.columns)


def _paths(part):
    """column -> header texts over it. A period or a merged heading covers the columns to its right that say nothing."""
    paths: dict[int, list[str]] = {}
    for row in part.header_rows:
        held = ""
        cells = part.sheet.rows.get(row, {})
        for column in range(1, _last_column(part) + 1):
            text = cells[column].text if column in cells else ""
            is_merged = part.sheet.origins.get((row, column), (0, 0))[0] == row
            if text:
                held = text if role_of(text) == ARVO else ""
            elif is_merged:
                text = _origin_text(part, row, column)
            elif held and row != part.header_rows[-1]:
                text = held
            if text:
                paths.setdefault(column, []).append(" ".join(text.split()))
    return {column: tuple(paths[column]) for column in sorted(paths)}


def _last_column(part):
    merged = [column for row, column in part.sheet.origins if row in part.header_rows]
    return max([max(part.sheet.rows[row]) for row in part.header_rows] + merged)


def _origin_text(part, row, column):
    origin_row, origin_column = part.sheet.origins[row, column]
    solu = part.sheet.rows.get(origin_row, {}).get(origin_column)
    return solu.text if solu else ""


def _header_role(part, column, path):
    """The main row's word first, then the others'; a period only when nothing else is said."""
    main = part.sheet.rows[part.main_row].get(column)
    texts = [main.text] if main and main.value else []
    roles = [role_of(text) for text in (*texts, *reversed(path))]
    return next((role for role in roles if role not in ("", ARVO)), ARVO if ARVO in roles else "")


def _table(group, roles, paths, jakso):
    spellings = {}
    for part in group:
        for column, path in paths[id(part)].items():
            spellings.setdefault(column, []).extend(path)
    first = paths[id(group[0])]
    lasts = {column: Counter(paths[id(part)][column][-1] for part in group) for column in first}
    columns = [
        Tiedostosarake(column, role, lasts[column].most_common(1)[0][0], first[column])
        for column, role in roles.items()
    ]
    table = Taulu(group, columns, spellings, jakso=jakso)
    _settle_levels(columns)
    _settle_values(table)
    table.is_flat = any(column.role == "jakso" for column in columns)
    return table


def _settle_levels(columns):
    """Two columns called tavoite: above them there is no painopiste, or below them a toimialan tavoite."""
    goals = [column for column in columns if column.role == "tavoite"]
    if len(goals) < 2 or _names_alike(goals):
        return
    roles = {column.role for column in columns}
    if "painopiste" not in roles:
        goals[0].role = "painopiste"
    elif "toimialan_tavoite" not in roles:
        goals[-1].role = "toimialan_tavoite"


def _names_alike(columns):
    names = [column.heading.casefold() for column in columns]
    return len(set(names)) < len(names)


def _are_years(texts):
    """True if all are years, of which some are years of ours: the others (9999) are errors of their own cells."""
    return all(map(_ANY_YEARS.fullmatch, texts)) and any(map(_YEARS.fullmatch, texts))


def _settle_values(table):
    """Roles by values: scores under "kesä", comments under "osavuosikatsaus II", codes under "Nro"."""
    roles = [column.role for column in table.columns]
    named_scores, has_codes = "toteutumisaste" in roles, "koodi" in roles
    for column in table.columns:
        if column.role not in ("toteutumisaste", "voimassa", "", ARVO, MUU):
            continue
        cells = _values(table, column.column)
        if column.role == "voimassa" or (column.role == MUU and _AIKATAULU.search(column.heading)):
            column.role = "voimassa" if _are_years([as_text(solu) for solu in cells]) else ""
            continue
        if column.role in ("", MUU) and not has_codes and _is_codes(cells):
            column.role, has_codes = "koodi", True
        elif column.role == MUU:
            column.role = ""
        else:
            _settle_value(column, _kind(cells, _SAYS_PERCENT.search(column.heading)), named_scores)
    table.columns.extend(_headless(table, named_scores))


def _is_codes(cells):
    return bool(cells) and all(solu.kind == "text" and _CODE.fullmatch(solu.value) for solu in cells)


def _settle_value(column, kind, named_scores):
    if column.role != "toteutumisaste":
        is_score = kind == "scores" or (kind in ("percents", "hundreds", "colours") and column.role == ARVO)
        if is_score and not named_scores:
            column.role = "toteutumisaste"
        else:
            column.role = "kommentti" if column.role == ARVO and kind == "texts" else ""
    if column.role == "toteutumisaste":
        _settle_score(column, kind)


def _settle_score(column, kind):
    column.by_colour, column.by_percent = kind == "colours", {"percents": 100, "hundreds": 1}.get(kind, 0)


def _headless(table, named_scores):
    """Columns of data that have no heading at all: a score if nothing else is one, else not known."""
    known = {column.column for column in table.columns}
    found = sorted(
        {
            column
            for part in table.parts
            for line in part.rows
            for column, solu in part.sheet.rows[line.row].items()
            if solu.kind != "blank"
        }
        - known
    )
    has_scores = named_scores or any(column.role == "toteutumisaste" for column in table.columns)
    return [
        Tiedostosarake(column, "toteutumisaste" if not has_scores and _is_scores(table, column) else "", "")
        for column in found
    ]


def _is_scores(table, column):
    cells = _values(table, column)
    return len(cells) > 1 and _kind(cells) == "scores"


def _values(table, column):
    cells = [
        part.sheet.rows[line.row][column]
        for part in table.parts
        for line in part.rows
        if column in part.sheet.rows[line.row]
    ]
    return [solu for solu in cells if solu.kind != "blank" or solu.colour]


def _kind(cells, says_percent=False):
    """What a column holds: scores, percents, hundreds, colours, texts or nothing. Most of its values decide.

    `says_percent`: its heading does, so 0 to 100 without a sign are per cent too ("hundreds").
    """
    written = [solu for solu in cells if solu.kind != "blank"]
    if not written:
        return "colours" if any(solu.colour in COLOURS for solu in cells) else "nothing"
    if all(is_percent(solu) for solu in written):
        return "percents"
    if says_percent and all(_is_hundred(solu) for solu in written):
        return "hundreds"
    arviot = [read_score(solu, LABELS) for solu in written[:_ENOUGH]]
    told = sum(1 for arvio in arviot if not arvio.error)
    return "scores" if told * 2 > len(arviot) and any(arvio.score for arvio in arviot) else "texts"


def _is_hundred(solu):
    """A whole number 0-100: "75", 75."""
    text = as_text(solu)
    return solu.kind in ("number", "text") and text.isascii() and text.isdigit() and int(text[:9]) <= 100


def _choose(tables, chosen):
    for key, role in chosen.items():
        viite = Soluviite.parse(key)
        found = [
            (table, column)
            for table in tables
            if viite and not viite.row and viite.sheet in {"", *(part.sheet.name for part in table.parts)}
            for column in table.columns
            if column.column == viite.column
        ]
        if not found or role not in (*ROLES, ""):
            return refusal("unknown_header", column=key)
        for table, column in found:
            column.role, column.is_chosen = role, True
            if role == "toteutumisaste":
                _settle_score(column, _kind(_values(table, column.column), _SAYS_PERCENT.search(column.heading)))
    for table in tables:
        table.is_flat = any(column.role == "jakso" for column in table.columns)
    return None


def _duplicates(table):
    """Columns that nothing tells apart: the file itself has to be mended."""
    seen: dict[tuple, Tiedostosarake] = {}
    for column in table.columns:
        words = tuple(text.casefold() for text in column.path)
        first = seen.setdefault((column.role, words), column)
        if column.role and first is not column:
            cells = " ja ".join(letters_of(twin.column) for twin in (first, column))
            return refusal("duplicate_header", heading=column.heading, cells=cells)
    return None
