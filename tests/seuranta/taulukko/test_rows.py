"""What a row says: its place in the strategia, its score and words, and what of it a person must decide."""

import json
from dataclasses import asdict
from datetime import date

import pytest

from seuranta.taulukko.rows import read
from strategia.lukuteksti import as_json_number, read_luku

from .taulukot import OTSIKOT, book, cells_of_row, codes, scores, text

FLAT = [
    "Painopiste", "Strateginen tavoite", "Toimialan tavoite", "Koodi", "Toimenpide", "Toimielin", "Toimiala", "Vastuu",
    "Riski", "Mittari", "SDG", "Jakso", "Toteutumisaste", "Syy", "Kommentti",
]  # fmt: skip


def levels(*rows):
    luettu = read(book(OTSIKOT[:3], *rows), "taulu.xlsx")
    return [(rivi.painopiste, rivi.tavoite) for rivi in luettu.rows], luettu


# --- scores


@pytest.mark.parametrize(
    ("value", "score", "syy"),
    [
        (4, 4, ""),
        (4.0, 4, ""),
        (" 4 ", 4, ""),
        ("4,0", 4, ""),
        ("3 Toteutus on aloitettu", 3, ""),
        ("4 = lähes valmis", 4, ""),
        ("2 – suunnitteilla (25 %)", 2, ""),
        ("Käynnissä", 3, ""),
        ("Vihreä", 5, ""),
        (None, None, "ei_vastattu"),
        ("-", None, "ei_arvioida"),
        ("–", None, "ei_arvioida"),
        ("Ei arvioitu", None, "ei_arvioida"),
    ],
)
def test_a_score_is_read_only_where_it_is_plain(value, score, syy):
    (_, kirjaus), errors = scores(5, value)
    assert (kirjaus.toteutumisaste, kirjaus.syy, errors) == (score, syy, {})


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (0, "score_range"),
        (6, "score_range"),
        ("-1", "score_range"),
        (3.7, "score_not_integer"),
        ("3,5", "score_not_integer"),
        (date(2026, 5, 4), "date_in_score"),
        ("4.5.", "date_in_score"),
        ("4/5", "ambiguous_score"),
        ("1) 4, 2) 5", "ambiguous_score"),
        ("4 tai 5", "ambiguous_score"),
        ("٤", "ambiguous_score"),
        (True, "score_not_number"),
        ("IV", "score_not_number"),
        ("hyvin", "score_not_number"),
        ("#REF!", "error_cell"),
        ("=1+1", "formula_without_value"),
    ],
)
def test_anything_else_is_an_error_at_its_cell_and_keeps_its_text(value, code):
    (_, kirjaus), errors = scores(5, value)
    assert errors == {"Taul1!E3": code}
    assert kirjaus.toteutumisaste is None
    assert kirjaus.raw


def test_the_sentence_of_an_error_says_what_is_there_and_what_to_do():
    luettu = read(book(OTSIKOT, ["P", "T", "a", "X", 4, "k"], ["P", "T", "b", "X", "1) 4, 2) 5", "k"]), "taulu.xlsx")
    assert luettu.errors[0].fi == ("Toteutumisastetta ”1) 4, 2) 5” ei voi lukea yhtenä numerona. Valitse numero 1–5.")


def test_a_column_wholly_in_per_cent_is_scores_and_told():
    kirjaukset, errors = scores("0 %", "25 %", "50 %", "75 %", "100 %", "80 %")
    assert [kirjaus.toteutumisaste for kirjaus in kirjaukset] == [1, 2, 3, 4, 5, None]
    assert errors == {"Taul1!E7": "percent_off_grid"}


def test_the_words_of_the_strategias_own_scale_are_known():
    data = book(OTSIKOT, ["P", "T", "a", "X", "Maalissa", "k"])
    assert read(data, "taulu.xlsx").status == "row_errors"
    luettu = read(data, "taulu.xlsx", labels={5: "maalissa"})
    assert (luettu.rows[0].kirjaukset[0].toteutumisaste, luettu.esitys) == (5, "sanat")


# --- blanks


