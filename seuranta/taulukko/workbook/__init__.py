"""Tarkastettu -> Tyokirja: sheets of sparse cells, alike whether the file was a workbook or text."""

from ..guard import Issue, Tarkastettu
from .sheet import Solu, Tyokirja, Valilehti, clean
from .text import read_text
from .typed import type_over

__all__ = ["Solu", "Tyokirja", "Valilehti", "clean", "read_workbook", "type_over"]


def read_workbook(file: Tarkastettu) -> tuple[Tyokirja | None, Issue | None]:
    """The sheets, or the refusal (corrupt, old_format, encrypted, unbalanced_quotes, too_many_*, too_large)."""
    if file.kind == "text":
        return read_text(file)
    # openpyxl takes longer to load than most files to read, and a server that reads in children never needs it.
    if file.kind == "xlsx":
        from .excel import read_excel as read
    elif file.kind == "ods":
        from .ods import read_ods as read
    else:
        from .xls import read_xls as read
    return read(file)
