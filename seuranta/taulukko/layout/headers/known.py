"""A row -> is it a header by its words: the classes of heading that its cells say, and how surely."""

import re

from ..headings import FIRST, WHOLE, is_period, weigh
from ..parts import Lohkot

SAME = 0.6  # of the cells of two rows that are alike
LEVELISH = {"ylin", "keski", "toimialan_tavoite", "alin", "nimi", "mittari", "kuvaus"}
_ENOUGH, _SURE = 1.7, 2.2  # weight of different classes that makes a header; without a whole heading
YEAR = re.compile(r"20\d\d")
NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?\s*%?")
_SENTENCE = re.compile(r"(?:\S+\s+){3,}[^\W\d_]{4,}\.\s*$")
HEADING_LENGTH, _HEADING_WORDS = 80, 7


def is_header(texts: dict[int, str], cells) -> bool:
    """True if the row's cells are headings by their words."""
    run = number_run(texts) if "1" in texts.values() else ()
    if len(texts) < 2 or any(is_number(text, cells[column]) for column, text in texts.items() if column not in run):
        return False
    texts = {column: text for column, text in texts.items() if column not in run} if run else texts
    classes = classes_of(texts)
    if len(classes) < 2 or not classes.keys() & LEVELISH:
        return False
    weight = sum(classes.values())
    known = sum(1 for text in texts.values() if class_of(text)[1] >= FIRST or is_period(text))
    if known * 2 < len(texts) and len(classes) < 4:
        return False
    return weight >= _SURE or (weight >= _ENOUGH and WHOLE in classes.values())


def has_headings(lohkot: Lohkot) -> bool:
    """True if some row of the sheet is made of known headings, though of no table."""
    return any(
        all(class_of(text)[1] == WHOLE for text in texts.values()) and not has_numbers(lohkot, row)
        for row, texts in lohkot.texts.items()
    )


def number_run(texts: dict[int, str]) -> set[int]:
    """Columns of 1, 2, 3 … side by side, three at least: options of a status, not values."""
    runs: list[list[int]] = [[]]
    for column, text in texts.items():
        run = runs[-1]
        if text.isdigit() and run and column == run[-1] + 1 and int(text) == int(texts[run[-1]]) + 1:
            run.append(column)
        elif text == "1":
            runs.append([column])
        elif run:
            runs.append([])
    return {column for run in runs if len(run) >= 3 for column in run}


def is_number(text, solu):
    """A number that is no year."""
    begins = text[:1].isdecimal() or text[:1] in "-+"  # most texts do not
    return begins and bool(NUMBER.fullmatch(text)) and not YEAR.fullmatch(text) and solu.kind != "date"


def classes_of(texts: dict[int, str]) -> dict[str, float]:
    """class -> its best weight among the cells of a row."""
    found = {}
    for text in texts.values():
        name, weight = class_of(text)
        if weight >= FIRST:
            found[name] = max(found.get(name, 0), weight)
    return found


def class_of(text: str) -> tuple[str, float]:
    """(the class that it says most of, its weight), ("", 0) for what is no heading."""
    if len(text) > HEADING_LENGTH or text.count(" ") >= _HEADING_WORDS or _SENTENCE.search(text):
        return "", 0
    found = weigh(text)
    name = max(found, key=found.get, default="")
    return name, found.get(name, 0)


def only_column(texts):
    """[the first row] of a sheet that is one column under the heading of a lowest level, else []."""
    columns = {column for cells in texts.values() for column in cells}
    if len(columns) != 1 or len(texts) < 2:
        return []
    row = min(texts)
    return [row] if class_of(next(iter(texts[row].values()))) == ("alin", WHOLE) else []


def has_numbers(lohkot, row):
    """True if a cell of the row is a number."""
    return any(is_number(text, lohkot.sheet.rows[row][column]) for column, text in lohkot.texts[row].items())


def is_bare_period(text):
    """A time and no other word."""
    return is_period(text) and not class_of(text)[0]
