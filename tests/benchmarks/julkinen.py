"""How many public pages a small server gives: `python -m tests.benchmarks.julkinen [--sekunteja N] [--vanha FOLDER]`.

200 connections over loopback to gunicorn with 2 processes of 4 threads, Keuruu's 188 rows published. First the same
pages with a query, which are drawn each time, as every page was before; with `--vanha` also the pages of the code in
that folder, by its own `.venv`. Then without one: in the middle the report is withdrawn. DATABASE_URL chooses the
database, which must be empty; by default a file of SQLite that is taken away.
"""

import argparse
import asyncio
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.kone import wait_until
from tests.ymparisto import JUURI, SHARED

YHTEYKSIA, ALKULAMPO, ENNEN = 200, 8, 8  # connections; seconds of warming, and of the pages that are drawn
VAHINTAAN, VIIMEISTAAN = 10, 2.0  # times as many requests a second; seconds in which a withdrawal is seen by all
VALMISTELE = """
import io
from django.core.management import call_command
from seuranta.models import Seurantajakso
try:
    from raportit.sulkeminen.sulje import close_jakso
except ImportError:  # of 11/2026
    from raportit.sulkeminen import close_jakso
quiet = {"stdout": io.StringIO(), "stderr": io.StringIO()}
call_command("tuo", TIEDOSTO, kunta="Keuruu", ohita_virheet=True, **quiet)
jakso = Seurantajakso.objects.last()
jakso.finish(by=None)
versio = close_jakso(jakso, by=None)
versio.publish(by=None)
print(getattr(versio, "tunnus", versio.pk))
"""
POISTA = "from raportit.models import Raporttiversio as V; V.objects.get().withdraw(by=None, syy='Virhe.')"
POISTA += "\nimport time\nprint(time.time())"


