"""The sheets of a file: which are read, what their names say of the rows, and why the others are left."""

import re

from strategia.nimet import normalise

from ..soluviite import split_key
from . import words
from .bands import BOARD, OF_BOARD, is_unit
from .choices import SHEET_NAME, Choices
from .headings import is_period, phrases, weigh
from .parts import Lohkot
from .questions import Kysymys, Vaihtoehto
from .roles import LEVELS, Taulu

_PLAIN = re.compile(r"(?:taul|taulukko|sheet|blad|tabell|table)\s?\d*|\d+", re.IGNORECASE)
_COPY = re.compile(r"\s*(?:\(\d+\)|[-–_ ]?(?:kopio|vanha|copy|kopia|gammal|old))\s*$", re.IGNORECASE)
_NOT_A_NAME = {
    *phrases(words.TITLES),
    *phrases("toimenpiteet; tavoitteet; åtgärder; mål; actions; goals; mittarit; data; ohje"),
}


def taken_sheets(sheets, choices: Choices):
    """(the sheets to read, those that a person left out)."""
    visible = [sheet for sheet in sheets if not sheet.is_hidden]
    if not choices.sheets:
        return visible, []
    return [s for s in visible if s.name in choices.sheets], [s for s in visible if s.name not in choices.sheets]


def keep_known(lohkot: list[Lohkot]) -> None:
    """Where the words of some sheet's header are known, a sheet whose words nobody knows is not taken for a table."""
    if any(each.parts and each.is_known for each in lohkot):
        for each in lohkot:
            if not each.is_known:
                each.above, each.parts = list(each.texts), []


def split_kinds(tables: list[Taulu]) -> tuple[list[Taulu], list[Taulu]]:
    """(the tables of the rows, those of another kind): beside a column of toimenpide nothing else is the row."""
    named = [table for table in tables if _says_lowest(table)]
    if not named:
        return tables, []
    kept = [table for table in tables if table in named or _is_alone(table)]
    rest = [table for table in tables if table not in kept]
    return kept, rest


def _says_lowest(table):
    return any(
        table.evidence[column.column].words.get("alin", 0) >= 0.55 or column.is_chosen
        for column in table.of_role("toimenpide")
    )


def _is_alone(table):
    """A table of rows of its own: it has a status or a comment, and names that are not only levels."""
    has_status = bool(table.of_role("toteutumisaste", "kommentti"))
    lowest = table.of_role("toimenpide")[0]
    found = table.evidence[lowest.column].words
    return has_status and max(found.get("ylin", 0), found.get("mittari", 0)) < 0.55 and found.get("nimi", 0) < 1


def is_summary(table: Taulu, others: list[Taulu]) -> bool:
    """Its names are another table's upper levels, beside counts and means."""
    lowest = table.of_role("toimenpide")
    names = {normalise(value) for value in table.evidence[lowest[0].column].values} if lowest and others else set()
    if not names:
        return False
    for other in others:
        for column in other.columns:
            if column.role in (*LEVELS, "toimiala"):
                values = {normalise(value) for value in other.evidence[column.column].values}
                if len(names & values) * 2 > len(names):
                    return True
    return False


def is_of_measures(table: Taulu, others: list[Taulu]) -> bool:
    """Measures or risks beside names that another table has with their status: the same rows told anew."""
    lowest = table.of_role("toimenpide")
    if table.of_role("toteutumisaste") or not lowest or not table.of_role("mittari", "riski"):
        return False
    names = {normalise(value) for value in table.evidence[lowest[0].column].values}
    return any(
        names <= {normalise(value) for value in other.evidence[other.of_role("toimenpide")[0].column].values}
        for other in others
        if other.of_role("toteutumisaste") and other.of_role("toimenpide")
    )


def tells_measures(table: Taulu) -> bool:
    """Measures of the levels that stand beside them, with values of their own."""
    lowest = table.of_role("toimenpide")
    words = table.evidence[lowest[0].column].words if lowest else {}
    is_named = words.get("mittari", 0) >= 0.55 and words.get("alin", 0) < 0.55
    values = table.of_role("mittari.lahto", "mittari.tavoite", "mittari.arvo")
    return is_named and bool(values) and bool(table.of_role("painopiste", "tavoite"))


def name_sheets(
    tables: list[Taulu], told: dict[str, dict[str, str]], choices: Choices, questions: list[Kysymys]
) -> dict[str, tuple[str, str]]:
    """Sheet's name -> (role, its text): the highest level missing from the columns and titles, else a missing toimiala.

    `told`: sheet -> role -> the text that its titles and bands gave.
    """
    sheets = list(dict.fromkeys(part.sheet.name for table in tables for part in table.parts))
    chosen = {sheet: role for (sheet, place), role in _split(choices.roles) if place == SHEET_NAME}
    if not chosen and (len(sheets) < 2 and not is_unit(sheets[0]) or not all(map(_is_name, sheets))):
        return {}
    roles = set.intersection(*({column.role for column in table.columns} for table in tables))
    roles |= set.intersection(*(set(told.get(sheet, ())) for sheet in sheets))
    if not chosen and _repeats(tables, told, sheets):
        return {}
    level = next((role for role in LEVELS[:2] if role not in roles), "") or _unsaid_level(tables)
    is_open = level and "toimiala" not in roles
    role = _role_of(sheets, level, roles)
    if is_open and not chosen and not role:
        questions.append(_ask_level(tables, sheets, level))
        role = level
    role = role or level or ("toimiala" if "toimiala" not in roles else "")
    if role in roles and role in LEVELS and not chosen or role == "tavoite" and not chosen:
        role = _shift_down(tables)
    named = {sheet: chosen.get(sheet, chosen.get("", role)) for sheet in sheets}
    return {sheet: (role, sheet) for sheet, role in named.items() if role in (*LEVELS, "toimiala", "toimielin")}


