"""The kunta's public address: it may change, the old one leads to it for ever and is nobody else's."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from raportit.models import Tilaus
from raportit.tilaus.tilaukset import subscribe
from strategia.models import KunnanOsoite, Kunta, Palaute, Tapahtuma, Tunnistaja

pytestmark = pytest.mark.django_db
SIVU = "strategia:kunta-muokkaa"


def move(client, kunta, osoite):
    told = {name: getattr(kunta, name) for name in ("virallinen_nimi", "genetiivi", "muoto")}
    return client.post(reverse(SIVU), {**told, "osoite": osoite})


@pytest.fixture
def siirtynyt(cast, kirjautunut):
    cast.versio.publish(by=cast.kaisa)
    assert move(kirjautunut(cast.aino), cast.kunta, "Uusi-ranta").status_code == 302
    cast.kunta.refresh_from_db()
    return cast.kunta


def test_every_public_page_of_the_old_address_leads_to_the_new_one(cast, client, siirtynyt):
    assert siirtynyt.slug == "uusi-ranta"
    tunnus = cast.versio.tunnus
    for rest in ("", "toimenpiteet/", f"{tunnus}/", f"{tunnus}/raportti.csv", "data/", "data/uusin.json", "syote.atom"):
        answer = client.get(f"/julkinen/kirkkoranta/{rest}")
        assert (answer.status_code, answer.headers["Location"]) == (301, f"/julkinen/uusi-ranta/{rest}")
        assert "no-store" in answer.headers["Cache-Control"], "osoite voi vielä palata"
        assert client.get(answer.headers["Location"]).status_code == 200, rest
    for rest in ("palaute/", "saavutettavuus/", "tietosuoja/", "upotus/yhteenveto/", "kaaviot/painopisteet.svg"):
        answer = client.get(f"/julkinen/kirkkoranta/{rest}?sivu=%2Fx")
        query = "" if rest.endswith(".svg") else "?sivu=%2Fx"  # a file has none
        assert answer.headers["Location"] == f"/julkinen/uusi-ranta/{rest}{query}"
    numero = client.get(f"/julkinen/kirkkoranta/{cast.versio.pk}/", follow=True)
    assert numero.redirect_chain[-1][0] == f"/julkinen/uusi-ranta/{tunnus}/" and numero.status_code == 200
    assert client.get(f"/api/v1/julkinen/kunnat/kirkkoranta/versiot/{tunnus}/rivit").status_code == 200
    assert Tapahtuma.objects.filter(laji=Tapahtuma.Laji.ASETUS, mihin__contains="uusi-ranta").exists()


def test_a_form_of_the_old_address_leads_to_the_new_one_and_what_is_written_in_it_arrives(cast, client, siirtynyt):
    tilaus = subscribe(siirtynyt, "liisa@example.org")
    for rest in ("palaute/", "tilaus/", f"tilaus/{tilaus.avain}/", f"toimenpide/{cast.vayla.tunnus}/palaute/"):
        answer = client.get(f"/julkinen/kirkkoranta/{rest}")
        assert (answer.status_code, answer.headers["Location"]) == (301, f"/julkinen/uusi-ranta/{rest}")
    for rest in ("palaute/", f"toimenpide/{cast.vayla.tunnus}/palaute/"):
        sent = client.post(f"/julkinen/kirkkoranta/{rest}", {"viesti": f"Kirjoitin pitkään: {rest}"}, follow=True)
        assert sent.status_code == 200
        assert Palaute.objects.filter(kunta=siirtynyt, viesti=f"Kirjoitin pitkään: {rest}").exists()
    assert client.post(f"/julkinen/kirkkoranta/tilaus/{tilaus.avain}/lopeta/").status_code == 200
    assert not Tilaus.objects.filter(kunta=siirtynyt).exists()
    assert client.post("/julkinen/ei-ole/palaute/", {"viesti": "x"}).status_code == 404


def test_an_old_address_is_given_to_nobody_else(cast, client, kirjautunut, siirtynyt):
    naapuri = cast.naapuri.kunta
    page = move(kirjautunut(cast.ulla), naapuri, "kirkkoranta")
    assert page.status_code == 422 and "Osoite on tai on ollut toisen kunnan." in page.text
    assert Kunta.objects.create(nimi="Kirkkoranta!").slug == "kirkkoranta-2"
    with pytest.raises(IntegrityError), transaction.atomic():
        Kunta.objects.create(nimi="Muu", slug="kirkkoranta")
    with pytest.raises(IntegrityError), transaction.atomic():
        KunnanOsoite.objects.create(kunta=naapuri, slug="kirkkoranta")
    assert client.get("/julkinen/kirkkoranta/").headers["Location"] == "/julkinen/uusi-ranta/"


def test_a_kunta_may_take_its_old_address_back(cast, client, kirjautunut, siirtynyt):
    assert move(kirjautunut(cast.aino), siirtynyt, "kirkkoranta").status_code == 302
    assert client.get("/julkinen/kirkkoranta/").status_code == 200
    assert client.get("/julkinen/uusi-ranta/").headers["Location"] == "/julkinen/kirkkoranta/"


def test_one_that_its_own_sign_in_knows_stays(cast, kirjautunut):
    Tunnistaja.objects.create(kunta=cast.kunta)
    page = move(kirjautunut(cast.aino), cast.kunta, "uusi-ranta")
    assert page.status_code == 422 and "kertakirjautuminen tuntee vanhan osoitteen" in page.text
    assert move(kirjautunut(cast.aino), cast.kunta, "").status_code == 302
    cast.kunta.refresh_from_db()
    assert cast.kunta.slug == "kirkkoranta"


def test_a_number_of_old_leads_to_the_version_for_ever_and_tells_nothing_else(cast, client):
    old, new = f"/julkinen/kirkkoranta/{cast.versio.pk}/", f"/julkinen/kirkkoranta/{cast.versio.tunnus}/"
    unknown = "/julkinen/kirkkoranta/987654/"
    assert client.get(old).content == client.get(unknown).content == client.get(new).content
    assert client.get(old).status_code == client.get(new).status_code == 404
    cast.versio.publish(by=cast.kaisa)
    assert client.get(f"{old}?painopiste=x").headers["Location"] == f"{new}?painopiste=x"
    assert client.get(f"{old}raportti.csv").headers["Location"] == f"{new}raportti.csv"
    cast.versio.withdraw(by=cast.kaisa, syy="Luvuissa oli virhe.")
    gone = client.get(old, follow=True)
    assert gone.redirect_chain[-1][0] == new and gone.status_code == 410 and "Luvuissa oli virhe." in gone.text
    assert client.get(f"/julkinen/metsapitaja/{cast.versio.pk}/").status_code == 404


def test_no_kunta_gets_the_address_of_them_all(db):
    assert Kunta.objects.create(nimi="Kunnat").slug == "kunnat-2"
