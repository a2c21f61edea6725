"""The cache of tries: a table of the database in which no two processes take the same place.

Django's own database cache would do all but that: two that find the same key worn out both write it, reading deletes
what another has just renewed, and a full table loses what still holds.
"""

import base64
import pickle
from datetime import timedelta

from django.core.cache.backends.db import DatabaseCache
from django.db import connections, router
from django.utils import timezone


class Yrityskanta(DatabaseCache):
    """`add` is one statement, decided by the table's primary key; nothing that holds is ever dropped for room."""

    def add(self, key, value, timeout, version=None):
        told = base64.b64encode(pickle.dumps(value, self.pickle_protocol)).decode("ascii")
        now = timezone.now()
        with self._cursor() as (cursor, table, moment):
            cursor.execute(
                f"INSERT INTO {table} AS vanha (cache_key, value, expires) VALUES (%s, %s, %s)"  # noqa: S608
                " ON CONFLICT (cache_key) DO UPDATE SET value = excluded.value, expires = excluded.expires"
                " WHERE vanha.expires <= %s RETURNING cache_key",
                [self.make_and_validate_key(key, version), told, moment(now + timedelta(seconds=timeout)), moment(now)],
            )
            return bool(cursor.fetchall())

    def get_many(self, keys, version=None):
        asked = {self.make_and_validate_key(key, version): key for key in keys}
        with self._cursor() as (cursor, table, moment):
            cursor.execute(
                f"SELECT cache_key, value FROM {table}"  # noqa: S608
                f" WHERE expires > %s AND cache_key IN ({', '.join(['%s'] * len(asked))})",
                [moment(timezone.now()), *asked],
            )
            return {asked[key]: pickle.loads(base64.b64decode(value)) for key, value in cursor.fetchall()}  # noqa: S301

    def drop_expired(self) -> int:
        with self._cursor() as (cursor, table, moment):
            cursor.execute(f"DELETE FROM {table} WHERE expires <= %s", [moment(timezone.now())])  # noqa: S608
            return cursor.rowcount

    def _cursor(self):
        return _Osoitin(connections[router.db_for_write(self.cache_model_class)], self._table)


class _Osoitin:
    """(cursor, the table's quoted name, how this database writes a moment), for as long as the statement takes."""

    def __init__(self, connection, table):
        self.connection, self.table = connection, connection.ops.quote_name(table)

    def __enter__(self):
        self.cursor = self.connection.cursor()
        return self.cursor, self.table, self.connection.ops.adapt_datetimefield_value

    def __exit__(self, *error):
        self.cursor.close()
