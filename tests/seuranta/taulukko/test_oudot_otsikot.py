"""Tables of which a part of the headings means nothing: the evidence around them reads, or a person is asked."""

import pytest
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


RIVIT = [
    [("Arki", "Arki", "Luonto", "Luonto")[n], teko, f"Henkilö {n % 2}", n + 1, TEKSTIT[n]]
    for n, teko in enumerate(TEOT)
]


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        (["Strate-", "Toimen-", "Vastuu-", "Toteutumis-", "Komment-"], ["giakärki", "pide", "taho", "aste", "ti"]),
        (["Paino", "Toimen", "Vastuu", "Toteutumis", "Komm"], ["piste", "pide", "henkilö", "aste", "entti"]),
        (["Painopiste", "Toimen-", "Vastuu-", "Toteutumis-", "Kommentti"], [None, "pide", "henkilö", "aste", None]),
        (
            ["Strateginen", "Toimen-", "Vastuu-", "Toteutumis-", "Sanallinen"],
            ["painopiste", "pide", "taho", "aste", "arvio"],
        ),
    ],
)
def test_a_heading_whose_word_is_broken_between_two_rows_is_one(upper, lower):
    luettu = read_book(upper, lower, *RIVIT)
    assert luettu.status == "ok"
    first = luettu.rows[0]
    assert (first.painopiste, first.toimenpide, first.vastuu) == ("Arki", "Avataan uimahalli", "Henkilö 0")
    assert [rivi.kirjaukset[0].toteutumisaste for rivi in luettu.rows] == [1, 2, 3, 4]
    assert luettu.rows[3].kirjaukset[0].kommentti == TEKSTIT[3]
    assert {skip.cell[-2:] for skip in luettu.skipped if skip.reason == "header"} >= {"B1", "B2", "D1", "D2"}


def test_a_row_of_groups_over_a_row_of_unknown_headings_is_read_and_what_is_doubtful_is_asked():
    luettu = read_book(["Zorp", None, "Blimp", None, None], ["Frob", "Gnarl", "Quux", "Plugh", "Xyzzy"], *RIVIT)
    assert luettu.reading[0].otsikkorivit == (1, 2)
    assert [rivi.toimenpide for rivi in luettu.rows] == TEOT
    assert {question.code for question in luettu.questions} == {"column_role"}


def test_two_rows_of_unknown_headings_over_two_lines_wait_for_a_person_who_settles_them_by_options():
    rows = (
        ["Zorp", "Zarp", "Blimp"],
        [None, None, "Quux", "Plugh"],
        *([teko, f"Henkilö {n}", f"b{n}", f"c{n}"] for n, teko in enumerate(TEOT[:2])),
    )
    luettu = read_book(*rows)
    assert (luettu.status, luettu.reason) == ("reject", "no_header")
    assert "--otsikkorivi N" in luettu.errors[0].fi
    luettu = read_book(*rows, choices={"headers": {"": 1}})
    assert (luettu.status, luettu.reason) == ("reject", "missing_column")
    luettu = read_book(*rows, choices={"headers": {"": 1}}, columns={"A": "toimenpide"})
    assert [rivi.toimenpide for rivi in luettu.rows] == TEOT[:2]
    assert luettu.reading[0].otsikkorivit == (1, 2)


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
    assert [(kysymys.code, kysymys.value) for kysymys in luettu.questions] == [("year_needed", "30.4., 31.8.")]


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


# --- levels


def levels(luettu):
    return [(rivi.painopiste, rivi.tavoite, rivi.toimialan_tavoite) for rivi in luettu.rows]


def test_an_unknown_level_stands_above_what_is_right_of_it():
    luettu = read_book(
        ["Zorp", "Inriktningsmål", "Åtgärd", "Läge"],
        *([f"Zon {'ab'[n // 4]}", f"Mål {'cdef'[n // 2]}", f"Bygger en väg {n}", "Klar"] for n in range(8)),
    )
    assert levels(luettu)[3] == ("Zon a", "Mål d", None)


