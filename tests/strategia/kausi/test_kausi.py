"""Kaisa makes the plan of the next council term of the old one: what comes along, what stays, and the second time."""

import datetime

import pytest
from django.urls import reverse

from seuranta.models import Kirjaus, Seurantajakso
from strategia.models import Mittari, MuuToimiala, Strategia, Tavoitearvo, Toimenpide, Vastuuhenkilo
from tests.cast import create_user
from tests.silmin import tiivis

from .kopiointi import NIMI, copy_plan, path, rows_of, untouched


@pytest.fixture
def kaisa(cast, kirjautunut):
    return kirjautunut(cast.kaisa)


@pytest.mark.parametrize("who", ["veikko", "hilkka", "otso", "liisa", "tarmo"])
def test_only_the_koordinaattori_makes_it(cast, kirjautunut, who):
    client = kirjautunut(getattr(cast, who))
    assert client.get(path(cast.strategia)).status_code == 403
    assert client.post(path(cast.strategia), {"nimi": NIMI}).status_code == 403
    assert not Strategia.objects.filter(nimi=NIMI).exists()


def test_ulla_does_not_find_it(cast, kirjautunut):
    assert kirjautunut(cast.ulla).get(path(cast.strategia)).status_code == 404


def test_the_plans_own_page_leads_to_it(cast, kaisa):
    assert path(cast.strategia) in kaisa.get(reverse("strategia:strategia-detail", args=[cast.strategia.pk])).text


def test_all_rows_come_without_a_tick_and_each_continues_its_own(cast, kaisa):
    before = list(Kirjaus.objects.order_by("pk").values_list("pk", "toimenpide", "toteutumisaste"))
    old = rows_of(cast.strategia)
    uusi = copy_plan(kaisa, cast.strategia)
    rows = rows_of(uusi)
    assert [(t.nimi, t.edeltaja_id, t.toimiala_id) for t in rows] == [(t.nimi, t.pk, t.toimiala_id) for t in old]
    assert [t.tavoite.painopiste.nimi for t in rows] == [t.tavoite.painopiste.nimi for t in old]
    assert not {t.pk for t in rows} & {t.pk for t in old}
    assert (uusi.alkuvuosi, uusi.jarjestys) == (2030, cast.strategia.jarjestys + 1)
    assert rows_of(cast.strategia) == old
    assert list(Kirjaus.objects.order_by("pk").values_list("pk", "toimenpide", "toteutumisaste")) == before


def test_a_row_or_a_whole_painopiste_that_is_unticked_stays_behind(cast, kaisa):
    sent = untouched(kaisa, cast.strategia)
    rows = [pk for pk in sent["toimenpiteet"] if pk != str(cast.vayla.pk)]
    uusi = copy_plan(kaisa, cast.strategia, toimenpiteet=rows, painopisteet=[str(cast.painopisteet[0].pk)])
    assert [t.nimi for t in rows_of(uusi)] == [t.nimi for t in cast.toimenpiteet[1:4]]
    assert list(uusi.painopisteet.values_list("nimi", flat=True)) == [cast.painopisteet[0].nimi]


def test_a_filter_takes_only_what_it_finds(cast, kaisa):
    uusi = copy_plan(kaisa, cast.strategia, f"?toimiala={cast.sivistys.pk}")
    assert {t.toimiala_id for t in rows_of(uusi)} == {cast.sivistys.pk}
    assert len(rows_of(uusi)) == 3


def test_what_has_ended_is_not_ticked_and_can_be(cast, kaisa):
    cast.vayla.voimassa_asti = datetime.date(2026, 1, 31)
    cast.vayla.save()
    sent = untouched(kaisa, cast.strategia)
    assert str(cast.vayla.pk) not in sent["toimenpiteet"]
    uusi = copy_plan(kaisa, cast.strategia, toimenpiteet=[*sent["toimenpiteet"], str(cast.vayla.pk)])
    (row,) = (t for t in rows_of(uusi) if t.edeltaja_id == cast.vayla.pk)
    assert row.voimassa_asti is None


