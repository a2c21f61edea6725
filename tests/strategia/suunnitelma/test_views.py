"""The strategy tree and giving toimenpiteet their toimiala."""

import pytest
from django.urls import reverse

from strategia.models import Toimiala


@pytest.fixture
def anna(cast):
    return reverse("strategia:toimiala-anna", args=[cast.strategia.pk])


def test_veikko_may_look_at_the_tree_but_not_give_toimialat(cast, kirjautunut, anna):
    veikko = kirjautunut(cast.veikko)
    page = veikko.get(reverse("strategia:strategia-detail", args=[cast.strategia.pk])).text
    assert "Turvalliset koulutiet" in page
    assert "Anna toimialoja" not in page
    assert veikko.post(anna, {"toimenpiteet": [cast.ranssi.pk], "toimiala": cast.tekniset.pk}).status_code == 403


def test_kaisa_gives_a_toimiala_and_veikko_gets_the_row(cast, kirjautunut, anna):
    kaisa = kirjautunut(cast.kaisa)
    assert "Ränssin koulu" in kaisa.get(anna).text
    answer = kaisa.post(anna, {"toimenpiteet": [cast.ranssi.pk], "toimiala": cast.tekniset.pk}, follow=True)
    assert "1 toimenpide sai toimialan Tekniset palvelut." in answer.text
    cast.ranssi.refresh_from_db()
    assert cast.ranssi.toimiala == cast.tekniset
    assert cast.ranssi.history.first().history_user == cast.kaisa
    path = reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk])
    assert "Ränssin koulu" in kirjautunut(cast.veikko).get(path).text


def test_a_new_toimiala_can_be_made_on_the_way(cast, kirjautunut, anna):
    kirjautunut(cast.kaisa).post(anna, {"toimenpiteet": [cast.ranssi.pk], "uusi_toimiala": "Tilat & ympäristö"})
    cast.ranssi.refresh_from_db()
    assert cast.ranssi.toimiala.nimi == "Tilat & ympäristö"
    kirjautunut(cast.kaisa).post(anna, {"toimenpiteet": [cast.vayla.pk], "uusi_toimiala": "TILAT & YMPÄRISTÖ"})
    assert Toimiala.objects.filter(kunta=cast.kunta).count() == 4


def test_the_filter_finds_by_words_with_umlauts_and_chooses_what_it_found(cast, kirjautunut, anna):
    page = kirjautunut(cast.kaisa).get(anna, {"nayta": "kaikki", "vastuu": "ÄIJÄNSUO"}).text
    assert page.count('name="toimenpiteet"') == page.count(" checked") == 1
    assert "Uudet katuvalot Äijänsuolle" in page


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Valitse ainakin yksi toimenpide."),
        ({"toimenpiteet": "oma"}, "Valitse toimiala listasta tai kirjoita uuden nimi, mutta vain toinen."),
    ],
)
def test_what_is_missing_is_said(data, sentence, cast, kirjautunut, anna):
    posted = {key: cast.ranssi.pk if value == "oma" else value for key, value in data.items()}
    answer = kirjautunut(cast.kaisa).post(anna, posted)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_another_kuntas_toimenpide_or_toimiala_cannot_be_slipped_in(cast, kirjautunut, anna):
    naapuri = cast.naapuri
    for data in (
        {"toimenpiteet": [naapuri.toimenpide.pk], "toimiala": cast.tekniset.pk},
        {"toimenpiteet": [cast.ranssi.pk], "toimiala": naapuri.tekniset.pk},
    ):
        assert kirjautunut(cast.kaisa).post(anna, data).status_code == 422
    naapuri.toimenpide.refresh_from_db()
    cast.ranssi.refresh_from_db()
    assert naapuri.toimenpide.toimiala == naapuri.tekniset
    assert cast.ranssi.toimiala is None


# --- the kunta's look, its statements and the feedback
