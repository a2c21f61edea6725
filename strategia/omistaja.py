"""The database as its owner, who migrates; what serves people has the application's role and knows no other."""

from contextlib import contextmanager

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections


@contextmanager
def as_owner():
    """While this lasts the connection is the owner's, where OMISTAJAN_DATABASE_URL names one; else nothing changes."""
    ours, owner = connections.databases[DEFAULT_DB_ALIAS], settings.OMISTAJAN_KANTA
    if owner:
        _connect_as(ours | owner | {"OPTIONS": ours["OPTIONS"] | owner.get("OPTIONS", {}) | {"pool": False}})
    try:
        yield
    finally:
        if owner:
            _connect_as(ours)


def _connect_as(database):
    """From now on; what was open is closed, with the pool of its process."""
    connection.close()
    if hasattr(connection, "close_pool"):
        connection.close_pool()
    connections.databases[DEFAULT_DB_ALIAS] = database
    del connections[DEFAULT_DB_ALIAS]
