"""The flush that ends a transactional test: past the triggers, and without filling again what no test changes.

It deletes closed jaksot and raporttiversiot, which nothing may; so for that one transaction the triggers step aside.
What migrations fill, the names of models and of the rights to them, stays as it was made: to make it anew takes longer
than all else.
"""

from contextlib import contextmanager
from unittest.mock import patch

from django.core.management.commands import flush
from django.db import connection, transaction

import raportit.triggers
import seuranta.triggers
import strategia.triggers

TRIGGERS = (strategia.triggers.TRIGGERS, seuranta.triggers.TRIGGERS, raportit.triggers.TRIGGERS)
MIGRAATIOIDEN = ("django_content_type", "auth_permission")


@contextmanager
def own_flush():
    """To be entered before the first test."""
    operations = type(connection.ops)
    tyhjennys = Tyhjennys(operations.execute_sql_flush, flush.emit_post_migrate_signal)
    with (
        patch.object(operations, "execute_sql_flush", lambda self, sql_list: tyhjennys.empty(sql_list)),
        patch.object(flush, "emit_post_migrate_signal", tyhjennys.fill),
    ):
        yield


class Tyhjennys:
    def __init__(self, plain_flush, plain_fill):
        self._plain_flush, self._plain_fill = plain_flush, plain_fill
        self._made, self._stays = None, False

    def empty(self, sql_list):
        with transaction.atomic():
            self._stays = self._made is not None and self._made == _read_made()
            if connection.vendor == "postgresql":
                self._delete_all()
            else:
                self._flush_past_triggers(sql_list)

    def fill(self, *args, **kwargs):
        """What migrations fill, where it has been emptied or was not as they make it."""
        if not self._stays:
            self._plain_fill(*args, **kwargs)
            self._made = _read_made()

    def _delete_all(self):
        """What TRUNCATE does, without the new files that it makes for each table and index: a third of a second."""
        tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
        names = [connection.ops.quote_name(table) for table in tables if not self._keeps(table)]
        with connection.cursor() as cursor:
            # No trigger, neither ours nor a foreign key's.
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute("; ".join(f"DELETE FROM {name}" for name in names))  # noqa: S608

    def _flush_past_triggers(self, sql_list):
        for triggers in TRIGGERS:
            triggers.remove(connection)
        self._plain_flush(connection.ops, [sql for sql in sql_list if not self._keeps(sql.partition('"')[2])])
        for triggers in TRIGGERS:
            triggers.install(connection)

    def _keeps(self, table):
        return self._stays and table.startswith(MIGRAATIOIDEN)


def _read_made():
    """The rows of what migrations fill."""
    with connection.cursor() as cursor:
        rows = []
        for table in MIGRAATIOIDEN:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} ORDER BY id")  # noqa: S608
            rows.append(cursor.fetchall())
        return rows
