"""Two rows that are a header only together: a word or a name is broken between them, "Toimen-" over "pide"."""

from ...workbook import Valilehti
from ..headings import HEAD
from .known import class_of, is_number

_HYPHENS = ("-", "\u00ad")
_LONGEST = 40


def are_broken(sheet: Valilehti, upper: int, lower: int, texts: dict[int, dict[int, str]]) -> bool:
    """True if at least two headings, or the only ones of both rows, are known better when the rows are one."""
    above, below = texts.get(upper, {}), texts.get(lower, {})
    both = above.keys() & below.keys()
    if lower != upper + 1 or not both or not (_is_plain(sheet, upper, above) and _is_plain(sheet, lower, below)):
        return False
    gains = [column for column in both if _gains(above[column], below[column])]
    return len(gains) > 1 or (len(gains) == len(both) and above[gains[0]].endswith(_HYPHENS))


def _is_plain(sheet, row, texts):
    """Short words only, and none over several columns: those are a group of what stands below it."""
    spread = any(sheet.origins.get((row, column + 1)) == (row, column) for column in texts)
    numbers = any(is_number(text, sheet.rows[row][column]) for column, text in texts.items())
    return not spread and not numbers and all(len(text) <= _LONGEST for text in texts.values())


def _gains(upper, lower):
    joined, alone = class_of(_join(upper, lower))[1], max(class_of(upper)[1], class_of(lower)[1])
    return joined >= HEAD and (joined > alone or (joined == alone and upper.endswith(_HYPHENS)))


def _join(upper, lower):
    """The text that is known best: a hyphen at a line's end is none of the word."""
    if upper.endswith(_HYPHENS) and lower[:1].islower():
        return upper[:-1] + lower
    spaced, whole = f"{upper} {lower}", upper + lower
    return whole if lower[:1].islower() and class_of(whole)[1] > class_of(spaced)[1] else spaced


def join_broken(sheet: Valilehti, rows: tuple[int, ...], texts: dict[int, dict[int, str]]):
    """(rows, texts) of a header where each pair of broken rows is its lower row, with the texts of both."""
    for upper, lower in zip(rows, rows[1:], strict=False):
        if are_broken(sheet, upper, lower, texts):
            above, below = texts[upper], texts[lower]
            joined = {column: _join(above[column], below[column]) for column in above.keys() & below.keys()}
            texts = {**texts, lower: {**above, **below, **joined}}
            rows = tuple(row for row in rows if row != upper)
    return rows, texts
