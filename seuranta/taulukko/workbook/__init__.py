"""Tarkastettu -> Tyokirja: sheets of sparse cells, alike whether the file was a workbook or text."""

from dataclasses import replace

from ..guard import Issue, Tarkastettu, refusal
from ..pituudet import VALILEHTI, shorten
from .sheet import Solu, Tyokirja, Valilehti, clean
from .siirto import shift_right
from .text import read_text
from .typed import type_over

__all__ = ["Solu", "Tyokirja", "Valilehti", "clean", "read_workbook", "shift_right", "type_over"]


def read_workbook(file: Tarkastettu) -> tuple[Tyokirja | None, Issue | None]:
    """The sheets, or the refusal (corrupt, old_format, encrypted, unbalanced_quotes, too_many_*, too_large)."""
    book, issue = _reader_of(file.kind)(file)
    if book and len({sheet.name for sheet in book.sheets}) < len(book.sheets):  # a cell's address would name two
        return None, refusal("corrupt")
    return (_with_short_names(book) if book else book), issue


def _reader_of(kind):
    if kind == "text":
        return read_text
    # openpyxl takes longer to load than most files to read, and a server that reads in children never needs it.
    if kind == "xlsx":
        from .excel import read_excel as read
    elif kind == "ods":
        from .ods import read_ods as read
    else:
        from .xls import read_xls as read
    return read


def _with_short_names(book):
    """Only what no spreadsheet program writes is longer; the number keeps two such sheets apart."""
    if all(len(sheet.name) <= VALILEHTI for sheet in book.sheets):
        return book
    names = [
        sheet.name if len(sheet.name) <= VALILEHTI else f"{shorten(sheet.name, VALILEHTI - 4)} {number}"
        for number, sheet in enumerate(book.sheets, 1)
    ]
    return replace(
        book, sheets=tuple(replace(sheet, name=name) for sheet, name in zip(book.sheets, names, strict=True))
    )
