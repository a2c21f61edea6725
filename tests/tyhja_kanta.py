"""The database of the tests as it was when its tables had been made: an installation that a test needs begins as that.

Making the tables takes ten seconds and copying them none. What an installation does where there is not even a table is
tried by those tests that say so.
"""

import os
import re
import shutil
from pathlib import Path

import psycopg

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
    """Nothing is copied where these tests are on PostgreSQL."""
    kept = Path(folder) / f"{TALLELLA}.sqlite3"
    if kept.exists():
        shutil.copyfile(kept, target)


def run_as_admin(statement):
    folder = re.search("@/(.*)/", os.environ["DATABASE_URL"])[1]
    with psycopg.connect(f"host=/{folder} user=seuranta dbname=postgres", autocommit=True) as admin:
        admin.execute(statement)
