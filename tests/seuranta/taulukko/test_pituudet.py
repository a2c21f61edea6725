"""What is longer than its field is told at its own cell and left out; a name that nobody gave is shortened."""

import pytest

from seuranta.taulukko.pituudet import JAKSO, KOODI, NIMI, TEKSTI, VALILEHTI, shorten
from seuranta.taulukko.pituudet import ROOLIT as PITUUDET
from seuranta.taulukko.rows import read
from tests.seuranta.taulukko.ods import ods
from tests.seuranta.taulukko.taulukot import OTSIKOT, book, codes, text

SARAKKEET = [
    *("Painopiste", "Tavoite", "Toimialan tavoite", "Koodi", "Toimenpide", "Toimielin", "Toimiala", "Vastuu", "Riski"),
    *("Mittari", "Toteutumisaste", "Kommentti"),
]
RIVI = ["A", "T", "TT", "K1", "Teko", "Lautakunta", "Tekninen", "Vastuu", "Riski", "Mittari", "3", "k"]
ROOLIT = [
    *("painopiste", "tavoite", "toimialan_tavoite", "koodi", "toimenpide", "toimielin", "toimiala", "vastuu", "riski"),
    "mittari",
]


@pytest.mark.parametrize("rooli", ROOLIT)
def test_a_value_longer_than_its_field_is_null_and_told_with_its_figures_at_its_cell(rooli):
    column, limit = ROOLIT.index(rooli), PITUUDET.get(rooli, NIMI)
    rows = [
        [value if place != column else "x" * length for place, value in enumerate(RIVI)]
        for length in (limit, limit + 1)
    ]
    luettu = read(text(SARAKKEET, *rows), "taulu.csv")
    cell = f"{chr(65 + column)}3"
    assert codes(luettu.errors) == [(cell, "too_long")]
    assert f"{limit + 1} merkkiä, enintään {limit}. Lyhennä" in luettu.errors[0].fi
    assert [getattr(rivi, rooli) for rivi in luettu.rows] == ["x" * limit, None]


@pytest.mark.parametrize("rooli", ["kommentti", "sisainen_huomio", "ennuste"])
def test_a_text_that_two_columns_make_too_long_is_told_at_the_second(rooli):
    otsikot = ["Toimenpide", "Toteutumisaste", "Yksi", "Toinen"]
    half = TEKSTI // 2
    rows = [["Teko 1", "3", "a" * half, "b" * half], ["Teko 2", "3", "a" * half, "b" * (half + 1)]]
    choices = {"C": rooli, "D": rooli}
    luettu = read(text(otsikot, *rows), "taulu.csv", columns=choices)
    assert codes(luettu.errors) == [("D3", "too_long")]
    assert [len(getattr(rivi.kirjaukset[0], rooli)) for rivi in luettu.rows] == [TEKSTI, half]


def test_a_band_too_long_is_told_once_and_named_by_none_of_its_rows():
    band = "Sivistyslautakunta " + "ja muut " * 200
    rows = [["A", "T", "a", 3, "k"], ["A", "T", "b", 3, "k"]]
    otsikot = ["Painopiste", "Tavoite", "Toimenpide", "Toteutumisaste", "Kommentti"]
    luettu = read(
        book(otsikot, ["A", "T", "z", 2, "k"], ["Tekninen lautakunta"], *rows, [band], ["A", "T", "c", 3, "k"]),
        "t.xlsx",
    )
    assert codes(luettu.errors) == [("Taul1!A6", "too_long")]
    assert [rivi.toimielin for rivi in luettu.rows] == [None, "Tekninen lautakunta", "Tekninen lautakunta", None]


def test_a_name_keeps_its_length_when_a_column_of_codes_stands_beside_it():
    """The code before the name is then a part of the name: together they are too long."""
    rows = [["K1", f"01.02 {'n' * NIMI}"], ["K2", "01.03 b"]]
    luettu = read(text(["Koodi", "Toimenpide"], *rows), "taulu.csv")
    assert codes(luettu.errors) == [("B2", "too_long")]
    assert [rivi.toimenpide for rivi in luettu.rows] == [None, "01.03 b"]


def test_a_dotted_code_longer_than_a_code_may_be_is_told_and_its_name_stays():
    code = ".".join(["12"] * 20)
    luettu = read(text(["Toimenpide", "Toimiala"], [f"{code} Pitkä", "X"], ["01.02 Lyhyt", "X"]), "taulu.csv")
    assert len(code) > KOODI
    assert codes(luettu.errors) == [("A2", "too_long")]
    assert [(rivi.koodi, rivi.toimenpide) for rivi in luettu.rows] == [(None, "Pitkä"), ("01.02", "Lyhyt")]


def test_a_jakso_named_on_the_row_is_told_at_its_cell():
    rows = [["Teko 1", "j" * JAKSO, "3", "k"], ["Teko 2", "j" * (JAKSO + 1), "3", "k"]]
    luettu = read(text(["Toimenpide", "Jakso", "Toteutumisaste", "Kommentti"], *rows), "taulu.csv")
    assert codes(luettu.errors) == [("B3", "too_long")]
    assert all(len(nimi) <= JAKSO for nimi in luettu.jaksot)


def test_a_heading_that_makes_too_long_a_name_of_a_jakso_is_shortened_and_told_at_its_cell():
    heading = "Toteutumisaste " + "kesä 2023 " * 30
    otsikot = [*OTSIKOT[:4], heading, "Kommentti", heading.replace("kesä", "syksy"), "Huomiot"]
    luettu = read(book(otsikot, ["A", "T", "a", "X", 3, "k", 4, "m"]), "taulu.xlsx")
    assert luettu.status == "ok"
    assert [len(nimi) <= JAKSO for nimi in luettu.jaksot] == [True, True]
    assert luettu.jaksot[0] != luettu.jaksot[1]
    assert [k.toteutumisaste for k in luettu.rows[0].kirjaukset] == [3, 4]
    told = {n.cell: n.fi for n in luettu.notices if n.code == "needs_decision"}
    assert "enintään 200" in told["Taul1!E1"]
    assert "enintään 200" in told["Taul1!G1"]


def test_a_heading_too_long_to_be_a_word_is_shortened_and_told_at_its_cell():
    heading = "Toteutumisaste " + "osavuosikatsaus " * 100
    luettu = read(book([*OTSIKOT[:4], heading, "Kommentti"], ["A", "T", "a", "X", 3, "k"]), "taulu.xlsx")
    assert luettu.status == "ok"
    assert len(luettu.headings["toteutumisaste"]) <= NIMI
    assert [(n.cell, f"enintään {NIMI}" in n.fi) for n in luettu.notices] == [("Taul1!E1", True)]


def test_sheets_whose_names_are_too_long_for_an_address_are_still_two():
    long = "v" * 300
    rows = [OTSIKOT[:3], ["A", "T", "a"]]
    luettu = read(ods(*rows, sheet=f"{long}1", more=[(f"{long}2", [rows[0], ["A", "T", "b"]])]), "taulu.ods")
    cells = [rivi.cell for rivi in luettu.rows]
    assert len(set(cells)) == 2
    assert all(len(cell) < VALILEHTI + 10 for cell in cells)


def test_a_shortened_name_ends_between_words_and_one_that_fits_stays():
    assert shorten("yksi kaksi kolme", 16) == "yksi kaksi kolme"
    assert shorten("yksi kaksi kolme", 15) == "yksi kaksi…"
    assert shorten("y" * 20, 10) == "y" * 9 + "…"
