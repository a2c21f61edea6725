"""Order of jaksot is time: what an end day or a name tells of it, and where each jakso is put."""

import importlib
import itertools
from datetime import date

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from seuranta.ajankohta import ajankohta, in_time
from seuranta.jakso.havainnot import check_before_closing
from seuranta.models import Seurantajakso
from tests.seuranta.tuonti.test_tuo import OTSIKOT, RIVIT, taulukko, tuo  # noqa: F401  a fixture

MIGRAATIO = importlib.import_module("seuranta.migrations.0007_jaksot_ajassa")


class Editor:
    connection = connection


# Names that kunnat use, each family in the order of time.
AJASSA = [
    ["Osavuosikatsaus I 2025", "Osavuosikatsaus II 2025", "Osavuosikatsaus III 2025", "Tilinpäätös 2025"],
    ["Tilinpäätös 2024", "Osavuosikatsaus 2025", "Osavuosikatsaus II 2025", "Tilinpäätös 2025"],
    ["Q4/2024", "Q1 2025", "Q2 2025", "Q3/25", "Q4/2025", "Vuosi 2025"],
    ["1. neljännes 2025", "Toinen neljännes 2025", "Neljännesvuosi III 2025", "4. neljännesvuosi 2025"],
    ["Syksy 2024", "Talvi 2025", "Kevät 2025", "Kesä 2025", "Syksy 2025", "2025"],
    ["Tammikuu 2025", "Huhtikuu 2025", "Kesäkuu 2025", "Elokuu 2025", "Tammi–joulukuu 2025", "Tammi–huhtikuu 2026"],
    ["1–4/2026", "1-6/2026", "1–8/2026", "9/2026", "1–12/2026", "1–4/2027"],
    ["Tilanne 30.4.2026", "1.1.–31.8.2026", "Tilanne 31.12.2026", "2027-06"],
    ["Puolivuosi I 2026", "H2 2026", "Puolivuosikatsaus 2027", "Tilinpäätös 2027"],
    ["Väliraportti 2025", "Tilinpäätös 2025", "Väliraportti 2026"],
    ["Delårsrapport I 2025", "Våren 2025", "Delårsrapport II 2025", "Bokslut 2025"],
    ["2023", "2024", "2025"],
    ["Strategia 2022–2025, kevät 2023", "Strategia 2022–2025, syksy 2023", "Strategia 2022–2025, kevät 2024"],
    ["Osavuosikatsaus I 2025 (2)", "Osavuosikatsaus II 2025 (1)"],
]


def jakso(nimi, paattyy=None):
    return Seurantajakso(nimi=nimi, paattyy=paattyy)


def names(jaksot):
    return [each.nimi for each in jaksot]


@pytest.mark.parametrize("nimet", AJASSA, ids=lambda nimet: nimet[0])
def test_names_tell_the_year_and_its_part(nimet):
    for order in itertools.islice(itertools.permutations(nimet), 200):
        assert names(in_time([jakso(nimi) for nimi in order])) == nimet


def test_the_end_day_holds_whatever_the_name_says():
    late = jakso("Osavuosikatsaus I 2023", date(2025, 8, 31))
    assert names(in_time([late, jakso("2024")])) == ["2024", "Osavuosikatsaus I 2023"]
    assert ajankohta("Tilinpäätös 2024", date(2024, 12, 31)) > ajankohta("Osavuosikatsaus III", date(2024, 12, 31))


def test_what_tells_no_time_stays_in_the_order_of_import():
    for nimi in ("Jakso 1", "30.4.", "Osavuosikatsaus I", "", "Toimenpide 123456"):
        assert ajankohta(nimi) is None, nimi
    order = [jakso("Jakso 2"), jakso("2024"), jakso("Jakso 1"), jakso("2023"), jakso("2025")]
    assert names(in_time(order)) == ["Jakso 2", "2023", "2024", "Jakso 1", "2025"]


# --- where jaksot are made and changed


def in_order(strategia):
    return names(strategia.jaksot.all())


def post(client, cast, **values):
    data = {"strategia": cast.strategia.pk, "tyyppi": "muu", **values}
    return client.post(reverse("seuranta:jakso-uusi"), data)