def test_whose_it_is_comes_along_but_nobody_who_has_left(cast, kaisa):
    gone = create_user(cast.kunta, "Pekka Poissa", "raportoija", cast.tekniset)
    gone.is_active = False
    gone.save()
    own = {"kunta": cast.kunta, "toimenpide": cast.vayla}
    for person in (cast.veikko, gone):
        Vastuuhenkilo.objects.create(kayttaja=person, **own)
    MuuToimiala.objects.create(toimiala=cast.sivistys, **own)
    MuuToimiala.objects.create(toimiala=cast.hyvinvointi, **own)
    cast.hyvinvointi.lopetettu = datetime.date(2026, 6, 30)
    cast.hyvinvointi.save()
    rows = {t.edeltaja_id: t for t in rows_of(copy_plan(kaisa, cast.strategia))}
    row = rows[cast.vayla.pk]
    assert list(row.vastuuhenkilot.all()) == [cast.veikko]
    assert list(row.muut_toimialat.all()) == [cast.sivistys]
    assert row.history.get().vastuussa == [cast.veikko.pk]
    assert row.history.get().history_user == cast.kaisa
    assert rows[cast.toimenpiteet[7].pk].toimiala is None, "its toimiala has ended"


def test_words_columns_and_own_texts_come_but_no_heading_of_a_jakso(cast, kaisa):
    cast.strategia.sanasto = {"toimenpide": "Teko"}
    cast.strategia.sarakkeet = [
        {"rooli": "toimenpide", "otsikko": "Teko"},
        {"rooli": "toteutumisaste", "otsikko": "kesä", "jakso": "Osavuosikatsaus I 2026"},
        {"rooli": "toteutumisaste", "otsikko": "talvi", "jakso": "Osavuosikatsaus II 2026"},
        {"rooli": "mittari.arvo", "otsikko": "Toteuma 2026", "vuosi": 2026},
        {"rooli": "oma", "otsikko": "Hanke", "piilossa": True},
        {"rooli": "oma", "otsikko": "Vastuupari"},
    ]
    cast.strategia.save()
    cast.vayla.omat = {"Hanke": "Koulutie"}
    cast.vayla.save()
    uusi = copy_plan(kaisa, cast.strategia)
    assert uusi.sana("toimenpide") == "Teko"
    assert uusi.sarakkeet == [
        {"rooli": "toimenpide", "otsikko": "Teko"},
        {"rooli": "toteutumisaste"},
        {"rooli": "oma", "otsikko": "Hanke", "piilossa": True},
        {"rooli": "oma", "otsikko": "Vastuupari"},
    ]
    assert rows_of(uusi)[0].omat == {"Hanke": "Koulutie"}


def test_measures_come_with_the_targets_of_the_new_years_and_no_values(cast, kaisa):
    Tavoitearvo.objects.create(kunta=cast.kunta, mittari=cast.mittarit[0], vuosi=2031, teksti="20")
    uusi = copy_plan(kaisa, cast.strategia)
    mine = {mittari.nimi: mittari for mittari in Mittari.objects.filter(strategia=uusi)}
    assert set(mine) == {mittari.nimi for mittari in cast.mittarit}
    reitit = mine[cast.mittarit[0].nimi]
    assert reitit.toimenpide.edeltaja_id == cast.vayla.pk
    assert list(reitit.tavoitteet.values_list("vuosi", "teksti")) == [(2031, "20")]
    assert (reitit.lahto_teksti, reitit.arvot.count(), reitit.history.count()) == ("3", 0, 1)
    assert list(mine["Kulkee itse kouluun"].tavoitteet.values_list("vuosi", "teksti")) == [(None, "80 %")]
    assert cast.mittarit[0].tavoitteet.count() == 2


def test_measures_may_be_left(cast, kaisa):
    sent = untouched(kaisa, cast.strategia) | {"nimi": NIMI}
    del sent["mittarit"]
    kaisa.post(path(cast.strategia), sent)
    assert not Mittari.objects.filter(strategia__nimi=NIMI).exists()


def test_the_new_plan_may_have_a_scale_of_its_own_and_the_old_keeps_its(cast, kaisa):
    uusi = copy_plan(kaisa, cast.strategia, aste_5="Valmis", aste_1="Alussa")
    assert uusi.asteen_nimet[5] == "Valmis"
    assert not uusi.has_scale_of(cast.strategia)
    assert Strategia.objects.get(pk=cast.strategia.pk).asteikko == {}


def test_the_second_copy_needs_a_name_of_its_own_and_is_told_of_the_first(cast, kaisa):
    first = copy_plan(kaisa, cast.strategia)
    answer = kaisa.post(path(cast.strategia), untouched(kaisa, cast.strategia) | {"nimi": NIMI})
    assert answer.status_code == 422
    assert "Tämän niminen suunnitelma on jo." in answer.text
    assert first.nimi in kaisa.get(path(cast.strategia)).text
    second = copy_plan(kaisa, cast.strategia, nimi="Toinen luonnos")
    assert cast.vayla.seuraajat.count() == 2
    assert len(rows_of(second)) == len(rows_of(first)) == len(cast.toimenpiteet)


