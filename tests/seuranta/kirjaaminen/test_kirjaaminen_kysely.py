"""The entry page asks for its own rows: the database reaches them by an index, however many kunnat it serves."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from seuranta.kirjaaminen.lue import build_rows
from seuranta.models import Kirjaus, Seurantajakso
from tests.cast import create_kirjaus, create_plan

READS_BY_INDEX = {"sqlite": r"SEARCH seuranta_kirjaus USING INDEX", "postgresql": r"Index Cond: .*jakso_id"}


@pytest.fixture
def _many_kunnat(cast):
    """2,500 kirjaukset of another kunta, and the database knows: among a few rows reading all is quickest."""
    strategia = cast.naapuri.strategia
    nimet = [(f"Toimenpide {numero}", "") for numero in range(50)]
    toimenpiteet = create_plan(strategia, {"Metsä": {"Metsän hoito": nimet}}, {})[2]
    Seurantajakso.objects.bulk_create(
        Seurantajakso(kunta=strategia.kunta, strategia=strategia, nimi=f"Jakso {numero}", jarjestys=numero)
        for numero in range(2, 52)
    )
    jaksot = strategia.jaksot.exclude(jarjestys=1)
    Kirjaus.objects.bulk_create(create_kirjaus(jakso, rivi, 3, "Kesken.") for jakso in jaksot for rivi in toimenpiteet)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@pytest.mark.usefixtures("_many_kunnat")
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
