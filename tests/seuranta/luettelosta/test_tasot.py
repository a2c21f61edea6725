"""An indented list as people paste it: which line is what, and what is wrong on which line."""

import pytest

from seuranta.luettelosta.tasot import read_list

ODOTETTU = [
    ("Elinvoima", "Yrityksiä kuntaan", "Tontit valmiiksi"),
    ("Elinvoima", "Yrityksiä kuntaan", "Neuvonta"),
    ("Hyvä arki", "Liikettä", "Kävelyreitit"),
]
VALILYONNEIN = """
Elinvoima
  Yrityksiä kuntaan
    Tontit valmiiksi
    Neuvonta

Hyvä arki
  Liikettä
    Kävelyreitit
"""
SARKAIMIN = VALILYONNEIN.replace("    ", "\t\t").replace("  ", "\t")
SITOVIN = VALILYONNEIN.replace("  ", "\u00a0\u00a0")
VIIVOIN = (
    "- Elinvoima\r\n  - Yrityksiä kuntaan\r\n    * Tontit valmiiksi\r\n    - Neuvonta\r\n"
    "- Hyvä arki\r\n  - Liikettä\r\n    – Kävelyreitit\r\n"
)
WORDISTA = (  # each level has a sign of its own and nothing is indented
    "•\tElinvoima\no\tYrityksiä kuntaan\n\uf0a7\tTontit valmiiksi\n\uf0a7\tNeuvonta\n"
    "•\tHyvä arki\no\tLiikettä\n\uf0a7\tKävelyreitit"
)


@pytest.mark.parametrize("teksti", [VALILYONNEIN, SARKAIMIN, SITOVIN, VIIVOIN, WORDISTA])
def test_the_same_list_however_it_is_indented(teksti):
    assert read_list(teksti) == (ODOTETTU, [])


def test_numbers_tell_the_level_and_stay_in_the_text():
    rows, errors = read_list("1.\tElinvoima\n1.1\tYrityksiä\n1.1.1\tTontit\n2. Hyvä arki\n2.1. Liikettä\n2.1.1 Reitit")
    assert not errors
    assert rows == [
        ("1. Elinvoima", "1.1 Yrityksiä", "1.1.1 Tontit"),
        ("2. Hyvä arki", "2.1. Liikettä", "2.1.1 Reitit"),
    ]


def test_numbered_headings_with_bullets_below():
    assert read_list("1. Elinvoima\n1.1 Yrityksiä\n• Tontit\n• Neuvonta")[0] == [
        ("1. Elinvoima", "1.1 Yrityksiä", "Tontit"),
        ("1. Elinvoima", "1.1 Yrityksiä", "Neuvonta"),
    ]


def test_a_word_that_begins_as_a_sign_is_a_word():
    rows, errors = read_list("osaaminen\n  opinto-ohjaus\n  5 uutta luokkaa\n  2026 avataan päiväkoti")
    assert not errors
    assert [row[2] for row in rows] == ["opinto-ohjaus", "5 uutta luokkaa", "2026 avataan päiväkoti"]


def test_of_two_levels_the_lower_is_what_is_done():
    rows, errors = read_list("Elinvoima\n\tTontit\n\tNeuvonta")
    assert (rows, errors) == ([("Elinvoima", "", "Tontit"), ("Elinvoima", "", "Neuvonta")], [])


def test_what_is_done_may_stand_straight_under_the_painopiste():
    rows, errors = read_list("1. Elinvoima\n1.1 Yrityksiä\n1.1.1 Tontit\n2. Arki\n2.1.1 Reitit")
    assert not errors
    assert rows[-1] == ("2. Arki", "", "2.1.1 Reitit")


def test_branches_that_are_indented_each_in_its_own_way_are_read_by_what_is_above():
    rows, errors = read_list("Arki\n  Palvelut\n    Kirjasto auki\nElinvoima\n\tYritykset\n\t\tTontit")
    assert not errors
    assert rows == [("Arki", "Palvelut", "Kirjasto auki"), ("Elinvoima", "Yritykset", "Tontit")]


@pytest.mark.parametrize(
    ("teksti", "lause"),
    [
        ("", "Liitä luettelo: kirjoita ensin painopiste ja sen alle sisennettynä sen toimenpiteet."),
        ("A\nB", "Luettelossa on vain yksi taso. Sisennä toimenpiteet painopisteen alle."),
        ("A\n B\n  C\n   D", "Rivi 4: ”D” on neljännellä tasolla. Tasoja on enintään kolme."),
        ("\n  A\nB\n  C", "Rivi 2: ”A” on sisennetty, vaikka sen yllä ei ole painopistettä."),
        ("A\n B\n  C\nD\n E", "Rivi 5: kohdan ”E” alla ei ole yhtään toimenpidettä. Lisää toimenpide."),
        ("A\n C\nD", "Rivi 3: kohdan ”D” alla ei ole yhtään toimenpidettä. Lisää toimenpide."),
        ("A\n C\n\n c.", "Rivi 4: ”c.” on jo saman kohdan alla rivillä 2."),
        (f"A\n {'x' * 1001}", "Rivi 2: nimessä on 1001 merkkiä, ja siihen mahtuu 1000."),
    ],
)
def test_what_is_wrong_is_told_with_its_line(teksti, lause):
    assert lause in read_list(teksti)[1]
