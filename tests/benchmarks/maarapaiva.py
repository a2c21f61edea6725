"""The deadline day: `.ci/postgresissa .venv/bin/python -m tests.benchmarks.maarapaiva [--minuutteja N]`.

In an installation of 304 kunnat and 936,000 kirjaukset 100 raportoijaa and 10 koordinaattoria of ten kunnat act, each
every ten seconds on the average. Of a hundred acts of a raportoija 63 read the front page or the entry page and 37 save
a row; a koordinaattori looks at who has answered or at the draft of the report: of all acts about 60, 35 and 5 as the
koordinaattorit pause twice as long. `--pdf`: a worker makes PDFs of 2,500 rows all the while. The people are threads of
this process, on the same machine as gunicorn (2 processes of 4 threads) and PostgreSQL. Prints p50, p95 and the longest
of each kind, errors, and what was acknowledged but is not there. `--seuraa`, with `--minuutteja 60` the soak: what the
processes hold meanwhile, which is to stay flat.
"""

import argparse
import logging
import os
import random
import re
import tempfile
import threading
import time
from collections import defaultdict
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_databases, teardown_databases  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402
from django_tasks_db.models import DBTaskResult  # noqa: E402

from seuranta.models import Kirjaus, Seurantajakso  # noqa: E402
from strategia.lokirivi import PYYNNOT  # noqa: E402
from strategia.models import Kunta, Rooli, Toimenpide  # noqa: E402
from tests.benchmarks.kulutus import Kulutus  # noqa: E402
from tests.benchmarks.kuntia import build_kunnat  # noqa: E402
from tests.cast import create_toimiala, create_user  # noqa: E402
from tests.kone import Koneet, Selain  # noqa: E402

KUNTIA, TOIMIALOJA, RAPORTOIJIA = 10, 5, 10  # the last: of a kunta, two of each toimiala
TAUKO, TALLENTAA = 10, 0.37  # seconds between a person's acts, and which part of them saves
LUKU, TALLENNUS, KATSAUS = "luku", "tallennus", "katsaus"
ONNISTUI = 200


class Henkilo(threading.Thread):
    """Acts until told to end; times: {kind: [seconds]}, saved: {toimenpide: the text that was acknowledged last}."""

    def __init__(self, selain, palvelin, jakso, rivit, number):
        super().__init__(daemon=True)
        self.selain, self.palvelin, self.rivit, self.ended = selain, palvelin, rivit, threading.Event()
        self.tauko = TAUKO if rivit else 2 * TAUKO
        self.arpa, self.sivu = random.Random(number), reverse("seuranta:kirjaus-lista", args=[jakso.pk])  # noqa: S311
        self.katsaukset = [reverse(name, args=[jakso.pk]) for name in ("seuranta:jakso-detail", "raportit:luonnos")]
        self.times, self.saved, self.errors = defaultdict(list), {}, []
        self.versiot = dict(jakso.kirjaukset.filter(toimenpide__in=rivit).values_list("toimenpide", "versio"))

    def run(self):
        self.ended.wait(self.arpa.uniform(0, self.tauko))
        while not self.ended.is_set():
            act = self.look if not self.rivit else self.save if self.arpa.random() < TALLENTAA else self.read
            try:
                act()
            except OSError as error:
                self.errors.append(repr(error))
            self.ended.wait(self.arpa.uniform(0, 2 * self.tauko))

    def read(self):
        self._timed(LUKU, self.selain.get, self.arpa.choice(["/", self.sivu]))

    def look(self):
        self._timed(KATSAUS, self.selain.get, self.arpa.choice(self.katsaukset))

    def save(self):
        pk, text = self.arpa.choice(self.rivit), f"Kirjattu {time.time()}, ja työ jatkuu syksyllä. " * 4
        fields = {"versio": self.versiot[pk], "aste": self.arpa.choice("12345"), "kommentti": text.strip()}
        posted = {f"t{pk}-{name}": value for name, value in fields.items()} | {"rivi": pk}
        answer = self._timed(TALLENNUS, self.selain.post_row, self.sivu, posted)
        if answer.status == ONNISTUI:
            self.saved[pk] = text.strip()
            self.versiot[pk] = re.search(rf'name="t{pk}-versio"[^>]* value="(\d+)"', answer.text)[1]

    def _timed(self, kind, ask, path, *more):
        began = time.perf_counter()
        answer = ask(self.palvelin, path, *more)
        self.times[kind].append(time.perf_counter() - began)
        if answer.status != ONNISTUI:
            self.errors.append(f"{answer.status} {path}")
        return answer


def sign_in(user):
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    client.get("/")
    return Selain(client.cookies[settings.SESSION_COOKIE_NAME])


