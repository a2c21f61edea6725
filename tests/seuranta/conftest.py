"""Handing a table in: one that Aino imports, or a vastaustaulukko that comes back. And what day it is."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from seuranta.models import Tuonti
from strategia.models import Mittari, Strategia

from .tuonti.tuontisivut import LISTA, paata, xlsx
from .vastaustaulukko.taulukko import Taulukko


@pytest.fixture
def veikko(cast, kirjautunut):
    return kirjautunut(cast.veikko)


@pytest.fixture
def kaisa(cast, kirjautunut):
    return kirjautunut(cast.kaisa)


@pytest.fixture
def aino(cast, kirjautunut):
    return kirjautunut(cast.aino)


@pytest.fixture
def ilman_mittareita(cast):
    """The plan has no mittarit, as most have when they begin."""
    give_mittarit_away(cast)


def give_mittarit_away(cast):
    other = Strategia.objects.create(kunta=cast.kunta, nimi="Mittareiden strategia", alkuvuosi=2014, loppuvuosi=2017)
    Mittari.objects.filter(strategia=cast.strategia).update(strategia=other)


@pytest.fixture
def laheta(aino, cast):
    """`laheta(*rows)`: send a table for the open jakso; returns the Tuonti that waits in the preview."""

    def send(*rows, name="seuranta.xlsx", content=None):
        answer = aino.post(LISTA, {"tiedosto": SimpleUploadedFile(name, content or xlsx(*rows))})
        assert answer.status_code == 302, answer.text
        tuonti = Tuonti.objects.first()
        paata(aino, tuonti, jakso=cast.jakso.nimi, strategia=cast.strategia.nimi)
        return tuonti

    return send


@pytest.fixture
def lataa(cast):
    def fetch(client, toimiala=None, jakso=None):
        args = [(jakso or cast.jakso).pk, (toimiala or cast.tekniset).pk]
        answer = client.get(reverse("seuranta:vastaustaulukko-lataa", args=args))
        assert answer.status_code == 200, answer.status_code
        return Taulukko(answer.content)

    return fetch


@pytest.fixture
def palauta(cast):
    """`palauta(client, data)`: hand the table in; returns the Tuonti that waits in the preview."""

    def send(client, data, name="vastaukset.xlsx", toimiala=None):
        lista = reverse("seuranta:vastaustaulukko-lista", args=[cast.jakso.pk])
        content = data if isinstance(data, bytes) else data.data()
        toimiala = (toimiala or cast.tekniset).pk
        answer = client.post(lista, {"toimiala": toimiala, "tiedosto": SimpleUploadedFile(name, content)})
        assert answer.status_code == 302, answer.text
        return Tuonti.objects.first()

    return send


@pytest.fixture
def tanaan(monkeypatch):
    """`tanaan(date(2026, 9, 14))`: what the application takes for today."""

    def set_today(day):
        monkeypatch.setattr(timezone, "localdate", lambda *args, **kwargs: day)

    return set_today
