"""A pasted table -> the lines that a paragraph within a cell has broken off: nobody can know where they belong.

A text file tells how many fields stand on a line, also empty ones: a row of a table has as many as its header, and only
its last ones may have been left out.
"""

import re
from collections.abc import Collection, Sequence

from .sheet import Valilehti

BROKEN = (
    "Rivi näyttää katkenneen liitettäessä: ”{text}”. Kirjoita se soluun, johon se kuuluu, tai jätä rivi pois.",
    "The line seems to have broken when it was pasted: “{text}”. Type it into its cell, or leave the line out.",
)
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?\s*%?")


def find_broken(
    sheet: Valilehti, rows: Sequence[int], *, header_row: int, name_column: int, exempt: Collection[int] = ()
) -> list[int]:
    """Those of the rows that wait for a person: a part of the row above, or of the row that they have cut.

    rows: all rows under one header down to the next, in order. name_column: of the toimenpide. exempt: rows that the
    layout knows (they repeat a title, name a board or stand right above a header). Of a workbook none is broken.
    """
    if not sheet.widths:
        return []
    width = sheet.widths[header_row]
    data = [row for row in rows if sheet.widths[row] > 1]
    between = range(data[0], data[-1]) if data else ()
    return [
        row
        for row in rows
        if row not in exempt
        and (row in between if sheet.widths[row] == 1 and width > 1 else _is_cut(sheet, row, width, name_column))
    ]


def _is_cut(sheet, row, width, name_column):
    """Its name is only a number, or it has lost its name with its last fields. What broke off begins its line."""
    begins, name = (solu.text if (solu := sheet.rows[row].get(column)) else "" for column in (1, name_column))
    return bool(begins) and (bool(_NUMBER.fullmatch(name)) or (not name and sheet.widths[row] < width))
