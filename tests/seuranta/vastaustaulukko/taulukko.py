"""A vastaustaulukko as a person handles it: its cells filled in, handed in, decided, saved."""

import io

import openpyxl
from django.urls import reverse

from seuranta.models import Kirjaus

PITKA = "Työ etenee – & valmistuu: ä ö å. " * 31


class Taulukko:
    """A downloaded table: its cells by heading and toimenpide, and its bytes when it has been filled in."""

    def __init__(self, data):
        self.book = openpyxl.load_workbook(io.BytesIO(data))
        self.sheet = self.book.active

    @property
    def columns(self):
        return {cell.value: cell.column for cell in self.sheet[1]}

    def row(self, nimi):
        column = self.columns["Toimenpide"]
        return next(r for r in range(2, self.sheet.max_row + 1) if self.sheet.cell(r, column).value == nimi)

    def cell(self, nimi, heading):
        return self.sheet.cell(self.row(nimi), self.columns[heading])

    def write(self, nimi, **values):
        headings = {"aste": "Toteutumisaste", "syy": "Ei arvioida (syy)", "kommentti": "Kommentti"}
        headings |= {"huomio": "Sisäinen huomio", "tunniste": "Rivin tunniste"}
        for name, value in values.items():
            self.cell(nimi, headings[name]).value = value

    def data(self):
        target = io.BytesIO()
        self.book.save(target)
        return target.getvalue()


def address(tuonti, name):
    return reverse(f"seuranta:vastaustaulukko-{name}", args=[tuonti.jakso_id, tuonti.pk])


def sivu(client, tuonti, **query):
    return client.get(tuonti.get_absolute_url(), query)


def paata(client, tuonti, **decisions):
    tuonti.refresh_from_db()
    return client.post(address(tuonti, "paata"), {"versio": tuonti.paatosversio, **decisions})


def tallenna(client, tuonti):
    """Press the save button that the page shows; returns the next page."""
    page = sivu(client, tuonti).text
    mark = page.partition('name="sormenjalki" value="')[2].partition('"')[0]
    return client.post(address(tuonti, "tallenna"), {"sormenjalki": mark}, follow=True).text


def kirjaus(cast, toimenpide):
    return Kirjaus.objects.get(jakso=cast.jakso, toimenpide=toimenpide)
