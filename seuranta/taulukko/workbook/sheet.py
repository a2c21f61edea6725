"""What a sheet is to the later stages: cells by row and column, merges, and what is hidden."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from strategia.teksti import clean_text

from ..soluviite import address, letters_of
from .muoto import show

_LINE_BREAK = re.compile(r"\r\n?")
# How a workbook writes what XML cannot hold: _x000B_, _xD83D__xDC4D_ for a pair.
_ESCAPE = re.compile(r"_x([0-9A-F]{4})_", re.IGNORECASE)
_UNWRITABLE = re.compile(r"_x((?:00[01]|D[89A-F][0-9A-F])[0-9A-F])_", re.IGNORECASE)
_EDGES = " \t\n\u00a0\u200b\u200e\u200f\ufeff"


class Solu(NamedTuple):
    """One cell. `kind`: text, number, date, bool, error, no_value (a formula never calculated), blank, nan.

    `value` is a cleaned str for text; for a blank "" when it holds white space, None when it is only there for its
    `colour` (green, yellow, red, other), of the `fill` "rrggbb". `percent`: a number shown as per cent. `muoto`: the
    number format of a typed value.
    """

    kind: str
    value: object
    colour: str = ""
    struck: bool = False
    percent: bool = False
    fill: str = ""
    muoto: str = ""

    @property
    def text(self) -> str:
        """The cell as Finnish Excel shows it: whatever its type, this is what is told and kept of it."""
        if isinstance(self.value, str):
            return self.value
        return "" if self.value is None else show(self.value, self.muoto, percent=self.percent)


class Oheinen(NamedTuple):
    """What a file holds beside its cells: the cell (or the sheet) it stands at, what it is and its text.

    `reason`: cell_note, link, text_box, page_header or picture.
    """

    cell: str
    reason: str
    text: str


@dataclass(frozen=True)
class Valilehti:
    """One sheet. Rows and columns count from 1; `rows` holds only cells that are there, in order.

    `origins`: cell covered by a merge -> the merge's first cell. `widths`: fields on a line of a text file.
    `covered`: cell under a merge -> the text it still holds and nobody sees. `oheiset`: what is no cell's value.
    `kaavat`: the cells of formulas over their own row.
    """

    name: str
    rows: dict[int, dict[int, Solu]]
    origins: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    is_hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    widths: dict[int, int] = field(default_factory=dict)
    covered: dict[tuple[int, int], str] = field(default_factory=dict)
    oheiset: tuple[Oheinen, ...] = ()
    kaavat: frozenset[tuple[int, int]] = frozenset()

    def ref(self, row: int, column: int) -> str:
        """The cell as a person finds it: "Taul1!E5", in a text file "E5"."""
        return f"{self.name}!{letters_of(column)}{row}" if self.name and row else address(self.name, column, row)


@dataclass(frozen=True)
class Tyokirja:
    """The sheets of a file, the file's name without its ending (it may tell the year), and its property "subject"."""

    name: str
    sheets: tuple[Valilehti, ...]
    delimiter: str = ""
    subject: str = ""


def clean(text: str) -> str:
    """The text verbatim but for line breaks (all \\n), control characters and white space at the ends of its lines."""
    if "\n" not in text and "_" not in text and text.isprintable():
        return text.strip(_EDGES)
    lines = _LINE_BREAK.sub("\n", clean_text(text)).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip(_EDGES)


def unescape(text: str, *, is_copied: bool = False) -> str:
    """The text with each _xHHHH_ as the sign that it stands for; of _x005F_x0041_, an escaped one, _x0041_ is left.

    is_copied: from a file that has no escapes of its own. There only what some tool copied from a workbook is one,
    never what somebody may have typed.
    """
    if "_x" not in text and "_X" not in text:
        return text
    escape = _UNWRITABLE if is_copied else _ESCAPE
    signs = escape.sub(lambda found: chr(int(found[1], 16)), text)
    # Halves of a character that now follow each other are the one that they are; a half alone is none.
    return signs.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")


def clean_name(text: str) -> str:
    """A sheet's name on one line: it is a part of the address of every cell."""
    return clean_text(text).replace("\n", " ")
