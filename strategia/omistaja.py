"""The database as its owner, who migrates; what serves people has the application's role and knows no other."""

from contextlib import contextmanager

from django.conf import settings
from django.core.management.base import CommandError
from django.db import DEFAULT_DB_ALIAS, OperationalError, connection, connections

SOVELLUS = "SOVELLUKSEN_ROOLI"  # a word of ours in the connection's settings: it is the owner's now


@contextmanager
def as_owner():
    """While this lasts the connection is the owner's -> the application's role, which it is otherwise.

    "" where OMISTAJAN_DATABASE_URL names nobody: then nothing changes. Inside another it stays as it is.
    Raises CommandError where the database lets nobody in.
    """
    ours, owner = connections.databases[DEFAULT_DB_ALIAS], settings.OMISTAJAN_KANTA
    if not owner or SOVELLUS in ours:
        reach("DATABASE_URL")
        yield ours.get(SOVELLUS, "")
        return
    options = ours["OPTIONS"] | owner.get("OPTIONS", {}) | {"pool": False}
    _connect_as(ours | owner | {"OPTIONS": options, SOVELLUS: ours["USER"]})
    try:
        reach("OMISTAJAN_DATABASE_URL")
        yield ours["USER"]
    finally:
        _connect_as(ours)


def reach(muuttuja, neuvo="Tarkista osoite ja salasana, ja että palvelin on käynnissä ja tietokanta tehty."):
    """Open the connection, or say of which variable it is and what to do."""
    try:
        connection.ensure_connection()
    except OperationalError as error:
        told = " ".join(str(error).split())  # it names the role and the server, never the password
        raise CommandError(f"Tietokantaan ei saada yhteyttä ({muuttuja}): {told}\n{neuvo}") from error


def _connect_as(database):
    """From now on; what was open is closed, with the pool of its process."""
    connection.close()
    if hasattr(connection, "close_pool"):
        connection.close_pool()
    connections.databases[DEFAULT_DB_ALIAS] = database
    del connections[DEFAULT_DB_ALIAS]
