"""How the sheets of the workbook of answers look: white where one answers, grey where one reads."""

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter

from ..solut import KIRJASIN, set_heights, set_paper

_GREY, _WHITE, _HEAD = (PatternFill("solid", fgColor=colour) for colour in ("F2F4F5", "FFFFFF", "E6EBF0"))
_LINE = Border(*(Side("thin", color="C9CFD2") for _side in range(4)))
_TOP, _NUMBER = Alignment(wrap_text=True, vertical="top"), Alignment(horizontal="center", vertical="top")


def dress_sheet(sheet, columns, count):
    """columns: [(width, is it answered, is it a score)] in order, the first of them hidden. count: of rows below the
    header.
    """
    for place, (width, is_asked, is_score) in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
        for (cell,) in sheet.iter_rows(min_row=2, max_row=count + 1, min_col=place, max_col=place):
            cell.alignment = _NUMBER if is_score else _TOP
            cell.fill, cell.border = _WHITE if is_asked else _GREY, _LINE
            cell.protection = Protection(locked=not is_asked)
    for cell in sheet[1]:
        cell.font, cell.fill, cell.border = Font(KIRJASIN, 11, bold=True), _HEAD, _LINE
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    sheet.column_dimensions["A"].hidden = True
    set_heights(sheet)
    set_paper(sheet)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


def lock_cell(cell):
    """One that is not asked on its row, in a column that others answer in."""
    cell.fill, cell.protection = _GREY, Protection(locked=True)
