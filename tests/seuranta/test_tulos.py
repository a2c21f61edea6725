"""Is a target reached: by the year's target, the direction and the kind; and honestly where nobody can tell."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from seuranta.tulos import Arvo, Suunta, Tulos, compare, move_of, sentence, show_target, target_in_force
from strategia.lukuteksti import read_ala, read_luku, read_yla


def mittari(laji="luku", suunta="suurempi", yksikko="", desimaalit=None):
    return SimpleNamespace(laji=laji, suunta=suunta, yksikko=yksikko, desimaalit=desimaalit)


def tavoite(teksti, vuosi=None):
    luku, ala, yla = read_luku(teksti), read_ala(teksti), read_yla(teksti)
    return SimpleNamespace(vuosi=vuosi, teksti=teksti, luku=luku, ala=ala, yla=yla)


def arvo(teksti):
    return None if teksti is None else Arvo(teksti, read_luku(teksti))


# --- the target in force


@pytest.mark.parametrize(
    ("vuodet", "vuosi", "voimassa"),
    [
        ([2023, 2024, 2025], 2024, 2024),
        ([2022, 2025], 2024, 2022),
        ([2025], 2024, "none"),
        ([2025, None], 2024, None),
        ([2022, None], 2024, 2022),
        ([None], 2024, None),
        ([], 2024, "none"),
        ([2024, None], None, None),
        ([2024], None, "none"),
    ],
)
def test_the_target_of_the_year_else_the_latest_earlier_else_the_open_one(vuodet, vuosi, voimassa):
    found = target_in_force([tavoite(f"{each}", each) for each in vuodet], vuosi)
    assert (found.vuosi if found else "none") == voimassa


# --- reached


@pytest.mark.parametrize(
    ("suunta", "nyt", "tavoitteena", "tulos"),
    [
        ("suurempi", "80", "80", Tulos.SAAVUTETTU),
        ("suurempi", "79,9", "80", Tulos.EI_VIELA),
        ("pienempi", "8", "8,0", Tulos.SAAVUTETTU),
        ("pienempi", "9,5", "8,0", Tulos.EI_VIELA),
        ("vali", "15", "10–20", Tulos.SAAVUTETTU),
        ("vali", "10", "10–20", Tulos.SAAVUTETTU),
        ("vali", "9", "10–20", Tulos.EI_VIELA),
        ("vali", "21", "10–20", Tulos.EI_VIELA),
        ("vali", "15", "15", Tulos.SAAVUTETTU),
        ("suurempi", "25", "10–20", Tulos.SAAVUTETTU),
        ("suurempi", "9", "10–20", Tulos.EI_VIELA),
        ("pienempi", "5", "10–20", Tulos.SAAVUTETTU),
        ("ei", "80", "80", Tulos.EI_VERRATA),
        ("suurempi", "n. 70", "80", Tulos.EI_VERRATA),
        ("suurempi", "70", "kasvaa", Tulos.EI_VERRATA),
        ("suurempi", None, "80", Tulos.ARVO_PUUTTUU),
        ("suurempi", " ", "80", Tulos.ARVO_PUUTTUU),
        ("suurempi", "80", None, Tulos.EI_TAVOITETTA),
        ("suurempi", None, None, Tulos.EI_TAVOITETTA),
        ("suurempi", "0", "0", Tulos.SAAVUTETTU),
        ("suurempi", "-1", "0", Tulos.EI_VIELA),
    ],
)
def test_a_number_by_its_direction(suunta, nyt, tavoitteena, tulos):
    aim = None if tavoitteena is None else tavoite(tavoitteena)
    assert compare(mittari(suunta=suunta), arvo(nyt), aim) == tulos


@pytest.mark.parametrize(
    ("nyt", "tavoitteena", "tulos"),
    [
        ("kyllä", "kyllä", Tulos.SAAVUTETTU),
        ("Kyllä.", "kyllä", Tulos.SAAVUTETTU),
        ("ei", "kyllä", Tulos.EI_VIELA),
        ("ei", "ei", Tulos.SAAVUTETTU),
        ("osittain", "kyllä", Tulos.EI_VERRATA),
        ("kyllä", "2025", Tulos.EI_VERRATA),
        ("", "kyllä", Tulos.ARVO_PUUTTUU),
    ],
)
def test_kylla_or_ei(nyt, tavoitteena, tulos):
    assert compare(mittari("kylla_ei"), arvo(nyt), tavoite(tavoitteena)) == tulos


def test_texts_are_not_compared_even_where_they_are_numbers():
    assert compare(mittari("teksti"), arvo("80"), tavoite("80")) == Tulos.EI_VERRATA


@pytest.mark.parametrize(
    ("nyt", "tavoitteena", "tulos"),
    [
        ("5 000 000 €", "5 milj. €", Tulos.EI_VERRATA),
        ("5 milj. €", "5 000 000 €", Tulos.EI_VERRATA),
        ("80 prosenttia", "80", Tulos.EI_VERRATA),
        ("80 euroa", "80 €", Tulos.SAAVUTETTU),
        ("80", "70–80 %", Tulos.EI_VERRATA),
    ],
)
def test_two_units_are_not_compared(nyt, tavoitteena, tulos):
    assert compare(mittari("euro"), arvo(nyt), tavoite(tavoitteena)) == tulos


# --- in words


@pytest.mark.parametrize(
    ("laji", "nyt", "tavoitteena", "lause"),
    [
        ("prosentti", "75", "80 %", "75\u00a0% (tavoite 80\u00a0%): ei vielä"),
        ("prosentti", "80", "80 %", "80\u00a0% (tavoite 80\u00a0%): saavutettu"),
        ("prosentti", None, "80 %", "arvo puuttuu (tavoite 80\u00a0%)"),
        ("prosentti", "75", None, "75\u00a0%: ei tavoitetta"),
        ("prosentti", None, None, "ei tavoitetta"),
        ("prosentti", "n. 70", "80 %", "n. 70 (tavoite 80\u00a0%): ei voi verrata"),
        ("luku", "1234,5", "1 000–2 000", "1\u00a0234,5 (tavoite 1\u00a0000–2\u00a0000): saavutettu"),
        ("kylla_ei", "Kyllä", "kyllä", "kyllä (tavoite kyllä): saavutettu"),
        ("teksti", "Selvitys tehty", "Selvitys", "Selvitys tehty (tavoite Selvitys): ei voi verrata"),
        ("euro", "5 milj. €", "6 000 000", "5 milj. € (tavoite 6\u00a0000\u00a0000\u00a0€): ei voi verrata"),
    ],
)
def test_the_sentence_tells_the_value_the_target_and_the_result(laji, nyt, tavoitteena, lause):
    aim = None if tavoitteena is None else tavoite(tavoitteena)
    assert sentence(mittari(laji), arvo(nyt), aim) == lause


def test_decimals_of_the_measure_are_shown():
    aim = SimpleNamespace(vuosi=None, teksti="vähintään 10", luku=None, ala=Decimal(10), yla=None)
    assert show_target(mittari(desimaalit=1, yksikko="kpl"), aim) == "vähintään 10,0\u00a0kpl"


# --- moves


@pytest.mark.parametrize(
    ("laji", "suunta", "ennen", "nyt", "liike"),
    [
        ("luku", "suurempi", "8", "9", Suunta.PARANI),
        ("luku", "suurempi", "9", "8", Suunta.HEIKKENI),
        ("luku", "pienempi", "8,5", "9,5", Suunta.HEIKKENI),
        ("luku", "pienempi", "9", "8", Suunta.PARANI),
        ("luku", "suurempi", "9", "9,0", Suunta.ENNALLAAN),
        ("luku", "vali", "8", "9", None),
        ("luku", "ei", "8", "9", None),
        ("luku", "suurempi", None, "9", None),
        ("luku", "suurempi", "n. 8", "9", None),
        ("kylla_ei", "suurempi", "ei", "kyllä", Suunta.PARANI),
        ("kylla_ei", "suurempi", "kyllä", "ei", Suunta.HEIKKENI),
        ("teksti", "suurempi", "8", "9", None),
    ],
)
def test_how_a_value_moved(laji, suunta, ennen, nyt, liike):
    assert move_of(mittari(laji, suunta), arvo(nyt), arvo(ennen)) == liike
