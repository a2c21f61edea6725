"""The entry page asks for its own rows: the database reaches them by an index, however many kunnat it serves."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from seuranta.kirjaaminen.lue import build_rows, list_places
from seuranta.models import Kirjaus, Seurantajakso
from seuranta.models.kirjaukset import Vastaus
from tests.cast import create_kirjaus, create_plan
from tests.ymparisto import OSIOITU

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
        assert OSIOITU or any(re.search(READS_BY_INDEX[connection.vendor], line) for line in plan), plan
        # of tables in parts one of few rows is rightly read whole
        assert OSIOITU or not any(re.search(READS_ALL, line) for line in plan), plan
        assert not any(re.search(r"jakso_id.*hashed SubPlan", line) for line in plan), plan


def explain(sql):
    """The lines of the plan that the database makes for the query."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{sql}")
        return [str(row[-1]) for row in cursor.fetchall()]


# --- saving

TRANSACTION, MITTARIT = r"SAVEPOINT|RELEASE|BEGIN|COMMIT", r'SELECT "strategia_(mittari|tavoitearvo)"'


def test_a_saved_row_asks_seven_things_session_and_user_included(cast, kirjautunut):
    """They are also the jakso, the row, its kirjaus, a line of history and that the jakso is open still.

    A strategia with mittarit asks two more: the row's measures and what they aim at.
    """
    veikko = kirjautunut(cast.veikko)
    for versio, aste in enumerate((3, 4, 5)):
        with CaptureQueriesContext(connection) as asked:
            answer = save(veikko, cast, aste=str(aste), versio=str(versio))
        told = [q["sql"] for q in asked if not re.match(TRANSACTION, q["sql"]) and not re.match(MITTARIT, q["sql"])]
        assert answer.status_code == 200
        assert len(told) == 7, told
    told = Kirjaus.history.filter(jakso=cast.jakso, toimenpide=cast.vayla).order_by("versio")
    assert list(told.values_list("versio", "toteutumisaste")) == [(1, 3), (2, 4), (3, 5)]


def save(client, cast, **values):
    pk = cast.vayla.pk
    told = {"aste": "", "syy": "", "kommentti": "Väylä etenee.", "sisainen_huomio": "", "versio": "0"} | values
    data = {f"t{pk}-{name}": value for name, value in told.items()} | {"rivi": pk}
    return client.post(reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk]), data, headers={"HX-Request": "true"})


@pytest.mark.parametrize("on_uusi", [True, False])
def test_a_row_that_another_wrote_since_it_was_read_is_not_written_over(on_uusi, cast):
    """The row is not locked when it is read: what became of it meanwhile is found by its versio, or by its key."""
    if not on_uusi:
        create_kirjaus(cast.jakso, cast.vayla, 2, "Alku.").save()
    seen = build_rows(cast.jakso, cast.veikko, only=[cast.vayla.pk])[0].kirjaus
    was = seen.versio
    Kirjaus.objects.record(cast.jakso, {cast.vayla: Vastaus(was, 4, kommentti="Hilkan.")}, by=cast.hilkka)
    mine = {cast.vayla: Vastaus(was, 3, kommentti="Veikon.")}
    saved, conflicts = Kirjaus.objects.record(cast.jakso, mine, by=cast.veikko, seen=seen)
    assert (saved, [theirs.kommentti for theirs, _mine in conflicts]) == ([], ["Hilkan."])
    assert Kirjaus.objects.get(jakso=cast.jakso, toimenpide=cast.vayla).kommentti == "Hilkan."
    assert (seen.kommentti, seen.versio) == ("" if on_uusi else "Alku.", was)


def test_an_approval_since_it_was_read_is_written_over_as_it_would_be(cast):
    kirjaus = create_kirjaus(cast.jakso, cast.vayla, 2, "Alku.")
    kirjaus.tila = Kirjaus.Tila.LAHETETTY
    kirjaus.save()
    seen = build_rows(cast.jakso, cast.veikko, only=[cast.vayla.pk])[0].kirjaus
    Kirjaus.objects.approve(cast.jakso, {kirjaus.pk: kirjaus.versio}, by=cast.hilkka)
    mine = {cast.vayla: Vastaus(seen.versio, 3, kommentti="Uusi.")}
    (saved,), conflicts = Kirjaus.objects.record(cast.jakso, mine, by=cast.veikko, seen=seen)
    assert (saved.kommentti, saved.tila, conflicts) == ("Uusi.", Kirjaus.Tila.LAHETETTY, [])
    assert saved.versio == seen.versio + 2
