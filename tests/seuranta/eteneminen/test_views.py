"""The strategia's page: the tree, the newest scores beside it, and who sees which."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from seuranta.models import Kirjaus, Vastaus
from strategia.models import StrateginenTavoite, Toimenpide, Toimielin


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
    for osio in answer.context["osiot"]:
        rows = [row for tavoite in osio.sisalto for row in tavoite.sisalto]
        assert sum(osuus.maara for osuus in osio.osuudet) == len(rows) == osio.maara == osio.kaikkiaan
        without = sum(row.uusin is None or row.uusin.aste is None for row in rows)
        assert (f"ei arviota: {without}" in osio.selite) == bool(without)
        assert osio.selite in answer.text


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


def add_rows(cast, count):
    """This many toimenpiteet more in the first tavoite."""
    start = Toimenpide.objects.count()
    row = {"kunta": cast.kunta, "tavoite": cast.tavoitteet[0], "toimiala": cast.tekniset}
    numbers = range(start, start + count)
    Toimenpide.objects.bulk_create(Toimenpide(**row, nimi=f"Rivi {number}", jarjestys=number) for number in numbers)


@pytest.mark.parametrize("kuka", ["kaisa", "veikko", "liisa"])
def test_the_queries_do_not_grow_from_25_to_2500_rows_in_one_painopiste(cast, avaa, kuka):
    counts = []
    for size in (25, 2500):
        add_rows(cast, size - Toimenpide.objects.filter(kunta=cast.kunta).count())
        with CaptureQueriesContext(connection) as asked:
            answer = avaa(getattr(cast, kuka))
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert len(answer.context["toimenpiteet"]) == 150
    assert len(answer.context["sivut"]) == 17


def test_veikko_may_look_at_the_tree_but_not_change_it(cast, kirjautunut):
    page = kirjautunut(cast.veikko).get(reverse("strategia:strategia-detail", args=[cast.strategia.pk])).text
    assert "Turvalliset koulutiet" in page
    assert "Muuta monta riviä" not in page
    assert "Tiedot ja asteikko" not in page


def test_what_changes_the_plan_is_folded_above_the_filters(cast, kirjautunut):
    page = kirjautunut(cast.kaisa).get(reverse("strategia:strategia-detail", args=[cast.strategia.pk])).text
    before = page[page.index("<h1") : page.index('<div class="etsinta">')]
    in_sight, _fold, folded = before.partition("<summary>Muokkaa suunnitelmaa</summary>")
    assert in_sight.count("<a ") == 6
    assert [
        name for name in ("Tiedot ja asteikko", "Muokkaa rakennetta", "Uusi kausi", "Toimielimet") if name not in folded
    ] == []


def test_kaisa_is_led_to_the_rows_without_a_toimiala(cast, kirjautunut):
    kaisa = kirjautunut(cast.kaisa)
    page = kaisa.get(reverse("strategia:strategia-detail", args=[cast.strategia.pk])).text
    assert "1 toimenpiteeltä puuttuu toimiala." in page
    path = reverse("strategia:rivit-muuta", args=[cast.strategia.pk]) + "?toimiala=ei"
    assert f'href="{path}"' in page
    assert [each.nimi for each in kaisa.get(path).context["toimenpiteet"]] == [cast.ranssi.nimi]


@pytest.fixture
def hae(cast, kirjautunut):
    """`hae(cast.kaisa, toimiala=3)`: the page's answer."""
    path = reverse("strategia:strategia-detail", args=[cast.strategia.pk])
    return lambda who, **asked: kirjautunut(who).get(path, asked)


def names(answer):
    return [t.nimi for t in answer.context["toimenpiteet"]]


def test_rows_are_found_by_words_unit_board_person_and_sitovuus(cast, hae):
    every = names(hae(cast.kaisa))
    board = Toimielin.objects.create(kunta=cast.kunta, nimi="Tekninen lautakunta")
    Toimenpide.objects.filter(pk=cast.vayla.pk).update(toimielin=board)
    cast.vayla.vastuuhenkilot.add(cast.veikko, through_defaults={"kunta": cast.kunta})
    only = [cast.vayla.nimi]
    assert names(hae(cast.kaisa, haku=cast.vayla.nimi.upper()[:9])) == only
    assert names(hae(cast.kaisa, toimielin=board.pk)) == names(hae(cast.liisa, vastuuhenkilo=cast.veikko.pk)) == only
    assert names(hae(cast.kaisa, toimiala="ei")) == [cast.ranssi.nimi]
    page = hae(cast.kaisa, toimiala="ei").text
    assert f"<b>1 / {len(every)}</b> toimenpidettä." in page
    assert f"Rajaus kätkee {len(every) - 1} toimenpidettä." in page


def test_sitovuus_of_the_tavoite_is_that_of_rows_which_say_nothing(cast, hae):
    StrateginenTavoite.objects.filter(pk=cast.vayla.tavoite_id).update(sitovuus="valtuusto")
    of_tavoite = list(Toimenpide.objects.filter(tavoite=cast.vayla.tavoite_id).values_list("nimi", flat=True))
    assert sorted(names(hae(cast.veikko, sitovuus="valtuusto"))) == sorted(of_tavoite)
    Toimenpide.objects.filter(pk=cast.vayla.pk).update(sitovuus="muu")
    assert cast.vayla.nimi not in names(hae(cast.veikko, sitovuus="valtuusto"))
    assert names(hae(cast.veikko, sitovuus="muu")) == [cast.vayla.nimi]
    assert "Sitovuus: muu." in hae(cast.veikko, sitovuus="muu").text
    assert not set(names(hae(cast.veikko, sitovuus="ei"))) & set(of_tavoite)


