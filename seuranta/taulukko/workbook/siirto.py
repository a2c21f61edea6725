"""Tyokirja + the rows that a person shifted back -> the same Tyokirja with those rows a column further right."""

from dataclasses import replace

from ..guard import Issue, refusal
from ..guard.limits import MAX_COLUMNS, MAX_ROWS
from ..soluviite import Soluviite
from .sheet import Tyokirja, Valilehti


def shift_right(book: Tyokirja, cells: tuple[str, ...]) -> tuple[Tyokirja | None, Issue | None]:
    """(the workbook, None), or the refusal unknown_cell; changes the rows of the book's sheets.

    `cells`: "Taul1!C7" (in a text file "C7"): this cell and all that is right of it on its row.
    """
    sheets = {sheet.name: sheet for sheet in book.sheets}
    for cell in cells:
        viite = Soluviite.parse(cell)
        if not viite or not viite.column or viite.sheet not in sheets or not _fits(sheets[viite.sheet], viite):
            return None, refusal("unknown_cell", cell=cell)
        sheets[viite.sheet] = _shifted(sheets[viite.sheet], viite.row, viite.column)
    return replace(book, sheets=tuple(sheets.values())), None


def _fits(sheet, viite):
    return 1 <= viite.row <= MAX_ROWS and viite.column <= max(sheet.rows.get(viite.row, {0: None})) < MAX_COLUMNS


def _shifted(sheet: Valilehti, row, first):
    def moved(place):
        return (place[0], place[1] + 1) if place[0] == row and place[1] >= first else place

    sheet.rows[row] = {moved((row, column))[1]: solu for column, solu in sheet.rows[row].items()}
    for place in [place for place in sheet.origins if moved(place) != place]:
        del sheet.origins[place]  # what a merge covers here is not what stood under it
    if sheet.widths:
        sheet.widths[row] = max(*sheet.rows[row], sheet.widths.get(row, 0))
    return replace(sheet, kaavat=frozenset(map(moved, sheet.kaavat)))
