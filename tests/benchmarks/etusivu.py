"""The front page over 900,000 kirjaukset beside raw SQL of its figures: `python -m tests.benchmarks.etusivu [rows]`.

`rows`: toimenpiteet of one kunta (2,500); the 900,000 are shared by as many kunnat as they suffice for. Prints the
queries beside session and user, and a ratio of one run on one machine; DATABASE_URL chooses the database, which is
made anew and taken away.
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
from seuranta.models import Kirjaus, Seurantajakso  # noqa: E402
from strategia.models import Kunta, Painopiste, Rooli, Strategia, StrateginenTavoite, Toimenpide  # noqa: E402
from strategia.nimet import avain  # noqa: E402
from tests.cast import create_user  # noqa: E402

KAIKKI, JAKSOJA = 900_000, 12
ROUNDS = 25
RAW = """
    SELECT COUNT(t.id), COUNT(CASE WHEN k.tila IN ('lahetetty', 'hyvaksytty') THEN 1 END),
           COUNT(CASE WHEN k.tila = 'lahetetty' THEN 1 END)
    FROM strategia_toimenpide t
    JOIN strategia_strateginentavoite v ON v.id = t.tavoite_id JOIN strategia_painopiste p ON p.id = v.painopiste_id
    LEFT JOIN seuranta_kirjaus k ON k.toimenpide_id = t.id AND k.jakso_id = %s
    WHERE p.strategia_id = %s AND t.kunta_id = %s
"""


def fill(rows):
    """Kunnat of `rows` toimenpiteet in 12 jaksot, the last of them open -> the last kunta's open jakso."""
    tila = Seurantajakso.Tila
    for number in range(KAIKKI // JAKSOJA // rows):
        kunta = Kunta.objects.create(nimi=f"Kunta {number}", virallinen_nimi=f"Kunnan {number} kunta")
        strategia = Strategia.objects.create(kunta=kunta, nimi="Strategia")
        painopiste = Painopiste.objects.create(kunta=kunta, strategia=strategia, nimi="Kärki")
        tavoite = StrateginenTavoite.objects.create(kunta=kunta, painopiste=painopiste, nimi="Tavoite")
        nimet = [f"Teko {n}" for n in range(rows)]
        teot = Toimenpide.objects.bulk_create(
            Toimenpide(kunta=kunta, tavoite=tavoite, nimi=nimi, avain=avain(nimi)) for nimi in nimet
        )
        for n in range(JAKSOJA):
            last = n == JAKSOJA - 1
            jakso = Seurantajakso.objects.create(
                kunta=kunta,
                strategia=strategia,
                nimi=f"Jakso {n}",
                jarjestys=n,
                tila=tila.AVOINNA if last else tila.TULOSSA,
            )
            Kirjaus.objects.bulk_create(_kirjaus(jakso, teko, n) for n, teko in enumerate(teot))
    return jakso


def _kirjaus(jakso, teko, n):
    tila = Kirjaus.Tila.LAHETETTY if n % 2 else Kirjaus.Tila.LUONNOS
    return Kirjaus(
        kunta_id=jakso.kunta_id,
        jakso=jakso,
        toimenpide=teko,
        tila=tila,
        toteutumisaste=3,
        syy="",
        kommentti="Etenee. " * 20,
    )


def median(function):
    times = []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        function()
        times.append(time.perf_counter() - start)
    return sorted(times)[ROUNDS // 2]


def measure(rows):
    jakso = fill(rows)
    kaisa = create_user(jakso.kunta, "Kaisa Koivuniemi", Rooli.KOORDINAATTORI)
    connection.cursor().execute("ANALYZE")

    def raw():
        with connection.cursor() as cursor:
            cursor.execute(RAW, [jakso.pk, jakso.strategia_id, jakso.kunta_id])
            return cursor.fetchone()

    ours = count_progress(jakso, kaisa)
    assert raw() == (ours["kaikki"], ours["lahetetty"], ours["odottaa"]), (raw(), ours)  # noqa: S101
    client = Client(headers={"host": "localhost"})
    client.force_login(kaisa)
    client.get("/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/")
    asked = [each["sql"] for each in queries if not re.search("strategia_istunto|SAVEPOINT|BEGIN|COMMIT", each["sql"])]
    base, own = median(raw), median(lambda: count_progress(jakso, kaisa))
    print(f"{Kirjaus.objects.count()} kirjausta, kunnalla {rows} toimenpidettä, {connection.vendor}")
    print(f"etusivun kyselyt istunnon rinnalla: {len(asked)}, niistä käyttäjä 1")
    print(f"etusivun luvut / raaka SQL: {own / base:.2f} ({own * 1000:.1f} ms / {base * 1000:.1f} ms)")
    print(f"koko sivu: {median(lambda: client.get('/')) * 1000:.1f} ms")


if __name__ == "__main__":
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        measure(int(sys.argv[1]) if len(sys.argv) > 1 else 2_500)
    finally:
        teardown_databases(databases, verbosity=0)
