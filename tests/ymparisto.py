"""What a test may ask of the machine it runs on."""

import os
from datetime import date
from pathlib import Path
from zlib import crc32

import pytest

JUURI = Path(__file__).resolve().parent.parent
SHARED = JUURI.parent / "shared"  # the municipalities' files and hostile ones; not part of the repository
CI = os.environ.get("CI", "").lower() in ("1", "true")
ON_POSTGRES = os.environ.get("DATABASE_URL", "").startswith("postgres")

# In CI nothing is skipped: without the folder these tests run and fail.
needs_shared = pytest.mark.skipif(not SHARED.is_dir() and not CI, reason="aineistoa ei ole: ../shared")

VUOROTELLEN = os.environ.get("VUOROTELLEN") == "1"  # .ci/testit: the other database has the other files

OSUUS = 20  # of the rounds one is run where not all are asked for


def kierrokset(kaikki):
    """How many rounds to run: all of them with KIERROKSET=kaikki, else a twentieth (at least one)."""
    return kaikki if on_kaikki() else max(1, kaikki // OSUUS)


def otanta(kohteet):
    """Which of many mutations to try: all of them with KIERROKSET=kaikki, else a twentieth, each day another one."""
    kohteet = list(kohteet)
    if on_kaikki():
        return kohteet
    return kohteet[date.today().toordinal() % OSUUS :: OSUUS]


def jaettu(kohteet):
    """Of a walk over pages that no database changes: all with KIERROKSET=kaikki, else half on each of the two.

    `make test` runs both, so nothing is left out there.
    """
    kohteet = list(kohteet)
    return kohteet if on_kaikki() else kohteet[ON_POSTGRES::2]


def vuorossa(tavat, kohde):
    """Of ways to look at the same thing: all with KIERROKSET=kaikki, else one, for each thing another one each day."""
    tavat = list(tavat)
    if on_kaikki():
        return tavat
    return [tavat[(date.today().toordinal() + crc32(str(kohde).encode())) % len(tavat)]]


def on_vuorossa(tiedosto):
    """Is it this database's turn to run a file that either would do for? Today one has it, tomorrow the other.

    Only where both halves run side by side (.ci/testit) and not all rounds are asked for: there nothing is left out.
    """
    if not VUOROTELLEN or on_kaikki():
        return True
    return (date.today().toordinal() + crc32(str(tiedosto).encode())) % 2 == ON_POSTGRES


def on_kaikki():
    """Are all rounds asked for?"""
    return os.environ.get("KIERROKSET") == "kaikki"
