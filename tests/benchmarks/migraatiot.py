"""Each migration back and forth with 10,000 kirjaukset and history: `python -m tests.benchmarks.migraatiot [rows]`.

A migration is one transaction: from its first statement that may lock until it ends, others wait while a new version
is taken in. That span is told, not the time Django needs before it to draw up the models. DATABASE_URL chooses the
database, which is made anew and taken away.
"""

import os
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django  # noqa: E402

django.setup()

from django.db import connection  # noqa: E402
from django.test.utils import setup_databases, teardown_databases  # noqa: E402

from tests.cast import build_cast  # noqa: E402
from tests.migraatiot import add_rows, apply, list_ours, unapply  # noqa: E402

LUKOSSA = 5  # seconds at most


class Lukko:
    """When the first statement was run that may hold others up, and how long the database has worked since."""

    def __init__(self):
        self.first, self.worked = None, 0.0

    def __call__(self, execute, sql, params, many, context):
        began = time.monotonic()
        if self.first is None and not str(sql).lstrip().upper().startswith("SELECT"):
            self.first = began
        try:
            return execute(sql, params, many, context)
        finally:
            self.worked += time.monotonic() - began if self.first else 0

    def span(self):
        return time.monotonic() - self.first if self.first else 0.0


def measure(act, migration, state):
    lukko = Lukko()
    began = time.monotonic()
    with connection.execute_wrapper(lukko):
        act(migration, state)
    held = lukko.span()
    slow = "  YLI" if held > LUKOSSA else ""
    told = f"lukossa {held:5.2f} s (kanta {lukko.worked:5.2f} s), kaikkiaan {time.monotonic() - began:5.2f} s"
    print(f"{migration!s:45} {act.__name__:8} {told}{slow}", flush=True)
    return held, str(migration), act.__name__


def main(rows):
    add_rows(build_cast(), rows)
    migrations = list_ours()
    spans = [measure(unapply, migration, state) for migration, state in reversed(migrations)]
    spans += [measure(apply, migration, state) for migration, state in migrations]
    held, name, act = max(spans)
    print(f"{len(migrations)} migraatiota, {rows} kirjausta; pisin lukko {held:.2f} s ({name}, {act})")
    return 1 if held > LUKOSSA else 0


if __name__ == "__main__":
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        status = main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
    finally:
        teardown_databases(databases, verbosity=0)
    sys.exit(status)
