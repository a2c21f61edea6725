"""Taulut -> names of the jaksot: which score and which comment belong together, and what their period is called."""

import re
from collections import Counter

from strategia.nimet import normalise

from .headings import ARVO, JAKSO_KINDS, LISAT, is_period, role_of
from .questions import Kysymys, ask_comments
from .roles import Taulu, Tiedostosarake

_YEAR = re.compile(r"(?<!\d)(?<!\d[-–])20\d\d(?!\d)(?!\s?[-–]\s?(?:20)?\d\d(?!\d))")
_NUMBER = r"(?:\s+(IV|I{1,3}|[1-4])(?![\w.])(?:\s*/\s*(20\d\d))?)?"
_KINDS = tuple((re.compile(rf"\b(?:{words}){_NUMBER}", re.IGNORECASE), name) for words, name in JAKSO_KINDS)
_NUMERAL = re.compile(r"(?:I{1,3}|IV)$|\d")
_PLAIN_NUMBER = re.compile(r"[\d./–-]+|I{1,3}|IV")
_OF_JAKSO = ("toteutumisaste", "kommentti", "syy", *LISAT, "sisainen_huomio")


def name_jaksot(
    tables: list[Taulu], texts: list[str], jakso: str | None, questions: list[Kysymys] | None = None
) -> list[str]:
    """The jaksot's names in order; every column of a jakso gets its number (`jakso`, an index of the names).

    `texts`: where a year may stand when the headings have none, best first: titles, sheet's name, file's name.
    `jakso`: the name a person gave; it holds when the file has one jakso, for among several it would be a guess.
    `questions` gets those about columns of comments.
    """
    names: list[str] = []
    for table in tables:
        groups = [_settled(table, group, questions) for group in _groups(table.columns)]
        groups = [group for group in groups if group]
        own = [_name(table, group, texts) for group in groups]
        for group, name in zip(groups, _distinct(own, groups), strict=True):
            number = _index(names, name)
            for column in group:
                column.jakso = number
    return [jakso] if jakso and len(names) == 1 else names


def jaksot_of_sheets(sheets: list[tuple[str, list[str]]]) -> dict[str, str]:
    """Sheet's name -> its period, for a file that has a sheet for each period; {} for any other.

    `sheets`: the name and the title lines of every sheet that has a table.
    """
    found = {name: _of_sheet(name, titles) for name, titles in sheets}
    is_each = len(found) > 1 and all(found.values()) and len(set(map(normalise, found.values()))) == len(found)
    return found if is_each else {}


def _of_sheet(name, titles):
    if _is_bare_period(name):
        return name
    texts = [name, *titles]
    return _kind_with_year(texts, _year(texts)) or next(filter(_is_bare_period, titles), "")


def _settled(table, group, questions):
    """The group without columns that a person must choose between."""
    if questions is not None:
        questions += ask_comments(table, group)
    return [column for column in group if column.role]


def _groups(columns):
    """Columns of one jakso: a score with what stands nearest to it; without scores, every text of a period."""
    owners = [column for column in columns if column.role == "toteutumisaste"]
    if not owners:
        texts = [column for column in columns if column.role == "kommentti"]
        texts = texts or [column for column in columns if column.role in LISAT]
        owners = [column for column in texts if _is_of_period(column)] or texts[:1]
    groups = [[owner] for owner in owners]
    for column in columns:
        if groups and column.role in _OF_JAKSO and column not in owners:
            # A comment stands to the right of its score, so a score to the left is nearer than one to the right.
            nearest = min(groups, key=lambda group: _distance(group[0], column))
            nearest.append(column)
    return groups


def _distance(owner, column):
    steps = column.column - owner.column
    return (abs(steps), steps < 0)


def _is_of_period(column: Tiedostosarake):
    return any(role_of(text) == ARVO for text in column.path)


def _index(names, name):
    for number, known in enumerate(names):
        if normalise(known) == normalise(name):
            return number
    names.append(name)
    return len(names) - 1


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


def _name(table, group, texts):
    if table.jakso and sum(column.role == "toteutumisaste" for column in table.columns) < 2:
        return table.jakso
    texts = [table.jakso, *texts] if table.jakso else texts
    spellings = [text for column in group for text in table.spellings.get(column.column, column.path)]
    around = [text for column in table.columns for text in table.spellings.get(column.column, ()) if is_period(text)]
    year = _year([*spellings, *around, *texts])
    kind = _kind(spellings)
    if kind:
        return kind if _YEAR.search(kind) or not year else f"{kind} {year}"
    period = next((_period(text) for text in reversed(group[0].path) if is_period(text)), "") or next(
        (_period(text) for column in group[1:] for text in reversed(column.path) if is_period(text)), ""
    )
    if period:
        return period if re.search(r"20\d\d", period) or not year else f"{period} {year}"
    return _kind_with_year(texts, year) or next(filter(_is_bare_period, texts), "") or year


def _kind(texts):
    """The kind of report the texts name, spelled one way: "osavuositarkaus II" -> "Osavuosikatsaus II"."""
    found = Counter()
    for text in texts:
        for pattern, name in _KINDS:
            match = pattern.search(text)
            if match:
                number = f" {match[1].upper()}" if match[1] else ""
                found[f"{name}{number}/{match[2]}" if match[2] else f"{name}{number}"] += 1
    return found.most_common(1)[0][0] if found else ""


def _kind_with_year(texts, year):
    kind = _kind(texts)
    return kind if not kind or not year or _YEAR.search(kind) else f"{kind} {year}"


def _period(text):
    """What of a heading names the time: "Toteutumisaste kevät 2023" -> "Kevät 2023"."""
    words = [word.strip("(),:;") for word in text.split()]
    kept = [word for word in words if _NUMERAL.search(word) or (is_period(word) and word.casefold() != "seurantavuosi")]
    name = " ".join(kept) or text
    return name[:1].upper() + name[1:]


def _is_bare_period(text):
    """True if the text (the name of a sheet) is a time and nothing else: "Kevät 2025"."""
    words = text.split()
    return is_period(text) and all(_PLAIN_NUMBER.fullmatch(word) or _is_time(word) for word in words)


def _is_time(word):
    return is_period(word) and not _YEAR.search(word)


def _year(texts):
    return next((match[0] for text in texts if (match := _YEAR.search(text))), "")
