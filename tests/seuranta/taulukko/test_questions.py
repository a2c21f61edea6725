"""Where two readings are possible the file is not guessed: a question, and an answer that reads it."""

import json

import pytest

from seuranta.taulukko.rows import Luettu, read
from seuranta.taulukko.rows.validity import years_at_end, years_of_cell

from .taulukot import OTSIKOT, book, cells_of, codes, named_cells

ALKU = ["P", "T", "a", "X"]


def asked(*rows, **options):
    data = book(*rows)
    luettu = read(data, "taulu.xlsx", **options)
    assert cells_of(data, "taulu.xlsx") <= named_cells(luettu)
    return luettu, [(kysymys.code, kysymys.taken) for kysymys in luettu.questions]


def scores(luettu):
    return [kirjaus.toteutumisaste for rivi in luettu.rows for kirjaus in rivi.kirjaukset]


# --- headings that nobody knows

OUDOT = ["Zorp", "Blimp", "Frob", "Quux"]
OUTOJA = [
    ["Hyvinvointi", "Avataan uimahalli", 4, "Uimahalli avattiin syksyllä, kävijöitä oli paljon."],
    ["Hyvinvointi", "Rakennetaan polku", 3, "Polun rakentaminen alkoi kesällä ja jatkuu."],
    ["Elinvoima", "Perustetaan yrityspuisto", 5, "Puisto valmistui, ja tontit on varattu."],
    ["Elinvoima", "Jatketaan neuvontaa", 2, "Neuvonta siirtyi, sillä rahoitus puuttui."],
]


def test_where_no_heading_is_known_the_column_of_names_is_asked_and_the_rest_is_read_around_it():
    luettu, _codes = asked(OUDOT, *OUTOJA)
    names, status = luettu.questions
    assert (names.cell, names.proposed, status.cell) == ("Taul1!B1", 0, "Taul1!C1")
    assert names.fi == (
        "Mitään otsikkoa ei tunnettu. B ”Blimp”, A ”Zorp”: missä on toimenpiteen nimi? Ehdotus on ensimmäinen. "
        "Komennolle sen kertoo --sarake B=toimenpide."
    )
    assert codes(luettu.errors) == [("Taul1!B1", "column_role"), ("Taul1!C1", "column_role")]
    luettu, still = asked(OUDOT, *OUTOJA, columns={**names.answers[0].columns, **status.answers[0].columns})
    assert (luettu.status, still, scores(luettu)) == ("ok", [], [4, 3, 5, 2])
    assert [column[0] for column in luettu.columns] == ["painopiste", "toimenpide", "toteutumisaste", "kommentti"]
    luettu, _codes = asked(OUDOT, *OUTOJA, columns=names.answers[1].columns)
    assert [rivi.toimenpide for rivi in luettu.rows if rivi.toimenpide] != [row[1] for row in OUTOJA]


def test_one_known_heading_is_enough_to_read_the_names():
    luettu, _codes = asked(["Zorp", "Blimp", "Toteutumisaste", "Quux"], *OUTOJA)
    assert (luettu.status, [rivi.toimenpide for rivi in luettu.rows]) == ("ok", [row[1] for row in OUTOJA])


def test_without_a_status_the_one_free_text_beside_unknown_headings_may_be_the_comment():
    luettu, _codes = asked([OUDOT[0], OUDOT[1], OUDOT[3]], *([a, b, d] for a, b, _c, d in OUTOJA))
    assert [(each.cell, [answer.columns for answer in each.answers]) for each in luettu.questions][1:] == [
        ("Taul1!C1", [{"Taul1!C": "kommentti"}, {"Taul1!C": "oma"}])
    ]


def test_a_sheet_of_one_row_has_the_header_of_the_others_though_nobody_knows_its_words():
    def look(workbook):
        sheet = workbook.create_sheet("B")
        for row in (OUDOT, ["Ympäristö", "Istutetaan puita", 1, "Puut istutettiin syksyllä, ja ne kasvavat."]):
            sheet.append(row)

    luettu = read(book(OUDOT, *OUTOJA, look=look, sheet="A"), "taulu.xlsx")
    assert [rivi.cell for rivi in luettu.rows] == ["A!B2", "A!B3", "A!B4", "A!B5", "B!B2"]


# --- two columns of scores


