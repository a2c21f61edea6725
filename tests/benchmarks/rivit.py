"""What a row costs on the pages and in the file that go through all of them: `python -m tests.benchmarks.rivit [rows]`.

`rows`: toimenpiteet of one kunta (2,500), in 12 jaksot; `.ci/postgresissa` gives the database. Measured is the
processor's time of this process, the least of some rounds. With a part of a name after the rows ("luonnos") the profile
of that job is printed too.
"""

import cProfile
import os
import pstats
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django  # noqa: E402

django.setup()

from django.test import Client  # noqa: E402
from django.test.utils import setup_databases, teardown_databases  # noqa: E402

from raportit.muodot import render_report  # noqa: E402
from raportit.osavuosikatsaus import build, from_json, to_json  # noqa: E402
from seuranta.jakso.havainnot import check_before_closing  # noqa: E402
from seuranta.muistutus.tilanne import build_tilanne  # noqa: E402
from tests.benchmarks.kuntia import build_kunnat  # noqa: E402
from tests.raportit.rakenna import KOOTTU  # noqa: E402

ROUNDS, SHOWN = 5, 45


def list_jobs(cast):
    """{what: the work}"""
    jakso, client = cast.jakso, Client(headers={"host": "localhost"})
    client.force_login(cast.kaisa)
    text = to_json(build(jakso, koottu=KOOTTU))
    pages = {"jakson sivu": "", "tarkistussivu": "tarkista/", "sulkemissivu": "sulje/"}
    addresses = {name: f"/jaksot/{jakso.pk}/{end}" for name, end in pages.items()}
    addresses["luonnos.xlsx"] = f"/jaksot/{jakso.pk}/luonnos.xlsx"
    return {
        "raportti kannasta": lambda: build(jakso, koottu=KOOTTU),
        "raportti taulukoksi": lambda: render_report(from_json(text), "xlsx"),
        "tarkistukset": lambda: check_before_closing(jakso),
        "vastaustilanne": lambda: build_tilanne(jakso),
        **{name: lambda address=address: _get(client, address) for name, address in addresses.items()},
    }


def _get(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)  # noqa: S101
    return answer.getvalue()


def measure(rows, profiled):
    cast = build_kunnat(own_rows=rows, muita=0)
    for name, work in list_jobs(cast).items():
        work()
        least = min(_seconds(work) for _round in range(ROUNDS))
        print(f"{name:<20} {least * 1000:7.0f} ms  {least * 1000 / rows:.3f} ms riviltä", flush=True)
        if profiled and profiled in name:
            _profile(work)


def _seconds(work):
    start = time.process_time()
    work()
    return time.process_time() - start


def _profile(work):
    profile = cProfile.Profile(time.process_time)
    profile.runcall(work)
    for order in ("tottime", "cumtime"):
        pstats.Stats(profile).sort_stats(order).print_stats(SHOWN)


if __name__ == "__main__":
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        measure(int(sys.argv[1]) if len(sys.argv) > 1 else 2_500, sys.argv[2] if len(sys.argv) > 2 else "")
    finally:
        teardown_databases(databases, verbosity=0)
