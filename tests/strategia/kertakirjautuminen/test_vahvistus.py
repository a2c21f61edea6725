"""Showing anew who one is, at the kunta's provider."""

import time

import pytest
from django.test import Client

from strategia.models import Tunnistaja

from .conftest import RAPORTOIJAT, SIVU, invite, who

VAHVISTUS = f"{SIVU}vahvista/"


@pytest.fixture
def otso(malli, cast, client):
    """Otso, who has no password here, has signed in."""
    malli.tell("s1", RAPORTOIJAT, email=invite(cast.otso).email)
    malli.sign_in(client, "s1")
    return client


def shown(client):
    return [each for each in client.session["account_authentication_methods"] if each.get("reauthenticated")]


def test_who_has_no_password_is_asked_at_the_provider_before_a_second_factor(otso):
    answer = otso.get("/tili/tunnistus/sovellus/", follow=True)
    assert answer.request["PATH_INFO"] == VAHVISTUS
    assert "Vahvista tunnuksesi" in answer.text


def test_the_provider_is_asked_to_ask_anew(otso):
    there = otso.post(f"{VAHVISTUS}?next=/omat/").url
    assert "prompt=login" in there
    assert "max_age=0" in there


def test_one_who_has_just_shown_it_goes_on(malli, cast, otso):
    malli.tell("s1", RAPORTOIJAT, auth_time=int(time.time()))
    assert malli.sign_in(otso, "s1", f"{VAHVISTUS}?next=/omat/").url == "/omat/"
    assert (who(otso), len(shown(otso))) == (str(cast.otso.pk), 1)


@pytest.mark.parametrize(
    ("sub", "claims", "told"),
    [
        ("s1", {"auth_time": None}, "milloin tunnistauduit (auth_time)"),
        ("s1", {"auth_time": 1_700_000_000}, "Et vahvistanut tunnustasi"),
        ("s2", {"auth_time": 4_000_000_000}, "Et vahvistanut tunnustasi"),
    ],
)
def test_an_old_one_or_another_person_does_not_do(sub, claims, told, malli, cast, otso):
    malli.tell(sub, RAPORTOIJAT, **claims)
    answer = malli.sign_in(otso, sub, VAHVISTUS)
    assert (answer.status_code, told in answer.text) == (403, True)
    assert (who(otso), shown(otso)) == (str(cast.otso.pk), [])


def test_nobody_confirms_at_another_kuntas_provider(otso, cast, kirjautunut):
    assert kirjautunut(cast.ulla).get(VAHVISTUS).status_code == 404
    assert Client().get(VAHVISTUS).status_code == 302


def test_where_passwords_are_closed_none_confirms(malli, cast, kirjautunut):
    Tunnistaja.objects.update(salasanat_suljettu=True)
    assert kirjautunut(cast.kaisa).get("/tili/vahvista/").status_code == 403
