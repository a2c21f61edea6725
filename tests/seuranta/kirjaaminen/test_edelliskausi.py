"""The first jakso of a new council term: beside each row what was last told of the one that it continues."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from seuranta.models import Kirjaus
from strategia.models import Strategia, Toimenpide
from tests.cast import create_jakso
from tests.silmin import tiivis
from tests.strategia.kausi.kopiointi import copy_plan, rows_of


@pytest.fixture
def uusi(cast, kaisa):
    return copy_plan(kaisa, cast.strategia)


@pytest.fixture
def jakso(uusi):
    return create_jakso(uusi, "Osavuosikatsaus I 2030", 1, 4, jarjestys=1)


def entry(client, jakso):
    return tiivis(client.get(reverse("seuranta:kirjaus-lista", args=[jakso.pk])).text)


def test_veikko_sees_what_was_reported_last_term_and_no_draft(cast, veikko, jakso):
    draft = {"kunta": cast.kunta, "jakso": cast.jakso, "toimenpide": cast.vayla}
    Kirjaus.objects.create(**draft, toteutumisaste=5, syy="", kommentti="Luonnos.", tila="luonnos")
    page = entry(veikko, jakso)
    assert "Edellisellä kaudella, Osavuosikatsaus I 2026:" in page
    assert "Suunnitelma valmis – kilpailu syksyllä." in page
    assert "Luonnos." not in page


def test_its_label_is_that_of_its_own_scale_and_nothing_is_copied_over_the_border(cast, veikko, uusi, jakso):
    Strategia.objects.filter(pk=cast.strategia.pk).update(asteikko={"2": "Suunnitteilla"})
    Strategia.objects.filter(pk=uusi.pk).update(asteikko={"2": "Puolivälissä"})
    page = entry(veikko, jakso)
    assert "<b>2 Suunnitteilla</b>" in page
    assert "Ei muutosta edelliseen" not in page


def test_what_the_old_plan_does_not_publish_is_not_told(cast, veikko, jakso):
    Strategia.objects.filter(pk=cast.strategia.pk).update(sarakkeet=[{"rooli": "kommentti", "piilossa": True}])
    assert "Suunnitelma valmis" not in entry(veikko, jakso)


def test_from_the_second_jakso_on_the_previous_is_of_the_plan_itself(cast, veikko, uusi, jakso):
    row = next(t for t in rows_of(uusi) if t.edeltaja_id == cast.vayla.pk)
    Kirjaus.objects.create(kunta=cast.kunta, jakso=jakso, toimenpide=row, toteutumisaste=3, syy="", kommentti="Uutta.")
    page = entry(veikko, create_jakso(uusi, "Osavuosikatsaus II 2030", 5, 8, jarjestys=2))
    assert "Uutta." in page
    assert "Suunnitelma valmis" not in page


def test_one_query_for_any_number_of_rows_and_none_where_nothing_continues(cast, veikko, jakso, uusi):
    path = reverse("seuranta:kirjaus-lista", args=[jakso.pk])

    def count():
        with CaptureQueriesContext(connection) as found:
            assert veikko.get(path).status_code == 200
        return len(found)

    count()
    all_of = count()
    rows = Toimenpide.objects.filter(tavoite__painopiste__strategia=uusi)
    rows.exclude(edeltaja=cast.vayla).update(edeltaja=None)
    assert count() == all_of
    rows.update(edeltaja=None)
    assert count() == all_of - 1
