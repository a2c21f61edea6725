"""What Kaisa is shown of the measures before she closes a jakso."""

import datetime

import pytest
from django.urls import reverse

from seuranta.jakso.havainnot import check_before_closing
from seuranta.models import MittariArvo, Mittaus, Osavastaus, Yksikkovastaus
from strategia.models import Mittari, Tavoitearvo
from tests.cast import create_kirjaus, create_mittari

MITTARIEN = ("tavoite_puuttuu", "arvo_puuttuu", "arvo_heikkeni")


def found(cast):
    """{(what it is of, laji): selite} of what was found in measures."""
    return {
        (str(rivi.toimenpide or rivi.mittari), each.laji): each.selite
        for rivi in check_before_closing(cast.jakso).rivit
        for each in rivi.havainnot
        if each.laji in MITTARIEN
    }


def kirjaa(cast, place, teksti):
    MittariArvo.objects.create(kunta=cast.kunta, jakso=cast.jakso, mittari=cast.mittarit[place], teksti=teksti)


def test_a_value_that_is_missing_is_found_where_its_measure_hangs(cast):
    assert found(cast) == {
        ("Väylä Kirkkotie–Koulupolku", "arvo_puuttuu"): "Turvallisia koulureittejä",
        ("Kunnassa on asukasraati", "arvo_puuttuu"): "Kunnassa on asukasraati",
        ("Kulkee itse kouluun", "arvo_puuttuu"): "Kulkee itse kouluun",
        ("Toimintakate", "arvo_puuttuu"): "Toimintakate",
    }
    for place, teksti in enumerate(["10", "70 %", "kyllä", "1"]):
        kirjaa(cast, place, teksti)
    assert found(cast) == {}


@pytest.mark.parametrize("tila", ["luonnos", "palautettu", "lahetetty"])
def test_a_value_that_was_not_sent_is_found_as_a_row_is(cast, tila):
    kirjaa(cast, 1, "70 %")
    MittariArvo.objects.filter(jakso=cast.jakso).update(tila=tila)
    rivit = check_before_closing(cast.jakso).rivit
    of_value = {each.laji: each.selite for rivi in rivit if rivi.mittari == cast.mittarit[1] for each in rivi.havainnot}
    assert of_value == ({tila: "Kulkee itse kouluun"} if tila != "lahetetty" else {})


def test_a_day_of_the_jakso_stands_for_its_value_and_one_before_it_does_not(cast):
    mittari = cast.mittarit[0]
    teko = "Väylä Kirkkotie–Koulupolku"
    MittariArvo.objects.record_outside({mittari: Mittaus(0, "11")}, by=cast.kaisa, paiva=datetime.date(2026, 4, 30))
    assert (teko, "arvo_puuttuu") in found(cast)
    MittariArvo.objects.record_outside({mittari: Mittaus(0, "11")}, by=cast.kaisa, paiva=datetime.date(2026, 8, 31))
    assert (teko, "arvo_puuttuu") not in found(cast)


def test_a_measure_without_a_target_is_found_unless_it_can_do_without(cast):
    Tavoitearvo.objects.filter(mittari=cast.mittarit[0]).delete()
    teko = "Väylä Kirkkotie–Koulupolku"
    assert found(cast)[teko, "tavoite_puuttuu"] == "Turvallisia koulureittejä"
    Mittari.objects.filter(pk=cast.mittarit[0].pk).update(suunta="ei")
    assert (teko, "tavoite_puuttuu") not in found(cast)


def test_a_text_of_which_nothing_is_said_is_not_asked(cast):
    create_mittari(
        cast.strategia, {"toimenpide": cast.kerho}, "Toteutunut suunnitelman mukaan", "teksti", "", "ei", "", {}
    )
    assert not [key for key in found(cast) if key[0] == str(cast.kerho)]


