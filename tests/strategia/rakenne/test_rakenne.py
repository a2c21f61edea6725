"""Painopisteet and tavoitteet in plain pages: adding, renaming, moving and ordering them."""

import pytest
from django.urls import reverse

from raportit.models import Raporttiversio
from seuranta.models import Kirjaus, Riski
from strategia.models import Painopiste, StrateginenTavoite, Toimenpide, ToimenpideLinkki
from tests.cast import create_mittari

EI_TYHJA = "Alla on vielä toimenpiteitä, mittareita tai riskejä. Siirrä tai poista ne ensin."


@pytest.fixture
def rakenne(cast):
    return reverse("strategia:strategia-rakenne", args=[cast.strategia.pk])


def names(cast):
    """{painopiste: [tavoite]} as the plan orders them."""
    return {p.nimi: [t.nimi for t in p.tavoitteet.all()] for p in cast.strategia.painopisteet.all()}


def edit(row):
    laji = "painopiste" if isinstance(row, Painopiste) else "tavoite"
    return reverse(f"strategia:{laji}-muokkaa", args=[row.pk])


# --- who may not


def test_only_who_coordinates_changes_the_structure(cast, kirjautunut, rakenne):
    before, painopiste = names(cast), cast.painopisteet[0]
    paths = [
        rakenne,
        reverse("strategia:painopiste-uusi", args=[cast.strategia.pk]),
        reverse("strategia:tavoite-uusi", args=[painopiste.pk]),
        edit(painopiste),
        edit(cast.tavoitteet[0]),
    ]
    for path in paths:
        for data in ({"nimi": "Kaapattu"}, {"poista": "1"}, {"alas": f"painopiste-{painopiste.pk}"}):
            assert kirjautunut(cast.veikko).post(path, data).status_code == 403
            assert kirjautunut(cast.ulla).post(path, data).status_code == 404
    assert names(cast) == before


def test_another_kuntas_rows_cannot_be_slipped_in(cast, kirjautunut, rakenne):
    kaisa, theirs = kirjautunut(cast.kaisa), Painopiste.objects.get(kunta=cast.naapuri.kunta)
    for data in ({"alas": f"painopiste-{theirs.pk}"}, {"ylos": "tavoite-x"}, {"alas": "tavoite-" + "9" * 30}, {}):
        assert kaisa.post(rakenne, data).status_code == 404
    answer = kaisa.post(edit(cast.tavoitteet[0]), {"nimi": "Kaapattu", "painopiste": theirs.pk})
    assert answer.status_code == 422
    assert "Kaapattu" not in str(names(cast))


# --- adding and renaming


def test_kaisa_adds_a_painopiste_a_tavoite_and_a_toimenpide_under_it(cast, kirjautunut, rakenne):
    kaisa = kirjautunut(cast.kaisa)
    page = kaisa.post(
        reverse("strategia:painopiste-uusi", args=[cast.strategia.pk]), {"nimi": " Puhdas  luonto & vesi "}, follow=True
    ).text
    assert "Puhdas luonto &amp; vesi on tallennettu." in page
    painopiste = cast.strategia.painopisteet.last()
    assert (painopiste.nimi, painopiste.kunta) == ("Puhdas luonto & vesi", cast.kunta)
    path = reverse("strategia:tavoite-uusi", args=[painopiste.pk])
    kaisa.post(path, {"nimi": "Järvet kuntoon", "painopiste": painopiste.pk, "sitovuus": "valtuusto"})
    tavoite = painopiste.tavoitteet.get()
    assert (tavoite.nimi, tavoite.sitovuus, tavoite.kunta) == ("Järvet kuntoon", "valtuusto", cast.kunta)
    path = reverse("strategia:toimenpide-uusi", args=[cast.strategia.pk])
    kaisa.post(path, {"tavoite": tavoite.pk, "nimi": "Niitetään", "toimiala": cast.tekniset.pk})
    assert "Niitetään" in kaisa.get(reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk])).text


@pytest.mark.parametrize("nimi", ["", "  ", "ROHKEA talous."])
def test_a_name_is_needed_and_is_one_of_its_kind(nimi, cast, kirjautunut):
    path = reverse("strategia:painopiste-uusi", args=[cast.strategia.pk])
    answer = kirjautunut(cast.kaisa).post(path, {"nimi": nimi})
    assert answer.status_code == 422
    assert ("Tämän niminen on jo. Anna toinen nimi." in answer.text) == bool(nimi.strip())


def test_a_new_name_changes_no_kirjaus_no_history_and_no_closed_report(cast, kirjautunut):
    data, kirjaukset = Raporttiversio.objects.get().data, list(Kirjaus.objects.order_by("pk").values_list())
    kirjautunut(cast.kaisa).post(edit(cast.painopisteet[0]), {"nimi": "Elävä kunta"})
    kirjautunut(cast.kaisa).post(
        edit(cast.tavoitteet[0]), {"nimi": "Turvalliset tiet", "painopiste": cast.painopisteet[0].pk}
    )
    assert list(names(cast))[0] == "Elävä kunta"
    assert Raporttiversio.objects.get().data == data
    assert list(Kirjaus.objects.order_by("pk").values_list()) == kirjaukset
    assert "Elävä kunta" in kirjautunut(cast.kaisa).get(reverse("raportit:luonnos", args=[cast.jakso.pk])).text


def test_the_nameless_tavoite_may_stay_nameless_and_another_may_not_become_so(cast, kirjautunut):
    nameless = StrateginenTavoite.objects.get(painopiste=cast.painopisteet[1], nimi="")
    data = {"nimi": "", "painopiste": cast.painopisteet[1].pk, "sitovuus": "muu"}
    assert kirjautunut(cast.kaisa).post(edit(nameless), data).status_code == 302
    assert kirjautunut(cast.kaisa).post(edit(cast.tavoitteet[0]), data).status_code == 422


