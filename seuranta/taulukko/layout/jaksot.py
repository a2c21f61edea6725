"""Taulut -> names of the jaksot: which status and which texts belong together, and what their period is called."""

from collections import Counter

from strategia.nimet import normalise

from .choices import OMA, OMA_KIRJAUS, Choices
from .headings import bare_path, is_column_period, is_period, phrases
from .periods import (
    BARE_YEAR,
    day_in,
    is_bare_period,
    kind_in,
    period_key,
    period_of,
    with_year,
    year_in,
)
from .questions import Kysymys, ask_comments
from .roles import Taulu, Tiedostosarake
from .words import LISAT, MORE, NOT_STATE

_NOT_STATE = set(phrases(NOT_STATE))
_MORE = set(phrases(MORE))
_OF_JAKSO = ("toteutumisaste", "kommentti", "syy", *LISAT, "sisainen_huomio")


def jaksot_of_sheets(sheets: list[tuple[str, list[str]]]) -> dict[str, str]:
    """Sheet's name -> its period, for a file that has a sheet for each period; {} for any other.

    `sheets`: the name and the title lines of every sheet that has a table.
    """
    found = {name: _of_sheet(name, titles) for name, titles in sheets}
    is_each = len(found) > 1 and all(found.values()) and len(set(map(normalise, found.values()))) == len(found)
    return found if is_each else {}


def _of_sheet(name, titles):
    if is_bare_period(name):
        return name
    texts = [name, *titles]
    return with_year(kind_in(texts), year_in(texts)) or next(filter(is_bare_period, titles), "")


def name_jaksot(
    tables: list[Taulu], texts: list[str], jakso: str | None, choices: Choices, questions: list[Kysymys]
) -> list[str]:
    """The jaksot's names in order; every column of a jakso gets its number (`jakso`, an index of the names).

    `texts`: where a year may stand when the headings have none, best first: titles, sheet's name, file's name.
    `jakso`: the name a person gave; it holds when the file has one jakso, for among several it would be a guess.
    """
    names: list[str] = []
    dayless: dict[str, list[str]] = {}
    for table in tables:
        groups = group_columns(table, questions)
        own = [_name(table, group, texts, choices, dayless) for group in groups]
        groups, own = _with_measures(groups, own)
        for group, name in zip(groups, _distinct(own, groups), strict=True):
            number = _index(names, name)
            for column in group:
                column.jakso = number
        if not groups:
            for column in table.of_role(OMA_KIRJAUS):
                column.role = OMA
    if not (jakso and len(names) == 1):
        questions += _year_needed(dayless) if dayless else []
    return [jakso] if jakso and len(names) == 1 else names


def _year_needed(dayless):
    """One year settles every day of the file that has none."""
    days, cells = ", ".join(dayless), tuple(dict.fromkeys(cell for each in dayless.values() for cell in each))
    fi = "Otsikon päivästä" if len(dayless) == 1 else "Otsikoiden päivistä"
    fi = f"{fi} {days} puuttuu vuosi. Mikä vuosi se on? Komennolle sen kertoo --vuosi VVVV."
    en = f"The headings have days without a year: {days}. Which year is it? Tell the command with --vuosi."
    return [Kysymys(cells[0], "year_needed", fi, en, (), cells=cells, value=days)]


def group_columns(table: Taulu, questions: list[Kysymys]) -> list[list[Tiedostosarake]]:
    """Columns of one jakso: a status with what stands nearest to it; without one, every text of a period."""
    owners = _owners(table)
    owners = _by_place([*owners, *_one_a_period(_loose_comments(table, owners), owners)])
    groups = [[owner] for owner in owners]
    taken = {id(owner) for owner in owners}
    for column in table.columns:
        if id(column) in taken or not _is_of_jakso(column):
            continue
        same = [group for group in groups if _shares_period(group, column)]
        if column.role == "mittari.arvo":
            if same:
                same[0].append(column)
            continue
        if groups:
            _nearest(same or _timeless(groups, column) or groups, column).append(column)
    groups = [_settle_comments(table, group, questions) for group in groups]
    return [group for group in groups if group]


