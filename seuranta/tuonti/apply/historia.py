"""Objects just written -> their history rows, in one statement whatever their number.

django-simple-history makes every history row in Python, which for an import costs more than the import itself.
What it would write is what the table already holds: the database copies it.
"""

import json

from django.db import connection
from django.utils import timezone

_CHOSEN = {
    "sqlite": "IN (SELECT value FROM json_each(%s))",
    "postgresql": "IN (SELECT value::bigint FROM jsonb_array_elements_text(%s::jsonb))",
}


def copy_to_history(model, ids, *, kind, reason, by):
    """Keep these objects as they now stand in model.history. kind: "+" made, "~" changed."""
    history = model.history.model
    own = {field.name for field in model._meta.concrete_fields}
    columns = [field.column for field in history._meta.concrete_fields if field.name in own]
    quoted = ", ".join(connection.ops.quote_name(column) for column in columns)
    table, source = (connection.ops.quote_name(m._meta.db_table) for m in (history, model))
    statement = (  # every part of it is a name of ours; what varies is a parameter
        f"INSERT INTO {table} ({quoted}, history_date, history_type, history_change_reason, history_user_id) "  # noqa: S608
        f"SELECT {quoted}, %s, %s, %s, %s FROM {source} WHERE id {_CHOSEN[connection.vendor]}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [timezone.now(), kind, reason, by.pk if by else None, json.dumps(list(ids))])
