"""The front page over 936,000 kirjaukset beside raw SQL of its figures: `python -m tests.benchmarks.etusivu [rows]`.

`rows`: toimenpiteet of one kunta (2,500), in jaksot with dates, among 303 others; `.ci/postgresissa` gives the
database. Prints the queries beside session and user, and ratios of one run on one machine.
"""

import os
import re
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django  # noqa: E402

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases  # noqa: E402

from seuranta.kirjaaminen.edistyminen import count_progress  # noqa: E402
from seuranta.models import Kirjaus  # noqa: E402
from tests.benchmarks.kuntia import build_kunnat  # noqa: E402

ROUNDS = 25
RAW = """
    SELECT COUNT(t.id), COUNT(CASE WHEN k.tila IN ('lahetetty', 'hyvaksytty') THEN 1 END),
           COUNT(CASE WHEN k.tila = 'lahetetty' THEN 1 END){more}
    FROM strategia_toimenpide t
    JOIN strategia_strateginentavoite v ON v.id = t.tavoite_id JOIN strategia_painopiste p ON p.id = v.painopiste_id
    LEFT JOIN seuranta_kirjaus k ON k.toimenpide_id = t.id AND k.jakso_id = %(jakso)s
    {before}
    WHERE p.strategia_id = %(strategia)s AND t.kunta_id = %(kunta)s
      AND ((t.voimassa_alkaen IS NULL OR t.voimassa_alkaen <= %(paattyy)s)
           AND (t.voimassa_asti IS NULL OR t.voimassa_asti >= %(alkaa)s) OR k.id IS NOT NULL)
"""
# The page tells also how many can be answered as in the jakso before: it reads the rows of that one too.
SAMOIN = """,
           COUNT(CASE WHEN (k.id IS NULL OR k.tila = 'ei_vastattu') AND e.tila IN ('lahetetty', 'hyvaksytty')
                       AND (e.toteutumisaste IS NOT NULL OR e.syy NOT IN ('', 'ei_vastattu'))
                       AND NOT EXISTS (SELECT 1 FROM seuranta_osavastaus o
                                       WHERE o.kirjaus_id = e.id AND o.toimiala_id IS NULL) THEN 1 END)"""
ENNEN = "LEFT JOIN seuranta_kirjaus e ON e.toimenpide_id = t.id AND e.jakso_id = %(ennen)s"


def median(function):
    times = []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        function()
        times.append(time.perf_counter() - start)
    return sorted(times)[ROUNDS // 2]


def measure(rows):
    cast = build_kunnat(own_rows=rows)
    jakso, kaisa = cast.jakso, cast.kaisa

    ids = {"jakso": jakso.pk, "strategia": jakso.strategia_id, "kunta": jakso.kunta_id, "ennen": jakso.edellinen().pk}
    ids |= {"alkaa": jakso.alkaa, "paattyy": jakso.paattyy}

    def raw(more="", before=""):
        with connection.cursor() as cursor:
            cursor.execute(RAW.format(more=more, before=before), ids)
            return cursor.fetchone()

    def all_of_them():
        return raw(SAMOIN, ENNEN)

    ours = count_progress(jakso, kaisa)
    told = tuple(ours[name] for name in ("kaikki", "lahetetty", "odottaa", "samoin"))
    assert all_of_them() == told and raw() == told[:-1], (all_of_them(), told)  # noqa: S101
    client = Client(headers={"host": "localhost"})
    client.force_login(kaisa)
    client.get("/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/")
    asked = [each["sql"] for each in queries if not re.search("strategia_istunto|SAVEPOINT|BEGIN|COMMIT", each["sql"])]
    base, short, own = median(all_of_them), median(raw), median(lambda: count_progress(jakso, kaisa))
    with CaptureQueriesContext(connection) as queries:
        count_progress(jakso, kaisa)
    sql = queries[-1]["sql"]

    def our_statement():
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()

    statement = median(our_statement)
    print(f"{Kirjaus.objects.count()} kirjausta, kunnalla {rows} toimenpidettä, {connection.vendor}")
    print(f"etusivun kyselyt istunnon rinnalla: {len(asked)}, niistä käyttäjä 1")
    print(f"etusivun luvut / raaka SQL: {own / base:.2f} ({own * 1000:.1f} ms / {base * 1000:.1f} ms)")
    print(f"  niiden lause yksin {statement / base:.2f}; raaka ilman samoin-lukua {short * 1000:.1f} ms")
    print(f"koko sivu: {median(lambda: client.get('/')) * 1000:.1f} ms")


if __name__ == "__main__":
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        measure(int(sys.argv[1]) if len(sys.argv) > 1 else 2_500)
    finally:
        teardown_databases(databases, verbosity=0)