def _loose_comments(table, owners):
    """Comments of a period that no owner has: a jakso of their own, where others are of the owners' periods."""
    keys = {period_key(owner.path) for owner in owners}
    said = [(period_key(column.path), column) for column in table.of_role("kommentti")]
    if keys == {()} and len(owners) == 1 and len({key for key, _column in said if key}) > 1:
        near = min((column for _key, column in said), key=lambda column: _distance(owners[0], column))
        return [column for key, column in said if key and key != period_key(near.path)]
    if () in keys or len(keys) != len(owners) or (len(owners) < 2 and not any(key in keys for key, _c in said)):
        return []
    return [column for key, column in said if key and key not in keys]


def _is_of_jakso(column):
    return column.role in (*_OF_JAKSO, OMA_KIRJAUS) or column.role == "mittari.arvo"


def _owners(table):
    """The columns that make a jakso each."""
    scores, seen = [], set()
    for column in table.of_role("toteutumisaste"):
        if column.group not in seen or not column.group:
            scores.append(column)
        seen.add(column.group)
    values = [column for column in table.of_role("mittari.arvo") if _makes_jakso(table, column)]
    if scores:
        return _by_place([*scores, *_one_a_period(values, scores)])
    texts = [column for column in table.columns if column.role == "kommentti"]
    texts = texts or [column for column in table.columns if column.role in LISAT]
    of_period = [column for column in texts if any(map(is_period, column.path)) or _is_kausi(table, column)]
    owners = of_period or texts[:1]
    owners = _one_a_period(owners, []) if len(of_period) > 1 else owners
    if values and not of_period:
        return _by_place(_one_a_period(values, []))
    return _by_place([*owners, *_one_a_period(values, owners)])


def _is_kausi(table, column):
    todiste = table.evidence.get(column.column)
    return bool(todiste and max(todiste.words.get("kausi", 0), todiste.words.get("aste", 0)) >= 0.5)


def _makes_jakso(table, column):
    """A word (Toteuma, Tilanne) and a period; a bare year beside a measure is its series. Per cents were a status."""
    todiste = table.evidence.get(column.column)
    if column.by_percent:
        return True
    if todiste is None or BARE_YEAR.fullmatch(column.heading) and not _is_kausi(table, column):
        return False
    return _is_kausi(table, column) and todiste.has_period


def _one_a_period(columns, known):
    kept, keys = [], {period_key(column.path) for column in known}
    for column in columns:
        key = period_key(column.path)
        if key not in keys:
            kept.append(column)
            keys.add(key)
    return kept


def _by_place(columns):
    return sorted(columns, key=lambda column: column.column)


def _shares_period(group, column):
    key = period_key(column.path)
    return bool(key) and key == period_key(group[0].path)


def _timeless(groups, column):
    """Of a column of a period those that are of none: it belongs to no other period's."""
    return [group for group in groups if not period_key(group[0].path)] if period_key(column.path) else []


def _nearest(groups, column):
    # A comment stands to the right of its score, so a score to the left is nearer than one to the right.
    return min(groups, key=lambda group: _distance(group[0], column))


def _distance(owner, column):
    ends = (owner.column, *(owner.group or ()))
    steps = min((column.column - end for end in ends), key=abs)
    return (abs(steps) if steps > 0 else abs(steps) + 0.5, steps < 0)


def _settle_comments(table, group, questions):
    """One comment for each jakso: the one whose heading says so, else the nearest; the others are own columns."""
    comments = [column for column in group if column.role == "kommentti"]
    if len(comments) > 1 and not any(column.is_chosen for column in comments):
        named = [column for column in comments if _says_comment(table, column)]
        named = [column for column in named if not _is_more(column)] or named
        if len(named) > 1:
            asked = ask_comments(table, named)
            questions.append(asked)
            for column in comments:
                column.role = OMA_KIRJAUS
        else:
            best = named[0] if named else min(comments, key=lambda column: _distance(group[0], column))
            for column in comments:
                if column is not best:
                    column.role = OMA_KIRJAUS
    return group


def _says_comment(table, column):
    todiste = table.evidence.get(column.column)
    return bool(todiste and todiste.words.get("kommentti", 0) >= 0.75)


