"""How dear an import is beside openpyxl's own reading of the same file: `python -m tests.benchmarks.tuonti [rows]`.

Measured is the processor's time: of this process, of the child that reads the file (its start not counted) and, on
PostgreSQL, of the server's process that serves us. The jobs take turns, and what counts is the median of the rounds'
own ratios, so that they hold on a machine that does other things too. DATABASE_URL chooses the database, which is
made anew and taken away. `--nopea` leaves out plain django-import-export, which takes most of the time.
"""

import gc
import io
import os
import statistics
import sys
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django  # noqa: E402
import openpyxl  # noqa: E402

django.setup()

import tablib  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import setup_databases, teardown_databases  # noqa: E402
from import_export import fields, resources, widgets  # noqa: E402

from seuranta.models import Kirjaus, Seurantajakso  # noqa: E402
from seuranta.taulukko.sandbox import Lapsi  # noqa: E402
from seuranta.tuonti.apply import apply_plan  # noqa: E402
from seuranta.tuonti.plan import Target, build_plan  # noqa: E402
from strategia.models import Kunta, Painopiste, Strategia, StrateginenTavoite, Toimenpide, Toimiala  # noqa: E402

OTSIKOT = ["Painopiste", "Strateginen tavoite", "Toimenpide", "Toimiala", "Toteutumisaste", "Kommentti"]
ROUNDS = 9
GOALS = {"preview": 2, "import": {"sqlite": 3, "postgresql": 4}, "again": 2}


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


class Clock:
    """Processor seconds of all who take part."""

    def __init__(self, child):
        self.pids = [child]
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                self.pids.append(cursor.fetchone()[0])

    def read(self):
        nanoseconds = sum(int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) for pid in self.pids)
        return time.process_time() + nanoseconds / 1e9

    def measure(self, function):
        gc.collect()  # what the job before left is not this one's
        start = self.read()
        function()
        return self.read() - start


def openpyxl_alone(data):
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    for sheet in book:
        for _row in sheet.iter_rows(values_only=True):
            pass


def measure(rows, *, with_plain):
    data = workbook(rows)
    with Lapsi() as lapsi:
        lapsi.read(b"Toimenpide;Toimiala\nTeko;Ala\n", "alku.csv")  # the child has started
        lapsi.read(workbook(1), "alku.xlsx")  # and has loaded what it reads with
        clock = Clock(lapsi.process.pid)
        names = (f"Kunta {rows} {number}" for number in range(1000))
        imported = next(names)
        import_once(lapsi, data, imported)
        jobs = {
            "openpyxl": lambda: openpyxl_alone(data),
            "preview": lambda: build_plan(lapsi.read(data, "t.xlsx"), Target("Mitta")),
            "import": lambda: import_once(lapsi, data, next(names)),
            "again": lambda: import_once(lapsi, data, imported),
        }
        rounds = [{name: clock.measure(job) for name, job in jobs.items()} for _round in range(ROUNDS)]
        counts = [count_statements(jobs["import"]), count_statements(jobs["again"])]
        best = {name: min(times[name] for times in rounds) for name in jobs}
        yield f"{connection.vendor}, {rows} rows; openpyxl alone {best['openpyxl']:.3f} s"
        for name in ("preview", "import", "again"):
            goal = GOALS[name] if name != "import" else GOALS[name][connection.vendor]
            ratio = statistics.median(times[name] / times["openpyxl"] for times in rounds)
            yield f"{name}: {best[name]:.3f} s, {ratio:.2f} x (goal {goal} x)"
        yield "statements: import {}, unchanged again {}".format(*counts)
        if not with_plain:
            return
        clear()
        start = clock.read()
        count = count_statements(lambda: import_plainly(data, next(names)))
        plain = clock.read() - start
        median = statistics.median(times["import"] for times in rounds)
        yield f"plain django-import-export: {plain:.2f} s and {count} statements; we are {plain / median:.0f} x faster"