def test_a_refused_form_keeps_what_was_unticked(cast, kaisa):
    sent = untouched(kaisa, cast.strategia)
    rows = [pk for pk in sent["toimenpiteet"] if pk != str(cast.vayla.pk)]
    answer = kaisa.post(path(cast.strategia), sent | {"nimi": "", "toimenpiteet": rows})
    assert answer.status_code == 422
    assert f'value="{cast.vayla.pk}">' in answer.text
    assert f'value="{cast.kerho.pk}" checked>' in answer.text


def test_ids_of_another_kunta_bring_nothing(cast, kaisa):
    naapuri = cast.naapuri.toimenpide
    sent = untouched(kaisa, cast.strategia)
    rows = [*sent["toimenpiteet"], str(naapuri.pk), "9" * 30, "x"]
    uusi = copy_plan(kaisa, cast.strategia, toimenpiteet=rows, painopisteet=[*sent["painopisteet"], "999999"])
    assert len(rows_of(uusi)) == len(cast.toimenpiteet)
    assert not naapuri.seuraajat.exists()


def test_of_rows_that_do_not_fit_the_page_those_in_force_come_along(cast, kaisa, monkeypatch):
    monkeypatch.setattr("strategia.kausi.views.NAYTETAAN", 3)
    assert "Lisäksi 5 toimenpidettä" in " ".join(kaisa.get(path(cast.strategia)).text.split())
    uusi = copy_plan(kaisa, cast.strategia, toimenpiteet=[str(cast.vayla.pk)])
    assert [t.edeltaja_id for t in rows_of(uusi)] == [t.pk for t in [cast.vayla, *cast.toimenpiteet[3:]]]


@pytest.mark.parametrize("more", [0, 40])
def test_as_many_queries_for_many_rows_as_for_few(cast, kaisa, more, django_assert_max_num_queries):
    own = {"kunta": cast.kunta, "tavoite": cast.tavoitteet[0], "toimiala": cast.tekniset}
    Toimenpide.objects.bulk_create(Toimenpide(nimi=f"Teko {n}", jarjestys=9, **own) for n in range(more))
    sent = untouched(kaisa, cast.strategia) | {"nimi": NIMI}
    with django_assert_max_num_queries(60):
        kaisa.post(path(cast.strategia), sent)
    assert Toimenpide.objects.filter(tavoite__painopiste__strategia__nimi=NIMI).count() == 8 + more


def test_a_copy_made_by_mistake_goes_with_its_rows_but_not_once_anything_is_made_on_it(cast, kaisa):
    old = (rows_of(cast.strategia), Mittari.objects.count(), Vastuuhenkilo.objects.count())
    uusi = copy_plan(kaisa, cast.strategia)
    muokkaa = reverse("strategia:strategia-muokkaa", args=[uusi.pk])
    jatko = rows_of(uusi)[0]
    own = {"kunta": cast.kunta, "tavoite": cast.vayla.tavoite}
    for made in (
        Seurantajakso.objects.create(kunta=cast.kunta, strategia=uusi, nimi="Osavuosikatsaus I 2030"),
        Toimenpide.objects.create(nimi="Kolmannen kauden teko", edeltaja=jatko, **own),
        Toimenpide.objects.create(nimi="Uusi teko", kunta=cast.kunta, tavoite=jatko.tavoite),
    ):
        assert 'name="poista"' not in kaisa.get(muokkaa).text
        assert kaisa.post(muokkaa, {"poista": "1"}).status_code == 302
        assert len(rows_of(uusi)) >= len(old[0])
        made.delete()
    assert "Kopioidut rivit poistuvat mukana" in kaisa.get(muokkaa).text
    jatko.nimi = "Väylä valmiiksi"
    jatko.save()
    assert "muokatut toimenpiteet 1" in tiivis(kaisa.get(muokkaa).text)
    Toimenpide.history.filter(id=jatko.pk, history_type="~").delete()
    kaisa.post(muokkaa, {"poista": "1"})
    assert not Strategia.objects.filter(pk=uusi.pk).exists()
    assert (rows_of(cast.strategia), Mittari.objects.count(), Vastuuhenkilo.objects.count()) == old
