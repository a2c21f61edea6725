"""What a sheet is made of: parts (a header and the rows under it), and cells that are told as skipped."""

from dataclasses import dataclass, field

from ..workbook import Solu, Valilehti


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
    """A header and the rows under it. `header_rows` top to bottom, `main_row` the one that names the columns.

    `paths`: column -> header texts over it, top to bottom. `body`: every row under the header, lone ones too; `rows`:
    those of them that are data, once the roles are known. A part without a header has main_row 0.
    """

    sheet: Valilehti
    header_rows: tuple[int, ...]
    main_row: int
    paths: dict[int, tuple[str, ...]] = field(default_factory=dict)
    body: list[int] = field(default_factory=list)
    rows: list[Datarivi] = field(default_factory=list)
    ragged: set[int] = field(default_factory=set)

    def cell(self, column: int) -> str:
        """Where a question about the column stands: its heading, else its place on the main row."""
        for row in (self.main_row, *reversed(self.header_rows)):
            if column in self.sheet.rows.get(row, {}):
                return self.sheet.ref(row, column)
        return self.sheet.ref(self.main_row or self.body[0], column)


@dataclass
class Lohkot:
    """A sheet taken apart: `texts` row -> column -> text, `above` the rows before the first header."""

    sheet: Valilehti
    texts: dict[int, dict[int, str]]
    parts: list[Osa] = field(default_factory=list)
    above: list[int] = field(default_factory=list)
    is_known: bool = True  # its header was known by its words
    broken: set[int] = field(default_factory=set)  # lines of a paste that are no rows of their own


def text_of(solu: Solu) -> str:
    """The cell as a person sees it; "" of a blank."""
    return solu.text


def texts_of(cells: dict[int, Solu]) -> dict[int, str]:
    """column -> text of the cells that hold any."""
    return {
        column: solu.value if solu.kind == "text" else solu.text
        for column, solu in cells.items()
        if solu.kind != "blank"
    }
