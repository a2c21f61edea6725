"""What running processes hold: memory, open files and connections, looked at time after time (Linux)."""

import threading
import time
from collections import namedtuple
from pathlib import Path

from django.db import connection

MIB = 1024 * 1024

Havainto = namedtuple("Havainto", "minuutti, muisti, kahvat, yhteydet")


class Kulutus(threading.Thread):
    """Looks every `interval` seconds at the processes of these pids and at their children.

    havainnot: [Havainto] of minutes since the start, MiB of memory that is nobody else's (shared pages parted, "Pss"),
    open files and sockets, and connections to the database of the benchmark.
    """

    def __init__(self, pids, interval):
        super().__init__(daemon=True)
        self.pids, self.interval, self.ended, self.havainnot = pids, interval, threading.Event(), []

    def run(self):
        began = time.monotonic()
        while not self.ended.wait(self.interval):
            pids = [child for pid in self.pids for child in (pid, *_descendants(pid))]
            minute = (time.monotonic() - began) / 60
            self.havainnot.append(
                Havainto(minute, sum(map(_memory, pids)) / MIB, sum(map(_handles, pids)), _connections())
            )
        connection.close()

    def tell(self):
        """A line for each tenth of the time: what is flat stays so from the second line on."""
        step = max(1, len(self.havainnot) // 10)
        for havainto in [*self.havainnot[::step], self.havainnot[-1]]:
            print(
                f"{havainto.minuutti:5.1f} min: {havainto.muisti:.0f} MiB, {havainto.kahvat} avointa, "
                f"{havainto.yhteydet} yhteyttä"
            )


def _descendants(pid):
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in _read(children).split():
            yield int(child)
            yield from _descendants(child)


def _memory(pid):
    """Bytes; 0 of a process that has ended meanwhile."""
    for line in _read(Path(f"/proc/{pid}/smaps_rollup")).splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0


def _handles(pid):
    try:
        return len(list(Path(f"/proc/{pid}/fd").iterdir()))
    except OSError:
        return 0


def _read(path):
    try:
        return path.read_text()
    except OSError:
        return ""


def _connections():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        return cursor.fetchone()[0]
