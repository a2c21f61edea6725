"""What was stored before texts were cleaned: cleaned by a migration, and what cannot be written is cleaned as read."""

from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse
from django.utils import timezone

from raportit.models import Saate
from raportit.osavuosikatsaus import build, from_json, to_json
from seuranta.models import Kirjaus, Tuonti
from seuranta.resources import KirjausResource
from strategia.models import Kunta, Toimenpide, Toimiala
from strategia.nimet import avain, searchable

LIKAINEN, PUHDAS = "Hyvin\x07 menee\x0bja\x96 jatkuu", "Hyvin menee\nja jatkuu"


def clean_stored_texts():
    """The migration's own code, with the models as it finds them; of their tables one is there no more."""
    state = MigrationExecutor(connection).loader.project_state(("raportit", "0005_puhdas_teksti"))
    state.remove_model("seuranta", "muistutus")
    import_module("raportit.migrations.0005_puhdas_teksti").clean_texts(state.apps, None)


def test_all_is_cleaned_before_a_table_of_it_is_taken_away(db):
    """An installation that has neither of the two yet would else clean a table that is gone."""
    plan = MigrationExecutor(connection).loader.graph.forwards_plan(("seuranta", "0016_ilmoitusviestit"))
    assert ("raportit", "0005_puhdas_teksti") in plan


def raw(table, column, pk):
    """What the database holds, past the models."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE id = %s", [pk])  # noqa: S608 -- the words are this test's
        return cursor.fetchone()[0]


def store(cast, likainen=LIKAINEN):
    kirjaus = Kirjaus.objects.create(
        kunta=cast.kunta, jakso=cast.jakso, toimenpide=cast.vayla, toteutumisaste=4, syy=""
    )
    Kirjaus.objects.filter(pk=kirjaus.pk).update(kommentti=likainen, haku=searchable(likainen))
    return kirjaus


def test_stored_texts_are_cleaned_with_the_keys_that_follow_them(cast):
    kirjaus = store(cast)
    Toimenpide.objects.filter(pk=cast.vayla.pk).update(nimi="Väy\x07lä", vastuu=LIKAINEN)
    Kunta.objects.filter(pk=cast.kunta.pk).update(tietosuojaseloste=LIKAINEN)
    Toimenpide.objects.filter(pk=cast.vayla.pk).update(sdg=["3\x07"])
    tuonti = Tuonti.objects.create(kunta=cast.kunta, tiedostonimi="a\x07.csv", muutokset={"a": ["b\x07"]})
    saate = Saate.objects.create(kunta=cast.kunta, jakso=cast.jakso, avaus=LIKAINEN)
    clean_stored_texts()
    assert raw("seuranta_kirjaus", "kommentti", kirjaus.pk) == PUHDAS
    assert raw("seuranta_kirjaus", "haku", kirjaus.pk) == searchable(PUHDAS)
    assert raw("strategia_toimenpide", "nimi", cast.vayla.pk) == "Väylä"
    assert raw("strategia_toimenpide", "avain", cast.vayla.pk) == avain("Väylä")
    assert raw("strategia_toimenpide", "vastuu", cast.vayla.pk) == PUHDAS
    assert Toimenpide.objects.get(pk=cast.vayla.pk).sdg == ["3"]
    assert raw("strategia_kunta", "tietosuojaseloste", cast.kunta.pk) == PUHDAS
    tuonti.refresh_from_db()
    assert (tuonti.tiedostonimi, tuonti.muutokset) == ("a.csv", {"a": ["b"]})
    assert raw("raportit_saate", "avaus", saate.pk) == PUHDAS


def test_names_that_become_one_are_told_apart(cast):
    Toimiala.objects.filter(pk=cast.sivistys.pk).update(nimi="Tekniset\x07 palvelut", avain="0" * 64)
    clean_stored_texts()
    names = {cast.tekniset.pk: "Tekniset palvelut", cast.sivistys.pk: "Tekniset palvelut (2)"}
    assert {pk: raw("strategia_toimiala", "nimi", pk) for pk in names} == names
    assert raw("strategia_toimiala", "avain", cast.sivistys.pk) == avain("Tekniset palvelut (2)")


@pytest.fixture
def suljettu(cast):
    """A kirjaus of a closed jakso that holds what nobody sees; the triggers would refuse it now."""
    kirjaus = Kirjaus.objects.filter(jakso=cast.edellinen, toimenpide=cast.vayla).get()
    type(cast.edellinen).objects.filter(pk=cast.edellinen.pk).update(tila="viimeistelyssa")
    Kirjaus.objects.filter(pk=kirjaus.pk).update(kommentti=LIKAINEN)
    Kirjaus.history.filter(id=kirjaus.pk).update(kommentti=LIKAINEN)
    type(cast.edellinen).objects.filter(pk=cast.edellinen.pk).update(tila="suljettu")
    return kirjaus


def test_a_kirjaus_of_a_closed_jakso_and_its_history_stay_and_are_read_clean(cast, suljettu, kirjautunut):
    clean_stored_texts()
    assert raw("seuranta_kirjaus", "kommentti", suljettu.pk) == LIKAINEN
    assert build(cast.edellinen, koottu=timezone.now()).rivit[0].kommentti == PUHDAS
    page = kirjautunut(cast.tarmo).get(reverse("seuranta:toimenpide-detail", args=[cast.vayla.pk])).text
    assert "\x07" not in page and "\x96" not in page and "Hyvin menee" in page


def test_what_is_copied_or_exported_of_a_closed_jakso_is_clean(cast, suljettu, kirjautunut):
    path = reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk])
    data = {f"t{cast.vayla.pk}-versio": "0", "ei_muutosta": str(cast.vayla.pk)}
    kirjautunut(cast.veikko).post(path, data)
    copied = Kirjaus.objects.get(jakso=cast.jakso, toimenpide=cast.vayla)
    assert raw("seuranta_kirjaus", "kommentti", copied.pk) == PUHDAS
    exported = KirjausResource().export(Kirjaus.objects.filter(pk=suljettu.pk))
    assert exported["Kommentti"] == [PUHDAS]


def test_a_frozen_report_is_shown_clean_and_its_bytes_stay(cast, kirjautunut):
    report = from_json(cast.versio.data)
    assert from_json(to_json(report)) == report
    told = cast.versio.data.replace("Suunnitelma valmis", "Suun\\u0007nitelma\\u000b val\x96mis")
    assert "\\u0007" in told
    assert "Suunnitelma\n valmis – kilpailu" in to_json(from_json(told)).replace("\\n", "\n")
