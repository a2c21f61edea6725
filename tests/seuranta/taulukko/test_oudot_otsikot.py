"""Tables of which a part of the headings means nothing: the evidence around them reads, or a person is asked."""

from openpyxl.styles import PatternFill

from seuranta.taulukko.rows import read

from .taulukot import book

TEOT = ["Avataan uimahalli", "Rakennetaan polku", "Perustetaan yrityspuisto", "Jatketaan neuvontaa"]
TEKSTIT = [
    "Uimahalli avattiin syksyllä, kävijöitä oli paljon.",
    "Polun rakentaminen alkoi kesällä ja jatkuu.",
    "Puisto valmistui, ja tontit on varattu.",
    "Neuvonta siirtyi, sillä rahoitus puuttui.",
]


def read_book(*rows, name="taulu.xlsx", **options):
    return read(book(*rows), name, **options)


def scores(luettu):
    return [tuple(kirjaus.toteutumisaste for kirjaus in rivi.kirjaukset) for rivi in luettu.rows]


# --- headings of two rows


def test_an_unknown_word_over_status_words_covers_all_their_columns():
    luettu = read_book(
        ["Painopiste", "Toimenpide", "Zorp"],
        [None, None, "Toteutunut", "Toteutunut osittain", "Ei toteutunut"],
        *([f"P{n}", teko, *("x" if n % 3 == place else None for place in range(3))] for n, teko in enumerate(TEOT)),
    )
    assert scores(luettu) == [(5,), (3,), (1,), (5,)]
    assert luettu.status == "ok"


def test_a_second_header_row_translates_the_first_and_fills_what_it_left_open():
    luettu = read_book(
        ["Painopiste", "Toimenpide", None, None, None, "Toteutumisaste"],
        ["Tyngdpunkt", "Åtgärd", "Zorp", "Blimp", "Frob", "Genomförandegrad"],
        *([f"P{n}", teko, f"a{n}", f"b{n}", f"c{n}", "Kesken"] for n, teko in enumerate(TEOT)),
    )
    assert [rivi.toimenpide for rivi in luettu.rows] == TEOT
    assert luettu.rows[0].omat | luettu.rows[0].kirjaukset[0].omat == {"Zorp": "a0", "Blimp": "b0", "Frob": "c0"}


def test_one_word_repeated_under_periods_is_a_heading_and_no_row():
    luettu = read_book(
        ["Painopiste", "Toimenpide", "OVK1 2024", "OVK2 2024"],
        [None, None, "Zorp", "Zorp"],
        *([f"P{n}", teko, TEKSTIT[n], TEKSTIT[n - 1]] for n, teko in enumerate(TEOT)),
    )
    assert [rivi.toimenpide for rivi in luettu.rows] == TEOT


def test_a_period_over_its_columns_does_not_cover_those_of_another_period():
    luettu = read_book(
        ["Painopiste", "Toimenpide", "Zorp OVK1 2024", None, "Zorp OVK2 2024"],
        [None, None, "kyllä", "ei", "kyllä", "ei", "Huomioita OVK1 2024", "Huomioita OVK2 2024"],
        *(
            [f"P{n}", teko, *(("x", None, None, "x") if n % 2 else (None, "x", "x", None)), TEKSTIT[n], TEKSTIT[n - 1]]
            for n, teko in enumerate(TEOT)
        ),
    )
    assert luettu.jaksot == ("Osavuosikatsaus 1 2024", "Osavuosikatsaus 2 2024")
    assert scores(luettu) == [(1, 5), (5, 1), (1, 5), (5, 1)]
    assert [kirjaus.kommentti for kirjaus in luettu.rows[1].kirjaukset] == [TEKSTIT[1], TEKSTIT[0]]


# --- evidence of the values


def test_a_line_of_means_is_no_evidence_of_a_column():
    rows = [["Elinvoima", teko, 3, TEKSTIT[n]] for n, teko in enumerate(TEOT)]
    luettu = read_book(
        ["Painopiste", "Mittari", "Tavoitetaso 2025", "Edistyminen (1–5) kevät 2024", "Kommentti kevät 2024"],
        *([painopiste, teko, 10 + n, n + 1, text] for n, (painopiste, teko, _s, text) in enumerate(rows)),
        ["Keskiarvo", None, None, 2.4],
    )
    assert scores(luettu) == [(1,), (2,), (3,), (4,)]
    assert luettu.status == "ok"


def test_quarters_of_a_hundred_are_a_status_beside_a_measure_too():
    def percents(workbook):
        for row in workbook.active.iter_rows(min_row=2, min_col=4, max_col=4):
            row[0].number_format = "0%"

    rows = [["P", teko, f"Kävijät {n}", (0, 0.25, 1, 0.75)[n], TEKSTIT[n]] for n, teko in enumerate(TEOT)]
    data = book(["Painopiste", "Toimenpide", "Mittari", "Toteutuminen, %", "Huomiot"], *rows, look=percents)
    luettu = read(data, "taulu.xlsx")
    assert (luettu.status, scores(luettu)) == ("ok", [(1,), (2,), (5,), (4,)])


