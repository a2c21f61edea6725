"""Tyokirja + what a person typed over its cells -> the same Tyokirja with those values, and what to tell of them."""

from ..guard import Issue, refusal
from ..guard.limits import MAX_COLUMNS, MAX_ROWS
from ..soluviite import Soluviite
from .sheet import Solu, Tyokirja, clean


def type_over(book: Tyokirja, cells: dict[str, str]) -> tuple[dict[str, tuple[str, str]], Issue | None]:
    """(cell -> (the file's text, the typed text), None), or the refusal unknown_cell; changes the book's sheets.

    `cells`: "Taul1!E5" (in a text file "E5") -> text as a person types it; "" empties the cell.
    """
    sheets = {sheet.name: sheet for sheet in book.sheets}
    typed = {}
    for cell, text in cells.items():
        viite = Soluviite.parse(cell)
        if not viite or viite.sheet not in sheets or not 1 <= viite.row <= MAX_ROWS or viite.column > MAX_COLUMNS:
            return {}, refusal("unknown_cell", cell=cell)
        typed[cell] = (_set(sheets[viite.sheet], viite.row, viite.column, clean(text)), clean(text))
    return typed, None


def _set(sheet, row, column, text):
    """Put the text into the cell and tell what was there."""
    is_new = row not in sheet.rows or column not in sheet.rows[row]
    cells = sheet.rows.setdefault(row, {})
    before = cells.get(column)
    cells[column] = Solu("text", text) if text else Solu("blank", "")
    if is_new:
        sheet.rows[row] = dict(sorted(cells.items()))
        in_order = sorted(sheet.rows.items())
        sheet.rows.clear()
        sheet.rows.update(in_order)
    if sheet.widths:
        sheet.widths[row] = max(column, sheet.widths.get(row, 0))
    sheet.origins.pop((row, column), None)  # a value of its own is not the merge's any more
    return before.text if before else ""
