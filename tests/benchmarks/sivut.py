"""Every page's time in a whole installation: `.ci/postgresissa .venv/bin/python -m tests.benchmarks.sivut`.

Among 304 kunnat and 936,000 kirjaukset the same kunta is measured with 249 and with 2,500 toimenpiteet: each address
of tests/osoitteet.py that a role may open, as the role for which it takes longest. Told are the processor's and the
wall's time of this process from the request to the answer, SQL's part of it and the queries, session and user
included; the least of three rounds (of one, where it takes over a second), after one that warms. Then once more with
PostgreSQL's JIT on. A page beyond DESIGN's 150 ms, of processor and SQL together, is marked; "koko" is a whole report
or a file of all rows. `--muita N`: among so many kunnat only, which tells what grows with the installation;
`--sivu NAME …` tells what the statements and functions of these addresses took.
"""

import argparse
import cProfile
import logging
import os
import pstats
import time
from collections import namedtuple

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django  # noqa: E402

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_databases, teardown_databases  # noqa: E402
from django.urls import reverse  # noqa: E402

from strategia import sivumuisti  # noqa: E402
from strategia.models import Avain, Kalenteriavain, Kayttaja  # noqa: E402
from tests.benchmarks.kuntia import MUITA, build_kunnat, grow_own  # noqa: E402
from tests.kokoelma import whole  # noqa: E402
from tests.osoitteet import (  # noqa: E402
    AVAIMELLA,
    HALLINNAN_MALLIT,
    JULKISET,
    KALENTERI,
    OMA_TILI,
    SIVUT,
    address,
)
from tests.sisaan import sign_in  # noqa: E402
from tests.test_kyselyt import send_file  # noqa: E402

RAJA = 150  # ms
OMAT = r"strategia/|seuranta/|raportit/|query.py|loader.py"  # of the functions of a profile
TAVALLINEN, SUURI = 249, 2_500
ROUNDS, PISIN = 3, 1_500  # of a page that takes so many ms in all
# A whole report, or a file that is read or written whole: DESIGN's limit of a page is not theirs.
KOKONAISET = {
    *("raportit:luonnos", "raportit:luonnos-lataa", "raportit:versio-detail", "raportit:julkinen-versio"),
    *("raportit:versio-julkaisu", "raportit:sarakkeet-muokkaa"),  # the report is looked through, and a piece shown
    *("raportit:avoin-uusin", "raportit:avoin-strategia-uusin", "raportit:avoin-versio"),
    *("seuranta:tuonti-detail", "seuranta:tuonti-lukutapa", "seuranta:tuonti-rivi"),
    *("seuranta:vastaustaulukko-lataa", "seuranta:vastaustaulukko-detail"),
}

Mitta = namedtuple("Mitta", "cpu, seina, sql, kyselyja")  # ms, ms, ms, how many
Sivu = namedtuple("Sivu", "nimi, kuka, mitta, jit")


class Sqlkello:
    """An execute wrapper that keeps each statement and the seconds it took."""

    def __init__(self):
        self.asked = []

    def __call__(self, execute, sql, params, many, context):
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.asked.append((time.perf_counter() - began, sql))


class Katsojat:
    """Browsers of those who may open an address; made once, for to sign in is an act of its own."""

    def __init__(self, cast):
        self.cast = cast
        bearer = f"Bearer {Avain.objects.make(cast.kunta, 'Mittaus', by=cast.aino)[1]}"
        self.kalenteri = Kalenteriavain.objects.make(cast.aino)
        self._clients = {"": self._client(), "avain": self._client(authorization=bearer)}
        self._people = {"ylläpitäjä": Kayttaja.objects.create_superuser("yllapito@palvelu.example", "x", nimi="Ylle")}

    def of(self, who):
        if who not in self._clients:
            self._clients[who] = self._client()
            sign_in(self._clients[who], self._people.get(who) or getattr(self.cast, who))
        return self._clients[who]

    def _client(self, **headers):
        return Client(headers={"host": "localhost", **headers}, raise_request_exception=False)


def list_pages(cast, kalenteri):
    """[(name, path, who may open it)] of every address that answers to GET."""
    for name in sorted({*SIVUT, *JULKISET, *OMA_TILI, *AVAIMELLA, *KALENTERI}):
        who = SIVUT[name][1] if name in SIVUT else {"avain"} if name in AVAIMELLA else {""}
        path = address(name, cast, cast.versio)
        yield name, f"{path}?avain={kalenteri}" if name in KALENTERI else path, {"aino"} if name in OMA_TILI else who
    for model in HALLINNAN_MALLIT:
        yield f"admin:{model}", reverse(f"admin:{model}_changelist"), {"ylläpitäjä"}


