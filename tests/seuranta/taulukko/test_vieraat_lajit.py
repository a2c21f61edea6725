"""Kinds of tables that nobody gave: a joint authority, a budget, an audit, a task board, a form: nothing in silence."""

import pytest

from seuranta.taulukko.rows import read

from .taulukot import book, cells_of, named_cells

TEKSTIT = ["Kysely tehtiin keväällä.", "Syksyllä paikkoja lisää.", "Rahoitus väheni.", "Ohjaus tehostui."]
NIMET = ["Opiskelijat viihtyvät", "Työpaikat lisääntyvät", "Talous on tasapainossa", "Läpäisy paranee"]


def luettu_of(*rows, **options):
    data = book(*rows)
    luettu = read(data, "taulu.xlsx", **options)
    assert cells_of(data, "taulu.xlsx") <= named_cells(luettu)
    return luettu


def scores(luettu):
    return [kirjaus.toteutumisaste for rivi in luettu.rows for kirjaus in rivi.kirjaukset]


def roles(luettu):
    return {sarake.kirjain: sarake.role for sheet in luettu.reading for sarake in sheet.sarakkeet}


# --- a scorecard: what was measured and what is thought of it


def tuloskortti(*more):
    return luettu_of(
        ["Kuntayhtymän tuloskortti, tilanne 30.6.2025"],
        ["Näkökulma", "Toiminnan tavoite", "Mittari", "Lähtötaso 2024", "Tavoitetaso 2025", "Toteuma 30.6.2025", *more],
        *(
            ["Asiakas", nimi, "Kysely", 3, 5, 4, n + 1, text]
            for n, (nimi, text) in enumerate(zip(NIMET, TEKSTIT, strict=True))
        ),
    )


def test_a_status_of_the_titles_day_and_a_value_of_that_day_are_one_jakso():
    luettu = tuloskortti("Arvio (1–5)", "Sanallinen selvitys")
    assert luettu.jaksot == ("30.6.2025",)
    assert scores(luettu) == [1, 2, 3, 4]
    assert [rivi.kirjaukset[0].kommentti for rivi in luettu.rows] == TEKSTIT
    assert {arvo.jakso for rivi in luettu.rows for arvo in rivi.mittarit[0].arvot} == {"30.6.2025"}


def test_the_starting_value_of_a_year_is_no_year_of_the_series():
    (mittari,) = tuloskortti("Arvio (1–5)", "Sanallinen selvitys").rows[0].mittarit
    assert (mittari.lahto.teksti, [arvo.teksti for arvo in mittari.arvot]) == ("3", ["4"])


# --- an audit's list: its title names a board that none of the rows is of


def test_a_title_of_what_belongs_to_a_board_names_no_board_of_the_rows():
    rows = [["Suositus", "Vastuutaho", "Onko hoidettu?"], *([nimi, "Johtaja", "Kyllä"] for nimi in NIMET)]
    assert {rivi.toimielin for rivi in luettu_of(["Tarkastuslautakunnan suositusten seuranta"], *rows).rows} == {None}
    assert {rivi.toimielin for rivi in luettu_of(["Sivistyslautakunta"], *rows).rows} == {"Sivistyslautakunta"}
    told = luettu_of(["Kaupunginhallituksen konsernijaosto"], *rows).rows
    assert {rivi.toimielin for rivi in told} == {"Kaupunginhallituksen konsernijaosto"}


# --- a budget's goals: signs and letters under a word of status


@pytest.mark.parametrize(
    ("heading", "values"), [("Arvio (++/+/0/-)", ["+", "++", "0", "-"]), ("Toteutuu (K/E)", ["K", "E", "K", "K"])]
)
def test_signs_and_letters_under_a_word_of_status_are_asked_about(heading, values):
    rows = [["Sitova tavoite", heading, "Selite"], *map(list, zip(NIMET, values, TEKSTIT, strict=True))]
    (kysymys,) = luettu_of(*rows).questions
    assert kysymys.code == "column_role"
    luettu = luettu_of(*rows, choices=kysymys.answers[0].choices)
    assert {question.value for question in luettu.questions} == set(values)
    words = {value: n + 1 for n, value in enumerate(dict.fromkeys(values))}
    luettu = luettu_of(*rows, choices={**kysymys.answers[0].choices, "words": words})
    assert (luettu.status, scores(luettu)) == ("ok", [words[value] for value in values])


def test_a_minus_alone_is_still_no_answer():
    assert scores(luettu_of(["Toimenpide", "Tila"], *zip(NIMET, ["-", "Kesken", "-", "Valmis"], strict=True))) == [
        None,
        3,
        None,
        5,
    ]


