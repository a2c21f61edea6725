"""What a sheet is to the later stages: cells by row and column, merges, and what is hidden."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from strategia.teksti import clean_text

from ..soluviite import address

_LINE_BREAK = re.compile(r"_x000[DA]_\n?|\r\n?", re.IGNORECASE)
_EDGES = " \t\n\u00a0\u200b\u200e\u200f\ufeff"


class Solu(NamedTuple):
    """One cell. `kind`: text, number, date, bool, error, no_value (a formula never calculated), blank, nan.

    `value` is a cleaned str for text; for a blank "" when it holds white space, None when it is only there for its
    `colour` (green, yellow, red, other). `percent`: a number shown as per cent.
    """

    kind: str
    value: object
    colour: str = ""
    struck: bool = False
    percent: bool = False


@dataclass(frozen=True)
class Valilehti:
    """One sheet. Rows and columns count from 1; `rows` holds only cells that are there, in order.

    `origins`: cell covered by a merge -> the merge's first cell. `widths`: fields on a line of a text file.
    `covered`: cell under a merge -> the text it still holds and nobody sees.
    """

    name: str
    rows: dict[int, dict[int, Solu]]
    origins: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    is_hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    widths: dict[int, int] = field(default_factory=dict)
    covered: dict[tuple[int, int], str] = field(default_factory=dict)

    def ref(self, row: int, column: int) -> str:
        """The cell as a person finds it: "Taul1!E5", in a text file "E5"."""
        return address(self.name, column, row)


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


def clean_name(text: str) -> str:
    """A sheet's name on one line: it is a part of the address of every cell."""
    return clean_text(text).replace("\n", " ")
