"""The test database as the application's role: what it may not do is refused, as on a server with two roles."""

import os
from contextlib import contextmanager

import psycopg
from django.core.management import call_command
from django.db import connections
from django.test import override_settings

from strategia.omistaja import _connect_as

from .ymparisto import OSIOITU

ROOLI = f"sovellus_{os.getpid()}"  # roles are the server's, not the database's: one for each run


@contextmanager
def as_application():
    """While this lasts the connection is the application's role's; the role is made first, by its command."""
    owners = connections.databases["default"]
    omistaja = {key: owners[key] for key in ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT")}
    with override_settings(OMISTAJAN_KANTA=omistaja):
        _connect_as(owners | {"USER": ROOLI, "PASSWORD": "salainen"})
        try:
            call_command("kantaroolit", verbosity=0)
            if OSIOITU:  # before PostgreSQL 17 a table in parts has no identity column, only a sequence of its own
                _let_use_sequences(omistaja)
            yield
        finally:
            _connect_as(owners)


def _let_use_sequences(omistaja):
    with connect(omistaja["USER"]) as own:
        for (table,) in own.execute("SELECT relname FROM pg_class WHERE relkind = 'p'").fetchall():
            own.execute(f"GRANT USAGE ON SEQUENCE {table}_id_seq TO {ROOLI}")


def connect(user=ROOLI, **others):
    """A connection of its own, past Django, each statement at once."""
    database = connections.databases["default"]
    names = {"dbname": "NAME", "host": "HOST", "port": "PORT"}
    known = {name: database[key] for name, key in names.items() if database[key]} | others
    return psycopg.connect(user=user, autocommit=True, **known)
