"""The entry page asks for its own rows: the database reaches them by an index, however many kunnat it serves."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from seuranta.kirjaaminen.lue import build_rows
from tests.cast import create_kirjaus

READS_BY_INDEX = {"sqlite": r"SEARCH seuranta_kirjaus USING INDEX", "postgresql": r"Index Cond: .*jakso_id"}


@pytest.fixture
def _no_seqscan(cast):
    """A test's few rows are quickest read all: what is asked here is whether the database could do otherwise."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")


@pytest.mark.usefixtures("_no_seqscan")
def test_kirjaukset_of_the_entry_page_are_found_by_the_index_of_their_jakso(cast):
    create_kirjaus(cast.jakso, cast.vayla, 3, "Väylä on puolivälissä.").save()
    with CaptureQueriesContext(connection) as asked:
        rows = build_rows(cast.jakso, cast.veikko)
    assert (rows[0].kirjaus.toteutumisaste, rows[0].edellinen.toteutumisaste) == (3, 2)
    plan = explain(next(q["sql"] for q in asked if 'FROM "seuranta_kirjaus"' in q["sql"]))
    of_kirjaukset = [line for line in plan if "seuranta_kirjaus" in line or "Cond" in line or "Filter" in line]
    assert any(re.search(READS_BY_INDEX[connection.vendor], line) for line in of_kirjaukset), plan
    assert not any("SCAN seuranta_kirjaus" in line or "Seq Scan on seuranta_kirjaus" in line for line in plan), plan
    assert not any("hashed SubPlan" in line for line in plan), plan


def explain(sql):
    """The lines of the plan that the database makes for the query."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{sql}")
        return [str(row[-1]) for row in cursor.fetchall()]
