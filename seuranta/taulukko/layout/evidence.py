"""Osat of one table -> Todiste of each column: what its headings say and what its values are like, no role yet.

Values are looked at closely on some hundreds of rows; how many are distinct and how they run, on all of them.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from functools import cache

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
    cache: dict = {}
    for part in parts:
        filled = {row: _filled_of(part.sheet.rows[row]) for row in part.body}
        rows = _data_rows(part, filled)
        body = set(rows)
        for (row, column), origin in part.sheet.origins.items():
            if row in body and origin[1] == column and column in found:
                found[column].merged += 1
        for number, group in enumerate(_groups_of(rows, [row for row, each in filled.items() if len(each) == 1])):
            for column, todiste in found.items():
                todiste.begin()
                solut = [part.sheet.rows[row].get(column) for row in group]
                _look(todiste, kinds[column], cache, solut, is_first=number == 0)
        for todiste in found.values():
            todiste.rows += len(rows)
    for column, todiste in found.items():
        looked = min(todiste.filled, _ENOUGH)
        todiste.shares = {kind: count / looked for kind, count in kinds[column].items() if looked}
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


def _filled_of(cells):
    return [column for column, solu in cells.items() if solu.kind != "blank"]


def _data_rows(part, filled):
    single = set(part.paths)
    ends = cache(_is_total)  # a table repeats its first words
    rows = [row for row in part.body if _is_of_data(part.sheet.rows[row], filled[row], ends)]
    return rows if rows or len(single) > 1 else part.body


def _is_of_data(cells, filled, is_total):
    """Two filled cells, and no line of sums or means."""
    return len(filled) > 1 and not is_total(text_of(cells[min(filled)]))


def _is_total(text):
    return bool(_TOTAL.match(text) or (len(text) < 80 and _TOTAL_END.search(text)))


def _groups_of(rows, lone):
    """The rows of each stretch that no lone cell divides."""
    groups, before = [], 0
    lone = sorted(lone)
    for row in rows:
        if not groups or (lone and bisect_left(lone, row) > bisect_right(lone, before)):
            groups.append([])
        groups[-1].append(row)
        before = row
    return groups


def _look(todiste, kinds, cache, solut, *, is_first):
    """What the column's cells of one group of rows add to its evidence."""
    filled = [solu for solu in solut if solu is not None and solu.kind != "blank"]
    texts = [solu.text if solu.kind == "bool" else str(solu.value) for solu in filled]
    todiste.first = todiste.first or bool(is_first and not todiste.filled and filled and solut[0] is filled[0])
    looked = max(0, _ENOUGH - todiste.filled)
    todiste.filled += len(filled)
    for text in texts:
        if text != todiste.last:
            todiste.steps += _is_next(todiste.last, text)
            todiste.runs += 1
            todiste.last = text
    todiste.here.update(texts)
    todiste.values.update(texts)
    for solu in solut:
        if solu is not None and solu.colour:
            todiste.colours[solu.colour] += 1
            if solu.kind == "blank":
                kinds["blank_colour"] += 1
    for solu, text in zip(filled[:looked], texts, strict=False):
        key = (solu.kind, text, solu.percent)
        if key not in cache:
            cache[key] = kinds_of(solu)
        kinds.update(cache[key])


def _is_next(text, other):
    return text.isdigit() and other.isdigit() and len(other) < 10 and int(other) == int(text[:10]) + 1


def _runs_from_one(todiste):
    """True for 1, 2, 3 …: a running number that identifies nothing."""
    texts = list(todiste.values)
    numbers = [int(text) for text in texts if text.isdigit()]
    is_coded = any(text.startswith("0") and len(text) > 1 for text in texts)  # "01"
    is_range = len(numbers) == len(texts) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    return is_range and not is_coded and numbers[0] in (0, 1) and todiste.steps >= _MOSTLY * (todiste.filled - 1)