def test_rows_are_found_by_score_by_what_stands_still_and_by_what_is_not_answered(cast, hae):
    before = uusin(hae(cast.kaisa), cast.vayla)[0]
    assert cast.vayla.nimi in names(hae(cast.kaisa, muutos="vastaamatta"))
    vastaa(cast, laheta=True, aste=before)
    assert cast.vayla.nimi not in names(hae(cast.kaisa, muutos="vastaamatta"))
    assert names(hae(cast.kaisa, muutos="ennallaan")) == [cast.vayla.nimi]
    assert cast.vayla.nimi in names(hae(cast.kaisa, aste=before))
    assert names(hae(cast.kaisa, muutos="nousi")) == []
    for answer in (hae(cast.kaisa, aste=before), hae(cast.kaisa, aste="ei")):
        for row in answer.context["toimenpiteet"]:
            assert str((row.uusin and row.uusin.aste) or "ei") == answer.wsgi_request.GET["aste"]
    for who in (cast.otso, cast.liisa):  # the answer of an open jakso is not theirs to know, nor that there is one
        assert names(hae(who, muutos="ennallaan")) == []
        assert cast.vayla.nimi not in names(hae(who, muutos="vastaamatta"))


@pytest.mark.parametrize("kuka", ["kaisa", "veikko", "otso", "liisa"])
def test_a_move_is_found_as_it_is_shown(cast, hae, kuka):
    who = getattr(cast, kuka)
    for number, toimenpide in enumerate(cast.toimenpiteet):
        if toimenpide.toimiala_id:
            vastaus = Vastaus(versio=0, toteutumisaste=number % 3 + 2, kommentti="Etenee.", laheta=True)
            Kirjaus.objects.record(cast.jakso, {toimenpide: vastaus}, by=cast.kaisa)
    every = hae(who).context["toimenpiteet"]
    found = {row.nimi: suunta for suunta in ("nousi", "laski", "ennallaan") for row in _moved(hae(who, muutos=suunta))}
    assert found == {row.nimi: row.uusin.suunta for row in every if row.uusin and row.uusin.suunta}
    assert found or kuka == "liisa"


def _moved(answer):
    assert {row.uusin.suunta for row in answer.context["toimenpiteet"]} <= {answer.wsgi_request.GET["muutos"]}
    return answer.context["toimenpiteet"]


def test_an_empty_result_says_what_to_do(cast, hae):
    page = hae(cast.kaisa, haku="eiolemassa").text
    assert "Mikään toimenpide ei vastaa rajausta." in page
    assert "Poista rajaus tuo kaikki näkyviin." in page
    assert hae(cast.kaisa, sivu="99", aste="kuusi").status_code == 200


def test_liisa_finds_nothing_by_what_is_hidden_from_her(cast, hae):
    Toimenpide.objects.filter(pk=cast.vayla.pk).update(vastuu="Salamanteri", haku=f"{cast.vayla.haku} salamanteri")
    assert names(hae(cast.liisa, haku="salamanteri")) == names(hae(cast.kaisa, haku="salamanteri")) == [cast.vayla.nimi]
    cast.strategia.sarakkeet = [{"rooli": rooli, "piilossa": True} for rooli in ("vastuu", "toimiala")]
    cast.strategia.save()
    assert names(hae(cast.liisa, haku="salamanteri")) == []
    assert names(hae(cast.kaisa, haku="salamanteri")) == [cast.vayla.nimi]
    every = names(hae(cast.liisa))
    assert names(hae(cast.liisa, toimiala=cast.tekniset.pk)) == names(hae(cast.liisa, vastuuhenkilo="ei")) == every
    page = hae(cast.liisa).text
    for hidden in ("Salamanteri", cast.tekniset.nimi, cast.veikko.nimi):
        assert hidden not in page


def test_what_is_on_another_page_is_told_with_its_bar_and_found_by_its_anchor(cast, hae):
    add_rows(cast, 300)
    last = cast.tavoitteet[-1]
    Toimenpide.objects.create(kunta=cast.kunta, tavoite=last, nimi="Viimeinen", jarjestys=999)
    first = hae(cast.kaisa)
    assert "Viimeinen" not in names(first)
    osio = first.context["osiot"][-1]
    assert osio.sisalto == []
    assert f'href="?sivu={osio.sivu}#painopiste-{last.painopiste_id}"' in first.text
    for asked in ({"kohta": f"tavoite-{last.pk}"}, {"kohta": f"painopiste-{last.painopiste_id}"}, {"sivu": osio.sivu}):
        answer = hae(cast.kaisa, **asked)
        assert "Viimeinen" in names(answer)
        assert f'id="tavoite-{last.pk}"' in answer.text


def test_all_is_folded_at_once_without_a_script(cast, hae):
    assert hae(cast.kaisa).text.count('<details class="osio" open>') == len(hae(cast.kaisa).context["osiot"])
    assert '<details class="osio" open>' not in hae(cast.kaisa, auki="ei").text
