"""Tyokirja -> its first rows as a person knows them, for the page where the reading is decided."""

from dataclasses import dataclass

from ..layout.scores import as_text
from ..soluviite import letters_of
from ..workbook import Solu, Tyokirja, Valilehti

RIVEJA = 40  # of a sheet
PITUUS = 80  # signs of a cell
_A_TABLE = 2  # rows of as many filled cells: less than that is no table


@dataclass(frozen=True)
class Valilehdenalku:
    """The beginning of a sheet: `rivit` [(row, {letter: text})], blank ones too. `korkeus`: its last filled row."""

    nimi: str
    korkeus: int
    rivit: tuple[tuple[int, dict[str, str]], ...]
    on_piilotettu: bool = False

    @classmethod
    def from_dict(cls, told: dict) -> "Valilehdenalku":
        return cls(**{**told, "rivit": tuple((row, cells) for row, cells in told["rivit"])})


def list_grids(book: Tyokirja) -> tuple[Valilehdenalku, ...]:
    """Every sheet's; none where no visible sheet is a table at all."""
    if not any(_is_table(sheet) for sheet in book.sheets if not sheet.is_hidden):
        return ()
    return tuple(_grid_of(sheet) for sheet in book.sheets)


def _is_table(sheet):
    return sum(sum(map(_is_filled, cells.values())) >= _A_TABLE for cells in sheet.rows.values()) >= _A_TABLE


def _is_filled(solu: Solu):
    return solu.kind not in ("blank", "nan") and str(solu.value).strip() != ""


def _grid_of(sheet: Valilehti):
    filled = {
        row: {letters_of(column): _shown(solu) for column, solu in cells.items() if _is_filled(solu)}
        for row, cells in sheet.rows.items()
        if row <= RIVEJA
    }
    height = max((row for row, cells in sheet.rows.items() if any(map(_is_filled, cells.values()))), default=0)
    rows = tuple((row, filled.get(row, {})) for row in range(1, min(height, RIVEJA) + 1))
    return Valilehdenalku(sheet.name, height, rows, sheet.is_hidden)


def _shown(solu):
    text = as_text(solu)
    return text if len(text) <= PITUUS else f"{text[: PITUUS - 1]}…"
