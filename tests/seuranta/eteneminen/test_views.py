"""The strategia's page: the tree, the newest scores beside it, and who sees which."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from seuranta.models import Kirjaus, Vastaus
from strategia.models import Toimenpide


@pytest.fixture
def avaa(cast, kirjautunut):
    """`avaa(cast.veikko)`: the page's answer."""
    return lambda who: kirjautunut(who).get(reverse("strategia:strategia-detail", args=[cast.strategia.pk]))


def uusin(answer, toimenpide):
    """(score, reason, move) that the page shows of it, or None."""
    shown = {t.pk: t.uusin for t in answer.context["toimenpiteet"]}[toimenpide.pk]
    return shown and (shown.aste, shown.syy, shown.muutos)


def vastaa(cast, *, laheta, aste=5):
    vastaus = Vastaus(versio=0, toteutumisaste=aste, kommentti="Valmis.", sisainen_huomio="Salamanteri", laheta=laheta)
    Kirjaus.objects.record(cast.jakso, {cast.vayla: vastaus}, by=cast.veikko)


def test_a_draft_is_shown_to_nobody_and_a_sent_score_to_those_who_follow_the_row(cast, avaa):
    before = uusin(avaa(cast.kaisa), cast.vayla)
    assert before[0]
    assert before[0] != 5
    vastaa(cast, laheta=False)
    for who in (cast.veikko, cast.kaisa, cast.liisa):
        assert uusin(avaa(who), cast.vayla) == before
    Kirjaus.objects.filter(jakso=cast.jakso, toimenpide=cast.vayla).update(tila=Kirjaus.Tila.LAHETETTY)
    moved = (5, "", f"nousi ({before[0]} → 5)")
    for who in (cast.veikko, cast.hilkka, cast.kaisa, cast.aino, cast.tarmo):
        assert uusin(avaa(who), cast.vayla) == moved
        assert moved[2] in avaa(who).text
    for who in (cast.otso, cast.liisa):  # another toimiala's, and the councillor: what is closed
        assert uusin(avaa(who), cast.vayla) == before
        assert moved[2] not in avaa(who).text
    assert "Salamanteri" not in avaa(cast.kaisa).text


def test_the_bar_counts_every_toimenpide_of_its_painopiste_also_in_words(cast, avaa):
    answer = avaa(cast.liisa)
    for rivi in answer.context["painopisteet"]:
        assert sum(osuus.maara for osuus in rivi["osuudet"]) == len(rivi["rivit"])
    scores = [t.uusin.aste if t.uusin else None for t in answer.context["painopisteet"][0]["rivit"]]
    without = scores.count(None)
    assert not without or f"ei arviota: {without}" in answer.context["painopisteet"][0]["selite"]
    assert answer.context["painopisteet"][0]["selite"] in answer.text


def test_a_councillor_is_not_shown_scores_that_the_report_does_not_publish(cast, avaa, monkeypatch):
    monkeypatch.setattr(type(cast.strategia), "piilotetut", {"toteutumisaste"})
    assert uusin(avaa(cast.liisa), cast.vayla) is None
    assert "astepalkki" not in avaa(cast.liisa).text
    assert "astepalkki" in avaa(cast.kaisa).text


def test_a_plan_that_is_followed_in_words_shows_no_scores(cast, avaa):
    cast.strategia.esitys = "ei"
    cast.strategia.save()
    assert uusin(avaa(cast.kaisa), cast.vayla) is None
    assert "astepalkki" not in avaa(cast.kaisa).text


def test_the_queries_do_not_grow_with_the_rows(cast, avaa):
    counts = []
    for size in (25, 250):
        missing = size - Toimenpide.objects.filter(kunta=cast.kunta).count()
        for number in range(missing):
            nimi = f"Rivi {size} {number}"
            Toimenpide.objects.create(kunta=cast.kunta, tavoite=cast.tavoitteet[0], nimi=nimi, toimiala=cast.tekniset)
        with CaptureQueriesContext(connection) as asked:
            assert avaa(cast.kaisa).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_veikko_may_look_at_the_tree_but_not_change_it(cast, kirjautunut):
    page = kirjautunut(cast.veikko).get(reverse("strategia:strategia-detail", args=[cast.strategia.pk])).text
    assert "Turvalliset koulutiet" in page
    assert "Muuta monta riviä" not in page
    assert "Tiedot ja asteikko" not in page


def test_kaisa_is_led_to_the_rows_without_a_toimiala(cast, kirjautunut):
    kaisa = kirjautunut(cast.kaisa)
    page = kaisa.get(reverse("strategia:strategia-detail", args=[cast.strategia.pk])).text
    assert "1 toimenpiteeltä puuttuu toimiala." in page
    path = reverse("strategia:rivit-muuta", args=[cast.strategia.pk]) + "?toimiala=ei"
    assert f'href="{path}"' in page
    assert [each.nimi for each in kaisa.get(path).context["toimenpiteet"]] == [cast.ranssi.nimi]
