"""What a sheet is made of: parts (a header and its data rows), and cells that are told as skipped."""

from dataclasses import dataclass, field

from ..workbook import Valilehti


@dataclass(frozen=True)
class Skip:
    """A cell that became no value of a row: its cell, the reason and its text."""

    cell: str
    reason: str
    text: str


@dataclass(frozen=True)
class Datarivi:
    """A row of data and what stands over it: role -> (text, cell). `is_ragged`: its fields do not match the header."""

    row: int
    context: dict[str, tuple[str, str]]
    is_ragged: bool = False


@dataclass
class Osa:
    """A header and the data rows under it. `header_rows` top to bottom, `main_row` the one that names the columns."""

    sheet: Valilehti
    header_rows: tuple[int, ...]
    main_row: int
    rows: list[Datarivi] = field(default_factory=list)


@dataclass
class Osat:
    """What one sheet holds. `titles`: lines above the tables; `legends`: lines that explain colours or numbers."""

    parts: list[Osa] = field(default_factory=list)
    skipped: list[Skip] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    legends: list[str] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)  # role -> "Strateginen päämäärä", where a band says it
    unreadable: list[str] = field(default_factory=list)  # first cells of regions that are no table