def test_a_level_written_once_above_its_rows_is_one_however_few_they_are():
    luettu = read_book(
        ["Tyngdpunkt", "Zorp", "Åtgärd", "Läge"],
        ["Trygg vardag", "Uusi työ", "Bygger en väg", "Klar"],
        [None, "Vahva kasvu", "Ritar en park", "Klar"],
        [None, None, "Hyr en hall", "Klar"],
        ["Livlig ort", "Oma koti", "Köper en båt", "Klar"],
        [None, "Pitkä ikä", "Säljer ett hus", "Klar"],
    )
    assert [each[:2] for each in levels(luettu)] == [
        ("Trygg vardag", "Uusi työ"),
        ("Trygg vardag", "Vahva kasvu"),
        ("Trygg vardag", "Vahva kasvu"),
        ("Livlig ort", "Oma koti"),
        ("Livlig ort", "Pitkä ikä"),
    ]
    assert luettu.status == "ok"


def test_bands_stand_above_the_levels_that_columns_tell_when_each_has_its_own():
    luettu = read_book(
        ["Inriktningsmål", "Sektorns målsättning", "Åtgärd", "Läge"],
        ["Ren natur"],
        ["Ren luft", "Fler parker", "Bygger en väg", "Klar"],
        ["Ren luft", "Mindre avfall", "Ritar en park", "Klar"],
        ["Hållbar ekonomi"],
        ["Bra skola", "Bättre böcker", "Hyr en hall", "Klar"],
        ["Ny hamn", "Lägre skuld", "Köper en båt", "Klar"],
    )
    assert levels(luettu)[2] == ("Hållbar ekonomi", "Bra skola", "Bättre böcker")


def test_a_band_over_a_header_of_two_rows_is_a_level_too():
    header = [[None, None, "Mätarens värde"], ["Inriktningsmål", "Åtgärd", "2023", "2024", "Läge"]]
    luettu = read_book(
        ["Ren natur"],
        *header,
        ["Ren luft", "Bygger en väg", 4, 7, "Klar"],
        ["Ren luft", "Ritar en park", 8, 9, "Klar"],
        ["Hållbar ekonomi"],
        *header,
        ["Bra skola", "Hyr en hall", 3, 5, "Klar"],
        ["Ny hamn", "Köper en båt", 6, 8, "Klar"],
    )
    assert [each[:2] for each in levels(luettu)][1:3] == [("Ren natur", "Ren luft"), ("Hållbar ekonomi", "Bra skola")]


def test_a_wide_band_right_under_the_header_is_no_heading():
    def merge(workbook):
        workbook.active.merge_cells("A2:D2")

    rows = [["Zorp", "Tavoite", "Toimenpide", "Tila"], ["ELINVOIMALAUTAKUNTA"]]
    rows += [[f"Z{n // 2}", f"T{n // 2}", teko, "Kesken"] for n, teko in enumerate(TEOT)]
    luettu = read(book(*rows, look=merge), "taulu.xlsx")
    assert [(rivi.toimielin, rivi.toimenpide) for rivi in luettu.rows] == [
        ("ELINVOIMALAUTAKUNTA", teko) for teko in TEOT
    ]


def sheets(**rows):
    def add(workbook):
        for name, lines in list(rows.items())[1:]:
            sheet = workbook.create_sheet(name)
            for line in lines:
                sheet.append(line)

    name, lines = next(iter(rows.items()))
    return read(book(*lines, look=add, sheet=name), "taulu.xlsx")


def test_a_sheet_stands_above_levels_whose_headings_nobody_knows():
    head = ["Zorp", "Blimp", "Kärkihanke", "Toimiala", "Toteutumisaste"]
    lines = [
        [f"Zon {'ab'[n // 4]}", f"Blok {'cdef'[n // 2]}", f"Avataan ovi {n}", "Tekniset palvelut", 3] for n in range(8)
    ]
    luettu = sheets(
        Elinvoima=[head, *lines],
        Hyvinvointi=[head, *([f"H{a}", f"H{b}", f"{c} uudelleen", *rest] for a, b, c, *rest in lines)],
    )
    assert levels(luettu)[0] == ("Elinvoima", "Zon a", "Blok c")
    assert levels(luettu)[-1] == ("Hyvinvointi", "HZon b", "HBlok f")


