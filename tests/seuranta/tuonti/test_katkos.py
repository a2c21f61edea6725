"""An import that is killed, and two at once: before or after, never between."""

import os
import random
import subprocess
import sys
import threading
import time
from collections import Counter

import pytest
from django.db import connection
from django.db.models import Value

from seuranta.models import Kirjaus, Riski, Seurantajakso, Tuonti
from strategia.models import Kunta, Mittari, Toimenpide

from .test_tuo import OTSIKOT

RIVEJA = 300


@pytest.fixture
def taulukko(tmp_path):
    path = tmp_path / "seuranta-2026.csv"
    rows = [
        f"Kärki {n % 4};Tavoite {n % 20};Teko {n};Ala {n % 3};{n % 5 + 1};Teksti {n};Riski {n};Mittari {n}"
        for n in range(RIVEJA)
    ]
    path.write_text("\n".join([";".join([*OTSIKOT, "Riski", "Mittari"]), *rows]))
    return path


def command(path, url, *, kunta):
    return subprocess.Popen(
        [sys.executable, "manage.py", "tuo", str(path), "--kunta", kunta],
        env={**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def counts(kunta):
    """What there is of the kunta: all of it after an import, nothing before it.

    One statement, one moment: PostgreSQL may finish the COMMIT of a client that is dead already,
    and counts taken one after the other would see the import from both of its sides.
    """
    found = [Kunta.objects.filter(nimi=kunta)]
    found += [model.objects.filter(kunta__nimi=kunta) for model in MALLIT]
    first, *others = [rows.order_by().values_list(Value(n), flat=True) for n, rows in enumerate(found)]
    each = Counter(first.union(*others, all=True))
    return tuple(each[n] for n in range(len(found)))


MALLIT = (Toimenpide, Kirjaus, Mittari, Riski, Seurantajakso, Tuonti)
BEFORE, AFTER = (0, 0, 0, 0, 0, 0, 0), (1, RIVEJA, RIVEJA, RIVEJA, RIVEJA, 1, 1)


def test_a_killed_import_has_happened_or_has_not(taulukko, kannan_url, kierrokset):
    whole = _seconds_of(command(taulukko, kannan_url, kunta="Mitta"))
    chance = random.Random(7)
    seen = set()
    for n in range(kierrokset(100)):
        process = command(taulukko, kannan_url, kunta=f"Kunta {n}")
        # The writing is at the end: half of the kills go there.
        time.sleep(whole * (chance.uniform(0.6, 1.05) if n % 2 else chance.random()))
        process.kill()
        process.communicate()
        connection.close()
        found = counts(f"Kunta {n}")
        assert found in (BEFORE, AFTER), n
        seen.add(found)
        whole *= 0.7 if found == AFTER else 1  # the machine has got faster since the measuring
    assert BEFORE in seen


def _seconds_of(process):
    start = time.monotonic()
    _out, error = process.communicate()
    assert process.returncode == 0, error
    return time.monotonic() - start


def test_the_same_file_imported_by_two_at_once_gives_one_result(taulukko, kannan_url, kierrokset):
    for n in range(kierrokset(20)):
        both = [command(taulukko, kannan_url, kunta=f"Kunta {n}") for _each in range(2)]
        threads = [threading.Thread(target=process.communicate) for process in both]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [process.returncode for process in both] == [0, 0]
        connection.close()
        found = counts(f"Kunta {n}")
        assert found[:-1] == AFTER[:-1], n
        assert Tuonti.objects.filter(kunta__nimi=f"Kunta {n}").count() == 2  # the second changed nothing
