"""Osat of all sheets -> Taulut: parts whose headings are alike are one table, and each of its columns gets its role."""

from collections import Counter

from strategia.nimet import normalise

from ..guard import Issue, refusal
from ..soluviite import Soluviite, letters_of, split_key
from .choices import OMA, OMA_KIRJAUS, POIS, SHEET_NAME, Choices
from .evidence import gather
from .headings import best_class, is_period
from .muut_muodot import refusal_of
from .parts import Lohkot, Osa
from .reading import read_roles
from .roles import ROLES, Taulu, Tiedostosarake

_ALIKE = 0.6


def pool(lohkot: list[Lohkot], jaksot: dict[str, str]) -> list[list[Osa]]:
    """The parts grouped by their headings; a sheet that is a period is a group of its own."""
    groups: list[tuple[str, dict, list[Osa]]] = []
    for part in (part for each in lohkot for part in each.parts):
        period = jaksot.get(part.sheet.name, "")
        heads = {column: _head_of(path) for column, path in part.paths.items()}
        home = next((group for group in groups if group[0] == period and _is_alike(group[1], heads)), None)
        if home is None:
            groups.append((period, heads, [part]))
        else:
            home[2].append(part)
    return [parts for _period, _heads, parts in groups]


def _head_of(path):
    text = path[-1] if path else ""
    return normalise(text), next(filter(None, map(best_class, reversed(path))), ""), is_period(text)


def _is_alike(first, second):
    columns = first.keys() | second.keys()
    if not columns:
        return True
    alike = conflicts = 0
    for column in first.keys() & second.keys():
        one, other = first[column], second[column]
        same = (
            one[0] == other[0] or (one[1] and one[1] == other[1]) or (one[2] and other[2] and not (one[1] and other[1]))
        )
        alike += bool(same)
        conflicts += bool(not same and one[1] and other[1])
    return alike >= _ALIKE * len(columns) and not conflicts


def read_tables(
    groups: list[list[Osa]],
    choices: Choices,
    jaksot: dict[str, str],
    *,
    has_bands: bool,
    keys: frozenset[str],
    copies: set[str],
) -> tuple[list[Taulu], list[Taulu], Issue | None]:
    """(tables with names of rows, those without, None), or the refusal unknown_header or duplicate_header."""
    tables = [_table(parts, jaksot, keys, copies) for parts in groups]
    fixed, issue = _fixed_roles(tables, choices)
    if issue:
        return [], [], issue
    for table, roles in zip(tables, fixed, strict=True):
        _take_roles(table, roles, has_bands)
    named = [table for table in tables if table.of_role("toimenpide") and _is_sound(table) and not refusal_of(table)]
    issue = next(filter(None, map(_duplicates, named)), None)
    return named, [table for table in tables if table not in named], issue


def _table(parts, jaksot, keys, copies):
    spellings: dict[int, list[str]] = {}
    for part in parts:
        for column, path in part.paths.items():
            spellings.setdefault(column, []).extend(path)
    filled = {
        column for part in parts for row in part.body for column, solu in part.sheet.rows[row].items()
        if solu.kind != "blank"
    }  # fmt: skip
    paths = {column: _path(parts, column) for column in sorted(spellings.keys() | filled)}
    table = Taulu(parts, [], spellings, jakso=jaksot.get(parts[0].sheet.name, ""))
    first = [part for part in parts if part.sheet.name not in copies]
    table.evidence = gather(first or parts, paths, keys)
    table.columns = [Tiedostosarake(column, "", path[-1] if path else "", path) for column, path in paths.items()]
    return table


def _path(parts, column):
    """The first part's header texts, with the commonest spelling of the last one."""
    paths = [part.paths[column] for part in parts if part.paths.get(column)]
    if not paths:
        return ()
    last = Counter(path[-1] for path in paths).most_common(1)[0][0]
    return (*paths[0][:-1], last)


def _fixed_roles(tables, choices):
    """[column -> role] for each table, of what a person chose; a column that no table has is an error."""
    fixed = [{} for _table in tables]
    for key, role in choices.roles.items():
        if split_key(key)[1] == SHEET_NAME:
            continue
        found = [
            (number, column.column)
            for number, table in enumerate(tables)
            for column in table.columns
            if _names_column(key, table, column)
        ]
        if not found or role not in (*ROLES, ""):
            return [], refusal("unknown_header", column=key)
        for number, column in found:
            fixed[number][column] = role
    return fixed, None


def _names_column(key, table, column):
    viite = Soluviite.parse(key)
    if viite and not viite.row and viite.column == column.column:
        return viite.sheet in {"", *(part.sheet.name for part in table.parts)}
    plain = normalise(key)
    return bool(plain) and plain in {normalise(column.heading), normalise(" – ".join(column.path))}


def _take_roles(table, fixed, has_bands):
    luenta = read_roles(table.evidence, fixed, has_bands=has_bands)
    for column in table.columns:
        number = column.column
        column.role = luenta.roles.get(number, "")
        column.second = luenta.seconds.get(number, "")
        column.margin = luenta.margins.get(number, 0.0)
        column.is_chosen = number in fixed
        if column.is_chosen and column.role == POIS:
            column.role = ""
    table.is_flat = bool(table.of_role("jakso"))


def _is_sound(table):
    """Names alone are a list of anything: there must be a level's word, or a level or something of a status beside."""
    lowest = table.of_role("toimenpide")[0]
    found = table.evidence[lowest.column].words
    says = max((found.get(name, 0) for name in ("alin", "keski", "toimialan_tavoite", "mittari")), default=0)
    beside = ("painopiste", "tavoite", "toimialan_tavoite", "toteutumisaste", "kommentti", "mittari", "mittari.arvo")
    return lowest.is_chosen or says >= 0.55 or bool(table.of_role(*beside))


def _duplicates(table):
    """Columns that nothing tells apart: a person has to say which is which."""
    seen: dict[tuple, Tiedostosarake] = {}
    for column in table.columns:
        if not column.role or column.role in (OMA, OMA_KIRJAUS) or not column.path or column.is_chosen:
            continue
        words = tuple(text.casefold() for text in column.path)
        first = seen.setdefault((column.role, words), column)
        if first is not column and not _are_marks(table, column):
            cells = " ja ".join(letters_of(twin.column) for twin in (first, column))
            return refusal("duplicate_header", heading=column.heading, cells=cells)
    return None


def _are_marks(table, column):
    return table.evidence[column.column].x > 0.5