@pytest.mark.parametrize(("aste", "is_found"), [(2, False), (3, True)])
def test_a_value_that_fell_though_the_score_rose_is_found(cast, aste, is_found):
    kirjaa(cast, 0, "7")
    create_kirjaus(cast.jakso, cast.vayla, aste, "Etenee.").save()
    told = found(cast).get((str(cast.vayla), "arvo_heikkeni"))
    expected = f"Turvallisia koulureittejä: 9\u00a0kpl → 7\u00a0kpl, toteutumisaste 2 → {aste}"
    assert told == (expected if is_found else None)


def test_the_page_lists_them_by_toimiala_and_a_heading_by_who_records_it(cast, kirjautunut):
    page = kirjautunut(cast.kaisa).get(reverse("seuranta:jakso-tarkista", args=[cast.jakso.pk])).text
    assert "Mittarin arvo puuttuu: Turvallisia koulureittejä" in page
    sivistys = page.partition("Sivistyspalvelut")[2].partition("<h2>")[0]
    assert "Kulkee itse kouluun" in sivistys


def test_a_telephone_number_in_a_value_a_note_a_units_answer_or_a_comment_is_found(cast):
    numbers = [f"040 123 456{n}" for n in range(5)]
    told = {
        cast.mittarit[0]: Mittaus(0, f"Kysy {numbers[0]}", f"tai {numbers[1]}"),
        cast.mittarit[2]: Mittaus(0, "", numbers[4]),
    }
    MittariArvo.objects.record(cast.jakso, told, by=cast.kaisa)
    unit = Yksikkovastaus("Katuosa", 3, f"Soita {numbers[2]}")
    comment = Yksikkovastaus(cast.sivistys.nimi, kommentti=f"Soita {numbers[3]}", toimiala=cast.sivistys)
    Osavastaus.objects.record(cast.jakso, cast.vayla, [unit, comment], by=cast.kaisa)
    rivit = {str(rivi.toimenpide or rivi.mittari): rivi.havainnot for rivi in check_before_closing(cast.jakso).rivit}
    of = {nimi: {each.selite for each in found if each.laji == "tieto"} for nimi, found in rivit.items()}
    assert of[cast.vayla.nimi] == {
        f"Turvallisia koulureittejä: puhelinnumero {numbers[0]}",
        f"Turvallisia koulureittejä: puhelinnumero {numbers[1]}",
        f"Katuosa: puhelinnumero {numbers[2]}",
        f"Sivistyspalvelut: puhelinnumero {numbers[3]}",
    }
    assert of["Kunnassa on asukasraati"] == {f"Kunnassa on asukasraati: puhelinnumero {numbers[4]}"}


@pytest.mark.parametrize("rows", [25, 250])
def test_the_queries_do_not_grow_with_measures(cast, rows, django_assert_num_queries):
    told = {"kunta": cast.kunta, "strategia": cast.strategia, "toimenpide": cast.kerho, "lahto_teksti": "1"}
    mittarit = Mittari.objects.bulk_create(Mittari(**told, nimi=f"Mittari {n}") for n in range(rows))
    Tavoitearvo.objects.bulk_create(Tavoitearvo(kunta=cast.kunta, mittari=m, teksti="5") for m in mittarit)
    cast.jakso.refresh_from_db()
    with django_assert_num_queries(11):
        rivit = check_before_closing(cast.jakso).rivit
    [kerho] = [rivi for rivi in rivit if rivi.toimenpide and rivi.toimenpide.pk == cast.kerho.pk]
    assert len([each for each in kerho.havainnot if each.laji == "arvo_puuttuu"]) == rows


def test_a_heading_leads_to_its_measure_on_the_entry_page(cast, kirjautunut):
    kaisa = kirjautunut(cast.kaisa)
    page = kaisa.get(reverse("seuranta:jakso-tarkista", args=[cast.jakso.pk])).text
    for place, kortti in ((1, f"g{cast.tavoitteet[0].pk}"), (2, f"p{cast.painopisteet[0].pk}")):
        mittari = cast.mittarit[place]
        address = f"{reverse('seuranta:kirjaus-lista', args=[cast.jakso.pk])}?rivi={kortti}"
        assert f'<a href="{address}#{kortti}-m{mittari.pk}">{mittari.nimi}</a>' in page
        assert f'id="{kortti}-m{mittari.pk}"' in kaisa.get(address).text