def ask(client, path):
    """-> (Mitta, whether a page was answered, [(seconds, statement)])"""
    sivumuisti.forget_all()  # a kept page asks nothing
    kello, wall, cpu = Sqlkello(), time.perf_counter(), time.process_time()
    with connection.execute_wrapper(kello):
        answer = whole(client.get(path))
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    sql = sum(seconds for seconds, _sql in kello.asked)
    return Mitta(cpu * 1000, wall * 1000, sql * 1000, len(kello.asked)), answer.status_code == 200, kello.asked


def set_jit(is_on):
    with connection.cursor() as cursor:
        cursor.execute(f"SET jit = {'on' if is_on else 'off'}")


def measure_page(katsojat, name, path, people):
    """The Sivu as the one for whom it took longest, or None where nobody got a page. The first asking warms."""
    told = {}
    for who in sorted(people):
        mitta, is_page, _asked = ask(katsojat.of(who), path)
        if is_page:
            told[who] = mitta
    if not told:
        return None
    who = max(told, key=lambda each: told[each].seina)
    rounds = max(1, min(ROUNDS, round(PISIN / told[who].seina)))
    told = {}
    for is_on in (True, False):
        set_jit(is_on)
        told[is_on] = least([ask(katsojat.of(who), path)[0] for _round in range(rounds)])
    return Sivu(name, who, told[False], told[True])


def least(mitat):
    return Mitta(*map(min, zip(*mitat, strict=True)))


def measure(cast, katsojat):
    """({name: Sivu}, [names of those that nobody got])"""
    told = {name: measure_page(katsojat, name, *rest) for name, *rest in list_pages(cast, katsojat.kalenteri)}
    return {name: sivu for name, sivu in told.items() if sivu}, [name for name, sivu in told.items() if not sivu]


def show(small, large):
    """One table, the slowest of the large kunta first: of each size the page's figures, and SQL's with JIT."""
    head = "  CPU seinä   SQL +JIT kys"
    print(f"{'':45}{'':11}{f'{TAVALLINEN} riviä, ms':>25}   {f'{SUURI} riviä, ms':>25}")
    print(f"{'sivu':45}{'kuka':11}{head}   {head}")
    for name, sivu in sorted(large.items(), key=lambda each: -_work(each[1])):
        mark = " koko" if name in KOKONAISET else " !" if _work(sivu) > RAJA else ""
        print(f"{name:45}{sivu.kuka:11}{_told(small.get(name))}   {_told(sivu)}{mark}")


def _work(sivu):
    """What the page takes where nobody else is: the wall's time tells of the others on the machine, too."""
    return sivu.mitta.cpu + sivu.mitta.sql


def _told(sivu):
    if sivu is None:
        return " " * 25
    mitta = sivu.mitta
    return f"{mitta.cpu:5.0f}{mitta.seina:6.0f}{mitta.sql:6.0f}{sivu.jit.sql:5.0f}{mitta.kyselyja:4}"


def profile(katsojat, path, people):
    """The page's statements by their time, then its functions by theirs."""
    client = katsojat.of(min(people))
    ask(client, path)
    for seconds, sql in sorted(ask(client, path)[2], reverse=True)[:12]:
        print(f"{seconds * 1000:7.1f} ms {sql[:2000]}")
    profiler = cProfile.Profile()
    profiler.runcall(ask, client, path)
    pstats.Stats(profiler).sort_stats("cumulative").print_stats(
        r"strategia/|seuranta/|raportit/|query.py|loader.py", 25
    )


def prepare(cast, rows):
    cast.versio.publish(by=cast.kaisa)
    send_file(cast, rows)
    return cast


def main(muita, sivut):
    logging.disable(logging.ERROR)
    began = time.time()
    cast = prepare(build_kunnat(TAVALLINEN, SUURI if sivut else TAVALLINEN, muita), TAVALLINEN)
    katsojat = Katsojat(cast)
    print(f"aineisto {time.time() - began:.0f} s", flush=True)
    if sivut:
        for name, *rest in list_pages(cast, katsojat.kalenteri):
            if name in sivut:
                print(f"\n{name}")
                profile(katsojat, *rest)
        return
    small, _not_shown = measure(cast, katsojat)
    cast = prepare(grow_own(cast, SUURI, TAVALLINEN), SUURI)
    large, not_shown = measure(cast, katsojat)
    show(small, large)
    print(f"ei sivua: {', '.join(not_shown)}")
    print(f"{len(large)} sivua, yhteensä {time.time() - began:.0f} s")


if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    asked.add_argument("--muita", type=int, default=MUITA)
    asked.add_argument("--sivu", nargs="+")
    told = asked.parse_args()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        main(told.muita, told.sivu)
    finally:
        connection.close()
        teardown_databases(databases, verbosity=0)
