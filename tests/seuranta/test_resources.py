"""The flat tables of the admin: out as text, in through the guard, and back again without a change."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import NoReverseMatch, reverse

from seuranta.models import Kirjaus, Vastaus
from seuranta.resources import (
    KayttajaResource,
    KirjausResource,
    ToimialaResource,
    ToimielinResource,
    TurvallinenXLSX,
)
from seuranta.taulukko.rows import read
from seuranta.tuonti.plan import Target, build_plan
from strategia.models import Jasenyys, Kayttaja, Toimiala, Toimielin

XLSX = TurvallinenXLSX()


def workbook(*rows):
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def come_in(resource, *rows):
    result = resource.import_data(XLSX.create_dataset(workbook(*rows)), use_transactions=True)
    errors = [str(error.error) for line in result.rows for error in line.errors]
    return result.totals, errors + [str(row.error) for row in result.invalid_rows]


@pytest.fixture
def yllapitaja(db, client):
    client.force_login(Kayttaja.objects.create_superuser("yllapito@example.fi", "pitkä-salasana-9", nimi="Ylläpito"))
    return client


@pytest.mark.parametrize("model", ["strategia_toimiala", "strategia_toimielin", "strategia_kayttaja"])
def test_only_the_maintainer_gets_tables_out_and_in(model, cast, kirjautunut, yllapitaja):
    for action in ("export", "import"):
        path = reverse(f"admin:{model}_{action}")
        for person in (cast.aino, cast.kaisa, cast.veikko, cast.ulla):
            assert kirjautunut(person).get(path).status_code == 302  # to the admin's own sign-in
        assert yllapitaja.get(path).status_code == 200


def test_nobody_imports_kirjaukset_past_their_rules(cast, yllapitaja):
    assert yllapitaja.get(reverse("admin:seuranta_kirjaus_export")).status_code == 200
    with pytest.raises(NoReverseMatch):
        reverse("admin:seuranta_kirjaus_import")


def test_a_jakso_goes_out_as_a_flat_table_that_imports_to_no_change(cast):
    vastaus = Vastaus(0, 4, kommentti="=HYPERLINK(1) & ä")
    Kirjaus.objects.record(cast.jakso, {cast.vayla: vastaus}, by=cast.aino)
    rows = Kirjaus.objects.filter(jakso=cast.jakso)
    data = XLSX.export_data(KirjausResource().export(rows))
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert {cell.data_type for row in sheet for cell in row if cell.value is not None} <= {"s", "n"}
    plan = build_plan(read(data, "vienti.xlsx"), Target(cast.kunta.nimi))
    assert plan.counts == {"new": 0, "changed": 0, "same": 1, "errors": 0}


def test_a_forecast_goes_out_in_a_column_only_where_there_is_one(cast):
    Kirjaus.objects.record(cast.jakso, {cast.vayla: Vastaus(0, 4, kommentti="Alkoi.")}, by=cast.aino)
    rows = Kirjaus.objects.filter(jakso=cast.jakso)
    assert not {"Ennuste", "Poikkeaman syy", "Korjaavat toimet"} & set(KirjausResource().export(rows).headers)
    vastaus = Vastaus(1, 4, kommentti="Alkoi.", ennuste="=1+1 & ä")
    Kirjaus.objects.record(cast.jakso, {cast.vayla: vastaus}, by=cast.aino)
    dataset = KirjausResource().export(rows)
    assert dataset["Ennuste"] == ["=1+1 & ä"]
    assert "Korjaavat toimet" not in dataset.headers
    plan = build_plan(read(XLSX.export_data(dataset), "vienti.xlsx"), Target(cast.kunta.nimi))
    assert plan.counts == {"new": 0, "changed": 0, "same": 1, "errors": 0}


@pytest.mark.parametrize(
    ("resource", "model"),
    [(ToimialaResource, Toimiala), (ToimielinResource, Toimielin), (KayttajaResource, Kayttaja)],
)
def test_what_goes_out_comes_in_without_a_change(resource, model, cast):
    before = list(model.objects.order_by("pk").values())
    dataset = XLSX.create_dataset(XLSX.export_data(resource().export()))
    result = resource().import_data(dataset, use_transactions=True)
    assert not result.has_errors()
    assert not result.invalid_rows
    assert list(model.objects.order_by("pk").values()) == before


def test_a_new_toimiala_is_made_and_a_spelling_of_an_old_one_is_not(cast):
    name = cast.kunta.nimi
    totals, errors = come_in(ToimialaResource(), ["Kunta", "Nimi"], [name, "Uusi & ä"], [name, "TEKNISET  palvelut."])
    assert errors == []
    assert Toimiala.objects.filter(kunta=cast.kunta, nimi="Uusi & ä").exists()
    assert Toimiala.objects.filter(kunta=cast.kunta).count() == 4


def test_a_person_comes_in_with_the_toimialat_and_without_a_password(cast):
    head = ["Sähköposti", "Nimi", "Kunta", "Rooli", "Toimialat", "Käytössä"]
    toimialat = "Tekniset palvelut; Sivistyspalvelut"
    row = ["Uusi@Example.fi", "Uusi Öhman", cast.kunta.nimi, "raportoija", toimialat, "kyllä"]
    _totals, errors = come_in(KayttajaResource(), head, row)
    assert errors == []
    uusi = Kayttaja.objects.get(email="uusi@example.fi")
    assert not uusi.has_usable_password()
    assert not uusi.is_staff
    assert set(uusi.toimialat.values_list("nimi", flat=True)) == {"Tekniset palvelut", "Sivistyspalvelut"}
    come_in(KayttajaResource(), head, [*row[:4], "Sivistyspalvelut", "ei"])
    uusi.refresh_from_db()
    assert not uusi.is_active
    assert Jasenyys.objects.get(kayttaja=uusi).toimiala == cast.sivistys


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"Rooli": "keisari"}, "Roolia ”keisari” ei ole."),
        ({"Toimialat": "Avaruus"}, "Toimialaa ”Avaruus” ei ole kunnassa."),
        ({"Kunta": "Olematon"}, "Kunta"),
    ],
)
def test_a_row_that_cannot_be_is_told_and_nothing_of_it_is_written(values, sentence, cast):
    row = {"Sähköposti": "x@example.fi", "Nimi": "X", "Kunta": cast.kunta.nimi, "Rooli": "raportoija", "Toimialat": ""}
    row = {**row, "Käytössä": "kyllä", **values}
    _totals, errors = come_in(KayttajaResource(), list(row), list(row.values()))
    assert any(sentence in error for error in errors), errors
    assert not Kayttaja.objects.filter(email="x@example.fi").exists()


def test_a_file_that_the_guard_refuses_is_not_opened(yllapitaja):
    path = reverse("admin:strategia_toimiala_import")
    for content, sentence in ((b"%PDF-1.7", "ei ole Excel-työkirja"), (b"PK\x03\x04rikki", "vioittunut")):
        answer = yllapitaja.post(path, {"import_file": SimpleUploadedFile("a.xlsx", content), "format": "0"})
        assert sentence in answer.text, answer.context["form"].errors
