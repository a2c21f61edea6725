"""`python -m tests.ohjelmat.taysi_levy FOLDER`: an installation on SQLite whose whole disk becomes full, and has room.

Its tables are there already. Prints as JSON what was answered when the disk was full and after, and what the database
then holds.
"""

import json
import sys
from pathlib import Path

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from django.urls import reverse  # noqa: E402

from strategia.models import Palaute  # noqa: E402
from tests.cast import build_cast  # noqa: E402
from tests.levy import fill, make_room, recorded, say, two_rows  # noqa: E402

FOLDER, TEKSTI = Path(sys.argv[1]), "Kerho ”alkoi” & jatkuu keväällä."


def send():
    """A message, and two rows."""
    sivu, data = reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk]), two_rows(cast)
    viesti = {"viesti": TEKSTI}
    return [say(veikko.post("/palaute/", viesti), viesti), say(veikko.post(sivu, data), data)]


setup_test_environment()
cast = build_cast()
veikko = Client(raise_request_exception=False)
veikko.force_login(cast.veikko)
connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
connection.close()
fill(FOLDER)
full = send()
connection.close()
make_room(FOLDER)
between = Palaute.objects.count(), recorded(cast)
after = send()
whole = connection.cursor().execute("PRAGMA integrity_check").fetchone()[0]
told = {"täynnä": full, "jäi": between, "tilaa": after, "kanta": whole}
print(json.dumps(told | {"tallessa": (Palaute.objects.count(), recorded(cast))}))
