"""When a toimenpide is in force: by its own column; years of its name only when a person takes them."""

import importlib
from datetime import date

import pytest
from django.apps import apps
from django.db import connection

from seuranta.models import Kirjaus, Seurantajakso
from strategia.models import Toimenpide

from .test_tuo import taulukko, tuo  # noqa: F401  a fixture
from .tuontisivut import OTSIKOT, UUSI, paata, paatetty, sivu, tallenna, xlsx

MIGRAATIO = importlib.import_module("seuranta.migrations.0008_vuodet_nimesta")
TULEVA, MENNYT = "Kylätalon kunnostus 2027-2028", "Uimaranta siivotaan (2025)"


class Editor:
    connection = connection


def row(nimi, *rest):
    return [*UUSI[:2], nimi, *UUSI[3:], *rest]


def days(nimi):
    toimenpide = Toimenpide.objects.get(nimi=nimi)
    return tuple(day and day.isoformat() for day in (toimenpide.voimassa_alkaen, toimenpide.voimassa_asti))


# --- years of a name


def test_years_of_a_name_are_proposed_and_written_only_where_a_person_takes_them(cast, aino, laheta):
    tuonti = laheta(row(TULEVA), row(MENNYT))
    page = sivu(aino, tuonti)
    assert "Vuodet nimessä 2" in page
    assert "Nimen lopussa on 2027–2028. Esikatselussa voit ottaa sen voimassaoloksi." in page
    assert TULEVA in sivu(aino, tuonti, nayta="vuodet")
    tallenna(aino, tuonti)
    assert (days(TULEVA), days(MENNYT)) == ((None, None), (None, None))
    uusi = Seurantajakso(kunta=cast.kunta, strategia=cast.strategia, alkaa=date(2026, 9, 1), paattyy=date(2026, 12, 31))
    assert {TULEVA, MENNYT} <= {toimenpide.nimi for toimenpide in uusi.toimenpiteet()}


def test_what_is_taken_is_written_and_what_is_not_is_remembered_too(cast, aino, laheta):
    tuonti = laheta(row(TULEVA), row(MENNYT))
    paata(aino, tuonti, **{"voimassa|Sheet!C3": "True", "voimassa|Sheet!C2": "False", "voimassa|Sheet!C99": "True"})
    assert paatetty(tuonti)["voimassa"] == {"Sheet!C2": False, "Sheet!C3": True}  # C99 was never asked
    page = sivu(aino, tuonti, nayta="vuodet")
    assert 'name="voimassa|Sheet!C3" value="True" checked' in page
    assert 'name="voimassa|Sheet!C2" value="False" checked' in page
    told = sivu(aino, tuonti, nayta="tulkinnat")
    assert "voimassaoloaika" in told
    assert "vain osa nimeä" in told
    tallenna(aino, tuonti)
    assert (days(TULEVA), days(MENNYT)) == ((None, None), ("2025-01-01", "2025-12-31"))


def test_taken_years_are_part_of_what_was_shown(aino, laheta):
    tuonti = laheta(row(TULEVA, 3))
    before = aino.get(tuonti.get_absolute_url()).context["plan"].fingerprint
    paata(aino, tuonti, **{"voimassa|Sheet!C2": "True"})
    assert aino.get(tuonti.get_absolute_url()).context["plan"].fingerprint != before


def test_a_start_is_taken_where_nothing_was_scored_before_it(cast, aino, laheta):
    tuonti = laheta([*UUSI[:2], TULEVA, UUSI[3], None, "Suunnitellaan."])
    paata(aino, tuonti, **{"voimassa|Sheet!C2": "True"})
    tallenna(aino, tuonti)
    assert days(TULEVA) == ("2027-01-01", "2028-12-31")
    again = laheta(row(TULEVA))  # scored in 2026 after all: it had begun, and its start goes
    assert "Voimassa alkaen" in sivu(aino, again, nayta="changed")
    tallenna(aino, again)
    assert days(TULEVA) == (None, "2028-12-31")


def test_a_start_that_a_person_has_given_holds(cast, aino, laheta):
    tallenna(aino, laheta([*UUSI[:2], TULEVA, UUSI[3], None, "Suunnitellaan."]))
    Toimenpide.objects.filter(nimi=TULEVA).update(voimassa_alkaen=date(2027, 3, 1))
    again = laheta(row(TULEVA))
    assert "Yksi solu odottaa" not in sivu(aino, again)
    tallenna(aino, again)
    assert days(TULEVA) == ("2027-03-01", None)


# --- a column of their own


@pytest.mark.django_db
def test_a_columns_own_years_hold_except_a_start_after_the_first_score(taulukko):  # noqa: F811
    headings = [*OTSIKOT[:4], "Voimassa", "Toteutumisaste kevät 2026", "Kommentti kevät 2026"]
    first, second = ([*UUSI[:2], nimi, UUSI[3], "2027-2028"] for nimi in ("Alkaa", "Alkoi"))
    told = tuo(taulukko([[*first, None, None], [*second, 2, "Etenee"]], headings))
    assert (days("Alkaa"), days("Alkoi")) == (("2027-01-01", "2028-12-31"), (None, "2028-12-31"))
    notices = [notice for notice in told["notices"] if notice["code"] == "validity"]
    assert [(n["cell"], n["fi"]) for n in notices] == [
        ("Sheet!E3", "Rivi on arvioitu jo jaksossa ”Kevät 2026”, joten alkuvuosi 2027 jätettiin pois.")
    ]
    assert tuo(taulukko([[*first, None, None], [*second, 2, "Etenee"]], headings))["counts"]["same"] == 2


# --- what was imported before


def test_the_migration_takes_away_starts_that_an_import_took_too_late(cast, aino, laheta):
    content = xlsx(row("Alkoi", "2027-2028"), row("Omat päivät", "2027-2028"), otsikot=[*OTSIKOT, "Voimassa"])
    tallenna(aino, laheta(content=content))
    rows = Toimenpide.objects.filter(nimi__in=["Alkoi", "Omat päivät"])
    rows.update(voimassa_alkaen=date(2027, 1, 1))
    reason = Toimenpide.history.filter(id__in=rows).first().history_change_reason
    assert reason.startswith("tuonti ")
    Toimenpide.history.filter(id__in=rows.filter(nimi="Alkoi")).update(voimassa_alkaen=date(2027, 1, 1))
    MIGRAATIO.take_starts_away(apps, Editor)
    assert days("Alkoi") == (None, "2028-12-31")
    assert days("Omat päivät") == ("2027-01-01", "2028-12-31")  # a person gave this one
    Kirjaus.objects.filter(toimenpide__nimi="Alkoi").delete()
    rows.filter(nimi="Alkoi").update(voimassa_alkaen=date(2027, 1, 1))
    MIGRAATIO.take_starts_away(apps, Editor)
    assert days("Alkoi") == ("2027-01-01", "2028-12-31")  # nothing was scored before it