def test_a_blank_is_the_value_above_it_and_told():
    found, luettu = levels(["A", "T", "a"], [None, None, "b"], [None, "U", "c"])
    assert found == [("A", "T"), ("A", "T"), ("A", "U")]
    assert codes(luettu.notices) == [
        ("Taul1!A3", "carried_down"),
        ("Taul1!B3", "carried_down"),
        ("Taul1!A4", "carried_down"),
    ]
    assert luettu.rows[1].cells["tavoite"] == "Taul1!B2"


def test_a_blank_is_not_filled_across_a_new_parent():
    assert levels(["A", "T", "a"], ["B", None, "b"])[0] == [("A", "T"), ("B", None)]


def test_a_blank_among_values_written_on_every_row_is_meant():
    rows = [["A", "T", "a"], ["A", "T", "b"], ["A", None, "c"]]
    assert levels(*rows)[0] == [("A", "T"), ("A", "T"), ("A", None)]


def test_a_merged_cell_is_the_value_of_all_its_rows_and_needs_no_telling():
    def merge(workbook):
        workbook.active.merge_cells("A2:A3")
        workbook.active.merge_cells("B2:B3")

    luettu = read(book(OTSIKOT[:3], ["A", "T", "a"], [None, None, "b"], look=merge), "taulu.xlsx")
    assert [(rivi.painopiste, rivi.tavoite) for rivi in luettu.rows] == [("A", "T"), ("A", "T")]
    assert luettu.notices == ()


# --- names


def test_spellings_that_differ_by_nothing_but_noise_become_the_commonest():
    found, luettu = levels(["A", "Hyvä arki", "a"], ["A.", "Hyvä  arki.", "b"], ["A", "Hyvä arki", "c"])
    assert found == [("A", "Hyvä arki")] * 3
    assert codes(luettu.notices) == [("Taul1!A3", "spelling_joined"), ("Taul1!B3", "spelling_joined")]


def test_names_that_only_look_alike_stay_two():
    assert len(set(levels(["Monipuolinen", "T", "a"], ["Monimuotoinen", "T", "b"])[0])) == 2


def test_a_dotted_code_before_the_name_becomes_the_code():
    luettu = read(book(OTSIKOT[:3], ["A", "T", "01.02.03 Avataan"], ["A", "T", "01.02.04 Suljetaan"]), "taulu.xlsx")
    assert [(rivi.koodi, rivi.toimenpide) for rivi in luettu.rows] == [
        ("01.02.03", "Avataan"),
        ("01.02.04", "Suljetaan"),
    ]


def test_a_number_of_one_part_or_a_date_stays_in_the_name():
    luettu = read(
        book(OTSIKOT[:3], ["A", "T", "1. Avataan"], ["A", "T", "2. Jatketaan"], ["A", "T", "1.9. alkaen"]), "t.xlsx"
    )
    assert [rivi.toimenpide for rivi in luettu.rows] == ["1. Avataan", "2. Jatketaan", "1.9. alkaen"]
    assert {rivi.koodi for rivi in luettu.rows} == {None}


def test_the_same_row_twice_is_an_error_without_a_code_and_kept_with_one():
    luettu = read(book(OTSIKOT[:3], ["A", "T", "a"], ["A", "T", "A."]), "taulu.xlsx")
    assert codes(luettu.errors) == [("Taul1!C3", "duplicate_row")]
    assert [rivi.toimenpide for rivi in luettu.rows] == ["a", None]
    luettu = read(book(["Koodi", *OTSIKOT[:3]], ["1", "A", "T", "a"], ["1", "A", "T", "a"]), "taulu.xlsx")
    assert (luettu.status, codes(luettu.notices)) == ("ok", [("Taul1!D3", "duplicate_code")])


def test_a_code_is_the_same_with_a_comma_and_another_without_the_point():
    rows = [["1.10", "A", "T", "a"], ["1,10", "A", "T", "b"], ["1.1", "A", "T", "c"], ["11.0", "A", "T", "d"]]
    luettu = read(book(["Koodi", *OTSIKOT[:3]], *rows, ["110", "A", "T", "e"]), "taulu.xlsx")
    assert (luettu.status, codes(luettu.notices)) == ("ok", [("Taul1!D3", "duplicate_code")])