def test_a_new_jakso_takes_its_place_in_time(cast, kirjautunut):
    kaisa = kirjautunut(cast.kaisa)
    post(kaisa, cast, nimi="Tilinpäätös 2025")
    post(kaisa, cast, nimi="Väli", paattyy="2026-06-30")
    post(kaisa, cast, nimi="Myöhemmin")
    own = ["Osavuosikatsaus I 2026", "Osavuosikatsaus II 2026"]
    assert in_order(cast.strategia) == ["Tilinpäätös 2025", own[0], "Väli", own[1], "Myöhemmin"]
    cast.jakso.refresh_from_db()
    assert cast.jakso.edellinen().nimi == "Väli"


def test_a_jakso_moves_when_its_dates_change_and_not_otherwise(cast, kirjautunut):
    kaisa = kirjautunut(cast.kaisa)
    post(kaisa, cast, nimi="Väli", paattyy="2026-10-31")
    vali = Seurantajakso.objects.get(nimi="Väli")
    path = reverse("seuranta:jakso-muokkaa", args=[vali.pk])
    Seurantajakso.objects.filter(pk=vali.pk).update(jarjestys=0)  # the koordinaattori's own move
    kaisa.post(path, {"nimi": "Väli", "tyyppi": "muu", "paattyy": "2026-10-31", "vastaus_viimeistaan": "2026-11-05"})
    assert in_order(cast.strategia)[0] == "Väli"
    kaisa.post(path, {"nimi": "Väli", "tyyppi": "muu", "paattyy": "2026-06-30"})
    assert in_order(cast.strategia) == ["Osavuosikatsaus I 2026", "Väli", "Osavuosikatsaus II 2026"]


@pytest.mark.django_db
def test_a_later_file_of_an_earlier_year_comes_before(taulukko):  # noqa: F811
    for vuosi in (2024, 2023):
        headings = [*OTSIKOT[:4], f"Toteutumisaste {vuosi}", f"Kommentti {vuosi}"]
        tuo(taulukko(RIVIT, headings, f"{vuosi}.xlsx"))
    assert names(Seurantajakso.objects.all()) == ["2023", "2024"]
    assert Seurantajakso.objects.get(nimi="2023").edellinen() is None
    assert Seurantajakso.objects.get(nimi="2024").edellinen().nimi == "2023"


def test_the_checks_compare_with_what_was_before_in_time(cast):
    """A comment of the later year is no "same as in the previous jakso" of the earlier one."""
    earlier = Seurantajakso(kunta=cast.kunta, strategia=cast.strategia, nimi="Tilinpäätös 2025", tila="avoinna")
    earlier.put_in_time(list(cast.strategia.jaksot.all()))
    earlier.save()
    first = cast.edellinen.kirjaukset.first()
    answer = {"toteutumisaste": 2, "syy": "", "kommentti": first.kommentti}
    earlier.kirjaukset.create(kunta=cast.kunta, toimenpide=first.toimenpide, **answer)
    found = {havainto.laji for rivi in check_before_closing(earlier).rivit for havainto in rivi.havainnot}
    assert "sama" not in found


# --- what is stored


def test_the_migration_orders_what_is_stored_closed_jaksot_too_and_leaves_reports_alone(cast):
    last = Seurantajakso.objects.create(
        kunta=cast.kunta, strategia=cast.strategia, nimi="Tilinpäätös 2025", jarjestys=3, tila="suljettu"
    )
    before = cast.versio.data
    Seurantajakso.objects.filter(pk=cast.edellinen.pk).update(jarjestys=9)
    MIGRAATIO.put_in_time(apps, Editor)
    assert in_order(cast.strategia) == ["Tilinpäätös 2025", "Osavuosikatsaus I 2026", "Osavuosikatsaus II 2026"]
    assert list(cast.strategia.jaksot.values_list("jarjestys", flat=True)) == [1, 2, 3]
    cast.edellinen.refresh_from_db()
    assert cast.edellinen.edellinen() == last
    cast.versio.refresh_from_db()
    assert cast.versio.data == before