# --- a company's two goals side by side


def test_another_goal_of_each_row_is_no_level_above_it():
    luettu = luettu_of(
        ["Toiminnallinen tavoite", "Taloudellinen tavoite", "Toteutuma 30.6.2025"],
        *([nimi, f"Tulos yli {n} M€", TEKSTIT[n]] for n, nimi in enumerate(NIMET)),
    )
    assert roles(luettu)["B"] == "oma"
    assert {rivi.tavoite for rivi in luettu.rows} == {None}


# --- exports: tasks, and answers to a form


def test_dates_of_another_calendar_are_neither_a_comment_nor_a_time_in_force():
    luettu = luettu_of(
        ["Task Name", "Bucket Name", "Progress", "Start date", "Completed Date", "Completed By", "Description"],
        [NIMET[0], "Arki", "Completed", "01/15/2025", "06/20/2025", "Anna Aho", "Halli avattiin."],
        [NIMET[1], "Arki", "In progress", "03/01/2025", None, None, "Reitti on merkitty."],
        [NIMET[2], "Talous", "Not started", None, None, None, "Odottaa kaavaa."],
        [NIMET[3], "Talous", "In progress", "02/01/2025", None, None, "Neuvonta jatkuu."],
    )
    assert (luettu.status, scores(luettu)) == ("ok", [5, 3, 1, 3])
    assert luettu.rows[0].omat | luettu.rows[0].kirjaukset[0].omat == {
        "Bucket Name": "Arki",
        "Start date": "01/15/2025",
        "Completed Date": "06/20/2025",
        "Completed By": "Anna Aho",
        "Description": "Halli avattiin.",
    }


def test_beside_an_address_a_name_is_a_persons_and_names_no_row():
    luettu = luettu_of(
        [
            "ID",
            "Sähköposti",
            "Nimi",
            "Mitä toimenpidettä raportoit?",
            "Miten se on edennyt (1–5)?",
            "Kuvaile etenemistä",
        ],
        *([n + 1, f"a{n}@kunta.example", f"Henkilö {n}", nimi, n + 2, TEKSTIT[n]] for n, nimi in enumerate(NIMET)),
    )
    assert [rivi.toimenpide for rivi in luettu.rows] == NIMET
    assert "D" in {question.fi.split()[1] for question in luettu.questions}


@pytest.mark.parametrize("values", [[0.5, 1, 0.25, 0], [0.75, 0.25, 1, 0.5]])
def test_shares_of_one_under_per_cents_are_per_cents(values):
    luettu = luettu_of(
        ["Tavoite", "Toimenpide", "Toteutuminen %", "Kommentti"],
        *(["T", *row] for row in zip(NIMET, values, TEKSTIT, strict=True)),
    )
    assert scores(luettu) == [int(value * 4) + 1 for value in values]


# --- legends of letters, words in two languages, words that nobody knows


@pytest.mark.parametrize(
    ("legend", "heading", "values", "wanted"),
    [
        ("T = toteutunut, K = kesken, E = ei aloitettu", "2024", "TKEK", [5, 3, 1, 3]),
        ("V = vihreä, K = keltainen, P = punainen", "Kokonaistila", "VKPV", [5, 3, 1, 5]),
    ],
)
def test_letters_are_what_their_legend_says(legend, heading, values, wanted):
    rows = [
        ["Tavoite", "Toimenpide", heading],
        *(["T", nimi, value] for nimi, value in zip(NIMET, values, strict=True)),
    ]
    for table in ([[legend], *rows], [*rows, [legend]]):
        luettu = luettu_of(*table)
        assert (luettu.status, scores(luettu)) == ("ok", wanted)
        assert [kirjaus.alkuperainen for rivi in luettu.rows for kirjaus in rivi.kirjaukset] == list(values)


def test_a_letter_that_names_something_is_no_legend():
    luettu = luettu_of(
        ["A = Elävä kunta"], ["Toimenpide", "Luokka", "Tila"], *([nimi, "A", "Kesken"] for nimi in NIMET)
    )
    assert (roles(luettu)["B"], scores(luettu)) == ("oma", [3, 3, 3, 3])


