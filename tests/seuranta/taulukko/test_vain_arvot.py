"""Tables whose headings nobody knows: where the header is, and what the values alone tell of the columns."""

import pytest

from seuranta.taulukko.rows import read

from .taulukot import book, text

NIMET = [
    *("Uusitaan jäähallin koneisto", "Avataan nuorten työpaja", "Laaditaan pyöräväylän kaava", "Selvitetään neuvonta"),
    *("Kunnostetaan rantareitti", "Kilpailutetaan kuljetukset", "Perustetaan asukasraati", "Hankitaan kirjastoauto"),
]
TASOT = ["Elävä taajama"] * 4 + ["Sujuva arki"] * 4
SELOSTUS = "Urakka käynnistyi keväällä, ja valmista on ensi kesänä."


def rows_of(columns):
    return [list(row) for row in zip(TASOT, NIMET, *columns, strict=True)]


def csv_of(*rows):
    width = max(map(len, rows))
    return read(text(*([*row, *[""] * (width - len(row))] for row in rows)), "taulu.csv")


def reading(luettu):
    """{heading: role} of the first table's columns, and the jaksot."""
    return {column.heading: column.role for column in luettu.columns}, luettu.jaksot


def test_a_row_of_data_whose_words_are_headings_is_no_header():
    kinds = ["Kehittämishanke", "Selvitys", "Kehittämishanke", "Selvitys"] * 2
    states = ["3 käynnissä", "1 ei aloitettu", "5 toteutunut", "1 ei aloitettu"] * 2
    luettu = csv_of(["Mörlla", "Fonkake", "Tiirtu", "Vulpa"], *rows_of([kinds, states]))
    assert [rivi.toimenpide for rivi in luettu.rows] == NIMET
    assert [rivi.kirjaukset[0].toteutumisaste for rivi in luettu.rows] == [3, 1, 5, 1] * 2


def test_a_sentence_is_no_heading():
    texts = ("Council approved the programme.", "Residents reached the annual goal.", "The board approved this budget.")
    luettu = csv_of(["Mörlla", "Fonkake", "Tiirtu", "Vulpa", "Naurje"], *rows_of([[each] * 8 for each in texts]))
    assert [rivi.toimenpide for rivi in luettu.rows] == NIMET


def test_who_binds_a_goal_is_no_board():
    binds = ["Valtuusto", "Lautakunta", "Lautakunta", "Muu"] * 2
    luettu = csv_of(
        ["Mörlla", "Fonkake", "Tiirtu", "Toteutumisaste"],
        *(["ELINVOIMALAUTAKUNTA"], *rows_of([binds, "34512345"])[:4]),
        *(["SIVISTYSLAUTAKUNTA"], *rows_of([binds, "34512345"])[4:]),
    )
    assert [rivi.toimielin for rivi in luettu.rows] == ["ELINVOIMALAUTAKUNTA"] * 4 + ["SIVISTYSLAUTAKUNTA"] * 4
    assert luettu.rows[0].omat == {"Tiirtu": "Valtuusto"}


def test_unknown_words_stand_over_every_option_of_an_x():
    marks = [(1, 2, 3)[number % 3] for number in range(8)]
    cells = [["x" if mark == option else "" for mark in marks] for option in (1, 2, 3)]
    luettu = csv_of(["Mörlla", "Fonkake", "Tiirtu"], ["", "", "Valmis", "Kesken", "Ei aloitettu"], *rows_of(cells))
    assert [rivi.kirjaukset[0].toteutumisaste for rivi in luettu.rows] == [5, 3, 1, 5, 3, 1, 5, 3]


