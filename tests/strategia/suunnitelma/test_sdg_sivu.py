"""The UN's goals at every level: picked on the forms, shown by goal."""

import pytest
from django.urls import reverse

from strategia.models import Painopiste, StrateginenTavoite, Toimenpide
from tests.strategia.mittaristo.test_mittaristo import form_of


@pytest.fixture
def kaisa(cast, kirjautunut):
    return kirjautunut(cast.kaisa)


@pytest.fixture
def sivu(cast):
    return reverse("strategia:strategia-sdg", args=[cast.strategia.pk])


def form_path(taso, row):
    return reverse(f"strategia:{taso}-muokkaa", args=[row.pk])


def rows(cast):
    return {"painopiste": cast.painopisteet[0], "tavoite": cast.tavoitteet[0], "toimenpide": cast.vayla}


@pytest.mark.parametrize("taso", ["painopiste", "tavoite", "toimenpide"])
def test_goals_are_picked_at_every_level_and_the_sheets_words_stay(taso, cast, kaisa, sivu):
    row = rows(cast)[taso]
    row.sdg = ["SDG 11: kaupungit", "oma tavoite"]
    row.save()
    path = form_path(taso, row)
    data = form_of(kaisa, path)
    assert data["sdg"] == ["11"]
    assert kaisa.post(path, data).status_code == 302
    row.refresh_from_db()
    assert row.sdg == ["SDG 11: kaupungit", "oma tavoite"]  # saved untouched
    assert kaisa.post(path, data | {"sdg": ["11", "3"]}).status_code == 302
    row.refresh_from_db()
    assert row.sdg == ["SDG 11: kaupungit", "oma tavoite", "3 Terveyttä ja hyvinvointia"]
    kaisa.post(path, form_of(kaisa, path) | {"sdg": ["3"]})
    row.refresh_from_db()
    assert row.sdg == ["oma tavoite", "3 Terveyttä ja hyvinvointia"]
    page = kaisa.get(sivu).text
    assert row.nimi.replace("&", "&amp;") in page.partition("Tavoitteet, joita strategia ei mainitse")[0]
    assert "oma tavoite" in page.partition("Muut merkinnät")[2]


def test_there_is_no_goal_18(cast, kaisa):
    path = form_path("tavoite", cast.tavoitteet[0])
    assert kaisa.post(path, form_of(kaisa, path) | {"sdg": ["18"]}).status_code == 422


def test_the_second_editor_of_goals_sees_what_the_first_one_chose(cast, kaisa, kirjautunut):
    path, aino = form_path("tavoite", cast.tavoitteet[0]), kirjautunut(cast.aino)
    mine, theirs = form_of(kaisa, path), form_of(aino, path)
    aino.post(path, theirs | {"sdg": ["4"]})
    answer = kaisa.post(path, mine | {"sdg": ["5"]})
    assert (answer.status_code, "4 Hyvä koulutus" in answer.text) == (409, True)


def test_the_page_lists_each_goal_with_its_rows_and_those_nobody_serves(cast, kaisa, sivu):
    Painopiste.objects.filter(pk=cast.painopisteet[0].pk).update(sdg=["4"])
    StrateginenTavoite.objects.filter(pk=cast.tavoitteet[1].pk).update(sdg=["SDG 4"])
    Toimenpide.objects.filter(pk=cast.kerho.pk).update(sdg=["Hyvä koulutus"])
    [goal] = kaisa.get(sivu).context["maalit"]
    assert (goal.numero, goal.rivit) == (
        4,
        {"painopiste": [cast.painopisteet[0]], "tavoite": [cast.tavoitteet[1]], "toimenpide": [cast.kerho]},
    )
    assert len(kaisa.get(sivu).context["puuttuvat"]) == 16


def test_a_councillor_reads_no_hidden_goals(cast, kirjautunut, sivu):
    Toimenpide.objects.filter(pk=cast.kerho.pk).update(sdg=["4"])
    assert "Hyvä koulutus" in kirjautunut(cast.liisa).get(sivu).text
    cast.strategia.sarakkeet = [{"rooli": "sdg", "otsikko": "SDG", "piilossa": True}]
    cast.strategia.save()
    assert "Hyvä koulutus" not in kirjautunut(cast.liisa).get(sivu).text
    assert "Hyvä koulutus" in kirjautunut(cast.tarmo).get(sivu).text


@pytest.mark.parametrize("count", [25, 250])
def test_the_page_asks_as_few_queries_for_250_rows_as_for_25(count, cast, kaisa, sivu, django_assert_num_queries):
    Toimenpide.objects.bulk_create(
        Toimenpide(kunta=cast.kunta, tavoite=cast.tavoitteet[0], nimi=f"T{i}", sdg=["4"], toimiala=cast.tekniset)
        for i in range(count)
    )
    with django_assert_num_queries(7):  # the session's own among them
        kaisa.get(sivu)
