"""A cell's address as a person finds it, "Taul1!E5", in a text file "E5": made and cut apart here and nowhere else.

It travels and is stored as a text.
"""

import re
from functools import lru_cache
from typing import NamedTuple

WIDEST = 26 + 26**2 + 26**3  # column ZZZ: no spreadsheet has more
LAST_ROW = 1_048_576

_DIGITS = "0123456789"


class Soluviite(NamedTuple):
    """A cell of the sheet of that name, "" where the file has no sheets.

    Rows count from 1; row 0: the whole column, and column 0: the whole sheet, "Taul1!".
    """

    sheet: str
    column: int
    row: int = 0

    @classmethod
    def parse(cls, text: str) -> "Soluviite | None":
        """The cell or column that the text names, None where it names none."""
        sheet, _mark, place = text.rpartition("!")
        if sheet and not place:
            return cls(sheet, 0)
        try:
            row, column = place_of(place) if place[-1:] in _DIGITS else (0, column_of(place))
        except ValueError:
            return None
        viite = cls(sheet, column, row)
        return viite if str(viite) == text else None  # "e05" is a cell's place too, but not how it is told

    def __str__(self):
        return address(*self)


def address(sheet: str, column: int, row: int = 0) -> str:
    """The text of a Soluviite, for whom every cell of a file has one."""
    place = f"{letters_of(column)}{row or ''}"
    return f"{sheet}!{place}" if sheet else place


@lru_cache(maxsize=1_000)
def letters_of(column: int) -> str:
    """The column's name: 1 -> A, 28 -> AB."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


@lru_cache(maxsize=1_000)
def column_of(letters: str) -> int:
    """A -> 1, ab -> 28; ValueError where they are no column's name."""
    if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):
        raise ValueError(letters)
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def place_of(text: str) -> tuple[int, int]:
    """(row, column) of a cell within its sheet as a file writes it: "E5"; ValueError where the text is none."""
    letters = text.rstrip(_DIGITS)
    return int(text[len(letters) :]), column_of(letters)


def corners_of(area: str) -> tuple[int, int, int, int]:
    """(first row, first column, last row, last column) of "A1:B2" or of the cell "$A$1"; ValueError as place_of."""
    corners = [place_of(corner) for corner in area.replace("$", "").split(":")]
    return (*corners[0], *corners[-1])


def split_key(text: str) -> tuple[str, str]:
    """("Taul1", "E") of "Taul1!E", ("", "E") of "E": what a person's choice names, a column or a heading."""
    sheet, _mark, place = text.rpartition("!")
    return sheet, place


def sheet_of(text: str) -> str:
    """What stands before the place: "Taul1!" of "Taul1!E5", "" in a text file."""
    return text[: text.rfind("!") + 1]


def without_sheet(text: str, start: str) -> str:
    """The text, a cell or a sentence, with its cells of one sheet bare: "A5" for "Taul1!A5", `start` being "Taul1!"."""
    if not start or start not in text:
        return text
    return re.sub(rf"{re.escape(start)}(?=[A-Z]{{1,3}}[0-9])", "", text)
