"""Days have bounds at every door: forms, decisions, files and the admin; and what is stored past them stops nobody."""

from datetime import date
from io import StringIO

import pytest
import tablib
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import models
from django.urls import reverse

from seuranta.models import Seurantajakso, Tuonti
from seuranta.muistutus import viestit
from seuranta.resources import ToimialaResource
from seuranta.taulukko.rows import read
from seuranta.tiedosto.paatokset import read_decisions
from seuranta.tyopaivat import due_stage
from strategia.fields import PVM_VIRHE, PvmField
from strategia.models import Ilmoitusviesti, Kayttaja, Toimiala

from .muistutus.muistuttaminen import MAARAPAIVA
from .taulukko.taulukot import OTSIKOT, codes, text

RIVI = ["P", "T", "Teko", "Tekninen", "4", "Etenee"]
MAHDOTTOMAT = ["0001-01-01", "0026-09-15", "1989-12-31", "2101-01-01", "9999-12-31", "15.9.26", "15.9.0026"]
OMAT = ("strategia", "seuranta", "raportit")
OHJELMAN = {Ilmoitusviesti}  # the program's own day, which nobody writes


def test_every_day_that_a_person_writes_has_the_bounds():
    fields = [
        field
        for app in OMAT
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.fields
        if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField)
        if model not in OHJELMAN and field.editable  # one that is not is the program's own note
    ]
    assert len(fields) >= 10
    assert [str(field) for field in fields if not isinstance(field, PvmField)] == []


@pytest.mark.parametrize("day", MAHDOTTOMAT)
def test_a_day_out_of_bounds_is_refused_by_the_model_and_by_its_form(day):
    field = Seurantajakso._meta.get_field("alkaa")
    for clean in (lambda: field.clean(day, None), lambda: field.formfield().clean(day) and field.clean(day, None)):
        with pytest.raises(ValidationError, match=str(PVM_VIRHE)[:20]):
            clean()


@pytest.mark.parametrize("day", ["1990-01-01", "2100-12-31", "31.12.2026"])
def test_the_days_at_the_bounds_are_taken(day):
    field = Seurantajakso._meta.get_field("alkaa")
    assert field.clean(field.formfield().clean(day), None)


def lomakkeet(cast):
    """[(address, field, what else is sent)] of the forms with a day of their own."""
    jakso = {"nimi": "Uusi", "tyyppi": "muu", "strategia": cast.strategia.pk}
    kasittely = {"toimielin": "Valtuusto", "paatos": "Merkittiin", "asianumero": "1", "pykala": "§ 1"}
    return [
        (reverse("seuranta:jakso-uusi"), "paattyy", jakso),
        (reverse("seuranta:jakso-muokkaa", args=[cast.jakso.pk]), "vastaus_viimeistaan", jakso),
        (reverse("seuranta:jakso-jatka", args=[cast.jakso.pk]), "vastaus_viimeistaan", {}),
        (reverse("strategia:toimenpide-lopeta", args=[cast.vayla.pk]), "voimassa_asti", {}),
        (reverse("raportit:kasittely-uusi", args=[cast.versio.pk]), "pvm", kasittely),
        (reverse("raportit:jakso-saate", args=[cast.jakso.pk]), "kokous_pvm", {}),
    ]


@pytest.mark.parametrize("number", range(6))
@pytest.mark.parametrize("day", ["0026-09-15", "9999-12-31", "15.9.26"])
def test_a_form_tells_the_bounds_at_its_field(day, number, cast, kirjautunut):
    address, name, data = lomakkeet(cast)[number]
    answer = kirjautunut(cast.aino).post(address, data | {name: day})
    assert answer.status_code == 422
    assert str(PVM_VIRHE) in answer.content.decode()


def test_a_decision_is_told_the_bounds_and_a_stored_one_past_them_is_asked_anew(cast, kirjautunut):
    client = kirjautunut(cast.aino)
    data = text(OTSIKOT, ["P", "T", "Teko", "Tekniset palvelut", "4", "Etenee"])
    client.post("/tuonti/", {"tiedosto": SimpleUploadedFile("seuranta.csv", data)})
    tuonti = Tuonti.objects.get()
    answer = client.post(f"/tuonti/{tuonti.pk}/paatokset/", {"versio": 0, "kohde": "1", "tilanne": "9999-12-31"})
    assert str(PVM_VIRHE) in answer.content.decode()
    assert not tuonti.paatokset.exists()
    tuonti.paatokset.create(kunta=cast.kunta, laji="tilanne", paikka="", arvo="9999-12-31", kuka=cast.aino, versio=1)
    assert read_decisions(tuonti).arvot["tilanne"] == {}


