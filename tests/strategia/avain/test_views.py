"""The keys of the interface: who makes them, and that a key is shown once."""

import pytest
from django.urls import reverse

from strategia.models import Avain

LISTA = "strategia:avain-lista"


@pytest.mark.parametrize("who", ["kaisa", "veikko", "hilkka", "liisa", "tarmo"])
def test_nobody_but_the_paakayttaja_makes_or_ends_a_key(who, cast, kirjautunut):
    avain, _key = Avain.objects.make(cast.kunta, "Tietovarasto", by=cast.aino)
    client = kirjautunut(getattr(cast, who))
    assert client.get(reverse(LISTA)).status_code == 403
    assert client.post(reverse(LISTA), {"nimi": "Oma"}).status_code == 403
    assert client.post(reverse("strategia:avain-lopeta", args=[avain.pk])).status_code == 403
    avain.refresh_from_db()
    assert (Avain.objects.count(), avain.lopetettu) == (1, None)


def test_a_key_is_shown_once(cast, kirjautunut):
    aino = kirjautunut(cast.aino)
    made = aino.post(reverse(LISTA), {"nimi": "Tietovarasto & muut"})
    key = made.context["uusi"][1]
    assert f'value="{key}"' in made.text
    assert "Sitä ei näytetä toista kertaa." in made.text
    assert made.headers["Cache-Control"].find("no-store") >= 0
    again = aino.get(reverse(LISTA))
    assert key not in again.text
    assert "Tietovarasto &amp; muut" in again.text
    assert Avain.objects.of_key(key).kunta == cast.kunta
    assert key not in str(list(Avain.objects.values()))


def test_a_page_sent_again_makes_no_second_key(cast, kirjautunut):
    """Reloading what "Tee avain" answered sends it anew; another name, or the same once the first has ended, goes."""
    aino = kirjautunut(cast.aino)
    aino.post(reverse(LISTA), {"nimi": "Tietovarasto"})
    for again in ("Tietovarasto", " tietovarasto "):
        answer = aino.post(reverse(LISTA), {"nimi": again})
        assert (answer.status_code, answer.context["uusi"]) == (422, None)
        assert "on jo käytössä. Jos et saanut sitä talteen, lopeta se ja tee uusi." in answer.text
    avain = Avain.objects.get()
    Avain.objects.make(cast.naapuri.kunta, "Raportointi", by=cast.ulla)
    assert aino.post(reverse(LISTA), {"nimi": "Raportointi"}).context["uusi"]
    aino.post(reverse("strategia:avain-lopeta", args=[avain.pk]))
    assert aino.post(reverse(LISTA), {"nimi": "Tietovarasto"}).context["uusi"]


def test_a_key_without_a_name_is_not_made(cast, kirjautunut):
    answer = kirjautunut(cast.aino).post(reverse(LISTA), {"nimi": " "})
    assert (answer.status_code, Avain.objects.count()) == (422, 0)


def test_who_ended_it_and_when_stays_in_sight_and_the_second_time_changes_nothing(cast, kirjautunut):
    avain, key = Avain.objects.make(cast.kunta, "Tietovarasto", by=cast.aino)
    aino = kirjautunut(cast.aino)
    for _time in range(2):
        answer = aino.post(reverse("strategia:avain-lopeta", args=[avain.pk]), follow=True)
        assert "Avainta Tietovarasto ei enää voi käyttää." in answer.text
        assert f"Lopettanut {cast.aino}" in " ".join(answer.text.split())
    assert Avain.objects.of_key(key) is None


def test_the_neighbours_key_looks_like_a_missing_one(cast, kirjautunut):
    avain, key = Avain.objects.make(cast.kunta, "Kirkkorannan varasto", by=cast.aino)
    ulla = kirjautunut(cast.ulla)
    assert ulla.post(reverse("strategia:avain-lopeta", args=[avain.pk])).status_code == 404
    assert "Kirkkorannan varasto" not in ulla.get(reverse(LISTA)).text
    assert Avain.objects.of_key(key) == avain
