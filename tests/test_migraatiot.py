"""Each migration back and forth: the schema comes back, its triggers too, and no row loses what both sides have."""

import re

import pytest
from django.db.migrations.operations import RunPython, RunSQL

from tests.cast import build_cast
from tests.migraatiot import add_rows, apply, changed_tables, list_ours, read_rows, read_schema, unapply
from tests.ymparisto import ON_POSTGRES, on_kaikki

VIIMEISET, SQLITEN_VIIMEISET = 4, 12  # so many of the newest are walked: where not all are asked for, and on SQLite


@pytest.mark.vain_kokonaisina
@pytest.mark.django_db(transaction=True)
def test_each_migration_goes_back_and_forth():
    """Going back takes away what the migration brought, and forth brings it empty: what else there is stays."""
    add_rows(build_cast(), 10_000 if on_kaikki() else 200)
    walked = list_ours() if on_kaikki() and ON_POSTGRES else list_ours()[-_newest() :]
    rows, schemas, changed = read_rows(read_schema()), [], {}

    def step(act, migration, state):
        nonlocal rows
        before = rows
        act(migration, state)
        schema = read_schema()
        rows = read_rows(schema)
        if found := changed_tables(before, rows):
            changed[act.__name__, str(migration)] = found
        return schema

    try:
        for migration, state in reversed(walked):
            schemas.append(read_schema())
            step(unapply, migration, state)
    finally:
        done = walked[-len(schemas) :]
        restored = {str(migration): step(apply, migration, state) for migration, state in done}
    wrong = {
        name: differing(schema, was)
        for (name, schema), was in zip(restored.items(), reversed(schemas), strict=True)
        if schema != was
    }
    assert len(done) == len(walked) and (wrong, changed) == ({}, {})


def _newest():
    """SQLite rebuilds a table for each change of it: all of them took ten minutes, and differed in nothing."""
    return SQLITEN_VIIMEISET if on_kaikki() else VIIMEISET


def differing(schema, was):
    """[(table, part)] that are not the same."""
    tables = schema.keys() | was.keys()
    parts = ("sarakkeet", "rajoitteet", "liipaisimet")
    return [(t, p) for t in sorted(tables) for p in parts if schema.get(t, {}).get(p) != was.get(t, {}).get(p)]


@pytest.mark.django_db
def test_a_migration_that_goes_back_without_undoing_tells_what_stays():
    """Its docstring says what was cleaned or made, and that going back leaves it so."""
    silent = []
    for migration, _state in list_ours():
        acts = [each for each in migration.operations if isinstance(each, RunPython | RunSQL)]
        noop = (RunPython.noop, RunSQL.noop)
        undone = [getattr(each, "reverse_code", None) or getattr(each, "reverse_sql", None) for each in acts]
        told = __import__(type(migration).__module__, fromlist=["x"]).__doc__ or ""
        if any(each in noop for each in undone) and not re.search("Going back|Back again", told):
            silent.append(str(migration))
    assert silent == []
