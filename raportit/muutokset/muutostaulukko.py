"""[Jalkimuutos] -> the same as a table to be saved: XLSX and CSV. Text stays text in both."""

import io

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from seuranta.solut import KIRJASIN, set_heights, set_paper, sheet_name, write_row

from ..muodot.csv import write_csv
from .jalkimuutos import Jalkimuutos

LEVEYDET = (28, 16, 22, 44, 22, 44, 44)  # characters


def headings() -> list[str]:
    return [_("Jakso"), _("Milloin"), _("Mistä"), _("Kohde"), _("Tieto"), _("Ennen"), _("Nyt")]


def render_changes_csv(muutokset: list[Jalkimuutos], nimi: str) -> bytes:
    return write_csv([headings(), *(muutos.solut for muutos in muutokset)])


def render_changes_xlsx(muutokset: list[Jalkimuutos], nimi: str) -> bytes:
    """One sheet, its header frozen and filtering; on paper at its foot what it is of."""
    book = Workbook()
    sheet = book.active
    sheet.title = sheet_name(f"{_('Muutokset')} {nimi}") or "Muutokset"
    for number, row in enumerate([headings(), *(muutos.solut for muutos in muutokset)], 1):
        write_row(sheet, number, row)
    for column, width in enumerate(LEVEYDET, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row in sheet.iter_rows():
        for cell in row:
            cell.font = Font(name=KIRJASIN, bold=cell.row == 1)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    set_paper(sheet, foot=sheet.title)
    set_heights(sheet)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


TAULUKOT = {"xlsx": render_changes_xlsx, "csv": render_changes_csv}
