"""-> .xlsx: an empty table in our own headings for a kunta that has none, which reads back when it is filled."""

import io

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

# Heading and width in characters. The reader knows these words: they are not translated.
SARAKKEET = {
    "Painopiste": 26,
    "Strateginen tavoite": 30,
    "Koodi": 10,
    "Toimenpide": 48,
    "Toimiala": 24,
    "Vastuu": 24,
    "Mittari": 24,
    "Voimassa": 12,
    "Toteutumisaste": 16,
    "Kommentti": 52,
}
RIVEJA = 2_000  # rows that the check of 1–5 covers


def template_bytes() -> bytes:
    """A workbook of two sheets: the table with its header row, and how to fill it."""
    book = Workbook()
    _write_table(book.active)
    _write_guide(book.create_sheet(_("Ohje")))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _write_table(sheet):
    sheet.title = _("Seuranta")
    sheet.append(list(SARAKKEET))
    for number, width in enumerate(SARAKKEET.values(), 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E6EBF0")
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    sheet.freeze_panes = "A2"
    sheet.add_data_validation(_score_check())


def _score_check():
    check = DataValidation("whole", operator="between", formula1="1", formula2="5", allow_blank=True)
    check.errorTitle = _("Toteutumisaste")
    check.error = _("Kirjoita kokonaisluku 1–5 tai jätä solu tyhjäksi.")
    check.promptTitle = _("Toteutumisaste")
    check.prompt = _("1 ei aloitettu … 5 toteutunut. Tyhjä: ei vastattu.")
    letter = get_column_letter(list(SARAKKEET).index("Toteutumisaste") + 1)
    check.add(f"{letter}2:{letter}{RIVEJA + 1}")
    return check


def _write_guide(sheet):
    """One line in one cell each, so that nothing here is taken for a table."""
    for line in (
        _("Näin täytät taulukon"),
        _("Kirjoita jokainen toimenpide omalle rivilleen välilehdelle Seuranta."),
        _("Kirjoita painopiste ja tavoite joka riville tai vain ensimmäiselle: tyhjä solu luetaan yläpuolelta."),
        _("Toteutumisaste on kokonaisluku 1–5. Jätä solu tyhjäksi, jos toimenpidettä ei ole arvioitu."),
        _("Voimassa on vuosi tai vuodet, esimerkiksi 2025–2027."),
        _("Muut sarakkeet saat jättää tyhjiksi, poistaa tai järjestää uudelleen. Älä muuta otsikoita."),
    ):
        sheet.append([line])
    sheet["A1"].font = Font(bold=True)
    sheet.column_dimensions["A"].width = 100
