"""Values -> cells of a sheet. Text stays text: nothing that somebody wrote is ever run as a formula."""

import re
from decimal import Decimal
from functools import lru_cache

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.page import PageMargins

from strategia.teksti import CLEAN

FOOT_LENGTH = 100  # letters; the format holds 255 in all
KIRJASIN, RIVIN_KORKEUS, KORKEIN = "Calibri", 15, 409  # points; the last is the highest row of the format
# What a spreadsheet may take for a formula. A sign alone is nothing but a sign.
FORMULA = re.compile(r"'*\s*[=+\-@].", re.DOTALL)
_NOT_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")


def readable(text: str) -> str:
    """The text without control characters, which neither XML nor HTML can hold: one of them never stops a report."""
    return text if text.isprintable() else text.translate(CLEAN)  # most texts hold nothing to look for


def sheet_name(text: str) -> str:
    """The text as far as a sheet's name may hold it, "" if nothing of it may."""
    return readable(_NOT_IN_SHEET_NAME.sub(" ", text))[:31].strip()


def write_row(sheet, row, values):
    """Numbers as numbers, all else as text, None and "" as no cell at all."""
    for column, value in enumerate(values, 1):
        if value in (None, ""):
            continue
        if isinstance(value, int | Decimal):
            sheet.cell(row, column, value)
            continue
        cell = sheet.cell(row, column, readable(value).replace("\r\n", "\n").replace("\r", "\n"))
        # Said after the value: openpyxl takes "=…" for a formula and "#REF!" for an error.
        cell.data_type = "s"
        if FORMULA.match(value):
            cell.quotePrefix = True  # so it stays text when somebody edits the cell


def set_paper(sheet, header=1, foot=""):
    """A4 on its side, as wide as the page, the header rows 1-`header` on every page, at its foot what it is of."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"1:{header}"
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.6, header=0.3, footer=0.3)  # inches
    sheet.oddFooter.left.text = readable(foot)[:FOOT_LENGTH].replace("&", "&&")
    sheet.oddFooter.right.text = "&P / &N"


def set_heights(sheet, rows=None):
    """Room for all lines of a row: LibreOffice and printers do not work it out by themselves.

    rows: all cells of the sheet, for whoever has them at hand.
    """
    shown = {letter: column.width for letter, column in sheet.column_dimensions.items() if not column.hidden}
    rows = rows or list(sheet.iter_rows())
    widths = [shown.get(get_column_letter(cell.column)) for row in rows[:1] for cell in row]
    for row in rows:
        texts = ((str(cell.value), width) for cell, width in zip(row, widths, strict=True) if width and cell.value)
        lines = max((_count_lines(*each) for each in texts if len(each[0]) > each[1] or "\n" in each[0]), default=1)
        if lines > 1:
            number, height = row[0].row, min(lines * RIVIN_KORKEUS + 3, KORKEIN)
            sheet.row_dimensions[number] = _Rivi(sheet, index=number, ht=height)


class _Rivi(RowDimension):
    """A height to begin with: openpyxl would fix it, and the row could not grow with what is typed into it."""

    customHeight = False  # noqa: N815  the name in the file


@lru_cache(maxsize=256)  # the names of levels and toimialat stand on many rows
def _count_lines(text, width):
    return sum(_count_wrapped(line, int(width)) for line in text.split("\n"))


def _count_wrapped(line, width):
    """How many lines it takes when no word is cut but one longer than the column."""
    if len(line) <= width:
        return 1
    lines, used = 1, 0
    for length in map(len, line.split()):
        if used and used + length > width:
            lines, used = lines + 1, 0
        if length > width:
            lines, used = lines + (length - 1) // width, used + (length - 1) % width + 2
        else:
            used += length + 1
    return lines
