"""Watches the database: every statement on a table of a kunta names the kunta.

An index on the kunta then bounds what is read, whatever else the statement says, and a database that is distributed by
kunta sends it to one place. What asks for a row by its own key needs no kunta: it reads that row.
"""

import re
import traceback
from functools import cache

from django.apps import apps
from django.conf import settings

# Where a statement may name none (a file, or a function of it) -> why.
POIKKEUKSET = {
    "strategia/henkilotieto.py": "everything that is kept of one person, by the person's own key in every table",
    "strategia/kayttaja/forms.py clean_email": "an address is one person's in the whole installation",
    "raportit/muutokset/historiasta.py _rows_of": "who wrote a row of history, by the person's own key",
    "django/db/models/deletion.py": "what goes with a row is Django's to find, by the index of the foreign key",
    "django/db/models/fields/related_descriptors.py _get_missing_target_ids": "a row's many to many, by the row's id",
    "django/db/models/fields/related_descriptors.py set": "a row's many to many, by the row's id",
}

_TABLE = re.compile(r'(?:FROM|JOIN|UPDATE|INTO) "(\w+)"')
_OF_KUNTA = re.compile(r'"kunta_id" (?:=|IN)|"strategia_kunta"\."id" =')


class Kunnittain:
    """An execute wrapper that keeps each statement that names no kunta -> {where of ours it is made: the statement}."""

    def __init__(self):
        self.found, self.watched = {}, 0

    def __call__(self, execute, sql, params, many, context):
        self.watched += bool(set(_TABLE.findall(sql)) & tables_of_kunta())
        if is_without_kunta(sql) and (where := where_asked()) and not _is_permitted():
            self.found.setdefault(where, sql)
        return execute(sql, params, many, context)


def is_without_kunta(sql):
    if not sql.startswith(("SELECT", "UPDATE", "DELETE", "WITH")) or _OF_KUNTA.search(sql):
        return False
    return bool(set(_TABLE.findall(sql)) & tables_of_kunta()) and not _is_by_own_key(sql)


def _is_by_own_key(sql):
    """Is the first table of the statement asked for by its primary key, one or many?"""
    first = _TABLE.search(sql).group(1)
    # The rows of many foreign keys at once Django asks for in brackets: WHERE ("id") IN ((1), (2)).
    return re.search(rf'WHERE .*"{first}"\."(?:id|session_key)"\)? (?:=|IN)', sql) is not None


@cache
def tables_of_kunta():
    """Every table with a kunta of its own, histories too."""
    return {m._meta.db_table for m in apps.get_models() if any(f.name == "kunta" for f in m._meta.get_fields())}


def _is_permitted():
    frames = traceback.extract_stack(limit=60)
    return any(
        f"{frame.filename} {frame.name}".endswith(told) or frame.filename.endswith(told)
        for frame in frames
        for told in POIKKEUKSET
    )


def where_asked():
    """The line of ours that asks and who called it; "" of a test's own."""
    ours = []
    for frame in traceback.extract_stack(limit=60):
        name = frame.filename.removeprefix(f"{settings.BASE_DIR}/")
        if name.startswith(("strategia/", "seuranta/", "raportit/")):
            ours.append(f"{name}:{frame.lineno} {frame.name}")
    return " < ".join(reversed(ours[-2:]))
