"""Acts by which others could come in are done only by who has just shown anew who they are."""

import html
import re

import pytest
from django.urls import reverse

from strategia.models import Tapahtuma
from tests.cast import SALASANA
from tests.osoitteet import told_ryhma

from .vaiheet import sign_in, take_app

Laji = Tapahtuma.Laji


def lomake_of(page):
    """What is hidden in the form that asks for the password: where to go on."""
    return {"next": html.unescape(re.search(r'name="next"[^>]* value="([^"]+)"', page)[1])}


def _group(cast):
    return reverse("strategia:ryhma-poista", args=[told_ryhma(cast.kunta).pk])


# What is sent, to which address of whose, and what it leaves once it is done.
ARAT = {
    "a key": (lambda cast: reverse("strategia:avain-lista"), {"nimi": "Varasto"}, Laji.AVAIN_TEHTY),
    "a group": (
        lambda cast: reverse("strategia:ryhma-uusi"),
        {"ryhma": "Johto", "rooli": "paakayttaja"},
        Laji.LISATTY,
    ),
    "a group away": (_group, {}, Laji.POISTETTU),
    "the kunta's choice": (lambda cast: reverse("strategia:ryhma-lista"), {"on_toinen_tekija": "on"}, Laji.ASETUS),
    "another's second factor": (
        lambda cast: reverse("strategia:kayttaja-tunnistus", args=[cast.veikko.pk]),
        {},
        Laji.TUNNISTUS_POISTETTU,
    ),
}


@pytest.mark.parametrize("teko", ARAT)
def test_it_waits_until_one_has_shown_anew_who_one_is(teko, cast):
    address, sent, laji = ARAT[teko]
    path, (veikko, _answer) = address(cast), sign_in(cast.veikko)
    take_app(veikko)
    done = Tapahtuma.objects.filter(laji=laji)
    aino, _answer = sign_in(cast.aino)
    answer = aino.post(path, sent)
    assert answer.url.startswith(reverse("account_reauthenticate"))
    assert not done.exists()
    form = lomake_of(aino.get(answer.url).text)
    aino.post(reverse("account_reauthenticate"), form | {"password": SALASANA})  # what was sent is done by it
    assert (done.get().kuka, done.get().kunta) == (cast.aino, cast.kunta)


def test_a_wrong_password_does_nothing(cast):
    path, sent, laji = ARAT["a key"][0](cast), *ARAT["a key"][1:]
    aino, _answer = sign_in(cast.aino)
    form = lomake_of(aino.get(aino.post(path, sent).url).text)
    aino.post(reverse("account_reauthenticate"), form | {"password": f"ei-{SALASANA}"})
    assert not Tapahtuma.objects.filter(laji=laji).exists()


def test_who_may_not_is_not_asked(cast):
    kaisa, _answer = sign_in(cast.kaisa)
    for address, sent, _laji in ARAT.values():
        assert kaisa.post(address(cast), sent).status_code == 403
