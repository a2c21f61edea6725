"""Bytes + name -> Luettu, as `rows.read` gives it, but parsed in a child process that can do nothing else.

A file that would eat the memory, spin for ever or bring the interpreter down takes only the child with it.
"""

import json
import logging
import resource
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Timer

from strategia.lukko import turn

from ..guard import refusal
from ..rows import Luettu, collector_at_rest, read_plain

__all__ = ["WALL_SECONDS", "Lapsi", "read_in_child", "read_in_turn"]

READER = "seuranta.taulukko.rows"
WALL_SECONDS = 9  # for one file, the child's start included; the child itself limits its memory and CPU time

_ROOT = Path(__file__).resolve().parents[3]
_CHILD = Path(__file__).with_name("child.py")

logger = logging.getLogger(__name__)


def read_in_child(data: bytes, name: str, **choices) -> Luettu:
    """`rows.read(data, name, **choices)` in a child of its own; a child that dies or overruns is a refusal.

    reader: the module whose `read` it is, one of those that the child knows.

    Refusals beside those of `read`: too_large (memory, time or a crash), corrupt (a bug of ours, which is logged).
    Starting the child costs about 0.2 seconds.
    """
    with Lapsi() as lapsi:
        return lapsi.read(data, name, **choices)


def read_in_turn(data: bytes, name: str, *, folder: Path, **choices) -> Luettu:
    """As `read_in_child`, but only a few at once: refused as `busy` if no turn came in some seconds.

    `folder`: where all who serve this installation keep their turns.
    """
    with turn(folder) as is_mine:
        return read_in_child(data, name, **choices) if is_mine else _refused("busy")


class Lapsi:
    """One limited child for many files, one after another. A child that died is replaced for the next file."""

    def __init__(self, wall_seconds: float = WALL_SECONDS):
        self.wall_seconds = wall_seconds
        self.process: subprocess.Popen | None = None
        self.started = 0  # children so far
        self.ran_out = False  # did the last file take all of its time?

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._stop()

    def read(self, data: bytes, name: str, *, reader: str = READER, **choices) -> Luettu:
        """As `read_in_child`, in the child at hand."""
        if self.process is None:
            try:
                self._start()
            except OSError:  # no memory or no process left for it
                logger.exception("Lapsiprosessia ei saatu käyntiin")
                return _refused("too_large/dear")
        task = json.dumps({"reader": reader, "name": name, "size": len(data), "choices": choices}).encode()
        answer = self._ask(task + b"\n" + data)
        if not answer.endswith(b"\n"):
            used = self._stop()
            # A child that had little of the processor was not stopped for its file, but for what else goes on.
            return _refused("too_large/slow" if self.ran_out and used < self.wall_seconds / 2 else "too_large/dear")
        with collector_at_rest():
            told = json.loads(answer)
            if "trouble" not in told:
                return read_plain(told)
        logger.error("Tiedoston lukeminen kaatui: %s", told["trouble"])
        return _refused("corrupt")

    def _start(self):
        # Without `site` (-S) the child starts twice as fast; what it may import is told to it.
        paths = [str(_ROOT), *(path for path in sys.path if path)]
        self.process = subprocess.Popen(  # noqa: S603 -- our own interpreter and file
            [sys.executable, "-I", "-S", "-B", str(_CHILD), *paths],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            cwd="/",
        )
        self.started += 1

    def _ask(self, task):
        """The child's answer, a line; without its end if the child died or the time ran out."""
        self.ran_out = False
        timer = Timer(self.wall_seconds, self._run_out)
        timer.start()
        try:
            self.process.stdin.write(task)
            self.process.stdin.flush()
            return self.process.stdout.readline()
        except BrokenPipeError:
            return b""
        finally:
            timer.cancel()

    def _run_out(self):
        self.ran_out = True
        self.process.kill()

    def _stop(self):
        """End the child; returns the processor seconds of all children that have ended meanwhile."""
        process, self.process = self.process, None
        if process is None:
            return 0
        before = _seconds_of_children()
        process.kill()
        process.wait()
        process.stdout.close()
        with suppress(BrokenPipeError):  # what the dead child did not read
            process.stdin.close()
        return _seconds_of_children() - before


def _seconds_of_children():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _refused(code):
    issue = refusal(code)
    return Luettu("reject", issue.code, errors=(issue,), headings={}, labels={})
