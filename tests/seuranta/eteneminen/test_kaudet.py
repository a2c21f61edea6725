"""A move reaches over to the term before, where the scores of both say the same; else the old score is only told."""

from datetime import date

import pytest
from django.urls import reverse

from seuranta.models import Kirjaus, Seurantajakso
from strategia.models import Toimenpide
from tests.strategia.kausi.kopiointi import copy_plan


@pytest.fixture
def jatko(cast, kirjautunut):
    """The next term's plan: in its first jakso, closed, Väylä has a 5. The last of the old plan never opened."""
    Seurantajakso.objects.filter(pk=cast.jakso.pk).update(tila="tulossa")
    plan = copy_plan(kirjautunut(cast.kaisa), cast.strategia)
    told = {"nimi": "Osavuosikatsaus 2030", "jarjestys": 1, "alkaa": date(2030, 1, 1), "paattyy": date(2030, 8, 31)}
    jakso = Seurantajakso.objects.create(kunta=cast.kunta, strategia=plan, tila="avoinna", **told)
    row = Toimenpide.objects.get(edeltaja=cast.vayla)
    Kirjaus.objects.create(kunta=cast.kunta, jakso=jakso, toimenpide=row, toteutumisaste=5, syy="", tila="lahetetty")
    Seurantajakso.objects.filter(pk=jakso.pk).update(tila="suljettu")
    return plan


def shown(kirjautunut, who, plan, **asked):
    """{name: what the page says of its move}"""
    answer = kirjautunut(who).get(reverse("strategia:strategia-detail", args=[plan.pk]), asked)
    return {t.nimi: t.uusin and t.uusin.muutos for t in answer.context["toimenpiteet"]}, answer.text


def score_before(cast):
    return Kirjaus.objects.get(jakso=cast.edellinen, toimenpide=cast.vayla).toteutumisaste


@pytest.mark.parametrize("kuka", ["kaisa", "veikko", "otso", "liisa", "tarmo"])
def test_a_move_reaches_the_term_before(cast, kirjautunut, jatko, kuka):
    who, before = getattr(cast, kuka), score_before(cast)
    moves, page = shown(kirjautunut, who, jatko)
    assert before < 5 and moves[cast.vayla.nimi] == f"nousi ({before} → 5)"
    assert f"nousi ({before} → 5)" in page
    assert set(shown(kirjautunut, who, jatko, muutos="nousi")[0]) == {cast.vayla.nimi}, "löytyy niin kuin näkyy"
    assert shown(kirjautunut, who, jatko, muutos="laski")[0] == {}


def test_another_scale_is_told_by_its_own_label_and_is_no_move(cast, kirjautunut, jatko):
    before = score_before(cast)
    jatko.asteikko = {**jatko.asteikko, "3": "Aivan toinen sana"}
    jatko.save()
    moves, _page = shown(kirjautunut, cast.kaisa, jatko)
    assert moves[cast.vayla.nimi] == f"aiemmin: {before} {cast.strategia.asteen_nimi(before)}".strip()
    assert shown(kirjautunut, cast.kaisa, jatko, muutos="nousi")[0] == {}


def test_a_councillor_hears_nothing_of_a_score_that_was_not_published(cast, kirjautunut, jatko, monkeypatch):
    hidden = property(lambda plan: {"toteutumisaste"} if plan.pk == cast.strategia.pk else set())
    monkeypatch.setattr(type(cast.strategia), "piilotetut", hidden)
    assert shown(kirjautunut, cast.liisa, jatko)[0][cast.vayla.nimi] == ""
    assert shown(kirjautunut, cast.kaisa, jatko)[0][cast.vayla.nimi].startswith("nousi")


def test_of_an_open_jakso_of_the_old_plan_only_who_follows_the_row_sees_the_score(cast, kirjautunut, jatko):
    Seurantajakso.objects.filter(pk=cast.jakso.pk).update(tila="avoinna")
    Kirjaus.objects.filter(jakso=cast.jakso, toimenpide=cast.vayla).delete()
    told = {"kunta": cast.kunta, "jakso": cast.jakso, "toimenpide": cast.vayla, "toteutumisaste": 5, "syy": ""}
    Kirjaus.objects.create(tila="lahetetty", **told)
    assert shown(kirjautunut, cast.veikko, jatko)[0][cast.vayla.nimi] == "ei muutosta edelliseen"
    for who in (cast.otso, cast.liisa):
        assert shown(kirjautunut, who, jatko)[0][cast.vayla.nimi].startswith("nousi")


def test_a_term_between_that_never_asked_is_looked_past(cast, kirjautunut, jatko):
    """The plan is copied once more before its copy has a jakso of that row."""
    middle = copy_plan(kirjautunut(cast.kaisa), jatko, nimi="Väliin jäänyt")
    row, first = Toimenpide.objects.get(tavoite__painopiste__strategia=jatko, edeltaja=cast.vayla), cast.vayla
    between = Toimenpide.objects.get(tavoite__painopiste__strategia=middle, edeltaja=row)
    Toimenpide.objects.filter(pk=between.pk).update(edeltaja=first)
    Toimenpide.objects.filter(pk=row.pk).update(edeltaja=between)
    assert shown(kirjautunut, cast.kaisa, jatko)[0][cast.vayla.nimi].startswith("nousi")