def test_per_cents_as_text_are_no_free_text():
    luettu = read_book(
        ["Painopiste", "Toimenpide", "Zorp", "Bedömning av genomförandet, %"],
        *(["P", teko, f"z{n}", ("0 %", "25 %", "75 %", "100 %")[n]] for n, teko in enumerate(TEOT)),
    )
    assert scores(luettu) == [(1,), (2,), (4,), (5,)]


def test_a_heading_over_columns_of_many_kinds_says_nothing_of_one():
    luettu = read_book(
        ["Suunnitelma", None, None, "Seuranta", None, None],
        ["Painopiste", "Toimenpide", "Mittari", "Status 2024", "Kommentti 2024", "Zorp"],
        *(["P", teko, "Kävijät", 4 - n, TEKSTIT[n], 1000 * n + 127500] for n, teko in enumerate(TEOT)),
    )
    assert [rivi.kirjaukset[0].omat for rivi in luettu.rows][1] == {"Seuranta – Zorp": "128500"}
    assert not any(rivi.mittarit for rivi in luettu.rows)


def test_the_colour_of_a_row_is_no_status_of_a_number():
    def colours(workbook):
        for row, fill in zip(
            workbook.active.iter_rows(min_row=2), ("00FF00", "FF0000", "FFFF00", "00FF00"), strict=True
        ):
            for cell in row:
                cell.fill = PatternFill("solid", fgColor=fill)

    rows = [["P", teko, f"Kävijät {n}", 9.5 + n] for n, teko in enumerate(TEOT)]
    luettu = read(book(["Painopiste", "Toimenpide", "Mittari", "Tavoitetaso"], *rows, look=colours), "taulu.xlsx")
    assert scores(luettu) == [(5,), (1,), (3,), (5,)]
    assert [rivi.kirjaukset[0].cells["toteutumisaste"] for rivi in luettu.rows][0] == "Taul1!B2"


# --- questions


def test_a_day_takes_no_year_from_a_budget():
    luettu = read_book(
        ["Painopiste", "Toimenpide", "Budjetti 2024", "Status 30.4.", "Status 31.8."],
        *(["P", teko, 127500, n + 1, 5 - n] for n, teko in enumerate(TEOT)),
    )
    assert [(kysymys.code, kysymys.value) for kysymys in luettu.questions] == [
        ("year_needed", "30.4."),
        ("year_needed", "31.8."),
    ]


def test_columns_that_only_their_periods_tell_apart_are_one_question():
    luettu = read_book(
        ["Painopiste", "Toimenpide", "Mittari", "Tavoitearvo", "Zorp T1", "Huomiot T1", "Zorp T2", "Huomiot T2"],
        *(["P", teko, "Kävijät", 90 + n, 4 - n, TEKSTIT[n], 5 - n, TEKSTIT[n - 1]] for n, teko in enumerate(TEOT)),
    )
    (kysymys,) = luettu.questions
    assert kysymys.fi == (
        "Sarakkeet E ”Zorp T1”, G ”Zorp T2”: toteutumisaste vai oma sarake? "
        "Komennolle sen kertoo --sarake E=ROOLI --sarake G=ROOLI."
    )
    answered = read_book(
        ["Painopiste", "Toimenpide", "Mittari", "Tavoitearvo", "Zorp T1", "Huomiot T1", "Zorp T2", "Huomiot T2"],
        *(["P", teko, "Kävijät", 90 + n, 4 - n, TEKSTIT[n], 5 - n, TEKSTIT[n - 1]] for n, teko in enumerate(TEOT)),
        columns=kysymys.answers[0].columns,
    )
    assert (answered.status, scores(answered)) == ("ok", [(4, 5), (3, 4), (2, 3), (1, 2)])


def test_arrows_without_a_status_are_asked_about_and_an_answer_settles_them():
    rows = [
        ["Painopiste", "Toimenpide", "Mittari", "Kehitys", "Kommentti"],
        *(["P", teko, "Kävijät", "↑→↓↑"[n], TEKSTIT[n]] for n, teko in enumerate(TEOT)),
    ]
    luettu = read_book(*rows)
    (kysymys,) = luettu.questions
    assert (kysymys.code, kysymys.cell, kysymys.proposed) == ("trend_or_status", "Taul1!D1", 0)
    assert read_book(*rows, columns=kysymys.answers[0].columns).status == "ok"
    with_status = [[*row, "Tila" if n == 0 else "Kesken"] for n, row in enumerate(rows)]
    assert read_book(*with_status).status == "ok"


def test_one_band_that_ends_as_a_unit_does_is_a_level_among_levels():
    luettu = read_book(
        ["Tavoite", "Toimenpide", "Toteutumisaste"],
        ["Elinvoimainen kunta"],
        ["T1", TEOT[0], 1],
        ["T1", TEOT[1], 2],
        ["Sujuvat palvelut"],
        ["T2", TEOT[2], 3],
        ["Kestävä talous"],
        ["T3", TEOT[3], 4],
    )
    assert [rivi.painopiste for rivi in luettu.rows] == [
        "Elinvoimainen kunta", "Elinvoimainen kunta", "Sujuvat palvelut", "Kestävä talous",
    ]  # fmt: skip
    assert {rivi.toimiala for rivi in luettu.rows} == {None}
