"""A disk of eight megabytes that a test may fill: a real one, for a simulated fault fails where we thought it would."""

import errno
import os
import random
import subprocess
import tempfile
from contextlib import contextmanager
from html import unescape
from pathlib import Path

import pytest
from django.db import connection

from seuranta.models import Kirjaus

from .ymparisto import CI

KOKO = 8  # megabytes
TAYTE = "täyte"
SYY = "Palvelimen levy on täynnä"


@pytest.fixture
def levy():
    """The folder where it is mounted; gone after the test. Only root may mount: elsewhere skipped, but not in CI."""
    folder = Path(tempfile.mkdtemp(prefix="seuranta-levy-"))
    command = ["mount", "-t", "tmpfs", "-o", f"size={KOKO}m", "tmpfs", folder]
    mounted = subprocess.run(command, capture_output=True, text=True, check=False)
    if mounted.returncode:
        assert not CI, f"levyä ei saatu liitettyä: {mounted.stderr}"
        pytest.skip(f"levyä ei saa liittää: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)
    folder.rmdir()


@contextmanager
def tables_on(folder, *models):
    """PostgreSQL keeps the tables of these there, as long as it takes."""
    place, owner = folder / "taulut", Path(connection.settings_dict["HOST"]).stat()
    place.mkdir(mode=0o700)
    os.chown(place, owner.st_uid, owner.st_gid)
    tables = [model._meta.db_table for model in models]
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLESPACE pieni LOCATION '{place}'")
        try:
            for table in tables:
                cursor.execute(f"VACUUM FULL {table}")  # dead rows of earlier tests may be more than the disk holds
                cursor.execute(f"ALTER TABLE {table} SET TABLESPACE pieni")
            yield
        finally:
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} SET TABLESPACE pg_default")
            cursor.execute("DROP TABLESPACE pieni")


def fill(folder, *, leave=0):
    """Take all the room of the disk but `leave` bytes."""
    with (folder / TAYTE).open("wb", buffering=0) as filler:
        try:
            while True:
                filler.write(bytes(4096))
        except OSError as error:
            assert error.errno == errno.ENOSPC
        filler.truncate(filler.tell() - leave)


def make_room(folder):
    (folder / TAYTE).unlink()


def files_in(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file() and path.name != TAYTE)


# --- what is written meanwhile


def two_rows(cast):
    """Two rows of the open jakso as a browser sends them, each longer than a page of the database, and hard to pack."""
    fields = {}
    for toimenpide in cast.toimenpiteet[:2]:
        kommentti = f"Työ & tulos ”{toimenpide.pk}”: " + random.Random(toimenpide.pk).randbytes(12_000).hex()
        told = {"versio": 0, "aste": "4", "syy": "", "kommentti": kommentti, "sisainen_huomio": "Kysy Äijältä."}
        fields |= {f"t{toimenpide.pk}-{name}": value for name, value in told.items()}
    return fields


def say(answer, data):
    """[status, is it said why, is all that was typed still there]"""
    text = unescape(answer.content.decode())
    return [answer.status_code, SYY in text, all(each in text for each in data.values() if len(str(each)) > 1)]


def recorded(cast):
    """[kirjaukset, rows of their history] of the open jakso."""
    return [model.objects.filter(jakso=cast.jakso).count() for model in (Kirjaus, Kirjaus.history.model)]
