"""In viimeistely who answered reads the own rows, and how they have been edited."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from seuranta.kirjaaminen.vastaukset import SIVULLA
from seuranta.models import Kirjaus, Vastaus
from strategia.models import Toimenpide


@pytest.fixture
def osoite(cast):
    told = Vastaus(0, 3, kommentti="Työ on alkanut.", sisainen_huomio="Vain meille.", laheta=True)
    Kirjaus.objects.record(cast.jakso, {cast.vayla: told}, by=cast.veikko)
    cast.jakso.finish(by=cast.kaisa)
    Kirjaus.objects.record(cast.jakso, {cast.vayla: Vastaus(1, 4, kommentti="Työ on valmis.")}, by=cast.kaisa)
    return reverse("seuranta:vastaukset", args=[cast.jakso.pk])


def test_only_those_who_answer_read_it_and_only_in_viimeistely(cast, kirjautunut, osoite):
    for who in (cast.liisa, cast.tarmo, cast.ulla):
        assert kirjautunut(who).get(osoite).status_code == 404
    kirjattava = reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk])
    assert kirjautunut(cast.kaisa).get(osoite).headers["Location"] == kirjattava
    closed = reverse("seuranta:vastaukset", args=[cast.edellinen.pk])
    assert kirjautunut(cast.veikko).get(closed).status_code == 404
    cast.jakso.open(by=cast.kaisa)
    assert kirjautunut(cast.veikko).get(osoite).headers["Location"] == kirjattava


def test_veikko_reads_his_own_rows_and_what_was_edited(cast, kirjautunut, osoite):
    page = kirjautunut(cast.veikko).get(osoite).text
    assert "Työ on <del>alkanut.</del><ins>valmis.</ins>" in page
    assert "<b>4</b>" in page
    assert cast.toimenpiteet[1].nimi in page
    assert cast.kerho.nimi not in page
    assert "<textarea" not in page


def test_the_address_of_recording_leads_there_and_a_post_changes_nothing(cast, kirjautunut, osoite):
    kirjattava, veikko = reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk]), kirjautunut(cast.veikko)
    assert veikko.get(kirjattava).headers["Location"] == osoite
    assert veikko.post(kirjattava, {f"t{cast.vayla.pk}-versio": "2"}).status_code == 404
    assert veikko.post(osoite, {}).status_code in (200, 403, 405)
    assert Kirjaus.objects.get(jakso=cast.jakso, toimenpide=cast.vayla).versio == 2


def test_the_page_of_own_rows_and_the_front_page_lead_there(cast, kirjautunut, osoite):
    veikko = kirjautunut(cast.veikko)
    page = veikko.get(reverse("seuranta:omat")).text
    assert f'href="{osoite}"' in page
    assert "Mikään seurantajakso ei ole nyt avoinna." not in page
    assert reverse("seuranta:omat") in veikko.get("/").text


def test_many_rows_come_page_by_page_for_as_many_queries(cast, kirjautunut, osoite):
    veikko = kirjautunut(cast.veikko)
    veikko.get(osoite)
    with CaptureQueriesContext(connection) as few:
        veikko.get(osoite)
    told = {"kunta": cast.kunta, "tavoite": cast.tavoitteet[0], "toimiala": cast.tekniset}
    Toimenpide.objects.bulk_create(Toimenpide(**told, nimi=f"Lisää {n}") for n in range(SIVULLA))
    with CaptureQueriesContext(connection) as many:
        first = veikko.get(osoite).text
    assert len(few) == len(many)
    assert (first.count("<article"), veikko.get(f"{osoite}?sivu=2").text.count("<article")) == (SIVULLA, 3)
    assert veikko.get(f"{osoite}?sivu=x").status_code == 200