def _unsaid_level(tables):
    """The highest level, where no heading says it of a column, and the lowest one is free for those to move down."""
    columns = [(table, column) for table in tables for column in table.of_role(*LEVELS)]
    is_said = any(
        column.is_chosen
        or (table.evidence[column.column].words.get("ylin", 0) >= 0.55 and not _is_of_one_sheet(table, column))
        for table, column in columns
    )
    return "" if is_said or any(column.role == LEVELS[2] for _table, column in columns) else LEVELS[0]


def _is_of_one_sheet(table, column):
    """Each of its values stands on one sheet only, and they are more than the sheets: these stand above it."""
    values = [
        {
            part.sheet.rows[row][column.column].text
            for row in part.body
            if _has_text(part.sheet.rows[row], column.column)
        }
        for part in table.parts
    ]
    count = sum(map(len, values))
    return len(values) > 1 and count == len(set.union(*values)) > len(values)


def _has_text(cells, column):
    return column in cells and cells[column].kind != "blank"


def _shift_down(tables):
    """A sheet stands above the columns on it: their highest level is the second one then, and the second the third."""
    for table in tables:
        columns = table.of_role(*LEVELS)
        down = dict(zip(LEVELS, LEVELS[1:], strict=False)) if len(columns) > 1 else {LEVELS[0]: LEVELS[1]}
        for column in columns:
            column.role = down.get(column.role, column.role)
    return "painopiste"


def _split(roles):
    return [(split_key(key), role) for key, role in roles.items()]


def _is_name(sheet):
    plain = normalise(sheet)
    return not (_PLAIN.fullmatch(sheet) or is_period(sheet) or plain in _NOT_A_NAME or _COPY.search(sheet))


def _repeats(tables, told, sheets):
    """A name that is a value of its rows' levels or stands in its titles, also cut short, says nothing more."""
    said = {normalise(text) for each in told.values() for text in each.values()}
    for table in tables:
        for column in table.columns:
            if column.role in (*LEVELS, "toimiala"):
                said |= {normalise(value) for value in table.evidence[column.column].values}
    return sum(any(f" {normalise(sheet)}" in f" {text}" for text in said) for sheet in sheets) * 2 > len(sheets)


def _role_of(sheets, level, roles):
    """By the names' own words: "Elinvoimaohjelma" is a programme, "Tekniset palvelut" a unit."""
    if level and sum(weigh(sheet).get("ylin", 0) >= 0.55 for sheet in sheets) * 2 > len(sheets):
        return level
    boards = sum(bool(BOARD.search(sheet)) and not OF_BOARD.search(sheet) for sheet in sheets)
    if "toimielin" not in roles and boards == len(sheets):
        return "toimielin"
    units = sum(is_unit(sheet) for sheet in sheets)
    if "toimiala" not in roles and units * 2 > len(sheets):
        return "toimiala"
    return ""


def _ask_level(tables, sheets, level):
    names = {"painopiste": ("painopiste", "a priority"), "tavoite": ("tavoite", "a goal")}
    fi = (
        f"Ovatko välilehtien nimet ({', '.join(sheets[:3])}{' …' if len(sheets) > 3 else ''}) {names[level][0]} vai "
        f'toimiala? Komennolle sen kertoo --sarake "*={level}".'
    )
    en = f"Are the names of the sheets {names[level][1]} or a unit? Tell the command with --sarake."
    answers = tuple(
        Vaihtoehto(name[:1].upper() + name[1:], english, {}, {"roles": {SHEET_NAME: role}})
        for role, name, english in (
            (level, names[level][0], names[level][1]),
            ("toimiala", "toimiala", "a unit"),
            ("pois", "eivät kumpaakaan", "neither"),
        )
    )
    cells = []
    for table in tables:
        for part in table.parts:
            row = min(part.sheet.rows)
            cells.append(part.sheet.ref(row, min(part.sheet.rows[row])))
    cells = tuple(dict.fromkeys(cells))
    return Kysymys(cells[0], "sheet_level", fi, en, answers, cells=cells, proposed=0)


def find_copies(lohkot: list[Lohkot]) -> set[str]:
    """The names of sheets whose texts are mostly those of an earlier sheet: older copies, which prove nothing more."""
    texts, copies = {}, set()
    if len(lohkot) < 2:
        return copies
    for each in lohkot:
        own = {t for part in each.parts for row in part.body for t in each.texts[row].values() if len(t) > 12}
        for other in texts.values():
            if len(own) > 8 and len(own & other) >= 0.7 * len(own):
                copies.add(each.sheet.name)
        texts[each.sheet.name] = own
    return copies
