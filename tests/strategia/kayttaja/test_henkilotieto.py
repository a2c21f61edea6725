"""What is kept of a person, as a file: for the person, and for the pääkäyttäjä who answers to the person."""

import json

import pytest
from django.urls import reverse

from strategia.models import Tapahtuma
from strategia.tapahtuma import record


@pytest.fixture
def sivu(cast):
    return reverse("strategia:kayttaja-tiedosto", args=[cast.veikko.pk])


@pytest.mark.parametrize(("who", "status"), [("kaisa", 403), ("veikko", 403), ("tarmo", 403), ("ulla", 404)])
def test_anothers_is_not_for_all(who, status, sivu, cast, kirjautunut):
    assert kirjautunut(getattr(cast, who)).get(sivu).status_code == status


def test_one_gets_ones_own_and_that_is_an_act(cast, kirjautunut):
    record(Tapahtuma.Laji.ROOLI, by=cast.aino, kunta=cast.kunta, kohde=cast.veikko, mihin="raportoija")
    record(Tapahtuma.Laji.MUUTETTU, by=cast.otso, kunta=cast.kunta, kohde=cast.otso, mihin="Otson asia")
    answer = kirjautunut(cast.veikko).get(reverse("strategia:omat-tiedot-tiedosto"))
    told = json.loads(answer.text)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="henkilotiedot.json"'
    assert told["henkilo"]["email"] == cast.veikko.email
    assert told["toimialat"] == ["Tekniset palvelut"]
    assert [row["mihin"] for row in told["tapahtumat"]] == ["raportoija"]
    assert {"käyttäjän toimiala"} <= {each["mista"] for each in told["viittaukset"]}
    assert "Otson asia" not in answer.text
    assert cast.veikko.password not in answer.text
    row = Tapahtuma.objects.first()
    assert (row.laji, row.kuka, row.kohteen_id) == ("henkilotiedot", cast.veikko, cast.veikko.pk)


def test_the_file_tells_of_nobody_else(cast, kirjautunut):
    """Who has invited and changed others: of them not a word; nor from where another came who did something here."""
    rights = {"mista": f"{cast.veikko.nimi}, raportoija", "mihin": f"{cast.veikko.nimi}, hyväksyjä"}
    kirjautunut(cast.aino).post(f"/kayttajat/{cast.kaisa.pk}/kaytto/", {"kaytossa": "0"}, REMOTE_ADDR="203.0.113.9")
    record(Tapahtuma.Laji.ROOLI, by=cast.kaisa, kunta=cast.kunta, kohde=cast.veikko, **rights)
    answer = kirjautunut(cast.aino).get(f"/kayttajat/{cast.kaisa.pk}/tiedosto/")
    told = {row["laji"]: row for row in json.loads(answer.text)["tapahtumat"]}
    mine, ended = told["rooli"], told["kaytosta"]
    assert (mine["kohteen_nimi"], mine["mista"], mine["mihin"]) == ("toinen henkilö", "", "")
    assert (ended["kohteen_nimi"], ended["osoite"]) == (cast.kaisa.nimi, "")
    assert Tapahtuma.objects.get(laji="kaytosta").osoite == "203.0.113.0"
    assert cast.veikko.nimi not in answer.text and "203.0.113" not in answer.text


def test_the_paakayttaja_gets_anothers(sivu, cast, kirjautunut):
    told = json.loads(kirjautunut(cast.aino).get(sivu).text)
    assert told["henkilo"]["nimi"] == cast.veikko.nimi
    row = Tapahtuma.objects.first()
    assert (row.laji, row.kuka, row.kohteen_nimi) == ("henkilotiedot", cast.aino, cast.veikko.nimi)


def test_the_pages_lead_to_it(sivu, cast, kirjautunut):
    assert reverse("strategia:omat-tiedot-tiedosto") in kirjautunut(cast.veikko).get("/omat-tiedot/").text
    assert sivu in kirjautunut(cast.aino).get(f"/kayttajat/{cast.veikko.pk}/").text


def test_the_statement_tells_the_kuntas_own_time(cast, kirjautunut):
    cast.kunta.sailytys_kk = 36
    cast.kunta.save()
    page = " ".join(kirjautunut(cast.veikko).get("/tietosuoja/").text.split())
    assert "tapahtumat poistetaan 36 kuukauden kuluttua" in page
