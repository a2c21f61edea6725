"""Splitting a toimiala: what moves, who comes along, and what stays as it was."""

import pytest
from django.urls import reverse

from raportit.models import Raporttiversio
from seuranta.models import Kirjaus
from strategia.models import Jasenyys, Toimenpide, Toimiala
from tests.cast import create_user


@pytest.fixture
def jaa(cast):
    return reverse("strategia:toimiala-jaa", args=[cast.tekniset.pk])


def own_rows(cast, kirjautunut, who):
    page = kirjautunut(who).get(reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk])).text
    return [t for t in cast.toimenpiteet if f'id="t{t.pk}"' in page]


def toimialat_of(user):
    return set(Jasenyys.objects.filter(kayttaja=user).values_list("toimiala__nimi", flat=True))


def test_only_aino_splits_a_toimiala(cast, kirjautunut, jaa):
    data = {"toimenpiteet": [cast.vayla.pk], "uusi": "Kadut"}
    for who in (cast.kaisa, cast.veikko, cast.hilkka):
        assert kirjautunut(who).post(jaa, data).status_code == 403
    assert kirjautunut(cast.ulla).post(jaa, data).status_code == 404
    assert not Toimiala.objects.filter(nimi="Kadut").exists()


def test_a_part_moves_to_a_new_toimiala_with_its_people_and_history(cast, kirjautunut, jaa):
    data, kirjaukset = Raporttiversio.objects.get().data, list(Kirjaus.objects.order_by("pk").values_list())
    posted = {"toimenpiteet": [cast.vayla.pk], "uusi": "Kadut & reitit", "kayttajat": [cast.veikko.pk]}
    page = kirjautunut(cast.aino).post(jaa, posted, follow=True).text
    assert "1 toimenpide siirtyi toimialalle Kadut &amp; reitit." in page
    uusi = Toimiala.objects.get(nimi="Kadut & reitit")
    assert uusi.kunta == cast.kunta
    moved = Toimenpide.objects.get(pk=cast.vayla.pk)
    assert (moved.toimiala, moved.history.first().history_user) == (uusi, cast.aino)
    assert Raporttiversio.objects.get().data == data
    assert list(Kirjaus.objects.order_by("pk").values_list()) == kirjaukset
    assert toimialat_of(cast.veikko) == {"Tekniset palvelut", "Kadut & reitit"}
    assert toimialat_of(cast.hilkka) == {"Tekniset palvelut"}
    assert cast.vayla in own_rows(cast, kirjautunut, cast.veikko)
    assert cast.vayla not in own_rows(cast, kirjautunut, cast.hilkka)
    assert "Suunnitelma valmis – kilpailu syksyllä." in kirjautunut(cast.veikko).get(
        reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk])
    ).text  # fmt: skip


def test_who_is_named_on_a_moved_row_comes_along(cast, kirjautunut, jaa):
    pekka = create_user(cast.kunta, "Pekka Pitkänen", "raportoija", cast.tekniset)
    cast.vayla.vastuuhenkilot.add(pekka, through_defaults={"kunta": cast.kunta})
    kirjautunut(cast.aino).post(jaa, {"toimenpiteet": [cast.vayla.pk], "kohde": cast.hyvinvointi.pk})
    assert toimialat_of(pekka) == {"Tekniset palvelut", cast.hyvinvointi.nimi}
    assert toimialat_of(cast.veikko) == {"Tekniset palvelut"}
    assert own_rows(cast, kirjautunut, pekka)[0] == cast.vayla


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"toimenpiteet": []}, "Valitse ainakin yksi toimenpide."),
        ({"uusi": ""}, "Valitse toimiala listasta tai kirjoita uuden nimi, mutta vain toinen."),
        ({"uusi": "SIVISTYSPALVELUT"}, "Toimiala ”Sivistyspalvelut” on jo. Anna toinen nimi."),
        ({"toimenpiteet": ["kerho"]}, "Valitse jokin tarjotuista vaihtoehdoista."),
        ({"kayttajat": ["otso"]}, "Valitse jokin tarjotuista vaihtoehdoista."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_moves(values, sentence, cast, kirjautunut, jaa):
    known = {"kerho": cast.kerho.pk, "otso": cast.otso.pk}
    data = {"toimenpiteet": [cast.vayla.pk], "uusi": "Kadut"} | values
    data = {name: [known.get(v, v) for v in each] if isinstance(each, list) else each for name, each in data.items()}
    answer = kirjautunut(cast.aino).post(jaa, data)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert not Toimiala.objects.filter(nimi="Kadut").exists()
    assert Toimenpide.objects.get(pk=cast.vayla.pk).toimiala == cast.tekniset


@pytest.mark.parametrize("count", [25, 250])
def test_the_page_asks_as_few_queries_for_250_rows_as_for_25(count, cast, kirjautunut, jaa, django_assert_num_queries):
    Toimenpide.objects.bulk_create(
        Toimenpide(kunta=cast.kunta, tavoite=cast.tavoitteet[0], nimi=f"Teko {n}", toimiala=cast.tekniset)
        for n in range(count)
    )
    aino = kirjautunut(cast.aino)
    with django_assert_num_queries(7):
        assert aino.get(jaa).text.count("Teko ") == count
