"""`python -m tests.ohjelmat.taysi_levy FOLDER`: an installation on SQLite whose whole disk becomes full, and has room.

Prints as JSON what was answered when the disk was full and after, and how many messages the database holds.
"""

import json
import sys
from html import unescape
from pathlib import Path

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from strategia.models import Kunta, Palaute  # noqa: E402
from tests.levy import fill, make_room  # noqa: E402

FOLDER, TEKSTI = Path(sys.argv[1]), "Kerho ”alkoi” & jatkuu keväällä."


def send(client):
    answer = client.post("/palaute/", {"viesti": TEKSTI})
    told = unescape(answer.content.decode())
    return {"status": answer.status_code, "syy": "Palvelimen levy on täynnä" in told, "teksti": TEKSTI in told}


setup_test_environment()
call_command("migrate", verbosity=0, skip_checks=True)
Kunta.objects.create(nimi="Kirkkoranta", virallinen_nimi="Kirkkorannan kunta", genetiivi="Kirkkorannan")
connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
connection.close()
client = Client(raise_request_exception=False)
fill(FOLDER)
full = send(client)
connection.close()
make_room(FOLDER)
after = send(client)
whole = connection.cursor().execute("PRAGMA integrity_check").fetchone()[0]
print(json.dumps({"täynnä": full, "tilaa": after, "viestejä": Palaute.objects.count(), "kanta": whole}))
