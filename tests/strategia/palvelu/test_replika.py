"""PostgreSQL with a streaming replica: which page reads which, and what is read when the two do not say the same."""

import shutil
import tempfile
from pathlib import Path

import pytest
from django.core.checks import Error
from django.http import Http404
from django.urls import reverse

from raportit.models import Raporttiversio
from seuranta.models import Kirjaus
from strategia import replika
from strategia.models import Kayttaja
from tests.cast import build_cast
from tests.kone import Selain, kantapalvelin, koneet, wait_until  # noqa: F401  fixtures

ALUSSA = "Suunnitelma valmis"


# --- which database


@pytest.fixture
def with_replica(settings, monkeypatch):
    monkeypatch.setitem(settings.DATABASES, replika.NIMI, {})
    monkeypatch.setattr(replika, "_TAUOLLA", {})
    return replika.Reititin()


def test_only_frozen_reports_are_read_from_it_and_only_where_a_view_says_so(with_replica):
    def reads():
        return [with_replica.db_for_read(model) for model in (Raporttiversio, Kirjaus, Kayttaja)]

    assert reads() == ["default"] * 3
    assert replika.read_from_replica(reads) == ["replika", "default", "default"]
    assert reads() == ["default"] * 3
    assert replika.read_from_replica(lambda: with_replica.db_for_write(Raporttiversio)) == "default"


def test_what_it_does_not_know_or_has_not_is_asked_of_the_primary(with_replica):
    asked = []

    def answer():
        asked.append(with_replica.db_for_read(Raporttiversio))
        if asked[-1] == "replika":
            raise Http404
        return "tässä"

    assert replika.read_from_replica(answer) == "tässä"
    assert replika.read_from_replica(answer, knows=lambda: False) == "tässä"
    assert asked == ["replika", "default", "default"]


def test_without_one_nothing_is_asked_of_it():
    assert replika.find_silent_replica() == []
    assert replika.read_from_replica(lambda: "tässä", knows=lambda: pytest.fail("kysyttiin")) == "tässä"


# --- two servers


@pytest.fixture
def kaksi(kannan_url, kantapalvelin, koneet, kirjautunut, settings):  # noqa: F811
    """(cast, the primary, its replica, a web server of both, signed in: kaisa and liisa): one report is published."""
    cast = build_cast()
    cast.versio.publish(by=cast.kaisa)
    people = [Selain(kirjautunut(who).cookies[settings.SESSION_COOKIE_NAME]) for who in (cast.kaisa, cast.liisa)]
    kantapalvelin.copy_from(kannan_url)
    folder = Path(tempfile.mkdtemp(prefix="seuranta-kopio-", dir="/tmp"))  # noqa: S108  a socket's path must be short
    kopio = kantapalvelin.replica(folder)
    palvelin = koneet.palvelin("a", DATABASE_URL=kantapalvelin.url, REPLICA_DATABASE_URL=kopio.url)
    yield cast, kantapalvelin, kopio, palvelin, *people
    kopio.end()
    shutil.rmtree(folder)


def rivin_sivu(cast, palvelin, asukas):
    """A public page of a row, by an address with a query: such a one no process keeps."""
    osoite = reverse("raportit:julkinen-kohde", args=[cast.kunta.slug, "toimenpide", cast.vayla.tunnus])
    return asukas.get(palvelin, f"{osoite}?ei=pideta").text


@pytest.mark.vain_postgres
def test_public_pages_are_read_from_it_as_long_as_it_knows_what_is_public(kaksi, settings):
    cast, paakanta, kopio, palvelin, kaisa, liisa = kaksi
    asukas = Selain.__new__(Selain)
    asukas.headers = {"Host": "localhost"}
    sivu = reverse("raportit:versio-detail", args=[cast.versio.pk])
    assert ALUSSA in rivin_sivu(cast, palvelin, asukas) and "Julkaistu" in liisa.get(palvelin, sivu).text
    wait_until(lambda: kopio.psql("SELECT pg_is_in_recovery()") == "t")
    kopio.psql("SELECT pg_wal_replay_pause()")
    # A row changed past the application: whoever still sees the old one has read the replica.
    paakanta.psql("UPDATE raportit_julkinenrivi SET kommentti = 'Muutettu.'")
    assert ALUSSA in rivin_sivu(cast, palvelin, asukas)
    # Kaisa withdraws the report. She sees it at once, the public within two seconds; Liisa's page may be behind.
    julkaisu = reverse("raportit:versio-julkaisu", args=[cast.versio.pk])
    answer = kaisa.post(palvelin, julkaisu, {"toimi": "poista", "vahvista": "1", "syy": "Luku oli väärä."})
    assert answer.status == 302, answer.text[:3000]
    merkki = f"{settings.KIRJOITTANEEN_EVASTE}=1"
    assert any(merkki in each and "Max-Age=10" in each for each in answer.headers.get_all("Set-Cookie"))
    assert "Julkaistu" in kaisa.get(palvelin, sivu).text  # without that cookie, as another's browser
    kaisa.headers["Cookie"] += f"; {merkki}"
    assert "Poistettu julkaisusta" in kaisa.get(palvelin, sivu).text
    julkinen = reverse("raportit:julkinen-versio", args=[cast.kunta.slug, cast.versio.tunnus])
    wait_until(lambda: asukas.get(palvelin, julkinen).status == 410, seconds=3)
    # Once it has caught up it is read again.
    kopio.psql("SELECT pg_wal_replay_resume()")
    kaisa.headers["Cookie"] = kaisa.headers["Cookie"].removesuffix(f"; {merkki}")
    wait_until(lambda: "Poistettu julkaisusta" in kaisa.get(palvelin, sivu).text)


@pytest.mark.vain_postgres
def test_one_that_is_away_keeps_nobody_waiting_and_is_told_of(kaksi):
    cast, paakanta, kopio, palvelin, _kaisa, liisa = kaksi
    sivu = reverse("raportit:versio-detail", args=[cast.versio.pk])
    assert '"replika"' not in liisa.get(palvelin, "/terveys/valmis").text
    kopio.kill()
    assert [liisa.get(palvelin, sivu).status for _each in range(3)] == [200] * 3
    wait_until(lambda: '"replika"' in liisa.get(palvelin, "/terveys/valmis").text)
    assert liisa.get(palvelin, "/terveys/valmis").status == 200
    paakanta.psql("UPDATE raportit_raporttiversio SET numero = numero")  # the primary is in use meanwhile
    kopio.start()
    wait_until(lambda: '"replika"' not in liisa.get(palvelin, "/terveys/valmis").text)
    assert liisa.get(palvelin, sivu).status == 200


def test_a_warning_of_it_takes_no_machine_out():
    assert not any(isinstance(found, Error) for found in replika.find_silent_replica())