def _is_more(column):
    """ "Lisätieto" is a comment where nothing else is one, and beside one a text of its own."""
    return bool(column.path) and bare_path(column.path[-1:])[0] in _MORE


def _index(names, name):
    for number, known in enumerate(names):
        if normalise(known) == normalise(name):
            return number
    names.append(name)
    return len(names) - 1


def _with_measures(groups, names):
    """What measures showed and what is told of the state are one jakso where both are of the same time."""
    kept = []
    for group, name in zip(groups, names, strict=True):
        same = [number for number, other in enumerate(names) if name and normalise(other) == normalise(name)]
        others = [number for number in same if not _is_of_measures(groups[number])]
        if _is_of_measures(group) and len(others) == 1:
            groups[others[0]].extend(group)
        else:
            kept.append((group, name))
    return [group for group, _name in kept], [name for _group, name in kept]


def _is_of_measures(group):
    return all(column.role == "mittari.arvo" for column in group)


def _distinct(names, groups):
    """Jaksot of one table have names of their own: the heading is added where two would be alike, or a number."""
    counts = Counter(map(normalise, names))
    told = [
        name if counts[normalise(name)] == 1 else f"{name} {group[0].heading}".strip()
        for name, group in zip(names, groups, strict=True)
    ]
    told = [name or f"Jakso {number}" for number, name in enumerate(told, 1)]
    if len(set(map(normalise, told))) == len(told):
        return told
    return [f"{name} ({number})" for number, name in enumerate(told, 1)]


def _name(table, group, texts, choices, dayless):
    if table.jakso and sum(column.role == "toteutumisaste" and not column.group for column in table.columns) < 2:
        return table.jakso
    texts = [table.jakso, *texts] if table.jakso else texts
    spellings = [text for column in group if column.role in _OF_JAKSO for text in _spellings(table, column)]
    spellings = spellings or [text for column in group for text in _spellings(table, column)]
    names = table.of_role("toimenpide")[0].column
    beside = [column for column in table.columns if not (column.role == OMA and column.column < names)]
    around = [text for column in beside if not _is_of_series(table, column) for text in _periods(table, column)]
    others = [column for column in group[1:] if column.role in _OF_JAKSO]
    day = day_in(group[0].path) or next((found for column in others if (found := day_in(column.path))), None)
    if day:  # a year of a budget or a target is none of a day's
        return _name_of_day(table, group, day, [*spellings, *texts, *_follow_up(table)], choices, dayless)
    year = year_in([*spellings, *around, *texts])
    kind = kind_in(spellings)
    if kind:
        return with_year(kind, year)
    period = next((period_of(text) for text in reversed(group[0].path) if is_column_period(text)), "") or next(
        (period_of(text) for column in others for text in reversed(column.path) if is_column_period(text)), ""
    )
    if period:
        return with_year(period, year)
    return (
        with_year(kind_in(texts), year)
        or _title_day(texts, choices, dayless, table, group)
        or next(filter(is_bare_period, texts), "")
        or year
    )


def _is_of_series(table, column):
    """A measure's years name no jakso: its values of many years, its target and where it began."""
    return column.role.startswith("mittari.") and not _makes_jakso(table, column)


def _periods(table, column):
    return [text for text in table.spellings.get(column.column, ()) if is_period(text)]


def _follow_up(table):
    """The header texts over what is followed: statuses and comments of all jaksot."""
    return [text for column in table.of_role(*_OF_JAKSO) for text in _spellings(table, column)]


def _spellings(table, column):
    return table.spellings.get(column.column, column.path)


def _name_of_day(table, group, day, texts, choices, dayless):
    year = day.year or choices.year or year_in(texts)
    if not year:
        dayless.setdefault(day.named(), []).extend(_headings_with(table, group, day))
    return day.named(year)


def _headings_with(table, group, day):
    cells = [table.cell(column.column) for column in group if day_in(column.path) == day]
    return cells or [table.cell(group[0].column)]


def _title_day(texts, choices, dayless, table, group):
    """A title's day is the state's: "tilanne 31.8."."""
    day = day_in(text for text in texts[:3] if not _NOT_STATE & set(text.casefold().split()))
    if day is None or len(group) == 0:
        return ""
    return _name_of_day(table, group, day, texts, choices, dayless)
