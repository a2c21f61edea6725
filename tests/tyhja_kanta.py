"""The database of the tests as it was when its tables had been made: an installation that a test needs begins as that.

Making the tables takes ten seconds and copying them none. What an installation does where there is not even a table is
tried by those tests that say so.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg

from .ymparisto import JUURI

TALLELLA = "tyhja_kanta"  # of PostgreSQL, on the server of these tests


def keep(connection, folder):
    """To be called before the first test."""
    if connection.vendor == "postgresql":
        name = connection.settings_dict["NAME"]
        connection.close()
        connection.close_pool()  # nobody may be in it while it is copied
        run_as_admin(f'CREATE DATABASE "{TALLELLA}" TEMPLATE "{name}"')
        return
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(Path(folder) / f"{TALLELLA}.sqlite3")])


def copy_sqlite(folder, target):
    """Where these tests are on PostgreSQL it is made for the first who asks."""
    kept = Path(folder) / f"{TALLELLA}.sqlite3"
    if not kept.exists():
        own = {"DATABASE_URL": f"sqlite:///{kept}", "DJANGO_SETTINGS_MODULE": "tests.settings"}
        command = [sys.executable, "manage.py", "migrate", "--verbosity=0", "--skip-checks"]
        subprocess.run(command, cwd=JUURI, env=os.environ | own, check=True)
    shutil.copyfile(kept, target)


def run_as_admin(statement):
    folder = re.search("@/(.*)/", os.environ["DATABASE_URL"])[1]
    with psycopg.connect(f"host=/{folder} user=seuranta dbname=postgres", autocommit=True) as admin:
        admin.execute(statement)
