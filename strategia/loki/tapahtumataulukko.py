"""[Tapahtuma] -> the same as a table to be saved: XLSX and CSV. Text stays text in both."""

import csv
import io
import re

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from ..teksti import CLEAN

ENINTAAN = 20_000  # rows: what a person waits for, and a spreadsheet still opens with ease
LEVEYDET = (18, 24, 16, 24, 30, 24, 30, 40, 40, 18, 20)  # characters
_FORMULA = re.compile(r"'*\s*[=+\-@].", re.DOTALL)  # what a spreadsheet may take for a formula


def headings():
    return [
        *(_("Milloin"), _("Kuka"), _("Rooli"), _("Kenen sijaisena"), _("Mitä tehtiin"), _("Kohteen laji")),
        *(_("Kohde"), _("Mistä"), _("Mihin"), _("Pyyntö"), _("Verkko-osoite")),
    ]


def cells_of(row):
    return [
        timezone.localtime(row.milloin).strftime("%Y-%m-%d %H:%M:%S"),
        str(row.kuka or ""),
        row.get_rooli_display(),
        str(row.sijaisena or ""),
        str(row.get_laji_display()),
        row.kohteen_sana,
        *(row.kohteen_nimi, row.mista, row.mihin, row.pyynto_id, row.osoite),
    ]


def render_csv(rows) -> bytes:
    """UTF-8 with BOM and semicolons. What a spreadsheet would run gets one apostrophe before it."""
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings())
    writer.writerows([_defuse(cell.translate(CLEAN)) for cell in cells_of(row)] for row in rows)
    return b"\xef\xbb\xbf" + target.getvalue().encode()


def _defuse(cell):
    return f"'{cell}" if _FORMULA.match(cell) else cell


def render_xlsx(rows) -> bytes:
    """One sheet, its header frozen and filtering."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Tapahtumat"))
    for place, width in enumerate(LEVEYDET):
        sheet.column_dimensions["ABCDEFGHIJK"[place]].width = width
    sheet.freeze_panes = "A2"
    sheet.append(headings())
    for row in rows:
        sheet.append([_text(sheet, cell) for cell in cells_of(row)])
    sheet.auto_filter.ref = "A:K"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _text(sheet, value):
    cell = WriteOnlyCell(sheet, value.translate(CLEAN))
    cell.data_type = "s"  # said after the value: openpyxl takes "=…" for a formula
    cell.quotePrefix = bool(_FORMULA.match(value))  # so it stays text when somebody edits the cell
    return cell


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TAULUKOT = {"xlsx": (render_xlsx, XLSX), "csv": (render_csv, "text/csv; charset=utf-8")}
