"""What a test may ask of the machine it runs on."""

import os
from collections import defaultdict
from datetime import date
from pathlib import Path
from zlib import crc32

import pytest

JUURI = Path(__file__).resolve().parent.parent
SHARED = JUURI.parent / "shared"  # the municipalities' files and hostile ones; not part of the repository
CI = os.environ.get("CI", "").lower() in ("1", "true")
ON_POSTGRES = os.environ.get("DATABASE_URL", "").startswith("postgres")
OSIOITU = ON_POSTGRES and bool(os.environ.get("OSIOITU"))  # the tables are in parts by kunta: see osiointi.py

# In CI nothing is skipped: without the folder these tests run and fail.
needs_shared = pytest.mark.skipif(not SHARED.is_dir() and not CI, reason="aineistoa ei ole: ../shared")

VUOROTELLEN = os.environ.get("VUOROTELLEN") == "1"  # .ci/testit: the other database has the other files and pages
PAIVA = date.today().toordinal()  # the same to the end of the run

OSUUS = 20  # of the rounds one is run where not all are asked for
OSA = 10  # of a walk over pages a tenth
VUOROT = 3  # of the files that either database would do for PostgreSQL has a third: it takes twice as long for each


def kierrokset(kaikki):
    """How many rounds to run: all of them with KIERROKSET=kaikki, else a twentieth (at least one)."""
    return kaikki if on_kaikki() else max(1, kaikki // OSUUS)


def otanta(kohteet):
    """Which of many mutations to try: all of them with KIERROKSET=kaikki, else a twentieth, each day another one.

    Those of `paivan_osa` are a tenth already in `make test`: of them every second.
    """
    kohteet = list(kohteet)
    if on_kaikki():
        return kohteet
    turn, step = (PAIVA // OSA, OSUUS // OSA) if on_osana() else (PAIVA, OSUUS)
    return kohteet[turn % step :: step]


def paivan_osa(kohteet, laji=lambda kohde: ""):
    """Of a walk over pages, forms or addresses `make test` takes a tenth of each kind, at least one.

    Each day another tenth: in ten days it has walked all of it. With KIERROKSET=kaikki, and in a file that is run by
    hand, it is whole.
    """
    kohteet, sijat = list(kohteet), defaultdict(list)
    if not on_osana():
        return kohteet
    for sija, kohde in enumerate(kohteet):
        sijat[laji(kohde)].append(sija)
    chosen = set()
    for nimi, omat in sijat.items():
        turn = PAIVA + crc32(str(nimi).encode())
        chosen.update(omat[turn % min(OSA, len(omat)) :: OSA])
    return [kohteet[sija] for sija in sorted(chosen)]


def osuus(maara):
    """How many of so many `paivan_osa` has at least."""
    return maara // OSA if on_osana() else maara


def vuorossa(tavat, kohde):
    """Of ways to look at the same thing: all with KIERROKSET=kaikki, else one, for each thing another one each day."""
    tavat = list(tavat)
    if on_kaikki():
        return tavat
    return [tavat[(PAIVA + crc32(str(kohde).encode())) % len(tavat)]]


def on_vuorossa(tiedosto):
    """Is it this database's turn to run a file that either would do for? PostgreSQL has it every third day.

    Only where both halves run side by side (.ci/testit) and not all rounds are asked for: there nothing is left out.
    """
    if not on_osana():
        return True
    return ((PAIVA + crc32(str(tiedosto).encode())) % VUOROT == 0) == ON_POSTGRES


def on_osana():
    """Is this one of the two halves of `make test`, and not all of it asked for?"""
    return VUOROTELLEN and not on_kaikki()


def on_kaikki():
    """Are all rounds asked for?"""
    return os.environ.get("KIERROKSET") == "kaikki"


def kerro_osuus():
    """What a run says of itself: how much of the rounds and walks it holds, and how to get the rest."""
    if on_kaikki():
        return "Kierrokset: kaikki."
    if not on_osana():
        return f"Kierrokset: kilpailuista ja mutaatioista 1/{OSUUS}, sivut kokonaan. Kaikki: KIERROKSET=kaikki"
    return (
        f"Kierrokset: päivän osa, kilpailuista ja mutaatioista 1/{OSUUS}, sivut läpi kulkevista testeistä 1/{OSA}. "
        "Kaikki: make test KIERROKSET=kaikki"
    )