def test_a_line_below_a_row_may_hold_a_second_measure_with_values_of_several_jaksot():
    headings = ["Toimenpide", "Mittari", "Lähtöarvo", "Tavoitearvo 2026", "Toteuma 2024", "Toteuma 2025"]
    rows = [["Avataan halli", "Kävijät", 100, 200, 110, 150], [None, "Aukiolo", 10, 20, 11, 15]]
    luettu = read(book(headings, *rows, ["Rakennetaan polku", "Polut", 1, 9, 2, 3]), "taulu.xlsx")
    told = [[(each.nimi, [arvo.luku for arvo in each.arvot]) for each in rivi.mittarit] for rivi in luettu.rows]
    assert told == [
        [("Kävijät", [110, 150]), ("Aukiolo", [11, 15])],
        [("Polut", [2, 3])],
    ]


def test_a_row_without_a_name_is_an_error_and_a_name_too_long_is_one_too():
    luettu = read(book(OTSIKOT, ["A", "T", "  ", "X", 3, "k"], ["A", "T", "n" * 1001, "X", 3, "k"]), "taulu.xlsx")
    assert codes(luettu.errors) == [("Taul1!C2", "missing_name"), ("Taul1!C3", "too_long")]
    assert [rivi.toimenpide for rivi in luettu.rows] == [None, None]


def test_a_cell_of_several_toimialat_that_the_file_also_names_alone_is_an_error():
    rows = [["A", "T", "a", "Sivistys"], ["A", "T", "b", "Tekninen"], ["A", "T", "c", "Sivistys, Tekninen"]]
    luettu = read(book(OTSIKOT[:4], *rows), "taulu.xlsx")
    assert codes(luettu.errors) == [("Taul1!D4", "several_toimialat")]


def test_formatting_marks_become_lines_and_other_marks_stay_as_written():
    rows = [
        ["<b>A</b>", "T", "<p>Näin:</p><ul><li>yksi</li><li>kaksi</li></ul>"],
        ["A", "T", "<script>x</script> & 1 < 2"],
    ]
    luettu = read(book(OTSIKOT[:3], *rows), "taulu.xlsx")
    assert [rivi.toimenpide for rivi in luettu.rows] == ["Näin:\n• yksi\n• kaksi", "<script>x</script> & 1 < 2"]
    assert {notice.code for notice in luettu.notices} == {"html_removed"}


# --- our own export: a row for each toimenpide and jakso


def flat(*rows, name="vienti.csv"):
    fields = [dict(zip(FLAT, [""] * len(FLAT), strict=True)) | row for row in rows]
    lines = [FLAT, *(list(row.values()) for row in fields)]
    return read(text(*lines) if name.endswith("csv") else book(*lines), name)


def toimenpide(name, jakso="", aste="", **values):
    return {"Painopiste": "A", "Toimenpide": name, "Jakso": jakso, "Toteutumisaste": aste, **values}


@pytest.mark.parametrize("name", ["vienti.csv", "vienti.xlsx"])
def test_a_flat_table_gives_a_row_for_each_toimenpide_with_all_its_jaksot(name):
    luettu = flat(
        toimenpide("Avataan", "Kevät 2025", "2", Kommentti="alussa", SDG="3 Terveys; 4 Koulutus"),
        toimenpide("Avataan", "Syksy 2025", "4", Kommentti="etenee"),
        toimenpide("Suljetaan", "Syksy 2025", "", Syy="Ei arvioida tällä jaksolla"),
        toimenpide("Suunnitellaan"),
        name=name,
    )
    assert (luettu.status, luettu.jaksot) == ("ok", ("Kevät 2025", "Syksy 2025"))
    assert [(rivi.toimenpide, len(rivi.kirjaukset)) for rivi in luettu.rows] == [
        ("Avataan", 2),
        ("Suljetaan", 2),
        ("Suunnitellaan", 2),
    ]
    assert [(k.jakso, k.toteutumisaste, k.kommentti) for k in luettu.rows[0].kirjaukset] == [
        ("Kevät 2025", 2, "alussa"),
        ("Syksy 2025", 4, "etenee"),
    ]
    assert luettu.rows[1].kirjaukset[1].syy == "ei_arvioida"
    assert luettu.rows[0].sdg == ("3 Terveys", "4 Koulutus")


