"""[Jalkimuutos] -> the same as a table to be saved: XLSX and CSV. Text stays text in both."""

import io
from itertools import zip_longest

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from seuranta.solut import KIRJASIN, readable, set_heights, set_paper, sheet_name, write_row

from ..muodot.csv import write_csv
from .jalkimuutos import Jalkimuutos

LEVEYDET = (28, 16, 22, 44, 22, 44, 44)  # characters
SOLUUN = 32_767  # the characters that a cell of a workbook holds, one beyond U+FFFF counted as two


def headings() -> list[str]:
    return [_("Jakso"), _("Milloin"), _("Mistä"), _("Kohde"), _("Tieto"), _("Ennen"), _("Nyt")]


def render_changes_csv(muutokset: list[Jalkimuutos], nimi: str) -> bytes:
    return write_csv([headings(), *(muutos.solut for muutos in muutokset)])


def render_changes_xlsx(muutokset: list[Jalkimuutos], nimi: str) -> bytes:
    """One sheet, its header frozen and filtering; on paper at its foot what it is of."""
    book = Workbook()
    sheet = book.active
    sheet.title = sheet_name(f"{_('Muutokset')} {nimi}") or "Muutokset"
    rows = (row for muutos in muutokset for row in _fit(muutos.solut))
    for number, row in enumerate([headings(), *rows], 1):
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


def _fit(solut):
    """The row, or as many as its longest text needs: each says which part of the text it holds. No text is cut off."""
    *told, tieto, ennen, nyt = solut
    parts = list(zip_longest(_split(ennen), _split(nyt), fillvalue=""))
    for number, texts in enumerate(parts, 1):
        part = f" ({number}/{len(parts)})" if len(parts) > 1 else ""
        yield [*told, f"{tieto}{part}", *texts]


def _split(text):
    text = readable(text)
    room = SOLUUN if text.isascii() or max(text) <= "\uffff" else SOLUUN // 2
    return [text[start : start + room] for start in range(0, len(text), room)] or [""]


TAULUKOT = {"xlsx": render_changes_xlsx, "csv": render_changes_csv}
