"""The rows of a header -> the header texts over each column, from the top down."""

from ...workbook import Valilehti
from ..headings import is_period
from ..periods import period_key
from ..scores import is_known_status
from .broken import join_broken
from .known import YEAR, class_of, is_bare_period
from .span import is_spread

_OF_STATUS = {"", "kausi", "aste", "varma_aste"}
_COVERING = {"kausi", "aste", "varma_aste", "raha", "tarkeys", "mittari.arvo", "mittari.tavoite"}


def paths_of(sheet: Valilehti, rows: tuple[int, ...], texts: dict[int, dict[int, str]]) -> dict[int, tuple]:
    """column -> header texts over it. A heading covers the empty cells to its right that a row below it divides."""
    paths: dict[int, list[str]] = {}
    last = _last_column(sheet, rows)
    rows, texts = join_broken(sheet, rows, texts)
    for place, row in enumerate(rows):
        held, over_time, is_choice, lower = (
            "",
            "",
            False,
            {column for other in rows[place + 1 :] for column in texts[other]},
        )
        for column in range(1, last + 1):
            text = texts[row].get(column, "")
            origin = sheet.origins.get((row, column))
            if text:
                held = text if column in lower and not is_spread(sheet, row, column) else ""
                over_time = held and _time_below(texts, rows[place + 1 :], column)
                is_choice = held and _is_choice(held, texts, rows[place:], column)
            elif origin and origin[0] == row:
                text = texts[row].get(origin[1], "")
            elif over_time and _time_below(texts, rows[place + 1 :], column) != over_time:
                held, over_time = "", ""
            elif held and column in lower and (is_choice or _covers(held, texts, rows[place + 1 :], column)):
                text = held
            if text:
                shown = " ".join(text.split())
                if shown not in paths.setdefault(column, []):
                    paths[column].append(shown)
    return {column: tuple(paths[column]) for column in sorted(paths)}


def _time_below(texts, rows, column):
    """ "year" or "part" where only bare periods stand below it, else ""."""
    below = [texts[row][column] for row in rows if column in texts[row]]
    if not below or not all(map(is_bare_period, below)):
        return ""
    return "year" if all(map(YEAR.fullmatch, below)) else "part"


def _is_choice(held, texts, rows, column):
    """Words of a status stand below an unknown heading, and nothing but such: all that it spans are its choices."""
    words = []
    while column not in texts[rows[0]] or not words:
        text = next((texts[row][column] for row in rows[1:] if column in texts[row]), "")
        if not text:
            break
        words.append(text)
        column += 1
    others = {class_of(text)[0] for text in words if not is_known_status(text)}
    return len(words) > 2 and any(map(is_known_status, words)) and not class_of(held)[0] and others <= _OF_STATUS


def _covers(held, texts, rows, column):
    """A period or what is followed is divided by what stands below it, but not by another period's own heading.

    Any other words are, where what stands below is bare periods or the words of a status.
    """
    below = [texts[row][column] for row in rows if column in texts[row]]
    times = set().union(*(period_key((text,)) for text in below))
    if is_period(held) and times - set(period_key((held,))) and any(class_of(text)[0] for text in below):
        return False
    if is_period(held) or class_of(held)[0] in _COVERING:
        return True
    parts = all(is_period(text) or len(text) < 3 or is_known_status(text) for text in below)
    return bool(below) and parts and (not class_of(held)[0] or all(map(is_period, below)))


def _last_column(sheet, rows):
    merged = [column for row, column in sheet.origins if row in rows]
    return max([max(sheet.rows[row]) for row in rows] + merged)
