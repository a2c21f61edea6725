"""Vastaustaulukko -> what its sender gets: refused, waiting for decisions, decided, saved, undone."""

import io

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from seuranta.models import Kirjaus, Tuonti, Vastaus
from seuranta.vastaustaulukko.kirja import answer_table_bytes

OSOITE = f"https://kirkkoranta.example/{'asiakirja' * 30}"


def collect_answer_tables(kokoelma, cast):
    veikko, lista = Client(), reverse("seuranta:vastaustaulukko-lista", args=[cast.jakso.pk])
    veikko.force_login(cast.veikko)
    kokoelma.post("tuonti", "vastaustaulukko puuttuu", veikko, lista, {}, 422)
    strange = SimpleUploadedFile("muu.csv", b"Nimi;Luku\r\nx;1\r\n")
    kokoelma.post("tuonti", "ei vastaustaulukko", veikko, lista, {"tiedosto": strange}, 422)
    sent = SimpleUploadedFile("Vastaukset – syksy & talvi.xlsx", _filled_in(cast))
    kokoelma.post("tuonti", "vastaukset ratkaistavina", veikko, lista, {"tiedosto": sent}, 200)
    tuonti = Tuonti.objects.exclude(jakso=None).first()
    args = [tuonti.jakso_id, tuonti.pk]
    paths = {name: reverse(f"seuranta:vastaustaulukko-{name}", args=args) for name in ("detail", "paata", "kumoa")}
    for nayta in ("kaikki", "changed", "same", "puuttuvat", "tulkinnat", "ohitetut"):
        kokoelma.get("tuonti", f"vastaukset, {nayta}", veikko, f"{paths['detail']}?nayta={nayta}")
    for kerta in ("kerran", "kahdesti"):  # a row that is then known by its name brings conflicts of its own
        decisions = _decisions(veikko, paths["detail"])
        kokoelma.post("tuonti", f"vastaukset päätetty {kerta}", veikko, paths["paata"], decisions, 200)
    mark = veikko.get(paths["detail"]).context["plan"].fingerprint
    save = reverse("seuranta:vastaustaulukko-tallenna", args=args)
    kokoelma.post("tuonti", "vastaukset tallennettu", veikko, save, {"sormenjalki": mark}, 200)
    assert "Vastaukset on tallennettu." in kokoelma.sivut[-1].html
    kokoelma.post("tuonti", "vastaukset kumottu", veikko, paths["kumoa"], {}, 200)


def _filled_in(cast):
    """The table of Tekniset with a conflict, a score that is none, a damaged id and a row of its own, one row gone.

    One comment holds an address as long as they are.
    """
    book = openpyxl.load_workbook(io.BytesIO(answer_table_bytes(cast.jakso, cast.tekniset, cast.veikko)))
    sheet = book.active
    columns = {cell.value: cell.column for cell in sheet[1]}
    answers = ((4, f"Taulukossa & ä: {OSOITE}"), ("4/5", None), (3, f"Valmis: {OSOITE}"))
    for row, (aste, kommentti) in enumerate(answers, 2):
        sheet.cell(row, columns["Toteutumisaste"]).value = aste
        sheet.cell(row, columns["Kommentti"]).value = kommentti
    sheet.cell(4, columns["Rivin tunniste"]).value = "rikki"
    sheet.cell(5, columns["Toimenpide"]).value = "Aivan uusi toimenpide"
    sheet.cell(5, columns["Kommentti"]).value = "Ei mahdu suunnitelmaan."
    versio = Kirjaus.objects.get(jakso=cast.jakso, toimenpide=cast.vayla).versio
    Kirjaus.objects.record(cast.jakso, {cast.vayla: Vastaus(versio, 2, kommentti="Sillä välin.")}, by=cast.hilkka)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _decisions(client, path):
    """One for each: the conflicts both ways, the score chosen, the damaged row by its name, the new row left out."""
    answers = {"conflict": ("ristiriita", "tiedosto"), "ambiguous_score": ("solu", "4"), "broken_id": ("nimella", "1")}
    page = client.get(path).context
    kinds = ((issue.cell, answers.get(issue.code, ("ohita", "1"))) for issue in page["plan"].errors)
    return {"versio": page["tuonti"].paatosversio} | {f"{kind}|{cell}": value for cell, (kind, value) in kinds}