def import_once(lapsi, data, kunta):
    apply_plan(lapsi.read(data, "t.xlsx"), Target(kunta), data=data, name="t.xlsx")


def count_statements(function):
    """Those that ask or write; savepoints are not counted."""
    statements = []

    def count(execute, sql, *rest):
        statements.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        function()
    return sum("SAVEPOINT" not in sql for sql in statements)


# --- the same table through django-import-export as its documentation tells: a resource for each model, relations
# found by their names and made in before_import_row, a transaction around it all


class ToimenpideResource(resources.ModelResource):
    nimi = fields.Field("nimi", "Toimenpide")
    toimiala = fields.Field("toimiala", "Toimiala", widgets.ForeignKeyWidget(Toimiala, "nimi"))
    tavoite = fields.Field("tavoite", "tavoite_id", widgets.ForeignKeyWidget(StrateginenTavoite))
    kunta = fields.Field("kunta", "kunta_id", widgets.ForeignKeyWidget(Kunta))

    class Meta:
        model = Toimenpide
        fields = ("nimi", "toimiala", "tavoite", "kunta")
        import_id_fields = ("nimi",)
        use_transactions = True

    def before_import_row(self, row, strategia, **_):
        kunta = strategia.kunta
        painopiste, _new = Painopiste.objects.get_or_create(kunta=kunta, strategia=strategia, nimi=row["Painopiste"])
        tavoite, _new = StrateginenTavoite.objects.get_or_create(
            kunta=kunta, painopiste=painopiste, nimi=row["Strateginen tavoite"]
        )
        Toimiala.objects.get_or_create(kunta=kunta, nimi=row["Toimiala"])
        row["tavoite_id"], row["kunta_id"] = tavoite.pk, kunta.pk


class KirjausResource(resources.ModelResource):
    jakso = fields.Field("jakso", "jakso_id", widgets.ForeignKeyWidget(Seurantajakso))
    toimenpide = fields.Field("toimenpide", "Toimenpide", widgets.ForeignKeyWidget(Toimenpide, "nimi"))
    toteutumisaste = fields.Field("toteutumisaste", "Toteutumisaste", widgets.IntegerWidget())
    syy = fields.Field("syy", "syy")
    kommentti = fields.Field("kommentti", "Kommentti")
    kunta = fields.Field("kunta", "kunta_id", widgets.ForeignKeyWidget(Kunta))

    class Meta:
        model = Kirjaus
        fields = ("jakso", "toimenpide", "toteutumisaste", "syy", "kommentti", "kunta")
        import_id_fields = ("toimenpide",)
        use_transactions = True

    def before_import_row(self, row, jakso, **_):
        row["jakso_id"], row["kunta_id"], row["syy"] = jakso.pk, jakso.kunta_id, ""


def clear():
    """The plain way finds rows by their names alone, so it needs a database that holds no others."""
    for model in (Kirjaus, Toimenpide, StrateginenTavoite, Painopiste, Toimiala):
        model.objects.all()._raw_delete(connection.alias)


def import_plainly(data, nimi):
    kunta = Kunta.objects.create(nimi=nimi, virallinen_nimi=nimi)
    strategia = Strategia.objects.create(kunta=kunta, nimi="Strategia")
    jakso = Seurantajakso.objects.create(kunta=kunta, strategia=strategia, nimi="Jakso 1", tila="avoinna")
    dataset = tablib.Dataset().load(data, format="xlsx")
    ToimenpideResource().import_data(dataset, raise_errors=True, strategia=strategia)
    KirjausResource().import_data(dataset, raise_errors=True, jakso=jakso)


if __name__ == "__main__":
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        for rows in [int(each) for each in sys.argv[1:] if each.isdigit()] or (200, 2000):
            print(*measure(rows, with_plain="--nopea" not in sys.argv), sep="\n  ")
    finally:
        teardown_databases(databases, verbosity=0)
