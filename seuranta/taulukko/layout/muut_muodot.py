"""What is no plain table -> why it is not read: a card, a table turned on its side, levels within one column.

A table read half is worse than one that is refused: its rows would be headings, or its goals rows.
"""

import re
from itertools import islice

from .headings import FIRST, WHOLE, weigh
from .parts import texts_of
from .roles import LEVELS, Taulu

ENOUGH = 60  # names that show what the others are
CODED = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)\.?\s+\S")
_OF_LEVELS = ("ylin", "keski", "toimialan_tavoite", "alin")


def refusal_of(table: Taulu) -> str:
    """The refusal of a table whose names are no toimenpiteet, "" where they may be. What a person chose is read."""
    lowest = table.of_role("toimenpide")[0]
    if lowest.is_chosen:
        return ""
    if _are_headings(table.evidence[lowest.column].values):
        return "missing_column/turned"
    if _names_levels(lowest.path) and _has_lone_names(table, lowest.column):
        return "missing_column/levels"
    if any(map(_tells_level, table.evidence.values())):
        return "missing_column/levels"
    return ""


def _are_headings(names):
    """Most of the first names are headings of several kinds in full: "Vastuu", "Toteutumisaste", "Kommentti"."""
    found = [_wholes_of(text) for text in islice(names, ENOUGH)]
    known = [classes for classes in found if classes]
    return len(known) * 2 > len(found) and len(known) > 1 and not set.intersection(*known)


def _names_levels(path):
    """Its heading names several levels: "Painopiste / tavoite / toimenpide"."""
    sides = [weigh(side) for text in path[-1:] for side in re.split(r"[/,;>\n]", text)]
    said = {max(found, key=found.get) for found in sides if found and max(found.values()) >= FIRST}
    return len(said & set(_OF_LEVELS)) > 1


def _tells_level(todiste):
    """A column of what each row is: "Painopiste", "Tavoite", "Toimenpide"."""
    if not (1 < len(todiste.values) < min(7, todiste.filled)):
        return False  # most columns, and weighing thousands of names takes longer than all else
    found = [_wholes_of(text) & set(_OF_LEVELS) for text in todiste.values]
    return all(found) and not set.intersection(*found)


def _wholes_of(text):
    """The kinds of heading that the whole text is."""
    return {name for name, weight in weigh(text).items() if weight == WHOLE}


def _has_lone_names(table, column):
    """Rows that are only a name stand among rows that tell more, and no code tells their level."""
    rows = [texts_of(part.sheet.rows[row]) for part in table.parts for row in part.body]
    lone = [texts[column] for texts in rows if set(texts) == {column}]
    return len(lone) > 1 and not any(map(CODED.match, lone)) and not table.of_role(*LEVELS)


def tree_of(names: list[str], lone: list[str]) -> int:
    """How many dots deep the toimenpiteet are where one column's codes tell its levels ("1", "1.1", "1.1.1"), else 0.

    `names`: of the rows that tell more than a name; `lone`: those of the rows that do not.
    """
    depths = {depth_of(text) for text in names}
    if len(depths) != 1 or not lone:
        return 0
    (depth,) = depths
    above = [text for text in lone if 0 < depth_of(text) < depth]
    return depth if 1 < depth <= len(LEVELS) + 1 and len(above) * 2 > len(lone) else 0


def depth_of(text: str) -> int:
    """1 of "2 Elävä tori", 3 of "2.1.1 Torille sähköt", 0 of a text without a code."""
    match = CODED.match(text)
    return match[1].count(".") + 1 if match else 0