def test_of_two_columns_of_scores_none_is_read_until_a_person_chooses():
    rows = [[*OTSIKOT[:4], "Oma arvio", "Johtoryhmän arvio"], [*ALKU, 2, 4], [*ALKU[:2], "b", "X", 3, 5]]
    luettu, codes_asked = asked(*rows)
    assert (codes_asked, scores(luettu)) == ([("column_role", None)], [])
    kysymys = luettu.questions[0]
    assert kysymys.cell == "Taul1!E1"
    assert (
        kysymys.fi
        == "E ”Oma arvio”, F ”Johtoryhmän arvio”: missä on toteutumisaste? Mitään näistä ei luettu asteeksi. "
        "Komennolle sen kertoo --sarake E=toteutumisaste."
    )
    assert codes(luettu.errors) == [("Taul1!E1", "column_role")]  # until it is answered nothing is written
    assert luettu.rows[0].omat == {"Oma arvio": "2", "Johtoryhmän arvio": "4"}
    for answer, expected in zip(kysymys.answers, ([2, 3], [4, 5]), strict=True):
        chosen, still_asked = asked(*rows, columns=answer.columns)
        assert (still_asked, scores(chosen)) == ([], expected)


def test_two_periods_are_not_a_question_and_a_heading_that_says_aste_answers_it():
    header = [*OTSIKOT[:4], "Toteutumisaste kevät 2025", "Toteutumisaste syksy 2025"]
    assert asked(header, [*ALKU, 2, 4])[1] == []
    luettu, codes_asked = asked([*OTSIKOT[:4], "Oma arvio", "Toteutumisaste"], [*ALKU, 2, 4])
    assert (codes_asked, scores(luettu)) == ([], [4])


# --- two columns of comments


def test_of_two_columns_of_comments_either_or_both_may_be_the_one():
    rows = [[*OTSIKOT, "Perustelut"], [*ALKU, 4, "k", "p"]]
    luettu, codes_asked = asked(*rows)
    assert (codes_asked, scores(luettu)) == ([("column_role", None)], [4])
    assert luettu.rows[0].kirjaukset[0].kommentti is None
    texts = [
        asked(*rows, columns=answer.columns)[0].rows[0].kirjaukset[0].kommentti
        for answer in luettu.questions[0].answers
    ]
    assert texts == ["k", "p", "k\np"]


def test_an_inner_note_beside_a_comment_is_no_question():
    assert asked([*OTSIKOT, "Sisäinen huomio"], [*ALKU, 4, "k", "h"])[1] == []


# --- two columns of names


def test_of_two_columns_of_names_the_first_is_read_and_the_other_asked_about():
    rows = [[*OTSIKOT[:4], "Palvelualue"], [*ALKU, "Y"]]
    luettu, codes_asked = asked(*rows)
    assert (codes_asked, luettu.rows[0].toimiala) == ([("column_role", None)], "X")
    other = asked(*rows, columns=luettu.questions[0].answers[1].columns)
    assert (other[1], other[0].rows[0].toimiala) == ([], "Y")


def test_an_empty_second_column_is_no_question():
    assert asked([*OTSIKOT[:4], "Palvelualue"], ALKU)[1] == []


# --- where an answer holds


def test_an_answer_holds_on_every_sheet_of_the_table_and_on_no_other():
    def add(workbook):
        workbook.create_sheet("Toinen").append([*OTSIKOT, "Perustelut"])
        workbook["Toinen"].append([*ALKU[:2], "b", "X", 4, "k", "p"])
        workbook.create_sheet("Muu").append(["Toimenpide", "Tavoite", "Kommentti"])
        workbook["Muu"].append(["c", "T", "muu"])

    data = book([*OTSIKOT, "Perustelut"], [*ALKU, 4, "k", "p"], look=add)
    answer = read(data, "a.xlsx").questions[0].answers[1]
    assert set(answer.columns) == {"Taul1!F", "Taul1!G", "Toinen!F", "Toinen!G"}
    luettu = read(data, "a.xlsx", columns=answer.columns)
    assert [[kirjaus.kommentti for kirjaus in rivi.kirjaukset if kirjaus.kommentti] for rivi in luettu.rows] == [
        ["p"],
        ["p"],
        ["muu"],
    ]


def test_a_choice_for_a_column_that_no_table_has_is_refused():
    assert read(book(OTSIKOT, [*ALKU, 4, "k"]), "a.xlsx", columns={"Muu!E": ""}).reason == "unknown_header"
    assert read(book(OTSIKOT, [*ALKU, 4, "k"]), "a.xlsx", columns={"Z": ""}).reason == "unknown_header"


def test_a_sheet_of_another_kind_is_told():
    def add(workbook):
        workbook.create_sheet("Talous").append(["Painopiste", "Tavoite", "Määräraha"])
        workbook["Talous"].append(["P", "T", 1])
        workbook.create_sheet("Ohje").append(["Kirjaa aste ja kommentti syyskuun loppuun mennessä."])

    luettu = read(book(OTSIKOT, [*ALKU, 4, "k"], look=add), "a.xlsx")
    assert codes(luettu.notices) == [("Talous!A1", "needs_decision")]