def test_one_sheet_named_by_a_unit_tells_the_unit():
    luettu = sheets(
        **{"Tekniset palvelut": [["Painopiste", "Tavoite", "Toimenpide", "Tila"], ["P", "T", "Avataan", "Kesken"]]}
    )
    assert [rivi.toimiala for rivi in luettu.rows] == ["Tekniset palvelut"]


def test_an_unknown_text_left_of_the_names_is_asked_about():
    luettu = read_book(
        ["Zorp", "Toimenpide", "Toteutumisaste"],
        *([f"Hyvä arki {n}", teko, n + 1] for n, teko in enumerate(TEOT)),
    )
    (kysymys,) = luettu.questions
    assert (kysymys.cell, [answer.columns for answer in kysymys.answers]) == (
        "Taul1!A1",
        [{"Taul1!A": "painopiste"}, {"Taul1!A": "oma"}],
    )


def test_a_known_goal_that_is_hardly_the_name_of_the_row_is_asked_about():
    luettu = read_book(
        ["Prioriterat område", "Strategiskt mål", "Zorp", "Genomförandegrad"],
        ["Hållbar ekonomi", "Servicen bevaras", "Vi utreder en gångväg", 1],
        ["Hållbar ekonomi", "Delaktigheten stärks", "Vi inför lokalprogram", 2],
        ["Hållbar ekonomi", "Delaktigheten stärks", "Vi öppnar kartläggningar", 3],
        ["Välmående", "Skulden bryts", "Vi utarbetar hembygdsled", 4],
        ["Välmående", "Boende", "Vi inför en plan", 4],
    )
    assert [kysymys.cell for kysymys in luettu.questions] == ["Taul1!B1"]


# --- statuses and comments that no heading tells


def test_a_range_in_an_unknown_heading_is_a_scale_and_is_asked():
    luettu = read_book(
        ["Painopiste", "Toimenpide", "Mittari", "Zorp (4–10)", "Sanallinen kuvaus"],
        *(["P", teko, "Kävijät", (7, 10, 5, 6)[n], TEKSTIT[n]] for n, teko in enumerate(TEOT)),
    )
    assert [kysymys.code for kysymys in luettu.questions] == ["unknown_scale"]


def test_the_keys_of_a_legend_under_an_unknown_heading_are_a_status_beside_a_measure_too():
    luettu = read_book(
        ["0 = ei aloitettu, 1 = suunnitteilla, 2 = käynnissä, 3 = lähes valmis, 4 = toteutunut"],
        ["Painopiste", "Toimenpide", "Mittari", "Tavoitetaso", "Zorp", "Kommentit"],
        *(["P", teko, "Kävijät", 10.5 + n, (2, 0, 4, 3)[n], TEKSTIT[n]] for n, teko in enumerate(TEOT)),
    )
    assert [kysymys.code for kysymys in luettu.questions] == ["unknown_scale"]


def test_words_above_bare_periods_name_them():
    luettu = read_book(
        [None, None, "Zorp (4–10)"],
        ["Painopiste", "Toimenpide", "30.4.2024", "31.8.2024"],
        *(["P", teko, (7, 10, 5, 6)[n], (5, 6, 8, 9)[n]] for n, teko in enumerate(TEOT)),
    )
    assert luettu.jaksot == ("30.4.2024", "31.8.2024")
    assert [kysymys.code for kysymys in luettu.questions] == ["unknown_scale"]


def test_without_a_status_and_a_comment_a_free_text_is_read_as_one_and_asked():
    luettu = read_book(
        ["Tavoite", "Kärkihanke", "Vastuu", "Tavoitetaso", "Zorp"],
        *(["T", teko, "Rehtorit", 10 * n, TEKSTIT[n]] for n, teko in enumerate(TEOT)),
    )
    (kysymys,) = luettu.questions
    assert kysymys.answers[0].columns == {"Taul1!E": "kommentti"}
    assert [rivi.kirjaukset[0].kommentti for rivi in luettu.rows] == TEKSTIT


