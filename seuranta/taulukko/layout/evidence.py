"""Osat of one table -> Todiste of each column: what its headings say and what its values are like, no role yet.

Values are looked at closely on some hundreds of rows; how many are distinct and how they run, on all of them.
"""

import re
from collections import Counter

from . import words
from .headings import best_class, is_period, weigh
from .parts import Osa, text_of
from .todiste import Todiste
from .values import kinds_of

_ENOUGH = 400
_MOSTLY = 0.7
_PARENTS = 0.9
_RANGE = re.compile(r"(?<![\d.])(\d{1,2})\s?[-–]\s?(\d{1,2})(?![\d./])")
_TOTAL, _TOTAL_END = re.compile(words.TOTALS, re.IGNORECASE), re.compile(words.TOTAL_ENDS, re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")


def weigh_path(path: tuple[str, ...], groups: frozenset[str] = frozenset()) -> dict[str, float]:
    """class -> weight of the leaf; of what stands above it nearly as much where the leaf is bare, else little.

    `groups`: headings over columns of several kinds, which say little of any of them.
    """
    if not path:
        return {}
    found = dict(weigh(path[-1]))
    bare = not found and not (is_worded(path[-1]) and groups.intersection(path[:-1]))
    for above in reversed(path[:-1]):
        share = _PARENTS if bare else 0.25
        for name, weight in weigh(above).items():
            found[name] = max(found.get(name, 0), weight * share)
        bare = bare and not found
    return found


def is_worded(text: str) -> bool:
    """True for a heading of words, if unknown ones: no number, unit or time."""
    return any(len(word) > 3 for word in _WORD.findall(text)) and not is_period(text)


def _groups(paths):
    """The headings that stand over several columns of which some have a heading that is known."""
    below: dict[str, list[str]] = {}
    for path in paths:
        for above in path[:-1]:
            below.setdefault(above, []).append(path[-1])
    return frozenset(above for above, leaves in below.items() if len(leaves) > 1 and any(map(best_class, leaves)))


def gather(
    parts: list[Osa], columns: dict[int, tuple[str, ...]], keys: frozenset[str] = frozenset()
) -> dict[int, Todiste]:
    """column -> its evidence, over the rows of two filled cells or more of all the parts. `keys`: those of a legend."""
    groups = _groups(columns.values())
    found = {column: Todiste(column, path, weigh_path(path, groups)) for column, path in columns.items()}
    kinds = {column: Counter() for column in columns}
    looked = Counter()
    cache: dict = {}
    for part in parts:
        rows, lone = _data_rows(part), _lone_rows(part)
        body = set(rows)
        for (row, column), origin in part.sheet.origins.items():
            if row in body and origin[1] == column and column in found:
                found[column].merged += 1
        for number, row in enumerate(rows):
            if number == 0 or (lone and any(rows[number - 1] < other < row for other in lone)):
                for todiste in found.values():
                    todiste.begin()
            _look(found, kinds, looked, cache, part.sheet.rows[row], is_first=number == 0)
        for todiste in found.values():
            todiste.rows += len(rows)
    for column, todiste in found.items():
        todiste.shares = {kind: count / looked[column] for kind, count in kinds[column].items() if looked[column]}
        todiste.is_running = _runs_from_one(todiste)
        todiste.first = todiste.first and bool(todiste.filled)
        todiste.in_range = todiste.filled > 0 and _is_in_range(todiste)
        are_keys = todiste.filled > 0 and bool(keys) and todiste.values.keys() <= keys
        todiste.in_legend = todiste.in_range or are_keys
    return found


def _is_in_range(todiste):
    """True if a heading tells a scale "(4–10)" and every value is a whole number of it."""
    found = [match for text in todiste.path if (match := _RANGE.search(text))]
    if not found or not all(value.isdigit() for value in todiste.values):
        return False
    first, last = int(found[-1][1]), int(found[-1][2])
    return first < last <= 10 and all(first <= int(value) <= last for value in todiste.values)


def _lone_rows(part):
    return [row for row in part.body if sum(solu.kind != "blank" for solu in part.sheet.rows[row].values()) == 1]


def _data_rows(part):
    single = set(part.paths)
    rows = [row for row in part.body if _is_of_data(part.sheet.rows[row])]
    return rows if rows or len(single) > 1 else part.body


def _is_of_data(cells):
    """Two filled cells, and no line of sums or means."""
    filled = [column for column, solu in cells.items() if solu.kind != "blank"]
    if len(filled) < 2:
        return False
    first = text_of(cells[min(filled)])
    return not (_TOTAL.match(first) or (len(first) < 80 and _TOTAL_END.search(first)))


def _look(found, kinds, looked, cache, cells, *, is_first):
    for column, todiste in found.items():
        solu = cells.get(column)
        if solu is None or solu.kind == "blank":
            if solu is not None and solu.colour:
                todiste.colours[solu.colour] += 1
                kinds[column]["blank_colour"] += 1
            continue
        text = solu.text if solu.kind == "bool" else str(solu.value)
        todiste.filled += 1
        if todiste.filled == 1:
            todiste.first = is_first
        if text != todiste.last:
            todiste.steps += _is_next(todiste.last, text)
            todiste.runs += 1
            todiste.last = text
        todiste.here.add(text)
        todiste.values[text] += 1
        if solu.colour:
            todiste.colours[solu.colour] += 1
        if looked[column] < _ENOUGH:
            looked[column] += 1
            key = (solu.kind, text, solu.percent)
            if key not in cache:
                cache[key] = kinds_of(solu)
            kinds[column].update(cache[key])


def _is_next(text, other):
    return text.isdigit() and other.isdigit() and len(other) < 10 and int(other) == int(text[:10]) + 1


def _runs_from_one(todiste):
    """True for 1, 2, 3 …: a running number that identifies nothing."""
    texts = list(todiste.values)
    numbers = [int(text) for text in texts if text.isdigit()]
    is_coded = any(text.startswith("0") and len(text) > 1 for text in texts)  # "01"
    is_range = len(numbers) == len(texts) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    return is_range and not is_coded and numbers[0] in (0, 1) and todiste.steps >= _MOSTLY * (todiste.filled - 1)
