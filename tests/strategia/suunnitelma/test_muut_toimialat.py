"""Several toimialat on one toimenpide: one leads, the others see it and comment."""

import pytest
from django.urls import reverse

from strategia.models import MuuToimiala, Toimenpide, Toimiala
from strategia.permissions import can_comment, can_follow, can_record, commented_toimenpiteet, own_toimenpiteet
from tests.strategia.joukkomuutos.vaiheet import change_many
from tests.strategia.mittaristo.test_mittaristo import form_of


@pytest.fixture
def kaisa(cast, kirjautunut):
    return kirjautunut(cast.kaisa)


@pytest.fixture
def muokkaa(cast):
    return reverse("strategia:toimenpide-muokkaa", args=[cast.kerho.pk])


def test_the_others_see_it_comment_and_do_not_score(cast, kaisa, muokkaa):
    assert not can_follow(cast.veikko, cast.kerho)
    kaisa.post(muokkaa, form_of(kaisa, muokkaa) | {"muut_toimialat": [cast.tekniset.pk]})
    assert can_comment(cast.veikko, cast.kerho)
    assert can_follow(cast.veikko, cast.kerho)
    assert not can_record(cast.veikko, cast.kerho)
    assert cast.kerho in commented_toimenpiteet(cast.veikko)
    assert cast.kerho not in own_toimenpiteet(cast.veikko)  # counted once, under its leader
    assert MuuToimiala.objects.get().kunta == cast.kunta
    page = kaisa.get(reverse("seuranta:toimenpide-detail", args=[cast.kerho.pk])).text
    assert "Muut toimialat" in page
    assert "Tekniset palvelut" in page


def test_those_that_take_part_stay_chosen_on_the_form_one_that_has_ended_too(cast, kaisa, muokkaa):
    kaisa.post(muokkaa, form_of(kaisa, muokkaa) | {"muut_toimialat": [cast.tekniset.pk]})
    Toimiala.objects.filter(pk=cast.tekniset.pk).update(lopetettu="2026-01-01")
    form = form_of(kaisa, muokkaa)
    assert form["muut_toimialat"] == [cast.tekniset.pk]
    assert kaisa.post(muokkaa, form).status_code == 302
    assert list(cast.kerho.muut_toimialat.all()) == [cast.tekniset]


def test_the_leader_is_none_of_the_others(cast, kaisa, muokkaa):
    both = [cast.tekniset.pk, cast.sivistys.pk]
    kaisa.post(muokkaa, form_of(kaisa, muokkaa) | {"muut_toimialat": both})
    assert list(cast.kerho.muut_toimialat.all()) == [cast.tekniset]
    change_many(kaisa, cast, "toimiala", [cast.kerho], toimiala=cast.tekniset.pk)
    assert (Toimenpide.objects.get(pk=cast.kerho.pk).toimiala, MuuToimiala.objects.count()) == (cast.tekniset, 0)


def test_somebody_leads(cast, kaisa):
    path = reverse("strategia:toimenpide-muokkaa", args=[cast.ranssi.pk])
    answer = kaisa.post(path, form_of(kaisa, path) | {"muut_toimialat": [cast.tekniset.pk]})
    assert answer.status_code == 422
    assert "Valitse toimiala, joka johtaa. Muut toimialat ovat sen rinnalla." in answer.text


def test_a_toimiala_of_another_kunta_takes_no_part(cast, kaisa, muokkaa):
    data = form_of(kaisa, muokkaa) | {"muut_toimialat": [cast.naapuri.tekniset.pk]}
    assert kaisa.post(muokkaa, data).status_code == 422
    assert not MuuToimiala.objects.exists()