def test_a_flat_table_means_its_blanks():
    luettu = flat(
        toimenpide("Avataan", "2025", "2", **{"Strateginen tavoite": "T"}), toimenpide("Suljetaan", "2025", "2")
    )
    assert [rivi.tavoite for rivi in luettu.rows] == ["T", None]
    assert luettu.notices == ()


def test_a_flat_table_keeps_two_toimenpiteet_of_one_code_apart_in_every_jakso():
    rows = [toimenpide("Avataan", jakso, aste, Koodi="7") for jakso in ("2024", "2025") for aste in ("1", "5")]
    luettu = flat(*rows)
    assert [[k.toteutumisaste for k in rivi.kirjaukset] for rivi in luettu.rows] == [[1, 1], [5, 5]]


def test_a_flat_table_loses_no_cell_of_the_rows_it_joins():
    luettu = flat(toimenpide("a", "2024", "1", Vastuu="v"), toimenpide("a", "2025", "2", Vastuu="w"))
    assert luettu.rows[0].vastuu == "v"
    assert luettu.rows[0].kirjaukset[1].cells["painopiste"] == "A3"
    assert codes(luettu.notices) == [("H3", "needs_decision")]


def test_the_apostrophe_of_our_export_is_taken_off_and_any_other_stays():
    luettu = flat(toimenpide("'=1+1", "2025", Kommentti="''- ensin"), toimenpide("'Lainaus", "2025", Kommentti="'-"))
    told = [(rivi.toimenpide, rivi.kirjaukset[0].kommentti) for rivi in luettu.rows]
    assert told == [("=1+1", "'- ensin"), ("'Lainaus", "'-")]
    luettu = read(text(OTSIKOT, ["P", "T", "'=1+1", "X", "4", "k"]), "muu.csv")
    assert luettu.rows[0].toimenpide == "'=1+1"


# --- the whole


def test_a_cell_that_was_joined_or_left_blank_says_so_in_a_field_and_not_in_a_key():
    headings = [*OTSIKOT[:5], "Kommentti", "Muuta", "Mittari", "Lisää"]
    rows = [["A", " ", "a", "X", 3, "k", "l", "m", "n"], ["A", "T", "b", "X", 3, "k", None, "m", None]]
    luettu = read(book(headings, *rows), "taulu.xlsx", columns={"G": "kommentti", "I": "mittari"})
    first, second = luettu.rows
    assert first.cells.keys() == {"painopiste", "toimenpide", "toimiala", "mittari"}
    assert (first.joined, first.blanks) == ({"Taul1!I2": "mittari"}, {"Taul1!B2": "tavoite"})
    assert first.kirjaukset[0].cells == {"toteutumisaste": "Taul1!E2", "kommentti": "Taul1!F2"}
    assert first.kirjaukset[0].joined == {"Taul1!G2": "kommentti"}
    assert cells_of_row(first) == {f"Taul1!{letter}2" for letter in "ABCDEFGHI"}
    assert (second.joined, second.blanks, second.kirjaukset[0].joined) == ({}, {}, {})


def test_a_result_goes_through_json():
    luettu = read(book(OTSIKOT, ["A", "T", "a", "X", 3, "k"]), "taulu.xlsx")
    assert json.loads(json.dumps(asdict(luettu)))["rows"][0]["kirjaukset"][0]["toteutumisaste"] == 3


def test_numbers_and_dates_in_texts_are_written_as_a_person_would():
    rows = [["A", "T", 2024.0, "X", 3, date(2026, 5, 4)], ["A", "T", 12.5, "X", 3, True]]
    luettu = read(book(OTSIKOT, *rows), "taulu.xlsx")
    assert [rivi.toimenpide for rivi in luettu.rows] == ["2024", "12,5"]
    assert [rivi.kirjaukset[0].kommentti for rivi in luettu.rows] == ["4.5.2026", "TOSI"]


