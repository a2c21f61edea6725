"""Tarkastettu -> Tyokirja: sheets of sparse cells, alike whether the file was a workbook or text."""

from ..guard import Issue, Tarkastettu
from .excel import read_excel
from .sheet import Solu, Taulukko, Tyokirja, clean, letters
from .text import read_text

__all__ = ["Solu", "Taulukko", "Tyokirja", "clean", "letters", "read_workbook"]


def read_workbook(file: Tarkastettu) -> tuple[Tyokirja | None, Issue | None]:
    """The sheets, or the refusal (corrupt, no_rows, unbalanced_quotes, too_many_rows, too_many_columns, too_large)."""
    return read_excel(file) if file.kind == "xlsx" else read_text(file)
