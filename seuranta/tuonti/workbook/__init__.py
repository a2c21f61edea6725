"""Tarkastettu -> Tyokirja: sheets of sparse cells, alike whether the file was a workbook or text."""

from ..guard import Issue, Tarkastettu
from .sheet import Solu, Taulukko, Tyokirja, clean, letters
from .text import read_text

__all__ = ["Solu", "Taulukko", "Tyokirja", "clean", "letters", "read_workbook"]


def read_workbook(file: Tarkastettu) -> tuple[Tyokirja | None, Issue | None]:
    """The sheets, or the refusal (corrupt, no_rows, unbalanced_quotes, too_many_rows, too_many_columns, too_large)."""
    if file.kind == "text":
        return read_text(file)
    # openpyxl takes longer to load than most files to read, and a server that reads in children never needs it.
    from .excel import read_excel

    return read_excel(file)
