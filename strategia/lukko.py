"""Turns among all processes of one server: so many readings of a file, one dear render per core.

A turn is a lock on a file, which the operating system lets go of when its holder dies, however it dies.
"""

import fcntl
import os
import time
from contextlib import contextmanager, suppress
from pathlib import Path

TURNS = min(4, os.cpu_count() or 1)  # of readings: a child may take 512 MB and a whole processor
WAIT_SECONDS = 5.0

_PAUSE = 0.1


@contextmanager
def turn(folder: Path, *, turns: int = TURNS, wait_seconds: float = WAIT_SECONDS):
    """True while it is one's turn; False if nobody made room in time. `folder` holds the locks."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    files = [folder / str(number) for number in range(turns)]
    deadline = time.monotonic() + wait_seconds
    held = _take(files)
    while held is None and time.monotonic() < deadline:
        time.sleep(_PAUSE)
        held = _take(files)
    try:
        yield held is not None
    finally:
        if held is not None:
            held.close()


@contextmanager
def one_per_core(folder: Path):
    """Wait for a turn as long as it takes; `folder` holds the locks."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    files = [folder / f".vuoro-{number}" for number in range(os.cpu_count() or 1)]
    held = _take(files)
    if held is None:
        held = files[os.getpid() % len(files)].open("w")
        fcntl.flock(held, fcntl.LOCK_EX)
    with held:
        yield


def _take(files):
    """An open file that holds the lock of a free turn, None if none is free."""
    for path in files:
        file = path.open("w")
        with suppress(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return file
        file.close()
    return None
