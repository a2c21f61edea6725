"""A report -> its bytes, a dear one drawn in a process that ends with it: all its memory is given back.

    this process ─▶ fork server (palvelin.py: WeasyPrint and the fonts loaded, no database) ─▶ a child for each file

The server is started for the first file, ends when nobody has asked for a minute, and when this process ends; so does
the child that it waits for.
"""

import json
import os
import select
import subprocess
import sys
from contextlib import contextmanager, suppress
from threading import Lock

from django.conf import settings

from strategia.lukko import one_per_core
from strategia.varasto import turns_folder

from ...muodot import KALLIIT, render_report
from ...osavuosikatsaus import Osavuosikatsaus
from ...osavuosikatsaus.rinnakkain import Vertailu
from ..aineisto import to_text

ENINTAAN = 1800  # seconds for one file: a thousand rows take some ten on a processor of their own
VAPAANA = 60  # seconds that the server waits for more to draw
NALKA = 30  # seconds that a child which gets hardly any of the processor is waited for, before it is hurried
KATSOO = 2  # seconds between two looks at whether what is being drawn is in somebody's way

# A stop of the whole service, or Ctrl+C, lets what is being drawn be finished: the server ends when its parent does.
_START = """
import signal
for each in (signal.SIGTERM, signal.SIGINT):
    signal.signal(each, signal.SIG_IGN)
import django
django.setup()
from raportit.tallenne.piirto.palvelin import serve
serve()
"""
# The server reads no row: it has no way to the database, and no secret of it in its environment.
_WITHOUT = ("OMISTAJAN_DATABASE_URL", "REPLIKAN_DATABASE_URL")
_DATABASE = "sqlite://:memory:"


class PiirtoEpaonnistui(Exception):
    """The file was not made: the child died, ran out of time or memory, or met a bug. Says which."""


class PiirtoKeskeytyi(Exception):
    """What was being drawn for nobody gave way."""


def render_apart(raportti: Osavuosikatsaus | Vertailu, muoto: str) -> bytes:
    """As `render_report`, a dear format in a child. Raises PiirtoEpaonnistui."""
    if muoto not in KALLIIT or _OMA.is_set:
        return render_report(raportti, muoto)
    with one_per_core(turns_folder("tulosteet")):
        return PIIRTAJA.draw(to_text(raportti), muoto)


class _Oma:
    is_set = False


_OMA = _Oma()


def draw_here() -> None:
    """From now on this process draws in itself: a command that makes one file and ends."""
    _OMA.is_set = True


class Piirtaja:
    """This process's own fork server; threads take turns."""

    def __init__(self, enintaan: float = ENINTAAN, vapaana: float = VAPAANA, nalka: float = NALKA):
        self.enintaan, self.vapaana, self.nalka = enintaan, vapaana, nalka
        self.cpu = 0.0  # seconds that the last file's child used
        self._process, self._owner, self._turn, self._is_in_the_way = None, None, Lock(), None

    @contextmanager
    def yielding(self, is_in_the_way):
        """What is drawn meanwhile is given up once `is_in_the_way()` is true: PiirtoKeskeytyi."""
        self._is_in_the_way = is_in_the_way
        try:
            yield
        finally:
            self._is_in_the_way = None

    def draw(self, text: str, muoto: str) -> bytes:
        data = text.encode()
        told = {"muoto": muoto, "size": len(data), "enintaan": self.enintaan, "nalka": self.nalka}
        task = json.dumps(told).encode() + b"\n" + data
        with self._turn:
            answer = self._ask(task)
            if answer is None:  # it had just ended in peace
                answer = self._ask(task)
        if answer is None:
            raise PiirtoEpaonnistui("Piirtäjä ei vastaa.")
        return answer

    def _ask(self, task):
        """The file's bytes; None where the server ended for want of work."""
        process = self._at_hand()
        with suppress(BrokenPipeError):
            process.stdin.write(task)
            process.stdin.flush()
        self._wait(process)
        line = process.stdout.readline()
        told = json.loads(line) if line.endswith(b"\n") else {"size": 0}
        content = process.stdout.read(told["size"])
        if not line or len(content) < told["size"]:
            status = self.stop()
            if status == 0:
                return None
            raise PiirtoEpaonnistui(f"Piirtäjä päättyi kesken ({status}).")
        if "virhe" in told:
            raise PiirtoEpaonnistui(told["virhe"])
        self.cpu = told["cpu"]
        return content

    def _wait(self, process):
        """Until it answers or ends."""
        while self._is_in_the_way and not select.select([process.stdout], [], [], KATSOO)[0]:
            if self._is_in_the_way():
                self.stop()
                raise PiirtoKeskeytyi

    def _at_hand(self):
        if self._owner != os.getpid():  # what a parent of ours started before it forked is the parent's
            self._process, self._owner = None, os.getpid()
        if self._process is None:
            self._process = self._start()
        return self._process

    def _start(self):
        environment = {name: value for name, value in os.environ.items() if name not in _WITHOUT}
        return subprocess.Popen(  # noqa: S603 -- our own interpreter and code
            [sys.executable, "-c", _START, str(self.vapaana)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment | {"DATABASE_URL": _DATABASE},
            cwd=settings.BASE_DIR,
        )

    def stop(self):
        """End the server, with the child that it may have -> its exit status, None where there was none."""
        process, self._process = self._process, None
        if process is None:
            return None
        with suppress(BrokenPipeError):
            process.stdin.close()
        process.stdout.close()
        return process.wait()


PIIRTAJA = Piirtaja()