# --- moving and ordering


def test_a_tavoite_moves_with_its_toimenpiteet_to_the_end_of_another_painopiste(cast, kirjautunut):
    tavoite, target = cast.tavoitteet[0], cast.painopisteet[1]
    kirjautunut(cast.kaisa).post(edit(tavoite), {"nimi": tavoite.nimi, "painopiste": target.pk})
    assert names(cast) == {
        "Elävä kylä & sujuva arki": ["Hyvä koulupäivä"],
        "Rohkea talous": ["Tilat käyttöön", "", "Turvalliset koulutiet"],
    }
    assert Toimenpide.objects.get(pk=cast.vayla.pk).tavoite.painopiste == target


def test_a_tavoite_does_not_move_where_there_is_one_of_its_name(cast, kirjautunut):
    StrateginenTavoite.objects.create(kunta=cast.kunta, painopiste=cast.painopisteet[1], nimi="Hyvä Koulupäivä")
    data = {"nimi": "Hyvä koulupäivä", "painopiste": cast.painopisteet[1].pk}
    answer = kirjautunut(cast.kaisa).post(edit(cast.tavoitteet[1]), data)
    assert "Tämän niminen on jo. Anna toinen nimi." in answer.text


def test_rows_move_up_and_down_and_stop_at_the_edge(cast, kirjautunut, rakenne):
    kaisa, (first, second) = kirjautunut(cast.kaisa), cast.painopisteet
    kaisa.post(rakenne, {"alas": f"painopiste-{first.pk}"})
    assert list(names(cast)) == ["Rohkea talous", "Elävä kylä & sujuva arki"]
    kaisa.post(rakenne, {"alas": f"painopiste-{first.pk}"})
    assert list(names(cast)) == ["Rohkea talous", "Elävä kylä & sujuva arki"]
    answer = kaisa.post(rakenne, {"ylos": f"tavoite-{cast.tavoitteet[1].pk}"})
    assert answer.url == f"{rakenne}#tavoite-{cast.tavoitteet[1].pk}"
    assert names(cast)["Elävä kylä & sujuva arki"] == ["Hyvä koulupäivä", "Turvalliset koulutiet"]
    page = kaisa.get(rakenne).text
    assert page.index("Hyvä koulupäivä</a>") < page.index("Turvalliset koulutiet</a>")  # as the page shows them, too
    ordered = list(cast.jakso.toimenpiteet())
    assert ordered[0].tavoite.painopiste == second
    assert ordered[-1].tavoite == cast.tavoitteet[0]


def test_rows_of_an_equal_place_get_places_of_their_own(cast, kirjautunut, rakenne):
    Painopiste.objects.filter(strategia=cast.strategia).update(jarjestys=0)
    kirjautunut(cast.kaisa).post(rakenne, {"ylos": f"painopiste-{cast.painopisteet[1].pk}"})
    assert list(cast.strategia.painopisteet.values_list("jarjestys", flat=True)) == [1, 2]
    assert list(names(cast))[0] == "Rohkea talous"


# --- taking away


def test_an_empty_one_can_be_taken_away_and_one_with_toimenpiteet_cannot(cast, kirjautunut):
    kaisa = kirjautunut(cast.kaisa)
    empty = Painopiste.objects.create(kunta=cast.kunta, strategia=cast.strategia, nimi="Tyhjä")
    StrateginenTavoite.objects.create(kunta=cast.kunta, painopiste=empty, nimi="Sekin tyhjä")
    for row in (cast.painopisteet[0], cast.tavoitteet[0]):
        page = kaisa.post(edit(row), {"poista": "1"}, follow=True).text
        assert EI_TYHJA in page
    assert "Tyhjä on poistettu." in kaisa.post(edit(empty), {"poista": "1"}, follow=True).text
    assert len(names(cast)) == 2


@pytest.mark.parametrize("what", ["mittari", "riski", "linkki"])
def test_what_a_measure_a_risk_or_a_link_hangs_on_is_not_empty(what, cast, kirjautunut):
    empty = StrateginenTavoite.objects.create(kunta=cast.kunta, painopiste=cast.painopisteet[0], nimi="Tyhjä")
    if what == "mittari":
        create_mittari(cast.strategia, {"tavoite": empty}, "Mittari", "luku", "", "suurempi", "", {})
    elif what == "riski":
        Riski.objects.create(kunta=cast.kunta, strategia=cast.strategia, tavoite=empty, teksti="Riski")
    else:
        ToimenpideLinkki.objects.create(kunta=cast.kunta, toimenpide=cast.vayla, tavoite=empty)
    assert EI_TYHJA in kirjautunut(cast.kaisa).post(edit(empty), {"poista": "1"}, follow=True).text
    assert StrateginenTavoite.objects.filter(pk=empty.pk).exists()


@pytest.mark.parametrize("count", [25, 250])
def test_the_page_asks_as_few_queries_for_250_rows_as_for_25(
    count, cast, kirjautunut, rakenne, django_assert_num_queries
):
    StrateginenTavoite.objects.bulk_create(
        StrateginenTavoite(kunta=cast.kunta, painopiste=cast.painopisteet[n % 2], nimi=f"Tavoite {n}", jarjestys=n)
        for n in range(count)
    )
    kaisa = kirjautunut(cast.kaisa)
    with django_assert_num_queries(6):
        assert kaisa.get(rakenne).text.count('id="tavoite-') == count + 4
