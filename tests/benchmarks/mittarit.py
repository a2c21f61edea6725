"""How dear 2,500 measures of 12 jaksot are, every value filled and noted: a report, its page, and the entry page.

`python -m tests.benchmarks.mittarit [measures …]`. Measured is the processor's time of this process, the least of
five, on the test database of settings.
"""

import datetime
import os
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django  # noqa: E402

django.setup()

from django.db import connection  # noqa: E402
from django.template.loader import render_to_string  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases  # noqa: E402
from django.urls import reverse  # noqa: E402

from raportit.osavuosikatsaus import Rajaus, build, from_json, open_page, to_json  # noqa: E402
from seuranta.models import MittariArvo, Seurantajakso  # noqa: E402
from strategia.models import Kayttaja, Mittari, Rooli, Tavoitearvo, Toimenpide  # noqa: E402
from tests.raportit.rakenna import KOOTTU, kirjaa, rakenna  # noqa: E402

JAKSOJA, TOIMENPITEELLA, ROUNDS = 12, 5, 5
HUOMAUTUS = "Luku on asiakaspalvelun järjestelmästä, ja se vaihtelee."
GOALS = {"page_ms": 100, "any_page_ms": 150}  # of DESIGN §9


def make_jakso(count):
    """The latest of JAKSOJA jaksot of a plan with so many measures, five to a toimenpide."""
    rows = count // TOIMENPITEELLA
    jakso = rakenna([n % 5 + 1 for n in range(rows)], tavoitteessa=8, painopisteessa=47)
    Seurantajakso.objects.filter(pk=jakso.pk).update(jarjestys=JAKSOJA)
    told = {"kunta": jakso.kunta, "strategia": jakso.strategia}
    toimenpiteet = list(Toimenpide.objects.filter(kunta=jakso.kunta).order_by("pk"))
    mittarit = Mittari.objects.bulk_create(
        Mittari(
            **told,
            **{
                "toimenpide": toimenpiteet[n // TOIMENPITEELLA],
                "nimi": f"Mittari {n}: palvelun käyttäjiä",
                "jarjestys": n,
            },
            **{"yksikko": "kpl", "lahto_teksti": "10", "lahto_luku": 10, "lahto_vuosi": 2020},
        )
        for n in range(count)
    )
    Tavoitearvo.objects.bulk_create(
        Tavoitearvo(kunta=jakso.kunta, mittari=mittari, vuosi=2026, teksti=str(100 + n % 7), luku=100 + n % 7)
        for n, mittari in enumerate(mittarit)
    )
    earlier = [
        Seurantajakso.objects.create(
            **told, nimi=f"Jakso {n}", jarjestys=n, tila="avoinna", paattyy=datetime.date(2025, n, 28)
        )
        for n in range(1, JAKSOJA)
    ]
    for each in earlier:
        kirjaa(each, toimenpiteet, [3] * rows)
    for each in (*earlier, jakso):
        fill(each, mittarit)
    return Seurantajakso.objects.select_related("strategia__kunta").get(pk=jakso.pk)


def fill(jakso, mittarit):
    told = {"kunta": jakso.kunta, "jakso": jakso, "huomautus": HUOMAUTUS, "versio": 1}
    numbers = ((mittari, 50 + (n + jakso.pk) % 60) for n, mittari in enumerate(mittarit))
    values = (MittariArvo(**told, mittari=mittari, teksti=str(luku), luku=luku) for mittari, luku in numbers)
    MittariArvo.objects.bulk_create(values, batch_size=2000)


def measure(count):
    jakso = make_jakso(count)
    with CaptureQueriesContext(connection) as asked:
        raportti = build(jakso, koottu=KOOTTU, versio=1)
    text = to_json(raportti)
    yield f"{count} measures x {JAKSOJA} jaksoa; build {len(asked)} queries, {_best(_build, jakso)} ms"
    yield f"JSON out {_best(to_json, raportti)} ms, in {_best(from_json, text)} ms, {len(text) // 1024} KiB"
    yield f"whole, as in a file: {_best_page(text, whole=True)} ms"
    first, part = _best_page(text), _best_page(text, painopiste=True)
    yield f"page: first {first} ms, the longest painopiste {part} ms (goal {GOALS['page_ms']} ms of 2,000 rows)"
    yield from _measure_entry(jakso)


def _build(jakso):
    return build(jakso, koottu=KOOTTU, versio=1)


def _best_page(text, **which):
    return min(_render_page(from_json(text), **which) for _round in range(ROUNDS))


def _render_page(raportti, *, whole=False, painopiste=False):
    longest = max(raportti.painopisteet, key=lambda each: len(each.kaikki_mittarit)).nimi
    sivu = open_page(raportti, Rajaus(painopiste=longest) if painopiste else None)
    told = {"raportti": raportti} if whole else {"raportti": sivu.raportti, "sivu": sivu}
    return _ms(render_to_string, "raportit/osavuosikatsaus/raportti.html", told)


def _measure_entry(jakso):
    Seurantajakso.objects.filter(pk=jakso.pk).update(tila=Seurantajakso.Tila.AVOINNA)
    kaisa = Kayttaja.objects.create_user(
        f"{jakso.pk}@example.fi", nimi="Kaisa", kunta=jakso.kunta, rooli=Rooli.KOORDINAATTORI
    )
    client, address = Client(headers={"host": "localhost"}), reverse("seuranta:kirjaus-lista", args=[jakso.pk])
    client.force_login(kaisa)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    fields = answer.text.count('-versio" id=')
    told = f"{len(asked)} queries, {_best(client.get, address)} ms, {fields} rows and measures on it"
    yield f"entry page: {told}, {len(answer.content) // 1024} KiB (goal {GOALS['any_page_ms']} ms)"


def _best(act, *args):
    return min(_ms(act, *args) for _round in range(ROUNDS))


def _ms(act, *args):
    start = time.process_time()
    act(*args)
    return round((time.process_time() - start) * 1000)


def main():
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        for count in [int(each) for each in sys.argv[1:]] or (2500,):
            print(*measure(count), sep="\n  ", flush=True)
    finally:
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main()