def test_a_status_in_two_languages_is_one_and_stays_as_it_is_written():
    values = ["Käynnissä / Pågår", "Toteutunut/Genomförd", "Ei aloitettu / Ej påbörjad", "Toteutunut / Ej påbörjad"]
    rows = [
        ["Toimenpide / Åtgärd", "Tilanne / Läge", "Kommentti"],
        *map(list, zip(NIMET, values, TEKSTIT, strict=True)),
    ]
    luettu = luettu_of(*rows)
    assert scores(luettu) == [3, 5, 1, None]
    assert [(question.code, question.value) for question in luettu.questions] == [("unknown_word", values[3])]
    assert luettu.rows[0].kirjaukset[0].alkuperainen == values[0]


def test_words_of_grades_under_a_word_of_status_are_asked_and_no_comment():
    rows = [
        ["Toimenpide", "Onnistuminen"],
        *map(list, zip(NIMET, ["Hyvä", "Heikko", "Kohtalainen", "Hyvä"], strict=True)),
    ]
    luettu = luettu_of(*rows)
    assert {question.value for question in luettu.questions} == {"Hyvä", "Heikko", "Kohtalainen"}
    assert scores(luettu_of(*rows, choices={"words": {"hyvä": 5, "heikko": 1, "kohtalainen": 3}})) == [5, 1, 3, 5]


# --- periods


def test_a_status_of_no_period_is_the_nearest_texts_and_the_others_are_jaksot_of_their_own():
    luettu = luettu_of(
        ["Toimenpide", "Seuranta kevät 2025", "Seuranta syksy 2025", "Etenemisen tila"],
        *([nimi, TEKSTIT[n], TEKSTIT[n - 1], "Kesken"] for n, nimi in enumerate(NIMET)),
    )
    assert luettu.jaksot == ("Kevät 2025", "Syksy 2025")
    first, second = luettu.rows[1].kirjaukset
    assert (first.toteutumisaste, first.kommentti) == (None, TEKSTIT[1])
    assert (second.toteutumisaste, second.kommentti) == (3, TEKSTIT[0])


def test_fiscal_years_tell_statuses_apart():
    luettu = luettu_of(
        ["Goal", "Action", "Status FY24", "Status FY2025"], *(["G", nimi, "Started", "Complete"] for nimi in NIMET)
    )
    assert (luettu.status, luettu.jaksot) == ("ok", ("FY24", "FY2025"))
    assert scores(luettu)[:2] == [3, 5]


def test_columns_of_nothing_but_quarters_are_one_question():
    values = ["Vihreä", "Keltainen", "Punainen", "Vihreä"]
    rows = [
        ["Toimenpide", "Q1", "Q2", "Q3"],
        *([nimi, values[n], values[n - 1], "Vihreä"] for n, nimi in enumerate(NIMET)),
    ]
    (kysymys,) = luettu_of(*rows).questions
    luettu = luettu_of(*rows, choices=kysymys.answers[0].choices)
    assert (luettu.status, scores(luettu)[:3]) == ("ok", [5, 5, 5])


def test_a_target_of_a_year_is_no_value_of_it():
    luettu = luettu_of(
        ["Toimenpide", "Mittari", "2023", "2024", "Tavoite 2025", "Tila"],
        *([nimi, "Kysely, ka.", 31 + n, 42 + n, 53 + n, "Kesken"] for n, nimi in enumerate(NIMET)),
    )
    (mittari,) = luettu.rows[0].mittarit
    assert [(arvo.vuosi, arvo.teksti) for arvo in mittari.arvot] == [(2023, "31"), (2024, "42")]
    assert [(arvo.vuosi, arvo.teksti) for arvo in mittari.tavoitteet] == [(2025, "53")]


def test_a_sheet_for_each_board_tells_the_boards_of_its_rows():
    def sheets(workbook):
        other = workbook.create_sheet("Sivistyslautakunta")
        for row in (
            ["Tavoite", "Toimenpide", "Tila"],
            ["T", "Kirjasto auki iltaisin", "Valmis"],
            ["T", "Kerho", "Kesken"],
        ):
            other.append(row)

    rows = [["Tavoite", "Toimenpide", "Tila"], *(["T", nimi, "Kesken"] for nimi in NIMET)]
    luettu = read(book(*rows, look=sheets, sheet="Tekninen lautakunta"), "taulu.xlsx")
    assert {(rivi.painopiste, rivi.toimielin) for rivi in luettu.rows} == {
        (None, "Tekninen lautakunta"),
        (None, "Sivistyslautakunta"),
    }


# --- a table that grew by itself


