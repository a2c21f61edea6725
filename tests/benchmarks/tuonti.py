"""How dear an import is beside openpyxl's own reading of the same file: `python -m tests.benchmarks.tuonti [rows]`.

Prints ratios of one run on one machine; DATABASE_URL chooses the database, which is made anew and taken away.
"""

import io
import os
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django  # noqa: E402
import openpyxl  # noqa: E402

django.setup()

from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases  # noqa: E402

from seuranta.tuonti.apply import apply_plan  # noqa: E402
from seuranta.tuonti.plan import Target, build_plan  # noqa: E402
from seuranta.tuonti.rows import read  # noqa: E402

OTSIKOT = ["Painopiste", "Strateginen tavoite", "Toimenpide", "Toimiala", "Toteutumisaste", "Kommentti"]
ROUNDS = 5


def workbook(rows):
    book, target = openpyxl.Workbook(), io.BytesIO()
    book.active.append(OTSIKOT)
    for n in range(rows):
        kommentti = f"Toimenpide {n} etenee suunnitellusti, ja seuraavaksi kuullaan asukkaita."
        book.active.append(
            [f"Kärki {n % 5}", f"Tavoite {n % 40}", f"Teko numero {n}", f"Ala {n % 6}", n % 5 + 1, kommentti]
        )
    book.save(target)
    return target.getvalue()


def best(function):
    """The shortest of some rounds, in seconds: noise only ever adds."""
    times = []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        function()
        times.append(time.perf_counter() - start)
    return min(times)


def openpyxl_alone(data):
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    for sheet in book:
        for _row in sheet.iter_rows(values_only=True):
            pass


def measure(rows):
    data = workbook(rows)
    base = best(lambda: openpyxl_alone(data))
    preview = best(lambda: build_plan(read(data, "t.xlsx"), Target("Mitta")))
    names = iter(f"Kunta {n}" for n in range(ROUNDS))
    first = best(lambda: import_once(data, next(names)))
    again = best(lambda: import_once(data, "Kunta 0"))
    with CaptureQueriesContext(connection) as queries:
        import_once(data, "Kyselyt")
    yield f"{connection.vendor}, {rows} rows; openpyxl alone {base:.2f} s"
    yield f"preview {preview / base:.2f} x, import {first / base:.2f} x, unchanged again {again / base:.2f} x"
    yield f"queries of the first import: {len(queries)}"


def import_once(data, kunta):
    apply_plan(read(data, "t.xlsx"), Target(kunta), data=data, name="t.xlsx")


if __name__ == "__main__":
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        for rows in map(int, sys.argv[1:] or ("200", "2000")):
            print(*measure(rows), sep="\n  ")
    finally:
        teardown_databases(databases, verbosity=0)
