"""Rows of values -> new rows of a table, in one statement whatever their number.

bulk_create makes an object of every row and prepares every field of it anew, which for an import costs three times
what the database does. Constraints, defaults of the fields and triggers hold as they do there.
"""

import json
import uuid
from decimal import Decimal
from functools import lru_cache
from itertools import chain

from django.db import connection, models

from strategia.fields import AvainField, HakuField


def insert_rows(model, names: list[str], rows: list[tuple]) -> list[int]:
    """Insert the rows, values in the order of the attributes `names`; returns their ids in the order of the rows.

    What is not named gets its field's default. A field that computes itself (avain, haku) has to be named.
    """
    if not rows:
        return []
    fields = {field.attname: field for field in model._meta.concrete_fields if not field.primary_key}
    given = [fields.pop(name) for name in names]
    for field in fields.values():
        if isinstance(field, AvainField | HakuField) or getattr(field, "auto_now_add", False):
            raise TypeError(f"{field} computes itself: give its value")
    own = [field for field in fields.values() if field.unique]  # a default that no two rows share
    fields = [field for field in fields.values() if not field.unique]
    defaults = tuple(field.get_default() for field in fields)
    insert = {"sqlite": _insert_into_sqlite, "postgresql": _insert_into_postgresql}[connection.vendor]
    return insert(
        model, [*given, *fields, *own], [(*row, *defaults, *(field.get_default() for field in own)) for row in rows]
    )


def _insert_into_sqlite(model, fields, rows):
    """The transaction holds the only right to write, so the ids that come next are ours to give."""
    prepare = [(number, _TO_SQLITE[type(field)]) for number, field in enumerate(fields, 1) if type(field) in _TO_SQLITE]
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])
        last = (cursor.fetchone() or [0])[0]
        values = []
        for pk, row in enumerate(rows, last + 1):
            cells = [pk, *row]
            for number, make in prepare:
                if cells[number] is not None:
                    cells[number] = make(cells[number])
            values.append(cells)
        into = f"INSERT INTO {_table(model)} ({_columns([model._meta.pk, *fields])}) VALUES "  # noqa: S608 -- our names
        _insert_many(cursor, into, values)
    return list(range(last + 1, last + 1 + len(rows)))


def _insert_many(cursor, start, values):
    """As many rows in a statement as SQLite takes: a statement for each begins its trigger anew, in twice the time."""
    marks = "({})".format(", ".join(["%s"] * len(values[0])))
    size = connection.features.max_query_params // len(values[0])
    whole = len(values) - len(values) % size
    batches = [list(chain.from_iterable(values[first : first + size])) for first in range(0, whole, size)]
    if batches:
        cursor.executemany(start + ", ".join([marks] * size), batches)
    if rest := values[whole:]:
        cursor.execute(start + ", ".join([marks] * len(rest)), list(chain.from_iterable(rest)))


_TO_SQLITE = {
    models.JSONField: lambda value: json.dumps(value) if value else "[]" if value == [] else "{}",
    models.UUIDField: lambda value: value.hex,
    models.DateField: lambda value: value.isoformat(),
    models.DateTimeField: lru_cache(maxsize=8)(lambda value: connection.ops.adapt_datetimefield_value(value)),
}


def _insert_into_postgresql(model, fields, rows):
    """The rows travel as JSON; the sequence gives ids in the order of the rows, so the smallest is the first's."""
    table, columns = _table(model), _columns(fields)
    names = ", ".join(f"c{number}" for number in range(len(fields)))
    types = ", ".join(f"c{number} {field.db_type(connection)}" for number, field in enumerate(fields))
    told = [dict(zip(names.split(", "), row, strict=True), n=number) for number, row in enumerate(rows)]
    statement = (  # every part of it is a name of ours; what varies is a parameter
        f"INSERT INTO {table} ({columns}) SELECT {names} FROM "  # noqa: S608
        f"json_to_recordset(%s::json) AS r(n integer, {types}) ORDER BY n RETURNING {_columns([model._meta.pk])}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [json.dumps(told, default=_to_json)])
        return sorted(pk for (pk,) in cursor.fetchall())


def update_rows(model, names, objects):
    """Write these fields of rows that are there. PostgreSQL is told the kunta of each: a table may be divided by it."""
    if connection.vendor == "sqlite":
        model.objects.bulk_create(objects, update_conflicts=True, unique_fields=["id"], update_fields=names)
        return
    fields = [model._meta.get_field(name) for name in names]
    types = ", ".join(f"c{number} {field.db_type(connection)}" for number, field in enumerate(fields))
    put = ", ".join(f"{_columns([field])} = r.c{number}" for number, field in enumerate(fields))
    told = [
        {f"c{number}": field.pre_save(each, add=False) for number, field in enumerate(fields)}
        | {"id": each.pk, "kunta_id": each.kunta_id}
        for each in objects
    ]
    statement = (  # every part of it is a name of ours; what varies is a parameter
        f"UPDATE {_table(model)} t SET {put} FROM "  # noqa: S608
        f"json_to_recordset(%s::json) AS r(id bigint, kunta_id bigint, {types}) "
        "WHERE t.id = r.id AND t.kunta_id = r.kunta_id"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [json.dumps(told, default=_to_json)])


def _to_json(value):
    return str(value) if isinstance(value, Decimal | uuid.UUID) else value.isoformat()


def _table(model):
    return connection.ops.quote_name(model._meta.db_table)


def _columns(fields):
    return ", ".join(connection.ops.quote_name(field.column) for field in fields)