def test_numbered_names_of_a_level_are_no_scores_and_a_dash_breaks_no_period():
    luettu = luettu_of(
        [None, None, None, "SEURANTA"],
        ["KÄRKI", "TAVOITE", "TOIMENPIDE", "OSAVUOSI I", "OSAVUOSI II", "TILINPÄÄTÖS"],
        ["1 KASVU", "1.1 Yritykset", NIMET[0], "4", "4", "5"],
        [None, None, NIMET[1], "2", "3", "3"],
        [None, "1.2 Matkailu", NIMET[2], "1", "-", "2"],
        ["2 ARKI", "2.1 Koulut", NIMET[3], "3", "3", "4"],
    )
    assert [rivi.painopiste for rivi in luettu.rows] == ["1 KASVU", "1 KASVU", "1 KASVU", "2 ARKI"]
    assert len(luettu.jaksot) == 3
    assert scores(luettu) == [4, 4, 5, 2, 3, 3, 1, None, 2, 3, 3, 4]


def test_a_year_left_of_the_names_is_no_years_of_a_period():
    luettu = luettu_of(
        ["Strategiakartta 2025"],
        ["Arvolupaus", "Tulos 2030", "Askel 2025", "Tammi-kesäkuu", "Heinä-joulukuu"],
        *(
            ["Turvallinen arki" if n < 2 else "Yrittävä kylä", f"Tulos {n}", nimi, "🟡", "🟢"]
            for n, nimi in enumerate(NIMET)
        ),
    )
    assert luettu.jaksot == ("Tammi-kesäkuu 2025", "Heinä-joulukuu 2025")
    assert luettu.rows[0].omat == {"Tulos 2030": "Tulos 0"}
    assert scores(luettu)[:2] == [3, 5]


def test_years_of_start_and_end_are_the_time_in_force_and_months_are_periods():
    luettu = luettu_of(
        ["Fokusområde", "Åtgärd", "Startår", "Klart år", "Status dec 2024", "Status maj 2025"],
        *(["Klimat", nimi, 2023, 2025 + n, "Pågår", "Klar"] for n, nimi in enumerate(NIMET)),
    )
    assert luettu.jaksot == ("Dec 2024", "Maj 2025")
    assert luettu.rows[1].voimassa == {"alkaa": "2023-01-01", "paattyy": "2026-12-31"}


def test_per_cents_of_periods_under_a_word_that_nobody_knows_are_asked_about():
    luettu = luettu_of(
        ["Toimenpide", "Zorp 4/2025", "Zorp 8/2025"],
        *([nimi, f"{n + 1}0 %", f"{n + 3}0 %"] for n, nimi in enumerate(NIMET)),
    )
    assert [question.code for question in luettu.questions] == ["column_role"]


# --- choices of which one word is known, a grade the other way round, and levels told row by row


def test_one_mark_a_row_under_words_of_which_some_are_known_is_a_status_and_the_others_are_asked():
    places = [2, 3, 0, 1]
    rows = [
        ["Toimenpide", "Vaihe", None, None, None, "Huomiot"],
        [None, "Ideointi", "Suunnittelu", "Toteutus", "Valmis"],
        *(
            [nimi, *("X" if n == place else None for n in range(4)), "Ok."]
            for nimi, place in zip(NIMET, places, strict=True)
        ),
    ]
    luettu = luettu_of(*rows)
    assert {question.value for question in luettu.questions} == {"Ideointi", "Suunnittelu", "Toteutus"}
    words = {"ideointi": 1, "suunnittelu": 2, "toteutus": 3}
    assert scores(luettu_of(*rows, choices={"words": words})) == [3, 5, 1, 2]


def test_a_grade_from_good_to_bad_is_proposed_so():
    luettu = luettu_of(
        ["Toimenpide", "Toteutuminen 1 = hyvin, 2 = osittain, 3 = huonosti"],
        *([nimi, n % 3 + 1] for n, nimi in enumerate(NIMET)),
    )
    (kysymys,) = luettu.questions
    assert "1 hyvin → 5, 2 osittain → 3, 3 huonosti → 1" in kysymys.fi


def test_a_column_that_tells_what_each_row_is_makes_no_toimenpide_of_a_goal():
    rows = [
        ["Taso", "Nimi", "Tila"],
        ["Painopiste", "Elinvoima", None],
        ["Tavoite", "Yrityksiä lisää", None],
        *(["Toimenpide", nimi, "Kesken"] for nimi in NIMET),
    ]
    luettu = luettu_of_refused(*rows)
    assert "--sarake OTSIKKO=toimenpide" in luettu.errors[0].fi
    assert len(luettu_of(*rows, columns={"B": "toimenpide"}).rows) == 6


def luettu_of_refused(*rows):
    luettu = read(book(*rows), "taulu.xlsx")
    assert (luettu.status, luettu.reason) == ("reject", "missing_column")
    return luettu
