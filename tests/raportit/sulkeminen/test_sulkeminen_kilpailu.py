"""Closing races with saves: what was saved is in the report, and what is not in the report was refused."""

import json
import threading
import time
from functools import partial

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.urls import reverse

from raportit.sulkeminen.sulje import close_jakso
from seuranta.mittari.api import api
from seuranta.models import Kirjaus, MittariArvo, Mittaus, Seurantajakso, SuljettuJakso, Vastaus
from strategia.models import Avain
from tests.cast import build_cast
from tests.kilpailu import Etumatka


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("path", ["record", "queryset.update"])
def test_no_row_is_late(kierrokset, path):
    cast = build_cast()
    Kirjaus.objects.record(cast.jakso, {cast.vayla: Vastaus(0, 3, kommentti="Ennen", laheta=True)}, by=cast.veikko)
    cast.jakso.finish(by=cast.kaisa)
    outcomes, etumatka = [], Etumatka()
    for number in range(kierrokset(1000)):
        text = f"Kierros {number}."
        versio, saved = close_while(cast, partial(save, cast, path, text), etumatka.seconds)
        assert (text in versio.data) == saved == Kirjaus.objects.filter(kommentti=text).exists()
        outcomes.append(saved)
        etumatka.tell(saved)
        cast.jakso.reopen(by=cast.kaisa, syy="Seuraava kierros.")
    assert set(outcomes) == {True, False}, "sama voitti joka kerran: kilpailu ei ollut kilpailu"


def close_while(cast, save, head_start):
    """Kaisa closes the jakso while somebody saves -> (the raporttiversio, was it saved).

    The one who saves begins `head_start` seconds before Kaisa, or as much after when it is negative.
    """
    start, told = threading.Barrier(2), {}

    def run(name, wait, act):
        try:
            start.wait()
            time.sleep(max(0, wait))
            told[name] = act()
        except (SuljettuJakso, IntegrityError):
            told[name] = False
        finally:
            connection.close()

    close = ("versio", head_start, partial(close_whole_way, cast))
    threads = [threading.Thread(target=run, args=job) for job in (close, ("saved", -head_start, save))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    cast.jakso.refresh_from_db()
    return told["versio"], told["saved"]


def save(cast, path, text):
    rows = Kirjaus.objects.filter(jakso=cast.jakso, toimenpide=cast.vayla)
    if path == "queryset.update":
        return rows.update(kommentti=text) == 1
    vastaus = Vastaus(rows.get().versio, 3, kommentti=text)
    saved, _ = Kirjaus.objects.record(own_copy(cast), {cast.vayla: vastaus}, by=cast.aino)
    return len(saved) == 1


# --- a value of a measure


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("path", ["page", "interface", "queryset.update"])
def test_no_value_is_late(kierrokset, monkeypatch, path):
    cast = build_cast()
    mittari = cast.mittarit[2]  # of a painopiste: the koordinaattori's
    MittariArvo.objects.record(cast.jakso, {mittari: Mittaus(0, "ei", laheta=True)}, by=cast.kaisa)
    write = {"page": by_page, "interface": by_interface, "queryset.update": by_update}[path](cast, mittari, monkeypatch)
    outcomes, etumatka = [], Etumatka()
    for number in range(kierrokset(1000)):
        text = f"Kierros {number}."
        if path == "page":  # where she writes; no program does: it races with the whole way
            cast.jakso.finish(by=cast.kaisa)
        versio, saved = close_while(cast, partial(write, text), etumatka.seconds)
        assert (text in versio.data) == saved == MittariArvo.objects.filter(huomautus=text).exists()
        outcomes.append(saved)
        etumatka.tell(saved)
        cast.jakso.reopen(by=cast.kaisa, syy="Seuraava kierros.")
        cast.jakso.open(by=cast.kaisa)
    assert set(outcomes) == {True, False}, "sama voitti joka kerran: kilpailu ei ollut kilpailu"


def by_page(cast, mittari, _monkeypatch):
    client, prefix = Client(), f"p{mittari.painopiste_id}"
    client.force_login(cast.aino)
    address = reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk])

    def write(text):
        values = {
            "teksti": "ei",
            "versio": MittariArvo.objects.get(jakso=cast.jakso, mittari=mittari).versio,
            "huomautus": text,
        }
        fields = {f"{prefix}-m{mittari.pk}-{name}": value for name, value in values.items()}
        answer = client.post(address, {"rivi": prefix, **fields}, headers={"HX-Request": "true"})
        assert answer.status_code in (200, 404)
        return answer.status_code == 200

    return write


def by_interface(cast, mittari, monkeypatch):
    client, (_key, token) = Client(), Avain.objects.make(cast.kunta, "Tietovarasto", by=cast.aino)
    monkeypatch.setattr(api.throttle, "num_requests", 1_000_000)

    def write(text):
        value = {"mittari": mittari.pk, "jakso": cast.jakso.pk, "huomautus": text, "laheta": True}
        value["versio"] = MittariArvo.objects.get(jakso=cast.jakso, mittari=mittari).versio
        headers = {"Authorization": f"Bearer {token}"}
        answer = client.post("/api/v1/arvot", json.dumps(value), content_type="application/json", headers=headers)
        assert answer.status_code in (200, 409)
        return answer.status_code == 200

    return write


def by_update(cast, mittari, _monkeypatch):
    return lambda text: MittariArvo.objects.filter(jakso=cast.jakso, mittari=mittari).update(huomautus=text) == 1


def close_whole_way(cast):
    """From whatever it is: the versio."""
    jakso = own_copy(cast)
    if jakso.is_open:
        jakso.finish(by=cast.kaisa)
    return close_jakso(jakso, by=cast.kaisa)


def own_copy(cast):
    """The jakso as a request of its own would load it."""
    return Seurantajakso.objects.get(pk=cast.jakso.pk)
