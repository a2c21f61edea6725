"""PostgreSQL is killed under load and started again: what was acknowledged is there, and nobody has to do anything."""

import re
import threading
import time
from pathlib import Path

import psycopg
import pytest
from django.urls import reverse

from tests.cast import build_cast
from tests.kone import Selain, kantapalvelin, koneet, wait_until  # noqa: F401  fixtures

POISSA = "Tietokanta ei juuri nyt vastaa"
PALAA = 60  # seconds after which everybody is served again, on any machine: a few on one that has nothing else to do
HISTORIA = "SELECT kommentti FROM seuranta_historicalkirjaus WHERE jakso_id = %s"
NYT = "SELECT kommentti FROM seuranta_kirjaus WHERE jakso_id = %s AND toimenpide_id = %s"
SYKE = "SELECT count(*) FROM raportit_syke WHERE aika > %s"


class Kirjaaja(threading.Thread):
    """Saves one row again and again, and keeps a list of what the page said was saved."""

    def __init__(self, selain, palvelin, path, toimenpide):
        super().__init__(daemon=True)
        self.selain, self.palvelin, self.path, self.pk = selain, palvelin, path, toimenpide.pk
        self.saved, self.sent, self.answers, self.ended = [], [], [], threading.Event()

    def run(self):
        """Until told to end. What was saved without an answer the next save meets (409), and then looks at the page."""
        versio = "0"
        while not self.ended.is_set():
            text = f"Rivi {self.pk}, vaihe {len(self.sent)}."
            self.sent.append(text)
            fields = {"versio": versio, "aste": "3", "kommentti": text}
            posted = {f"t{self.pk}-{name}": value for name, value in fields.items()} | {"rivi": self.pk}
            answer = self.selain.post_row(self.palvelin, self.path, posted)
            if answer.status == 200:
                self.saved.append(text)
            self.answers.append((time.monotonic(), answer))
            if answer.status == 409:
                answer = self.selain.get(self.palvelin, self.path)
            if answer.status == 200:
                versio = re.search(rf'name="t{self.pk}-versio"[^>]* value="(\d+)"', answer.text)[1]

    def saves_since(self, moment):
        assert self.is_alive(), "kirjaajan oma ohjelma kaatui"
        return any(answer.status == 200 for when, answer in list(self.answers) if when > moment)


@pytest.fixture
def kirjaajat(kannan_url, kantapalvelin, koneet, kirjautunut, settings):  # noqa: F811
    """Eight who save at one web server of two processes, with a worker beside; their database is one of its own."""
    cast = build_cast()
    selain = Selain(kirjautunut(cast.kaisa).cookies[settings.SESSION_COOKIE_NAME])
    kantapalvelin.copy_from(kannan_url)
    palvelin = koneet.palvelin("a", "--workers", "2", DATABASE_URL=kantapalvelin.url)
    koneet.tyontekija("a", DATABASE_URL=kantapalvelin.url)
    path = reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk])
    writers = [Kirjaaja(selain, palvelin, path, toimenpide) for toimenpide in cast.toimenpiteet]
    yield cast.jakso, writers
    for writer in writers:
        writer.ended.set()


@pytest.mark.vain_postgres
def test_what_was_acknowledged_outlives_a_killed_postgresql(kirjaajat, kantapalvelin, kierrokset):  # noqa: F811
    jakso, writers = kirjaajat
    for writer in writers:
        writer.start()
    wait_until(lambda: all(len(writer.saved) > 2 for writer in writers))
    for number in range(kierrokset(3)):
        kantapalvelin.kill()
        time.sleep(20 if number else 1)  # a moment, and so long that whoever waits is told
        kantapalvelin.start()
        back = time.monotonic()
        wait_until(lambda: all(writer.saves_since(back) for writer in writers), PALAA)  # noqa: B023
    for writer in writers:
        writer.ended.set()
        writer.join()
    answers = [answer for writer in writers for _when, answer in writer.answers]
    assert {answer.status for answer in answers} <= {200, 409, 503}, "joku sai jäljen viasta"
    told = [answer.text for answer in answers if answer.status == 503]
    assert told and all(POISSA in text and "Traceback" not in text for text in told)
    with psycopg.connect(_place_of(kantapalvelin)) as raw:
        written = {text for (text,) in raw.execute(HISTORIA, [jakso.pk])}
        for writer in writers:
            assert set(writer.saved) <= written, "kuitattu katosi"
            newest = raw.execute(NYT, [jakso.pk, writer.pk]).fetchone()[0]
            assert newest in writer.sent[writer.sent.index(writer.saved[-1]) :]
        since = raw.execute("SELECT now()").fetchone()
    with psycopg.connect(_place_of(kantapalvelin), autocommit=True) as raw:
        wait_until(lambda: raw.execute(SYKE, since).fetchone()[0] == 1)  # the worker has come back by itself


def _place_of(server):
    return f"host={Path(server.folder)} user=seuranta dbname=seuranta"
