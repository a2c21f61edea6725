"""Closing races with saves: what was saved is in the report, and what is not in the report was refused."""

import threading
import time

import pytest
from django.db import IntegrityError, connection

from raportit.sulkeminen.sulje import close_jakso
from seuranta.models import Kirjaus, Seurantajakso, SuljettuJakso, Vastaus
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
        versio, saved = close_while_saving(cast, path, text, etumatka.seconds)
        assert (text in versio.data) == saved == Kirjaus.objects.filter(kommentti=text).exists()
        outcomes.append(saved)
        etumatka.tell(saved)
        cast.jakso.reopen(by=cast.kaisa, syy="Seuraava kierros.")
    assert set(outcomes) == {True, False}, "sama voitti joka kerran: kilpailu ei ollut kilpailu"


def close_while_saving(cast, path, text, head_start):
    """Kaisa closes the jakso while Aino saves -> (the raporttiversio, was it saved).

    Aino begins `head_start` seconds before Kaisa, or as much after when it is negative.
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

    close = ("versio", head_start, lambda: close_jakso(own_copy(cast), by=cast.kaisa))
    threads = [
        threading.Thread(target=run, args=job)
        for job in (close, ("saved", -head_start, lambda: save(cast, path, text)))
    ]
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


def own_copy(cast):
    """The jakso as a request of its own would load it."""
    return Seurantajakso.objects.get(pk=cast.jakso.pk)