def build_people(palvelin):
    """The raportoijat and koordinaattorit of ten kunnat, each raportoija with rows that nobody else writes."""
    people = []
    for kunta in Kunta.objects.filter(nimi__startswith="Kunta ").order_by("pk")[:KUNTIA]:
        jakso = Seurantajakso.objects.get(kunta=kunta, tila=Seurantajakso.Tila.AVOINNA)
        toimialat = [create_toimiala(kunta, f"Toimiala {n}", n) for n in range(TOIMIALOJA)]
        rivit = list(Toimenpide.objects.filter(kunta=kunta).order_by("pk").values_list("pk", flat=True))
        for n, toimiala in enumerate(toimialat):
            Toimenpide.objects.filter(pk__in=rivit[n::TOIMIALOJA]).update(toimiala=toimiala)
        for n in range(RAPORTOIJIA):
            user = create_user(kunta, f"Raportoija{n} K{kunta.pk}", Rooli.RAPORTOIJA, toimialat[n % TOIMIALOJA])
            own = rivit[n % TOIMIALOJA :: TOIMIALOJA][n // TOIMIALOJA :: 2]
            people.append(Henkilo(sign_in(user), palvelin, jakso, own, len(people)))
        kaisa = create_user(kunta, f"Koordinaattori K{kunta.pk}", Rooli.KOORDINAATTORI)
        people.append(Henkilo(sign_in(kaisa), palvelin, jakso, [], len(people)))
    return people


class Piirtaja(threading.Thread):
    """Asks for one PDF of 2,500 rows after another."""

    def __init__(self, cast, palvelin):
        super().__init__(daemon=True)
        self.cast, self.palvelin, self.selain = cast, palvelin, sign_in(cast.kaisa)
        self.ended, self.made = threading.Event(), 0

    def run(self):
        rivi = self.cast.jakso.kirjaukset.filter(toimenpide=self.cast.vayla)
        while not self.ended.is_set():
            rivi.update(kommentti=f"Muuttui {self.made}.")  # else the stored one would do
            waiting = self.selain.get(self.palvelin, f"/jaksot/{self.cast.jakso.pk}/luonnos.pdf").location
            while not self.ended.wait(1):
                if self.selain.get(self.palvelin, f"{waiting}?lataa=1").content.startswith(b"%PDF"):
                    self.made += 1
                    break
        connection.close()  # back to the pool: one that a thread took with it would outlive the database


def tell(people, seconds):
    times = defaultdict(list)
    for person in people:
        for kind, told in person.times.items():
            times[kind] += told
    total = sum(map(len, times.values()))
    print(f"{total} pyyntöä, {total / seconds:.1f} sekunnissa")
    for kind, told in sorted(times.items()):
        told.sort()
        p50, p95, longest = (told[int(len(told) * part)] * 1000 for part in (0.5, 0.95, 0.9999))
        share = 100 * len(told) / total
        print(f"{kind}: {len(told)} kpl ({share:.0f} %), p50 {p50:.0f} ms, p95 {p95:.0f} ms, pisin {longest:.0f} ms")
    errors = [error for person in people for error in person.errors]
    saved = {pk: text for person in people for pk, text in person.saved.items()}
    open_ = Kirjaus.objects.filter(toimenpide__in=saved, jakso__tila=Seurantajakso.Tila.AVOINNA)
    stored = dict(open_.values_list("toimenpide", "kommentti"))
    lost = [pk for pk, text in saved.items() if stored.get(pk) != text]
    print(f"virheitä {len(errors)} {errors[:3]}; kuitattuja rivejä {len(saved)}, kadonneita {len(lost)}")


def tell_queue():
    """What the worker did: each task, how long it waited for its turn and how long it was being made."""
    now = timezone.now()
    for task in DBTaskResult.objects.order_by("enqueued_at"):
        waited = ((task.started_at or now) - task.enqueued_at).total_seconds()
        took = ((task.finished_at or now) - (task.started_at or now)).total_seconds()
        print(f"  {task.task_name:16} {task.status:10} odotti {waited:4.0f} s, tekeillä {took:4.0f} s")


def measure(minutes, *, with_pdf, follow):
    logging.getLogger(PYYNNOT).setLevel(logging.WARNING)
    cast = build_kunnat()
    url = os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{connection.settings_dict['NAME']}"
    with tempfile.TemporaryDirectory() as folder, Koneet(Path(folder)) as koneet:
        palvelin = koneet.palvelin("a", "--workers", "2", DATABASE_URL=url)
        people = build_people(palvelin)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        acting = list(people)
        if with_pdf:
            koneet.tyontekija("a", DATABASE_URL=url)
            acting.append(Piirtaja(cast, palvelin))
        kulutus = Kulutus([process.pid for process in koneet.processes], interval=max(1, minutes))
        if follow:
            acting.append(kulutus)
        began = time.time()
        for each in acting:
            each.start()
        time.sleep(minutes * 60)
        for each in acting:
            each.ended.set()
        for each in acting:
            each.join()
        tell(people, time.time() - began)
        if with_pdf:
            print(f"PDF-tiedostoja valmistui {acting[len(people)].made}")
            tell_queue()
        if follow:
            kulutus.tell()


if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    asked.add_argument("--minuutteja", type=float, default=10)
    asked.add_argument("--pdf", action="store_true")
    asked.add_argument("--seuraa", action="store_true")
    told = asked.parse_args()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        measure(told.minuutteja, with_pdf=told.pdf, follow=told.seuraa)
    finally:
        connection.close()
        teardown_databases(databases, verbosity=0)
