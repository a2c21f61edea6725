"""Addresses as they were lead on whom the new ones take, with what was sent; others are told what they always were."""

import pytest
from django.urls import reverse

from seuranta.models import Paatos, Tuonti
from tests.osoitteet import previewed_answers, previewed_tuonti

KASITTELEVAT = {"aino", "kaisa", "veikko"}  # Veikko sent it
ROOLIT = ("aino", "kaisa", "veikko", "hilkka", "otso", "liisa", "tarmo", "ulla", "ulkopuolinen")
VANHAT = {"": "GET", "?nayta=kaikki": "GET", "tiedosto/": "GET"} | dict.fromkeys(
    ("paatokset/", "tallenna/", "hylkaa/", "kumoa/"), "POST"
)


@pytest.fixture
def kysy(cast, kirjautunut, client):
    """`kysy(who, method, path, data)`: the answer to this person."""

    def ask(who, tapa, path, data=None):
        sender = client if who == "ulkopuolinen" else kirjautunut(getattr(cast, who))
        return sender.generic(tapa, path) if data is None else sender.post(path, data, follow=True)

    return ask


def is_refused(answer):
    """Signing in is asked for on a page, and told where something is sent."""
    to_sign_in = answer.status_code == 302 and answer.url.startswith(reverse("account_login"))
    return to_sign_in or answer.status_code in (403, 404)


@pytest.mark.parametrize("who", ROOLIT)
@pytest.mark.parametrize("loppu", VANHAT)
def test_a_workbook_of_answers_is_found_by_its_old_address(loppu, who, cast, kysy):
    tuonti = previewed_answers(cast)
    new = f"/jaksot/{cast.jakso.pk}/vastaustaulukot/{tuonti.pk}/{loppu}"
    answer = kysy(who, VANHAT[loppu], f"/tuonti/{tuonti.pk}/{loppu}")
    if who in KASITTELEVAT:
        assert (answer.status_code, answer.url) == (307, new)
    else:
        assert is_refused(answer)
        assert answer.status_code == kysy(who, VANHAT[loppu], new).status_code
    assert Tuonti.objects.get(pk=tuonti.pk).tila == "esikatselu"


@pytest.mark.parametrize("who", ROOLIT)
@pytest.mark.parametrize("loppu", [".xlsx", "/laheta/"])
def test_a_toimialas_workbook_is_found_by_its_old_address(loppu, who, cast, kysy):
    tapa, takes = ("GET", {"aino", "kaisa", "veikko", "hilkka"}) if loppu == ".xlsx" else ("POST", {"aino", "kaisa"})
    answer = kysy(who, tapa, f"/jaksot/{cast.jakso.pk}/vastaustaulukot/{cast.tekniset.pk}{loppu}")
    new = f"/jaksot/{cast.jakso.pk}/vastaustaulukot/toimiala/{cast.tekniset.pk}{loppu}"
    if who in takes:
        assert (answer.status_code, answer.url) == (302 if tapa == "GET" else 307, new)
    else:
        assert is_refused(answer)
        assert answer.status_code == kysy(who, tapa, new).status_code


@pytest.mark.parametrize("who", ROOLIT)
@pytest.mark.parametrize("loppu", VANHAT)
def test_a_table_is_where_it_was(loppu, who, cast, kysy):
    tuonti = previewed_tuonti(cast)
    answer = kysy(who, VANHAT[loppu], f"/tuonti/{tuonti.pk}/{loppu}")
    assert is_refused(answer) == (who != "aino")
    assert "vastaustaulukot" not in answer.headers.get("Location", "")


def test_what_was_decided_on_a_page_of_the_old_address_arrives(cast, kysy):
    tuonti = previewed_answers(cast)
    Paatos.objects.create(kunta=cast.kunta, tuonti=tuonti, laji="solu", paikka="Tekniset palvelut!E2", arvo="4")
    posted = {"versio": 0, "peru": "solut"}
    answer = kysy("veikko", "POST", f"/tuonti/{tuonti.pk}/paatokset/", posted)
    assert "Päätökset on otettu huomioon." in answer.text
    assert Paatos.objects.get(tuonti=tuonti).arvo is None


@pytest.mark.parametrize("path", ["/tuonti/987654321/", "/tuonti/99999999999999999999/"])
def test_what_is_nowhere_is_not_found_by_an_old_address(path, kysy):
    assert kysy("aino", "GET", path).status_code == 404
    assert kysy("aino", "POST", f"{path}tallenna/").status_code == 404