@pytest.mark.parametrize("values", [(0, 25, 50, 75, 100, 80), ("0", "25", "50", "75", "100", "80")])
def test_a_heading_that_says_per_cent_makes_plain_numbers_so(values):
    kirjaukset, errors = scores(*values, heading="Toteutumisaste (%)")
    assert [kirjaus.toteutumisaste for kirjaus in kirjaukset] == [1, 2, 3, 4, 5, None]
    assert errors == {"Taul1!E7": "percent_off_grid"}
    kirjaukset, _ = scores(1, 4, 5, heading="Toteutumisaste")
    assert [kirjaus.toteutumisaste for kirjaus in kirjaukset] == [1, 4, 5]


def test_a_target_and_a_start_on_a_line_below_are_the_measures_above():
    rows = [
        "Tavoite;Toimenpide;Mittari;Lähtöarvo;Tavoitearvo 2026;Tavoitearvo 2027;Toimiala",
        "Vireä keskusta;Tori uusitaan;Kävijöitä;;100;;Tekniikka",
        ";;;60;;150;",
        "Vireä keskusta;Puisto uusitaan;Penkkejä;5;10;12;Tekniikka",
    ]
    luettu = read("\n".join(rows).encode(), "a.csv")
    (mittari,) = luettu.rows[0].mittarit
    assert mittari.lahto.luku == 60
    assert [(each.vuosi, each.luku) for each in mittari.tavoitteet] == [(2026, 100), (2027, 150)]


def test_a_line_of_another_unit_keeps_its_own_target_years_and_limits():
    rows = [
        "Tavoite;Toimenpide;Toimiala;Tavoitearvo 2026;Alkaa;Toteutumisaste",
        "Vireä keskusta;Tori uusitaan;Tekniikka;100;2024;3",
        ";;Sivistys;150;2025;4",
        f";;{'S' * 1600};;;2",
        "Vireä keskusta;Puisto uusitaan;Tekniikka;10;2024;5",
    ]
    luettu = read("\n".join(rows).encode(), "a.csv")
    assert [rivi.toimenpide for rivi in luettu.rows] == [
        "Tori uusitaan", "Tori uusitaan (2)", "Tori uusitaan (3)", "Puisto uusitaan"
    ]  # fmt: skip
    first, second, third, _ = luettu.rows
    assert [[(each.vuosi, each.luku) for each in rivi.mittarit[0].tavoitteet] for rivi in (first, second)] == [
        [(2026, 100)], [(2026, 150)]
    ]  # fmt: skip
    assert (second.mittarit[0].nimi, third.mittarit) == ("Tori uusitaan (2)", ())
    assert (first.voimassa["alkaa"], second.voimassa["alkaa"]) == ("2024-01-01", "2025-01-01")
    assert third.toimiala is None
    assert ("C4", "too_long") in {(error.cell, error.code) for error in luettu.errors}


@pytest.mark.parametrize("below", [[], ["", "Laatija: kehittämispäällikkö;;;;;;"]])
def test_a_last_line_whose_words_are_headings_is_a_row(below):
    head = "Painopiste;Tavoite;Toimenpide;Toimiala;Vastuu;Toteutumisaste;Kommentti"
    rows = [head, "Elinvoima;Tori elää;Torille sähköt;Tekniikka;Johtaja;4;Etenee", "Kärki;Tavoite;Teko;;;;", *below]
    luettu = read("\n".join(rows).encode(), "a.csv")
    assert [rivi.toimenpide for rivi in luettu.rows] == ["Torille sähköt", "Teko"]


def test_the_files_reader_and_the_database_read_one_number():
    cells = ["57 kpl", "1.234", "1.2.2023", "n. 70", "5 000 €", "\u22120,4", "120 / 400"]
    rows = ["Toimenpide;Mittari;Toteuma 2025;Toimiala"]
    rows += [f"Teko {n};Mitta {n};{cell};Tekniikka" for n, cell in enumerate(cells)]
    luettu = read("\n".join(rows).encode(), "a.csv")
    told = [each.luku for rivi in luettu.rows for mittari in rivi.mittarit for each in mittari.arvot]
    assert told == [as_json_number(read_luku(cell)) for cell in cells] == [57, None, None, None, 5000, -0.4, None]
