"""Turns to read: so many children at once on one server, however many processes and threads serve it.

A turn is a lock on a file, which the operating system lets go of when its holder dies, however it dies.
"""

import fcntl
import os
import time
from contextlib import contextmanager, suppress
from pathlib import Path

TURNS = min(4, os.cpu_count() or 1)  # a child may take 512 MB and a whole processor
WAIT_SECONDS = 5.0

_PAUSE = 0.1


@contextmanager
def turn(folder: Path, *, turns: int = TURNS, wait_seconds: float = WAIT_SECONDS):
    """True while it is one's turn; False if nobody made room in time. `folder` holds the locks."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    deadline = time.monotonic() + wait_seconds
    held = _take(folder, turns)
    while held is None and time.monotonic() < deadline:
        time.sleep(_PAUSE)
        held = _take(folder, turns)
    try:
        yield held is not None
    finally:
        if held is not None:
            held.close()


def _take(folder, turns):
    """An open file that holds the lock of a free turn, None if none is free."""
    for number in range(turns):
        file = (folder / str(number)).open("w")
        with suppress(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return file
        file.close()
    return None