def test_the_text_beside_a_column_of_colours_is_the_comment():
    def colours(workbook):
        for row, fill in zip(range(2, 6), ("00FF00", "FF0000", "FFFF00", "FF0000"), strict=True):
            workbook.active.cell(row, 3).fill = PatternFill("solid", fgColor=fill)

    rows = [["P", teko, None, TEKSTIT[n]] for n, teko in enumerate(TEOT)]
    luettu = read(book(["Painopiste", "Toimenpide", "Zorp", "Blimp"], *rows, look=colours), "taulu.xlsx")
    assert scores(luettu) == [(5,), (1,), (3,), (1,)]
    assert [rivi.kirjaukset[0].kommentti for rivi in luettu.rows] == TEKSTIT


def test_a_second_header_row_of_options_and_translations_is_one():
    head = [
        "Nro",
        "Painopiste",
        "Sitova tavoite",
        "Toteutumisaste T1",
        None,
        None,
        "T1",
        "Toteutumisaste T2",
        None,
        None,
        "T2",
    ]
    below = ["Nr", "Tyngdpunkt", "Bindande mål", "1", "2", "3", "Zorp", "1", "2", "3", "Zorp"]
    rows = [
        [n, "P", teko, *("x" if n % 3 == k else None for k in range(3)), TEKSTIT[n], "x", None, None, TEKSTIT[n - 1]]
        for n, teko in enumerate(TEOT)
    ]
    luettu = read_book(head, below, *rows)
    assert scores(luettu) == [(1, 1), (2, 1), (3, 1), (1, 1)]


# --- what small tables mislead


def test_a_legend_with_a_key_on_each_line_is_no_row_of_names():
    luettu = read_book(
        ["Toimenpide", "Vastuu", "Edistyminen (1–5)"],
        *([teko, "Rehtorit", 4 - n] for n, teko in enumerate(TEOT)),
        [],
        ["1 = ei aloitettu"],
        ["2 = suunnitteilla"],
        ["5 = toteutunut"],
    )
    assert [rivi.toimenpide for rivi in luettu.rows] == TEOT
    assert [skip.cell for skip in luettu.skipped if skip.reason == "legend"] == ["Taul1!A7", "Taul1!A8", "Taul1!A9"]


def test_a_lone_name_right_of_its_levels_is_a_row_of_which_nothing_is_told_yet():
    luettu = read_book(
        ["Painopiste", "Tavoite", "Toimenpide", "Selite"],
        ["Talous", "Velka taittuu", TEOT[0], TEKSTIT[0]],
        [None, None, TEOT[1]],
        [None, "Työ kasvaa", TEOT[2], TEKSTIT[2]],
        [None, None, TEOT[3], TEKSTIT[3]],
    )
    assert [rivi.toimenpide for rivi in luettu.rows] == TEOT
    assert levels(luettu)[1][:2] == ("Talous", "Velka taittuu")


def test_scores_that_first_appear_in_order_are_no_running_number():
    luettu = read_book(
        ["Mål", "Åtgärd", "Bedömning av genomförandet 2024"],
        *(["M", f"Vi bygger en väg {'abcdefghij'[n]}", (1, 2, 3, 4, 3, 1, 5, 2, 2, 4)[n]] for n in range(10)),
    )
    assert scores(luettu)[4:7] == [(3,), (1,), (5,)]


def test_fills_of_one_period_are_read_as_those_of_another_under_the_same_words():
    fills = {"C": ("00FF00", "FF0000", "FFFF00", "00FF00"), "D": ("FF0000", "FF0000", "FF0000", "FF0000")}

    def colours(workbook):
        for letter, found in fills.items():
            for row, fill in enumerate(found, 3):
                workbook.active[f"{letter}{row}"].fill = PatternFill("solid", fgColor=fill)

    rows = [["P", teko, TEKSTIT[n], TEKSTIT[n - 1]] for n, teko in enumerate(TEOT)]
    legend = ["Vihreä = valmis, keltainen = kesken, punainen = ei aloitettu"]
    head = ["Painopiste", "Toimenpide", "Selite T1", "Selite T2"]
    luettu = read(book(legend, head, *rows, look=colours), "taulu.xlsx")
    assert scores(luettu) == [(5, 1), (1, 1), (3, 1), (5, 1)]