class Asennus:
    """An installation of the code in `juuri`, with Keuruu published: its server on a free port of loopback."""

    def __init__(self, juuri, folder, kanta, asetukset):
        self.juuri, self.portti, self.loki = juuri, _free_port(), folder / "kyselyt"
        self.python = str(juuri / ".venv" / "bin" / "python")
        own = {"DATABASE_URL": kanta, "DJANGO_SETTINGS_MODULE": asetukset, "MEDIA_ROOT": str(folder / "media")}
        self.ymparisto = os.environ | own | {"KYSELYLOKI": str(self.loki), "PYTHONPATH": ".", "SAIKEET": "4"}
        self.run("manage.py", "migrate", "--verbosity", "0")
        told = VALMISTELE.replace("TIEDOSTO", repr(str(SHARED / "aineisto" / "keuruu-2023.xlsx")))
        self.versio = self.run("manage.py", "shell", "-c", told).split()[-1]
        self.server = None

    def run(self, *arguments):
        done = subprocess.run(
            [self.python, *arguments], cwd=self.juuri, env=self.ymparisto, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def __enter__(self):
        told = ["--bind", f"127.0.0.1:{self.portti}", "--workers", "2", "--threads", "4", "--no-control-socket"]
        command = [self.python, "-m", "gunicorn", "strategia.wsgi", *told, "--log-level", "error"]
        told = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": self.juuri, "env": self.ymparisto}
        self.server = subprocess.Popen(command, **told)
        wait_until(lambda: asyncio.run(_is_there(self.portti)))
        return self

    def __exit__(self, *error):
        self.server.send_signal(signal.SIGTERM)
        self.server.wait(timeout=60)

    def statements(self):
        return Counter(self.loki.read_text()) if self.loki.exists() else Counter()


def _free_port():
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


async def _is_there(portti):
    try:
        _reader, writer = await asyncio.open_connection("127.0.0.1", portti)
    except OSError:
        return False
    writer.close()
    return True


class Kuorma:
    """Readers that ask one page after another; answers: [(asked, answered, path, status)], by time.time()."""

    def __init__(self, portti, paths):
        self.portti, self.paths, self.answers, self.errors = portti, paths, [], []

    async def run(self, seconds, in_the_middle=None):
        until = time.time() + seconds
        readers = [self._read(number, until) for number in range(YHTEYKSIA)]
        middle = [self._act(seconds / 2, in_the_middle)] if in_the_middle else []
        told = await asyncio.gather(*middle, *readers)
        return told[0] if middle else None

    async def _act(self, after, act):
        await asyncio.sleep(after)
        return await asyncio.to_thread(act)

    async def _read(self, number, until):
        connection = None
        while time.time() < until:
            path = self.paths[number % len(self.paths)]
            asked, is_old = time.time(), connection is not None
            try:
                connection = connection or await asyncio.open_connection("127.0.0.1", self.portti)
                status, stays = await asyncio.wait_for(_ask(connection, path), 30)
            except (OSError, ValueError, asyncio.IncompleteReadError, TimeoutError) as error:
                if not is_old:  # a connection that stood open may have been closed meanwhile: asked again
                    self.errors.append((path, repr(error)))
                connection = None
                continue
            self.answers.append((asked, time.time(), path, status))
            if not stays:
                connection[1].close()
                connection = None
            number += 1
        if connection:
            connection[1].close()

    def per_second(self, seconds):
        return len(self.answers) / seconds


async def _ask(connection, path):
    reader, writer = connection
    writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    status, headers = int(head.split(" ", 2)[1]), head.lower()
    length = int(headers.partition("content-length:")[2].split("\r\n", 1)[0])
    await reader.readexactly(length)
    return status, "connection: close" not in headers


def measure_drawn(asennus, paths):
    """Requests a second of pages that are drawn each time; of so many readers some may be turned away."""
    kuorma = Kuorma(asennus.portti, paths)
    asyncio.run(kuorma.run(ENNEN))
    assert {status for *_when, status in kuorma.answers} == {200}
    return kuorma.per_second(ENNEN)


def measure_kept(asennus, paths, seconds):
    """(requests a second until the withdrawal, statements till then, seconds till the last old page was asked)."""
    for _again in range(2):  # at first one process may take every connection
        asyncio.run(Kuorma(asennus.portti, paths).run(ALKULAMPO / 2))
    before, kuorma, at = asennus.statements(), Kuorma(asennus.portti, paths), {}

    def withdraw():
        at["kyselyt"] = asennus.statements() - before
        return float(asennus.run("manage.py", "shell", "-c", POISTA).split()[-1])

    began = time.time()
    gone = asyncio.run(kuorma.run(seconds, withdraw))
    _check(kuorma)
    report = [each for each in kuorma.answers if each[2] == paths[-1]]
    late = max((asked - gone for asked, _answered, _path, status in report if status == 200), default=0)
    assert any(status == 410 for *_when, status in report), "poistoa ei nähty"
    first = [each for each in kuorma.answers if each[1] < began + seconds / 2]
    return len(first) / (seconds / 2), at["kyselyt"], late, len(kuorma.answers)


def _check(kuorma):
    statuses = Counter(status for *_when, status in kuorma.answers)
    assert not kuorma.errors, kuorma.errors[:3]
    assert set(statuses) <= {200, 410}, statuses


def main(seconds, vanha):
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        kanta = os.environ.get("DATABASE_URL") or f"sqlite:///{folder / 'kanta.sqlite3'}"
        asennus = Asennus(JUURI, folder, kanta, "tests.ohjelmat.kyselyloki")
        paths = ["/julkinen/keuruu/", f"/julkinen/keuruu/{asennus.versio}/"]
        drawn = {"piirretty joka kerta": (asennus, [f"{path}?x=1" for path in paths])}
        if vanha:
            (folder / "vanha").mkdir()
            kanta = f"sqlite:///{folder / 'vanha' / 'kanta.sqlite3'}"
            ennen = Asennus(Path(vanha), folder / "vanha", kanta, "tests.settings")
            drawn["vanha koodi"] = ennen, ["/julkinen/keuruu/", f"/julkinen/keuruu/{ennen.versio}/"]
        told = {what: _measure_alone(*which) for what, which in drawn.items()}
        with asennus:
            kept, statements, late, answers = measure_kept(asennus, paths, seconds)
    for what, each in told.items():
        print(f"{what}: {each:.0f} pyyntöä sekunnissa")
    print(f"muistista: {kept:.0f} pyyntöä sekunnissa, {kept / max(told.values()):.1f} kertaa niin monta")
    print(f"{answers} vastausta, 0 virhettä; kyselyjä ennen poistoa {dict(statements)}")
    print(f"vanha sivu pyydettiin viimeksi {late:.2f} s poiston jälkeen")
    return kept >= VAHINTAAN * max(told.values()) and not statements["x"] and late <= VIIMEISTAAN


def _measure_alone(asennus, paths):
    with asennus:
        return measure_drawn(asennus, paths)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--sekunteja", type=int, default=30)
    parser.add_argument("--vanha", help="kansio, jossa on vanha koodi ja sen .venv")
    options = parser.parse_args()
    sys.exit(not main(options.sekunteja, options.vanha))