@pytest.mark.parametrize("told", ["31.12.9999", "1.1.0001", "31.12.26", "1989", "2101", "2024–2150"])
def test_a_day_of_a_file_past_the_bounds_is_its_own_cells_error(told):
    luettu = read(text([*OTSIKOT, "Voimassa"], [*RIVI, told]), "a.csv", columns={"G": "voimassa"})
    assert codes(luettu.errors) == [("G2", "date_range")]
    assert luettu.rows[0].voimassa is None
    assert "1.1.1990–31.12.2100" in luettu.errors[0].fi


def test_one_impossible_year_does_not_hide_a_column_of_years():
    rows = [[*RIVI, "2024–2025"], [*RIVI[:2], "Toinen", *RIVI[3:], "9999"]]
    luettu = read(text([*OTSIKOT, "Voimassa"], *rows), "a.csv")
    assert codes(luettu.errors) == [("G3", "date_range")]
    assert [rivi.voimassa for rivi in luettu.rows] == [{"alkaa": "2024-01-01", "paattyy": "2025-12-31"}, None]


@pytest.mark.parametrize("told", ["2024", "2024–2026", "elokuussa 1500 kpl"])
def test_a_year_within_the_bounds_or_none_at_all_is_no_error(told):
    luettu = read(text([*OTSIKOT, "Voimassa"], [*RIVI, told]), "a.csv", columns={"G": "voimassa"})
    assert luettu.errors == ()


def test_the_admin_refuses_such_a_day_in_its_page_and_in_its_table(cast, client):
    client.force_login(Kayttaja.objects.create_superuser("yrjo@palvelin.example", "Salasana-9-koivua", nimi="Yrjö"))
    address = reverse("admin:strategia_toimiala_change", args=[cast.tekniset.pk])
    answer = client.post(address, {"kunta": cast.kunta.pk, "nimi": "Tekniset", "lopetettu": "31.12.9999"})
    assert str(PVM_VIRHE) in answer.content.decode()
    rows = tablib.Dataset(headers=["Kunta", "Nimi", "Lopetettu"])
    rows.append([cast.kunta.nimi, "Uusi toimiala", "31.12.9999"])
    result = ToimialaResource().import_data(rows)
    assert result.invalid_rows or result.has_errors()
    assert not Toimiala.objects.filter(nimi="Uusi toimiala").exists()


# --- what was stored before days had bounds


@pytest.mark.parametrize("day", [date.min, date.max])
def test_a_deadline_past_the_bounds_is_due_on_no_day(day):
    assert due_stage(day, MAARAPAIVA) is None


def test_muistuta_reminds_the_others_though_one_jakso_has_an_impossible_deadline(cast, posti, tanaan):
    Seurantajakso.objects.filter(pk=cast.naapuri.jakso.pk).update(vastaus_viimeistaan=date.max)
    tanaan(MAARAPAIVA)
    call_command("muistuta", stdout=StringIO())
    assert posti.sent_to(cast.veikko)


def test_one_jaksos_fault_is_told_and_keeps_no_other_kunta_waiting(cast, posti, tanaan, monkeypatch):
    tilanne = viestit.build_tilanne

    def fail_for_the_neighbour(jakso):
        if jakso == cast.naapuri.jakso:
            raise OverflowError("date value out of range")
        return tilanne(jakso)

    monkeypatch.setattr(viestit, "build_tilanne", fail_for_the_neighbour)
    tanaan(MAARAPAIVA)
    errors = StringIO()
    with pytest.raises(CommandError, match=r"Jaksoja jäi käymättä läpi 1\.") as failed:
        call_command("muistuta", stdout=StringIO(), stderr=errors)
    assert failed.value.returncode == 1
    assert f"{cast.naapuri.kunta}, {cast.naapuri.jakso}: OverflowError" in errors.getvalue()
    assert posti.sent_to(cast.veikko)


def test_a_new_jakso_can_be_made_after_one_that_ends_on_the_last_day_there_is(cast, kirjautunut):
    Seurantajakso.objects.filter(pk=cast.jakso.pk).update(paattyy=date.max)
    answer = kirjautunut(cast.aino).get(reverse("seuranta:jakso-uusi"))
    assert answer.status_code == 200
    assert "Osavuosikatsaus III 2026" in answer.content.decode()
