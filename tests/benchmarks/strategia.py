"""The strategia's page and "Ei muutosta edelliseen" of 2,500 rows: `python -m tests.benchmarks.strategia [rows]`.

In a plan of four painopisteet and in one whose single painopiste has them all; for those who see all, for a raportoija
and for a councillor; the first page, the last, and narrowed to what stands still. There are 12 jaksot, and for the
other page one more in which nothing has been said. Prints the time of this process from
the request to the HTML, without session and user, and the queries; DATABASE_URL chooses the database, which is made
anew and taken away. Fails where the limit is passed.
"""

import os
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django  # noqa: E402

django.setup()

from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases  # noqa: E402

from seuranta.eteneminen.views import strategia_detail  # noqa: E402
from seuranta.models import Kirjaus, Seurantajakso  # noqa: E402
from seuranta.samoin.views import samoin  # noqa: E402
from strategia.models import TARJOTUT_NIMET, Painopiste, Strategia, StrateginenTavoite, Toimenpide  # noqa: E402
from tests.benchmarks.pyynto import make_request  # noqa: E402
from tests.cast import build_cast  # noqa: E402

RAJA = 0.150  # seconds
JAKSOJA, ROUNDS = 12, 9
KOMMENTTI = "Toimenpide etenee suunnitellusti, ja seuraavaksi kuullaan asukkaita. Kustannukset ovat ennallaan. " * 4


def fill(cast, rows, painopisteita):
    """A plan of the cast's kunta: its tavoitteet have 25 rows each, and all jaksot but the last are closed."""
    strategia = Strategia.objects.create(kunta=cast.kunta, nimi=f"Suuri {painopisteita}", asteikko=TARJOTUT_NIMET)
    tavoitteet = []
    for number in range(painopisteita):
        nimi = f"Painopiste {number}"
        painopiste = Painopiste.objects.create(kunta=cast.kunta, strategia=strategia, nimi=nimi, jarjestys=number)
        for place in range(rows // 25 // painopisteita):
            nimi = f"Tavoite {place}"
            row = {"kunta": cast.kunta, "painopiste": painopiste, "nimi": nimi, "jarjestys": place}
            tavoitteet.append(StrateginenTavoite.objects.create(**row))
    units = (cast.tekniset, cast.sivistys)
    teot = Toimenpide.objects.bulk_create(
        Toimenpide(
            kunta=cast.kunta,
            tavoite=tavoitteet[n * len(tavoitteet) // rows],
            toimiala=units[n % 2],
            nimi=f"Toimenpide {n}, jonka nimi on yhtä pitkä kuin kunnan omassa taulukossa",
            vastuu="Tekninen johtaja",
            jarjestys=n,
        )
        for n in range(rows)
    )
    jaksot = [_jakso(strategia, number) for number in range(JAKSOJA)]
    for jakso in jaksot:
        Kirjaus.objects.bulk_create(_kirjaus(jakso, teko, n) for n, teko in enumerate(teot))
    for jakso in jaksot[:-1]:
        jakso.tila = Seurantajakso.Tila.SULJETTU
        jakso.save()
    return strategia


def _jakso(strategia, number):
    tila = Seurantajakso.Tila.AVOINNA
    row = {"kunta": strategia.kunta, "strategia": strategia, "nimi": f"Jakso {number}", "jarjestys": number}
    return Seurantajakso.objects.create(**row, tila=tila)


def _kirjaus(jakso, teko, n):
    return Kirjaus(
        kunta_id=jakso.kunta_id,
        jakso=jakso,
        toimenpide=teko,
        tila=Kirjaus.Tila.LAHETETTY if jakso.jarjestys < JAKSOJA - 1 or n % 3 else Kirjaus.Tila.LUONNOS,
        toteutumisaste=1 + (n + jakso.jarjestys * (n % 4)) % 5,
        syy="",
        kommentti=KOMMENTTI,
    )


def best(user, view, pk, asked):
    """-> (seconds of this process at the shortest, characters, queries)"""
    times = []
    for _round in range(ROUNDS):
        request = make_request(user, "/", asked)
        start = time.process_time()
        with CaptureQueriesContext(connection) as queries:
            content = view(request, pk).content.decode()
        times.append(time.process_time() - start)
    return min(times), len(content), len(queries)


def measure(rows):
    cast, slowest = build_cast(), 0
    for painopisteita in (4, 1):
        strategia = fill(cast, rows, painopisteita)
        connection.cursor().execute("ANALYZE")
        print(f"{connection.vendor}, {rows} toimenpidettä, painopisteitä {painopisteita}, jaksoja {JAKSOJA}")
        for user in (cast.kaisa, cast.veikko, cast.liisa):
            for asked in ({}, {"sivu": -(-rows // 150)}, {"muutos": "ennallaan"}, {"haku": "toimenpide"}):
                slowest = max(slowest, tell(user, strategia_detail, strategia.pk, asked))
        uusi = _jakso(strategia, JAKSOJA)
        for user in (cast.kaisa, cast.veikko):
            slowest = max(slowest, tell(user, samoin, uusi.pk, {}))
    return slowest


def tell(user, view, pk, asked):
    seconds, length, queries = best(user, view, pk, asked)
    what = f"{view.__name__} {asked or ''}"
    print(f"  {user.nimi:18} {what:44} {seconds * 1000:4.0f} ms {queries} kyselyä {length} merkkiä")
    return seconds


if __name__ == "__main__":
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        slowest = measure(int(sys.argv[1]) if len(sys.argv) > 1 else 2_500)
    finally:
        teardown_databases(databases, verbosity=0)
    sys.exit(f"Hitain {slowest * 1000:.0f} ms, raja {RAJA * 1000:.0f} ms" if slowest > RAJA else 0)
