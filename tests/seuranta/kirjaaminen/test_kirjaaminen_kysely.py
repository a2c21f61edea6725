"""The entry page asks for its own rows: the database reaches them by an index, however many kunnat it serves."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from seuranta.kirjaaminen.lue import build_rows, list_places
from seuranta.models import Kirjaus, Seurantajakso
from tests.cast import create_kirjaus, create_plan

# The query names them by what they are to it: those of the jakso and those of the one before.
KIRJAUKSET = r"(seuranta_kirjaus|nyt|ennen|[TU]\d+)\b"
READS_BY_INDEX = {"sqlite": rf"SEARCH {KIRJAUKSET} USING INDEX", "postgresql": r"Index Cond: .*jakso_id"}
READS_ALL = rf"SCAN {KIRJAUKSET}|Seq Scan on seuranta_kirjaus"


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
        paikat = list_places(cast.jakso, cast.veikko)
        rows = build_rows(cast.jakso, cast.veikko, only=[paikka.pk for paikka in paikat])
    assert (rows[0].kirjaus.toteutumisaste, rows[0].edellinen.toteutumisaste) == (3, 2)
    assert len(asked) == 2
    for query in asked:
        plan = explain(query["sql"])
        assert any(re.search(READS_BY_INDEX[connection.vendor], line) for line in plan), plan
        assert not any(re.search(READS_ALL, line) for line in plan), plan
        assert not any(re.search(r"jakso_id.*hashed SubPlan", line) for line in plan), plan


def explain(sql):
    """The lines of the plan that the database makes for the query."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{sql}")
        return [str(row[-1]) for row in cursor.fetchall()]
