"""Osavuosikatsaus -> flat tables: XLSX in the kunta's own columns and words, CSV in ours. One row is one toimenpide.

Text stays text in both: nothing that somebody wrote is ever run as a formula.
"""

import csv
import io
import re

from django.utils import translation
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from seuranta.models import Kirjaus

from . import charts
from .osavuosikatsaus import Osavuosikatsaus, Sarake, readable

# What a spreadsheet may take for a formula. A sign alone is nothing but a sign.
_FORMULA = re.compile(r"'*\s*[=+\-@].", re.DOTALL)
_NOT_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")

# Column widths in characters.
LEVEYDET = {"toteutumisaste": 16, "koodi": 12, "sdg": 18, "toimiala": 26, "toimielin": 24, "syy": 24, "vastuu": 26}
LEVEYS, LEVEAT, LEVEA = 34, ("toimenpide", "kommentti"), 52


def render_xlsx(raportti: Osavuosikatsaus) -> bytes:
    """One sheet named after the jakso: painopiste and tavoite first, then the kunta's columns in its own order.

    A cell holds text or a whole number; the header is frozen and filters.
    """
    book = Workbook()
    sheet = book.active
    sheet.title = readable(_NOT_IN_SHEET_NAME.sub(" ", raportti.jakso.nimi))[:31].strip() or "Raportti"
    book.properties.title = readable(f"{raportti.kunta.virallinen_nimi}: {raportti.otsikko}")
    book.properties.subject = readable(raportti.jakso.nimi)  # whole, so that the file can be read back
    sarakkeet = _list_columns(raportti)
    _write_row(sheet, 1, [sarake.otsikko for sarake in sarakkeet])
    for number, tiedot in enumerate(_flatten(raportti), 2):
        _write_row(sheet, number, [_cell_value(sarake.rooli, tiedot, sarakkeet) for sarake in sarakkeet])
    _dress(sheet, raportti, sarakkeet)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _list_columns(raportti):
    kept = {
        s.rooli: s
        for s in raportti.sarakkeet
        if s.rooli not in ("tavoite", "toteutumisaste") or raportti.is_used(s.rooli)
    }
    first = [kept.pop(rooli) for rooli in ("painopiste", "tavoite") if rooli in kept]
    # A reason that somebody gave has no column in the kunta's own table.
    given = set(raportti.syyt) - {Kirjaus.Syy.EI_VASTATTU}
    return [*first, *kept.values(), *([Sarake("syy", _("Syy"))] if given else [])]


def _flatten(raportti):
    """{role: raw value} of each row, its painopiste and tavoite among them."""
    for painopiste in raportti.painopisteet:
        for tavoite in painopiste.tavoitteet:
            for rivi in tavoite.rivit:
                yield {**vars(rivi), "painopiste": painopiste.nimi, "tavoite": tavoite.nimi}


def _cell_value(rooli, tiedot, sarakkeet):
    if rooli == "toimenpide" and tiedot["koodi"] and all(sarake.rooli != "koodi" for sarake in sarakkeet):
        return f"{tiedot['koodi']} {tiedot['toimenpide']}"
    if rooli == "syy":
        return _reason(tiedot)
    return "; ".join(tiedot["sdg"]) if rooli == "sdg" else tiedot[rooli]


def _reason(tiedot):
    return str(Kirjaus.Syy(tiedot["syy"]).label) if tiedot["syy"] else ""


def _write_row(sheet, row, values):
    for column, value in enumerate(values, 1):
        if value in (None, ""):
            continue
        if isinstance(value, int):
            sheet.cell(row, column, value)
            continue
        cell = sheet.cell(row, column, readable(value).replace("\r\n", "\n").replace("\r", "\n"))
        # Said after the value: openpyxl takes "=…" for a formula and "#REF!" for an error.
        cell.data_type = "s"
        cell.quotePrefix = bool(_FORMULA.match(value))  # so it stays text when somebody edits the cell


def _dress(sheet, raportti, sarakkeet):
    colour = charts.accent(raportti.kunta.korostusvari)[1:]
    line = Border(bottom=Side("thin", color="C9CFD2"))
    top, number = Alignment(wrap_text=True, vertical="top"), Alignment(horizontal="center", vertical="top")
    for place, sarake in enumerate(sarakkeet, 1):
        wide = LEVEA if sarake.rooli in LEVEAT else LEVEYS
        sheet.column_dimensions[get_column_letter(place)].width = LEVEYDET.get(sarake.rooli, wide)
        for (cell,) in sheet.iter_rows(min_row=2, min_col=place, max_col=place):
            cell.alignment = number if sarake.rooli == "toteutumisaste" else top
            cell.border = line
    for cell in sheet[1]:
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor=colour)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    _set_paper(sheet)


def _set_paper(sheet):
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"


CSV_SARAKKEET = {
    "Painopiste": "painopiste",
    "Strateginen tavoite": "tavoite",
    "Toimialan tavoite": "toimialan_tavoite",
    "Koodi": "koodi",
    "Toimenpide": "toimenpide",
    "Toimielin": "toimielin",
    "Toimiala": "toimiala",
    "Vastuu": "vastuu",
    "Riski": "riski",
    "Mittari": "mittari",
    "SDG": "sdg",
    "Jakso": "jakso",
    "Toteutumisaste": "toteutumisaste",
    "Syy": "syy",
    "Kommentti": "kommentti",
}


def render_csv(raportti: Osavuosikatsaus) -> bytes:
    """Our flat export, the same for every kunta: UTF-8 with BOM, semicolons, the headings of CSV_SARAKKEET in Finnish.

    A text that a spreadsheet would run ("=1+1", "- ensin") gets one apostrophe before it. The importer takes one
    apostrophe off a text in which only apostrophes and white space stand before =, +, - or @, so that what was
    exported comes back equal, texts that began with an apostrophe themselves too.
    """
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow(CSV_SARAKKEET)
    with translation.override("fi"):  # the importer knows the reasons by their Finnish words
        for tiedot in _flatten(raportti):
            values = {**tiedot, "jakso": raportti.jakso.nimi, "sdg": "; ".join(tiedot["sdg"]), "syy": _reason(tiedot)}
            writer.writerow([_defuse(values[rooli]) for rooli in CSV_SARAKKEET.values()])
    return b"\xef\xbb\xbf" + target.getvalue().encode()


def _defuse(value):
    text = "" if value is None else readable(str(value))
    return f"'{text}" if _FORMULA.match(text) else text
