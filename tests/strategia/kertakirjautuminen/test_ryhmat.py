"""The pääkäyttäjä's page: what groups give, and what the kunta has chosen; never where the provider is."""

import time

import pytest
from django.urls import reverse

from strategia.models import Tunnistaja, Tunnistajaryhma, Ulkotunnus

from .conftest import KOORDINAATTORIT, RAPORTOIJAT, SIVU, invite, who

LISTA, UUSI = "/kunta/kirjautuminen/", "/kunta/kirjautuminen/ryhmat/uusi/"


@pytest.fixture
def aino(cast, kirjautunut):
    return kirjautunut(cast.aino)


@pytest.mark.parametrize("who_asks", ["kaisa", "veikko", "liisa", "tarmo"])
def test_others_may_not(who_asks, malli, cast, kirjautunut):
    client = kirjautunut(getattr(cast, who_asks))
    ryhma = Tunnistajaryhma.objects.first()
    for path in (LISTA, UUSI, f"{LISTA}ryhmat/{ryhma.pk}/"):
        assert client.post(path, {"ryhma": "x", "rooli": "paakayttaja"}).status_code == 403
    assert client.post(f"{LISTA}ryhmat/{ryhma.pk}/poista/").status_code == 403
    assert Tunnistajaryhma.objects.count() == 3


def test_a_group_is_added_changed_and_removed(cast, aino):
    aino.post(UUSI, {"ryhma": " Seuranta ", "rooli": "hyvaksyja", "toimialat": [cast.tekniset.pk]})
    ryhma = Tunnistajaryhma.objects.get()
    assert (ryhma.kunta, ryhma.ryhma, ryhma.rooli) == (cast.kunta, "Seuranta", "hyvaksyja")
    assert list(ryhma.toimialat.all()) == [cast.tekniset]
    page = aino.get(f"{LISTA}ryhmat/{ryhma.pk}/")
    versio = page.context["form"]["versio"].value()
    aino.post(f"{LISTA}ryhmat/{ryhma.pk}/", {"ryhma": "Seuranta", "rooli": "raportoija", "versio": versio})
    ryhma.refresh_from_db()
    assert (ryhma.rooli, list(ryhma.toimialat.all())) == ("raportoija", [])
    aino.post(f"{LISTA}ryhmat/{ryhma.pk}/poista/")
    assert not Tunnistajaryhma.objects.exists()


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"ryhma": RAPORTOIJAT, "rooli": "raportoija"}, "on jo luettelossa"),
        ({"ryhma": "uusi", "rooli": ""}, "Valitse, mitä ryhmä antaa"),
        ({"ryhma": "", "rooli": "raportoija"}, "Täytä tämä kohta"),
    ],
)
def test_what_is_wrong_is_told(sent, told, malli, aino):
    answer = aino.post(UUSI, sent)
    assert answer.status_code == 422
    assert told in answer.text
    assert Tunnistajaryhma.objects.count() == 3


def test_another_kuntas_toimiala_and_group_are_none(cast, aino):
    theirs = Tunnistajaryhma.objects.create(kunta=cast.naapuri.kunta, ryhma="naapurin", rooli="raportoija")
    answer = aino.post(UUSI, {"ryhma": "x", "rooli": "raportoija", "toimialat": [cast.naapuri.tekniset.pk]})
    assert answer.status_code == 422
    assert aino.get(f"{LISTA}ryhmat/{theirs.pk}/").status_code == 404
    assert "naapurin" not in aino.get(LISTA).text


def test_no_field_names_where_the_provider_is(malli, aino):
    before = Tunnistaja.objects.values().get()
    form = aino.get(LISTA).context["form"]
    assert set(form.fields) == {"on_toinen_tekija", "salasanat_suljettu", "versio"}
    sent = {"on_toinen_tekija": "on", "issuer": "https://paha.example", "client": "x", "salaisuus": "x"}
    aino.post(LISTA, {**sent, "versio": form["versio"].value()})
    assert Tunnistaja.objects.values().get() == {**before, "on_toinen_tekija": True}
    assert "yhteinen salaisuus" not in aino.get(LISTA).text


def test_passwords_are_closed_only_by_who_has_come_in_by_the_provider(malli, cast, aino, client):
    answer = aino.post(LISTA, {"salasanat_suljettu": "on"})
    assert "Kirjaudu ensin itse kunnan tunnuksella" in answer.text
    assert not Tunnistaja.objects.get().salasanat_suljettu
    Tunnistajaryhma.objects.create(kunta=cast.kunta, ryhma="johto", rooli="paakayttaja")
    malli.tell("s1", "johto", email=invite(cast.aino).email)
    malli.sign_in(client, "s1")
    assert who(client) == str(cast.aino.pk)
    asked = client.post(LISTA, {"salasanat_suljettu": "on"})
    assert not Tunnistaja.objects.get().salasanat_suljettu  # who it is, is asked anew, and then it is done
    malli.tell("s1", "johto", auth_time=int(time.time()))
    there = f"{SIVU}vahvista/?next={LISTA}"
    assert asked.url.partition("?")[0] in (there.partition("?")[0], reverse("account_reauthenticate"))
    malli.sign_in(client, "s1", there)
    client.post(LISTA, {"salasanat_suljettu": "on"})
    assert Tunnistaja.objects.get().salasanat_suljettu


def test_a_person_is_unlinked_on_their_page_and_links_anew_once(malli, cast, aino, client):
    malli.tell("s1", RAPORTOIJAT, email=invite(cast.otso).email)
    malli.sign_in(client, "s1")
    client.logout()
    malli.tell("s2", KOORDINAATTORIT, email=cast.otso.email)  # made anew in the directory: another subject
    assert malli.sign_in(client, "s2").status_code == 403
    page = f"/kayttajat/{cast.otso.pk}/"
    assert "Irrota kunnan tunnus" in aino.get(page).text
    aino.post(f"{page}irrota/")
    assert "Irrota kunnan tunnus" not in aino.get(page).text
    malli.sign_in(client, "s2")
    assert who(client) == str(cast.otso.pk)
    client.logout()
    assert malli.sign_in(client, "s1").status_code == 403


def test_whoever_was_linked_wrongly_is_in_no_more(malli, cast, aino, client):
    malli.tell("s1", RAPORTOIJAT, email=invite(cast.otso).email)
    malli.sign_in(client, "s1")
    assert client.get("/omat-tiedot/").status_code == 200
    aino.post(f"/kayttajat/{cast.otso.pk}/irrota/")
    assert client.get("/omat-tiedot/").status_code == 302
    assert who(client) is None


def test_another_kuntas_person_is_unlinked_by_nobody_here(malli, cast, aino):
    Ulkotunnus.objects.create(kunta=cast.naapuri.kunta, kayttaja=cast.ulla, issuer=malli.issuer, tunniste="u")
    assert aino.post(f"/kayttajat/{cast.ulla.pk}/irrota/").status_code == 404
    assert Ulkotunnus.objects.exists()


def test_the_page_shows_how_people_were_recognised(malli, cast, aino, client):
    assert "ei ole kertonut, miten" in aino.get(LISTA).text
    malli.tell("s1", KOORDINAATTORIT, email=invite(cast.otso).email, amr=["pwd", "mfa"])
    malli.sign_in(client, "s1")
    assert "mfa, pwd" in aino.get(LISTA).text
    assert Ulkotunnus.objects.count() == 1


def test_without_a_provider_the_page_says_so(cast, aino):
    page = aino.get(LISTA)
    assert "ei ole otettu käyttöön" in page.text
    assert "/tili/kunnan-tunnus/kirkkoranta/paluu/" in page.text