def test_a_group_of_headings_may_begin_right_of_the_names():
    first, second = ["x", "", ""] * 2 + ["x", ""], ["", "x", ""] * 2 + ["", "x"]
    columns = [first, second, second, first]
    luettu = csv_of(
        ["", "", "Pekmpö I", "", "Pekmpö II"],
        ["Mörlla", "Fonkake", "Valmis", "Kesken", "Valmis", "Kesken"],
        *rows_of(columns),
    )
    assert luettu.jaksot == ("I", "II")
    asteet = [tuple(kirjaus.toteutumisaste for kirjaus in rivi.kirjaukset) for rivi in luettu.rows]
    assert asteet == [(5, 3), (3, 5), (None, None)] * 2 + [(5, 3), (3, 5)]


def test_a_band_names_a_level_also_over_a_header_that_begins_with_one_cell():
    head = [["", "", "Pekmpö 31.12.2024", ""], ["Mörlla", "Fonkake", "Valmis", "Kesken"]]
    first = [["Yhteinen koulu", NIMET[0], "x", ""], ["Hyvä alku", NIMET[1], "", "x"], ["Hyvä alku", NIMET[2], "x", ""]]
    second = [["Kirkas vesi", NIMET[3], "", "x"], ["Uusi metsä", NIMET[4], "x", ""], ["Uusi metsä", NIMET[5], "", "x"]]
    luettu = csv_of(["Lapset ensin"], *head, *first, ["Luonto lähellä"], *head, *second)
    assert [rivi.painopiste for rivi in luettu.rows] == ["Lapset ensin"] * 3 + ["Luonto lähellä"] * 3
    assert luettu.rows[0].tavoite == "Yhteinen koulu"


def test_roman_numbers_after_unknown_words_are_periods():
    luettu = csv_of(["Mörlla", "Fonkake", "Tiirtu I", "Tiirtu II"], *rows_of(["34512345", "45513345"]))
    assert luettu.jaksot == ("I", "II")


def test_the_same_words_under_several_periods_belong_to_the_header():
    luettu = csv_of(
        ["Mörlla", "Fonkake", "2024", "2025"], ["", "", "Rörtake", "Rörtake"], *rows_of(["34512345", "45513345"])
    )
    assert [rivi.toimenpide for rivi in luettu.rows] == NIMET
    assert luettu.jaksot == ("2024", "2025")


@pytest.mark.parametrize("heading", ["Naunttin 31.12.2024", "Naunttin, % 2024"])
def test_quarters_of_a_hundred_are_a_status_beside_the_years_of_a_measure(heading):
    parts = [1, 0.25, 0, 0.5, 0.75, 1, 1, 0.25]
    years = [[10.5, 9.2, 9.8, 8.9, 9, 8.7, 4, 2], [3, 4, 4.7, 4.8, 4.4, 3, 1, 0]]
    rows = rows_of([*years, ["↑", "→"] * 4, parts])

    def per_cents(workbook):
        for (cell,) in workbook.active.iter_rows(min_row=2, min_col=6, max_col=6):
            cell.number_format = "0 %"

    luettu = read(book(["Mörlla", "Fonkake", "2023", "2024", "Vuhtonen", heading], *rows, look=per_cents), "taulu.xlsx")
    assert [rivi.kirjaukset[0].toteutumisaste for rivi in luettu.rows] == [5, 2, 1, 3, 4, 5, 5, 2]


def test_a_scale_in_the_heading_is_a_status_beside_arrows():
    luettu = csv_of(
        ["Mörlla", "Fonkake", "Tiirtu", "Vulpa (4–10)"], *rows_of([["↑", "→"] * 4, ["5", "10", "4", "8"] * 2])
    )
    assert "unknown_scale" in {error.code for error in luettu.errors}


def test_a_table_known_only_by_what_is_asked_for_its_names_and_comments():
    """ "What was promised" alone is no known heading, and a direction over groups of rows is none either."""
    table = [["Suunta", "Mitä luvattiin", "Sanottavaa"], *rows_of([[SELOSTUS] * 8])]
    luettu = csv_of(*table)
    asked = {error.cell for error in luettu.errors if error.code == "column_role"}
    assert asked == {"B1", "C1"}
    assert [(rivi.painopiste, rivi.toimenpide) for rivi in luettu.rows] == list(zip(TASOT, NIMET, strict=True))
