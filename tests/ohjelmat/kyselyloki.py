"""The settings of a server that writes a byte of each statement: "n" of the publication number's, "x" of another's."""

import os

from django.db.backends.signals import connection_created

from tests.palvelin import *  # noqa: F403

_LOKI = os.open(os.environ["KYSELYLOKI"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)


def _count(execute, sql, params, many, context):
    os.write(_LOKI, b"n" if "strategia_julkaisunumero" in sql else b"x")
    return execute(sql, params, many, context)


def _watch(connection, **_told):
    if _count not in connection.execute_wrappers:
        connection.execute_wrappers.append(_count)


connection_created.connect(_watch)
