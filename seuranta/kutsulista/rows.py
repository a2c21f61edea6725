"""Bytes of a list of people -> Luettu whose one grid holds the cells of its first sheet as they are. No Django."""

from ..taulukko.guard import check
from ..taulukko.rows.grid import Valilehdenalku
from ..taulukko.rows.model import Luettu
from ..taulukko.soluviite import letters_of
from ..taulukko.workbook import read_workbook


def read(data: bytes, name: str) -> Luettu:
    """Of a sheet without people the grid is missing."""
    file, issue = check(data, name)
    book, issue = (None, issue) if issue else read_workbook(file)
    if issue:
        return Luettu("reject", issue.code, errors=(issue,))
    for sheet in book.sheets:
        if not sheet.is_hidden and (rows := _filled(sheet)):
            return Luettu("ok", None, ruudukot=(Valilehdenalku(sheet.name, rows[-1][0], rows),))
    return Luettu("ok", None)


def _filled(sheet):
    cells = (
        (row, {letters_of(column): solu.text.strip() for column, solu in sheet.rows[row].items()}) for row in sheet.rows
    )
    told = ((row, {letter: text for letter, text in texts.items() if text}) for row, texts in cells)
    return tuple((row, texts) for row, texts in told if texts)
