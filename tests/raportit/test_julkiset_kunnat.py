"""Several kunnat on one server: each has its own public pages, and whoever has not signed in finds them."""

from importlib import import_module

import pytest
from django.core import mail
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse

from raportit.models import Raporttiversio
from strategia.models import Kunta, Palaute

SIVUT = ("palaute", "saavutettavuus", "tietosuoja")


def create_kunta(nimi):
    return Kunta.objects.create(nimi=nimi, virallinen_nimi=f"{nimi}n kunta", genetiivi=f"{nimi}n")


def test_no_two_kunnat_share_an_address_and_it_stays_when_the_name_changes(db):
    first, second, third = create_kunta("Ääsi"), create_kunta("Aasi"), create_kunta("漢字")
    assert [kunta.slug for kunta in (first, second, third)] == ["aasi", "aasi-2", "kunta"]
    first.nimi = "Uusi nimi"
    first.save()
    assert Kunta.objects.get(pk=first.pk).slug == "aasi"


def test_the_migration_gives_the_later_of_two_alike_a_number(db):
    kunnat = [create_kunta(nimi) for nimi in ("Ääsi", "Aasi", "漢字")]
    for kunta in kunnat:
        Kunta.objects.filter(pk=kunta.pk).update(slug=f"x{kunta.pk}")
    state = MigrationExecutor(connection).loader.project_state(("strategia", "0004_kunnan_osoite"))
    import_module("strategia.migrations.0004_kunnan_osoite").name_addresses(state.apps, None)
    assert [Kunta.objects.get(pk=kunta.pk).slug for kunta in kunnat] == ["aasi", "aasi-2", str(kunnat[2].pk)]


def test_the_public_page_lists_the_kunnat(cast, client):
    page = client.get("/julkinen/").text
    for kunta in (cast.kunta, cast.naapuri.kunta):
        assert f'<a href="/julkinen/{kunta.slug}/">{kunta}</a>' in page


def test_feedback_goes_to_the_kunta_of_the_page(cast, client):
    path = f"/julkinen/{cast.kunta.slug}/palaute/"
    answer = client.post(path, {"viesti": "Hyvä sivu.", "sivu": "/julkinen/"}, follow=True)
    assert "Kiitos palautteesta." in answer.text
    assert answer.redirect_chain == [(path, 302)]
    assert Palaute.objects.get().kunta == cast.kunta
    assert set(mail.outbox[0].to) == {cast.aino.email, cast.kaisa.email}


def test_each_kunta_has_its_own_statements(cast, client):
    Kunta.objects.filter(pk=cast.kunta.pk).update(
        tietosuojaseloste="Kirkkorannan oma.", saavutettavuusseloste="Oma puute."
    )
    own, other = cast.kunta.slug, cast.naapuri.kunta.slug
    for sivu, text in (("tietosuoja", "Kirkkorannan oma."), ("saavutettavuus", "Oma puute.")):
        assert text in client.get(f"/julkinen/{own}/{sivu}/").text
        assert text not in client.get(f"/julkinen/{other}/{sivu}/").text
    assert f"Rekisterinpitäjä on {cast.naapuri.kunta}." in client.get(f"/julkinen/{other}/tietosuoja/").text


@pytest.mark.parametrize("sivu", SIVUT)
def test_the_old_addresses_list_the_kunnat_and_a_missing_kunta_is_missing(sivu, cast, client):
    page = client.get(f"/{sivu}/").text
    for kunta in (cast.kunta, cast.naapuri.kunta):
        assert f'<a href="/julkinen/{kunta.slug}/{sivu}/">{kunta}</a>' in page
    assert client.get(f"/julkinen/eiole/{sivu}/").status_code == 404


@pytest.mark.parametrize("sivu", SIVUT)
def test_the_old_addresses_are_the_only_kuntas_own(sivu, client, db):
    create_kunta("Yksin")
    assert "Valitse kunta" not in client.get(f"/{sivu}/").text


@pytest.mark.parametrize("sivu", SIVUT)
def test_a_public_page_leads_to_the_pages_of_its_kunta(sivu, cast, client, kirjautunut):
    assert f'"/julkinen/{cast.kunta.slug}/{sivu}/' in client.get(f"/julkinen/{cast.kunta.slug}/").text
    assert f'"/{sivu}/' in kirjautunut(cast.veikko).get("/omat/", follow=True).text


def test_the_front_page_shows_a_stranger_what_is_published_beside_the_sign_in(cast, client):
    answer = client.get("/")
    assert answer.status_code == 200
    assert str(cast.edellinen) not in answer.text
    assert f'action="{reverse("account_login")}"' in answer.text
    assert 'name="password"' in answer.text
    Raporttiversio.objects.get(pk=cast.versio.pk).publish()
    page = client.get("/").text
    assert f'href="/julkinen/{cast.kunta.slug}/{cast.versio.tunnus}/"' in page
    assert "no-store" in answer["Cache-Control"]


def test_the_sign_in_of_the_front_page_signs_in(cast, client):
    data = {"login": cast.veikko.email, "password": "Kirkkorannan-koivut-7"}
    assert client.post(reverse("account_login"), data).url == "/"
    assert "Veikko" in client.get("/").text


def test_other_pages_ask_to_sign_in_as_before(cast, client):
    for path in ("/omat/", "/raportit/", "/jaksot/", "/strategia/"):
        assert client.get(path).url.startswith(reverse("account_login"))