# --- years in force


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Avataan kirjasto. 2023-2025", (2023, 2025)),
        ("Avataan kirjasto 2024–2026", (2024, 2026)),
        ("Avataan kirjasto 2024 – 2026.", (2024, 2026)),
        ("Avataan kirjasto (2023–25)", (2023, 2025)),
        ("Avataan kirjasto (2023)", (2023, 2023)),
        ("Avataan kirjasto. 2024", (2024, 2024)),
        ("Kuullaan lasten ääni. 2023", (2023, 2023)),
        ("Selkiytetään sitä.2024", (2024, 2024)),
        ("Avataan kirjasto.2023-2025", (2023, 2025)),
        ("Rivi\n2024-2025", (2024, 2025)),
        ("Laaditaan selvitys vuoteen 2030", None),
        ("Vuoden 2026 aikana avataan kirjasto", None),
        ("Strategian 2022–2025 toimeenpano jatkuu", None),
        ("Avataan kirjasto 2023 ja 2025", None),
        ("Avataan kirjasto. 2025–2023", None),
        ("Kunta 2010–2050", None),
        ("Päätös 31.12.2024", None),
        ("Tilausnumero 12020-2023", None),
        ("2,3 milj. 2023", None),
        ("Kerhot, leirit jne. 2023", None),
        ("", None),
    ],
)
def test_years_are_taken_only_where_they_end_the_text_and_stand_alone(text, years):
    assert years_at_end(text) == years


@pytest.mark.parametrize(
    ("text", "years"), [("2024", (2024, 2024)), (" 2024-2026 ", (2024, 2026)), ("2024 alkaen", None), ("24-26", None)]
)
def test_a_cell_of_years(text, years):
    assert years_of_cell(text) == years


def test_the_text_with_its_years_stays_as_it_is_and_its_years_are_only_proposed():
    luettu = read(book(OTSIKOT[:3], ["P", "T", "Avataan kirjasto. 2023-2025"]), "a.xlsx")
    rivi = luettu.rows[0]
    assert (rivi.toimenpide, rivi.vuosina, rivi.nimen_vuodet) == ("Avataan kirjasto. 2023-2025", "", (2023, 2025))
    assert codes(luettu.notices) == [("Taul1!C2", "validity")]
    assert Luettu.from_dict(json.loads(json.dumps(luettu.to_dict()))) == luettu


def test_a_column_of_years_is_read_and_a_column_that_has_anything_else_is_not():
    header = [*OTSIKOT[:3], "Aikataulu"]
    luettu = read(book(header, ["P", "T", "a", 2024], ["P", "T", "b (2023)", "2024–2026"]), "a.xlsx")
    assert [rivi.vuosina for rivi in luettu.rows] == ["2024", "2024–2026"]
    luettu = read(book(header, ["P", "T", "a", 2024], ["P", "T", "b", "syksy 2024"]), "a.xlsx")
    assert [rivi.voimassa for rivi in luettu.rows] == [None, None]
    assert [rivi.omat for rivi in luettu.rows] == [{"Aikataulu": "2024"}, {"Aikataulu": "syksy 2024"}]


def test_a_column_chosen_as_years_tells_what_it_cannot_read():
    data = book([*OTSIKOT[:3], "Milloin"], ["P", "T", "a", "2024–2026"], ["P", "T", "b", "pian"])
    luettu = read(data, "a.xlsx", columns={"D": "voimassa"})
    assert [rivi.vuosina for rivi in luettu.rows] == ["2024–2026", ""]
    assert codes(luettu.notices) == [("Taul1!D3", "needs_decision")]


# --- our own report as a workbook


def test_our_own_workbook_names_its_jakso_in_full_and_another_subject_does_not():
    def subject(workbook):
        workbook.properties.subject = "Osavuosikatsaus I/2026: tammi–huhtikuu"

    rows = [OTSIKOT, [*ALKU, 4, "k"]]
    own = book(*rows, look=subject, sheet="Osavuosikatsaus I 2026  tammi–huhtikuu"[:31])
    assert read(own, "a.xlsx").jaksot == ("Osavuosikatsaus I/2026: tammi–huhtikuu",)
    assert read(own, "a.xlsx", jakso="Oma").jaksot == ("Oma",)
    assert read(book(*rows, look=subject, sheet="Taul1"), "a.xlsx").jaksot == ("Jakso 1",)
