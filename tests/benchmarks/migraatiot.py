"""Each migration back and forth with 10,000 kirjaukset and history: `python -m tests.benchmarks.migraatiot [rows]`.

A migration is one transaction, so it holds its locks no longer than it takes: the time that people wait while a new
version is taken in. DATABASE_URL chooses the database, which is made anew and taken away.
"""

import os
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django  # noqa: E402

django.setup()

from django.test.utils import setup_databases, teardown_databases  # noqa: E402

from tests.cast import build_cast  # noqa: E402
from tests.migraatiot import add_rows, apply, list_ours, unapply  # noqa: E402

LUKOSSA = 5  # seconds at most


def measure(act, migration, state):
    state = state.clone()
    state.apps  # noqa: B018  drawn up before the first lock is taken
    began = time.monotonic()
    act(migration, state)
    return time.monotonic() - began


def main(rows):
    add_rows(build_cast(), rows)
    migrations = list_ours()
    back = {str(migration): measure(unapply, migration, state) for migration, state in reversed(migrations)}
    forth = {str(migration): measure(apply, migration, state) for migration, state in migrations}
    for name, seconds in forth.items():
        slow = "  YLI" if max(seconds, back[name]) > LUKOSSA else ""
        print(f"{name:45} eteen {seconds:5.2f} s   taakse {back[name]:5.2f} s{slow}")


if __name__ == "__main__":
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
    finally:
        teardown_databases(databases, verbosity=0)