def test_a_goal_left_of_a_text_that_nobody_named_is_asked_about():
    luettu = read_book(
        ["Strateginen tavoite", "Zorp", "Toimiala", "Toteutumisaste"],
        ["Työllisyys kasvaa", TEOT[0], "Tekniset palvelut", 3],
        ["Kylät elävät", TEOT[1], "Tekniset palvelut", 4],
        ["Velka taittuu", TEOT[2], "Sivistyspalvelut", 5],
    )
    assert [kysymys.cell for kysymys in luettu.questions] == ["Taul1!A1"]


def test_reports_of_a_year_are_told_apart_by_their_numbers_alone():
    luettu = read_book(
        [
            "Painopiste",
            "Toimenpide",
            "Mittari",
            "Toteutunut arvo",
            "Osavuosikatsaus I/2024",
            None,
            "Osavuosikatsaus II/2024",
        ],
        [None, None, None, None, "Zorp", "Kommentti", "Zorp", "Kommentti"],
        *(
            ["P", teko, "Kävijät", 4.5 + n, (3, 1, 2, 3)[n], TEKSTIT[n], (3, 5, 3, 5)[n], "."]
            for n, teko in enumerate(TEOT)
        ),
    )
    assert [kysymys.answers[0].columns for kysymys in luettu.questions] == [
        {"Taul1!E": "toteutumisaste", "Taul1!G": "toteutumisaste"}
    ]


def test_a_measure_over_its_years_covers_no_other_heading():
    luettu = read_book(
        ["0 = ei aloitettu, 1 = kesken, 2 = valmis"],
        [None, None, None, "Mittarin arvo"],
        ["Painopiste", "Toimenpide", "Mittari", "2022", "2023", "Zorp", "Kommentti"],
        *(["P", teko, "Kävijät", 10.5 + n, 14 + n, (0, 2, 1, 0)[n], TEKSTIT[n]] for n, teko in enumerate(TEOT)),
    )
    assert [kysymys.code for kysymys in luettu.questions] == ["unknown_scale"]


def test_words_of_status_under_bare_years_are_a_status_beside_a_measure_too():
    luettu = read_book(
        [None, None, None, None, "Zorp"],
        ["Painopiste", "Toimenpide", "Mittari", "Toteuma", "2024", "2025"],
        *(["P", teko, "Kävijät", 10.5 + n, "KESKEN", ("VALMIS", "EI ALOITETTU")[n % 2]] for n, teko in enumerate(TEOT)),
    )
    assert scores(luettu)[:2] == [(3, 5), (3, 1)]


def test_numbers_right_of_an_x_under_a_status_are_no_measure():
    head = ["Painopiste", "Toimenpide", "Mittari", "Tila", None, None, "Zorp"]
    luettu = read_book(
        head,
        [None, None, None, "Valmis", "Kesken", "Ei aloitettu"],
        *(
            ["P", teko, "Kävijät", *("x" if n % 3 == k else None for k in range(3)), 35000 + n]
            for n, teko in enumerate(TEOT)
        ),
    )
    assert [rivi.kirjaukset[0].omat for rivi in luettu.rows][0] == {"Zorp": "35000"}


def test_the_comment_beside_colours_is_a_text_that_no_heading_calls_something_else():
    def colours(workbook):
        for row, fill in zip(
            workbook.active.iter_rows(min_row=2), ("00FF00", "FF0000", "FFFF00", "FF0000"), strict=True
        ):
            for cell in row:
                cell.fill = PatternFill("solid", fgColor=fill)

    rows = [["P", teko, TEKSTIT[n], f"Rahaa ei ole vielä saatu {n}."] for n, teko in enumerate(TEOT)]
    luettu = read(book(["Painopiste", "Toimenpide", "Zorp", "Resurssit"], *rows, look=colours), "taulu.xlsx")
    assert [rivi.kirjaukset[0].kommentti for rivi in luettu.rows] == TEKSTIT
