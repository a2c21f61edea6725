"""The rows of a table as lines of JSON, and back: equal on SQLite and PostgreSQL, to the microsecond."""

import datetime
import decimal
import json
import uuid
from base64 import b64encode

from django.db import connection

ERA = 2_000  # rows in memory at once
# Of the running installation, not of the data: sessions die with its SECRET_KEY.
OHITETTAVAT = {"strategia_istunto"}


def tables_of(apps):
    """[model] of every table that the code knows, in the order of their names: those of many-to-many too."""
    models = (model for model in apps.get_models(include_auto_created=True) if model._meta.managed)
    own = (model for model in models if not model._meta.proxy and model._meta.db_table not in OHITETTAVAT)
    return sorted(own, key=lambda model: model._meta.db_table)


def columns_of(model) -> list[str]:
    """By name: a model as the migrations tell it has its fields in another order."""
    return sorted(field.attname for field in model._meta.concrete_fields)


def dump_rows(rows):
    """[line of JSON] of each ERA rows of a queryset, by primary key: one list of values a row, as columns_of names."""
    batch = []
    values = rows.order_by("pk").values_list(*columns_of(rows.model))
    for row in values.iterator(chunk_size=ERA):
        batch.append(json.dumps(row, default=_plain, ensure_ascii=False, separators=(",", ":")))
        if len(batch) == ERA:
            yield batch
            batch = []
    if batch:
        yield batch


def canonical(line: str) -> bytes:
    """Equal for equal rows: PostgreSQL keeps the keys of JSON in an order of its own."""
    return json.dumps(json.loads(line), sort_keys=True).encode() + b"\n"


def _plain(value):
    """What JSON has no word for, as the text that the field's to_python reads."""
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, decimal.Decimal | uuid.UUID):
        return str(value)
    if isinstance(value, datetime.timedelta):
        return value.total_seconds()
    if isinstance(value, bytes | memoryview):
        return b64encode(value).decode()
    raise TypeError(f"{type(value).__name__}: {value!r}")


def load_rows(model, columns, lines):
    """Insert rows as they were: no save(), no default and no auto_now has a say. columns: of the lines."""
    by_attname = {field.attname: field for field in model._meta.concrete_fields}
    fields = [by_attname[name] for name in columns]
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in fields)
    marks = ", ".join("%s" for _field in fields)
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608  names of our own fields
    with connection.cursor() as cursor:
        cursor.executemany(sql, [_values(fields, json.loads(line)) for line in lines])


def _values(fields, row):
    return [
        field.get_db_prep_save(field.to_python(value), connection) for field, value in zip(fields, row, strict=True)
    ]
