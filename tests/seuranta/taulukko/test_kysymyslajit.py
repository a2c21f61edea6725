"""What is asked once for many cells, and what each answer makes of them: trend, per cents, years, copies, comments."""

import struct

import pytest

from seuranta.taulukko.rows import read
from seuranta.taulukko.workbook.kaavat import is_of_own_row

from .taulukot import book, cells_of, codes, named_cells, text
from .xls import Kaava, shared, xls

TASOT = ["Painopiste", "Tavoite", "Toimenpide"]
NIMET = ["Avataan uimahalli", "Rakennetaan polku", "Perustetaan puisto", "Jatketaan neuvontaa"]


def rows(headings, *values):
    """The rows of a plan, each with its own values right of its name."""
    return [[*TASOT, *headings], *(["P", "T", nimi, *more] for nimi, more in zip(NIMET, values, strict=True))]


def luettu_of(*table, **choices):
    data = book(*table)
    luettu = read(data, "taulu.xlsx", choices=choices)
    assert cells_of(data, "taulu.xlsx") <= named_cells(luettu)
    return luettu


def answered(table, kysymys, number):
    return luettu_of(*table, **kysymys.answers[number].choices)


def roles(luettu):
    return {sarake.kirjain: sarake.role for sheet in luettu.reading for sarake in sheet.sarakkeet}


def scores(luettu):
    return [kirjaus.toteutumisaste for rivi in luettu.rows for kirjaus in rivi.kirjaukset]


# --- check boxes

RUUDUT = [[True, "Avattu."], [False, "Ei rahaa."], [True, "Valmis."], [False, "Odottaa."]]
SANOINA = [["TRUE" if ticked else "FALSE", kommentti] for ticked, kommentti in RUUDUT]


@pytest.mark.parametrize("heading", ["Valmis", "Status", "Toteutunut?", "Done", "Genomförd"])
@pytest.mark.parametrize("values", [RUUDUT, SANOINA])
def test_check_boxes_said_to_be_the_status_are_asked_about_once(heading, values):
    table = rows([heading, "Kommentti"], *values)
    luettu = luettu_of(*table)
    (kysymys,) = luettu.questions
    assert {code for _cell, code in codes(luettu.errors)} == {"unknown_word"}
    assert kysymys.cells == tuple(f"Taul1!D{row}" for row in range(2, 6))
    assert "--sana TOSI=5 --sana EPÄTOSI=1 tai --sarake D=oma" in kysymys.fi
    assert "valintaruuduista" in next(sarake.why for sarake in luettu.reading[0].sarakkeet if sarake.kirjain == "D")
    yes, unsure, own = range(3)
    assert scores(answered(table, kysymys, yes)) == [5, 1, 5, 1]
    assert scores(answered(table, kysymys, unsure)) == [5, None, 5, None]
    told = answered(table, kysymys, own)
    assert (told.status, roles(told)["D"], scores(told)) == ("ok", "oma.kirjaus", [None] * 4)
    assert [rivi.kirjaukset[0].kommentti for rivi in told.rows] == [kommentti for _ruutu, kommentti in values]


def test_what_the_boxes_mean_is_told_and_what_they_show_is_kept():
    luettu = luettu_of(*rows(["Valmis", "Kommentti"], *RUUDUT), words={"tosi": 5, "epätosi": 1})
    assert [kirjaus.alkuperainen for rivi in luettu.rows for kirjaus in rivi.kirjaukset][:2] == ["TOSI", "EPÄTOSI"]
    (notice,) = (notice for notice in luettu.notices if notice.code == "scale_read")
    assert notice.fi == "Sarakkeen ”Valmis” arvot luettiin näin: TOSI → 5, EPÄTOSI → 1."


def test_boxes_of_two_periods_are_one_question():
    values = [[one, other, text] for (one, text), (other, _text) in zip(RUUDUT, RUUDUT[::-1], strict=True)]
    (kysymys,) = luettu_of(*rows(["Toteutunut 2023", "Toteutunut 2024", "Kommentti"], *values)).questions
    assert len(kysymys.cells) == 8


def test_a_box_under_one_of_several_words_of_status_is_what_an_x_would_be():
    table = rows(["Ei aloitettu", "Käynnissä", "Valmis"], *([place == n % 3 for place in range(3)] for n in range(4)))
    luettu = luettu_of(*table)
    assert (luettu.status, scores(luettu)) == ("ok", [1, 3, 5, 1])


def test_boxes_that_say_nothing_of_the_status_are_a_column_of_its_own_and_one_true_is_an_error():
    luettu = luettu_of(*rows(["Sitova", "Lapset", "Kommentti"], *([ruutu, not ruutu, text] for ruutu, text in RUUDUT)))
    assert (luettu.status, scores(luettu)) == ("ok", [None] * 4)
    assert luettu.rows[0].omat == {"Sitova": "TOSI", "Lapset": "EPÄTOSI"}
    luettu = luettu_of(*rows(["Toteutumisaste", "Kommentti"], [1, "a"], [True, "b"], [3, "c"], [4, "d"]))
    assert codes(luettu.errors) == [("Taul1!D3", "score_not_number")]


# --- trend or status

NUOLET = [["m1", "↑"], ["m2", "↓"], ["m3", "→"], ["m4", "↑"]]
SANAT = [["m1", "parantunut"], ["m2", "heikentynyt"], ["m3", "ennallaan"], ["m4", "parantunut"]]


@pytest.mark.parametrize("heading", ["Kehitys", "Tilanne", "Arvio 2024", "Zorp"])
@pytest.mark.parametrize("values", [NUOLET, SANAT])
def test_arrows_and_words_of_change_are_asked_and_kept_with_the_measure_meanwhile(heading, values):
    table = rows(["Mittari", heading], *values)
    luettu = luettu_of(*table)
    assert codes(luettu.errors) == [("Taul1!E1", "trend_or_status")]
    assert [rivi.omat[heading] for rivi in luettu.rows] == [value for _mittari, value in values]
    kept = answered(table, luettu.questions[0], 0)
    assert (kept.status, scores(kept), kept.rows[0].omat) == ("ok", [], {heading: values[0][1]})
    status = answered(table, luettu.questions[0], 1)
    assert {question.code for question in status.questions} == {"unknown_word"}
    words = {value: score for (_mittari, value), score in zip(values, [5, 1, 3, 5], strict=True)}
    told = luettu_of(*table, **status_choices(luettu, words))
    assert (told.status, scores(told)) == ("ok", [5, 1, 3, 5])


def status_choices(luettu, words):
    return {**luettu.questions[0].answers[1].choices, "words": words}


def test_arrows_of_several_periods_are_one_question():
    table = rows(["Mittari", "Tilanne 2023", "Tilanne 2024"], *[[a, b, b] for a, b in NUOLET])
    luettu = luettu_of(*table)
    assert [(each.code, each.cells) for each in luettu.questions] == [("trend_or_status", ("Taul1!E1", "Taul1!F1"))]
    assert luettu.questions[0].fi == (
        "Sarakkeet E ”Tilanne 2023”, F ”Tilanne 2024” (↑, ↓, →): kertovatko ne, mihin suuntaan mittari on muuttunut, "
        "vai toteutumisasteen? Komennolle sen kertoo --sarake E=mittari.suunta tai E=toteutumisaste."
    )


def test_beside_a_status_arrows_are_no_question_and_are_told():
    luettu = luettu_of(*rows(["Toteutumisaste", "Kehitys"], [3, "↑"], [4, "↓"], [5, "→"], [1, "↑"]))
    assert (luettu.status, scores(luettu)) == ("ok", [3, 4, 5, 1])
    assert ("Taul1!E1", "own_column") in codes(luettu.notices)


def test_whoever_told_what_an_arrow_means_has_answered():
    table = rows(["Tilanne"], ["↑"], ["↓"], ["→"], ["↑"])
    luettu = luettu_of(*table, words={"↑": 5, "↓": 1, "→": 3})
    assert (luettu.status, scores(luettu)) == ("ok", [5, 1, 3, 5])


def test_a_legend_that_gives_arrows_words_of_status_is_no_question():
    legend = [["↑ = toteutunut, → = käynnissä, ↓ = ei aloitettu"]]
    luettu = read(book(*legend, *rows(["Tilanne"], ["↑"], ["↓"], ["→"], ["↑"])), "taulu.xlsx")
    assert (luettu.status, scores(luettu)) == ("ok", [5, 1, 3, 5])


# --- per cents

PROSENTIT = [[10, "k"], [25, "k"], [60, "k"], [100, "k"]]


@pytest.mark.parametrize("values", [PROSENTIT, [[f"{n} %", k] for n, k in PROSENTIT]])
def test_per_cents_that_are_no_scores_are_the_nearest_or_a_measure(values):
    table = rows(["Valmiusaste %", "Kommentti"], *values)
    luettu = luettu_of(*table)
    assert {code for _cell, code in codes(luettu.errors)} == {"percent_off_grid"}
    nearest, measure = (answered(table, luettu.questions[0], number) for number in (0, 1))
    assert (nearest.status, scores(nearest)) == ("ok", [1, 2, 3, 5])
    assert "lähimmiksi" in nearest.notices[-1].fi
    assert (measure.status, scores(measure), measure.jaksot) == ("ok", [None] * 4, luettu.jaksot)
    assert [rivi.kirjaukset[0].kommentti for rivi in measure.rows] == ["k"] * 4
    told = [(each.nimi, each.laji, each.yksikko) for rivi in measure.rows for each in rivi.mittarit]
    assert told == [("Valmiusaste %", "prosentti", "%")] * 4
    arvot = [arvo for rivi in measure.rows for each in rivi.mittarit for arvo in each.arvot]
    assert [(arvo.luku, arvo.jakso) for arvo in arvot] == [(n, luettu.jaksot[0]) for n, _k in PROSENTIT]


def test_shares_shown_as_per_cents_are_a_measure_of_each_period():
    def look(workbook):
        for row in workbook.active.iter_rows(min_row=2, min_col=4, max_col=5):
            for cell in row:
                cell.number_format = "0 %"

    table = rows(["Valmiusaste 30.4.2025", "Valmiusaste 31.8.2025"], [0.1, 0.25], [0.25, 0.5], [0.6, 0.75], [1, 1])
    luettu = read(book(*table, look=look), "taulu.xlsx", choices={"percents": "mittari"})
    assert roles(luettu)["D"] == "mittari.arvo"
    assert scores(luettu)[:2] == [None, 2]  # the second column holds no other per cents: it is a status
    first = luettu.rows[0].mittarit[0]
    assert (first.nimi, [(arvo.teksti, arvo.jakso) for arvo in first.arvot]) == ("Valmiusaste", [("10 %", "30.4.2025")])


def test_per_cents_that_all_are_scores_stay_scores_whatever_was_said_of_others():
    table = rows(["Valmiusaste %", "Kommentti"], [0, "k"], [25, "k"], [50, "k"], [100, "k"])
    assert scores(luettu_of(*table, percents="mittari")) == [1, 2, 3, 5]


# --- the year of days

PAIVAT = rows(["Toteutumisaste 30.4.", "Toteutumisaste 31.8."], [1, 2], [2, 3], [3, 4], [4, 5])


def test_one_year_settles_every_heading_of_the_sheet():
    luettu = luettu_of(*PAIVAT)
    assert codes(luettu.errors) == [("Taul1!D1", "year_needed"), ("Taul1!E1", "year_needed")]
    assert list(luettu.jaksot) == ["30.4.", "31.8."]
    assert [question.fi for question in luettu.questions] == [
        "Otsikoiden päivistä 30.4., 31.8. puuttuu vuosi. Mikä vuosi se on? Komennolle sen kertoo --vuosi VVVV."
    ]
    told = luettu_of(*PAIVAT, year=2025)
    assert (told.status, list(told.jaksot)) == ("ok", ["30.4.2025", "31.8.2025"])


# --- an older copy among other sheets


def test_the_answer_to_an_older_copy_leaves_only_the_other_of_the_two_out():
    headings = [*TASOT, "Toteutumisaste"]
    seuranta = [["P", "T", nimi, score] for nimi, score in zip(NIMET, (1, 2, 3, 4), strict=True)]
    older = [["P", "T", nimi, 1] for nimi in NIMET]

    def look(workbook):
        for name, sheet_rows in (("Seuranta (2)", older), ("Muut", [["P2", "T2", f"muu {n}", 5] for n in range(3)])):
            sheet = workbook.create_sheet(name)
            for row in (headings, *sheet_rows):
                sheet.append(row)

    data = book(headings, *seuranta, look=look, sheet="Seuranta")
    luettu = read(data, "taulu.xlsx")
    question = next(each for each in luettu.questions if each.code == "older_copy")
    for answer, expected in zip(question.answers, ([1, 2, 3, 4], [1] * 4), strict=True):
        told = read(data, "taulu.xlsx", choices=answer.choices)
        assert (told.status, scores(told)) == ("ok", [*expected, 5, 5, 5])


# --- comments


def test_further_information_beside_a_comment_is_a_column_of_its_own():
    table = rows(["Toteutumisaste", "Kommentti", "Lisätieto"], *[[n, f"k{n}", f"l{n}"] for n in (1, 2, 3, 4)])
    luettu = luettu_of(*table)
    assert (luettu.status, [rivi.kirjaukset[0].kommentti for rivi in luettu.rows]) == ("ok", ["k1", "k2", "k3", "k4"])
    assert luettu.rows[0].kirjaukset[0].omat == {"Lisätieto": "l1"}


def test_further_information_is_the_comment_where_no_other_heading_says_it():
    told = text([*TASOT, "Toteutumisaste", "Lisätieto"], *([*"PTa", "3", "l"],))
    assert read(told, "taulu.csv").rows[0].kirjaukset[0].kommentti == "l"


# --- formulas over their own row

LASKETTU = ["Vaikutus", "Kiireellisyys", "Yhteensä", "Toteutumisaste"]


def with_formulas(formula):
    """A table whose third column right of the names is this formula of each row."""
    return rows(LASKETTU, *[[n, n + 1, formula.format(row=n + 1), n] for n in range(1, 5)])


@pytest.mark.parametrize(
    ("formula", "is_own"),
    [
        ("of:=[.D2]*[.E2]", True),
        ("of:=SUM([.D2:.F2])", True),
        ("of:=[.D2]*[.E3]", False),
        ("of:=[$Muu.D2]*2", False),
        ("of:=[$'Muu lehti'.D2]", False),
        ("D2+LOG10(E2)", True),
        ('HYPERLINK("https://a.example/"&A2)', False),
        ('IF(D2="Taul!E9",1,2)', True),
        ("Muu!D2", False),
    ],
)
def test_which_formulas_look_along_their_row(formula, is_own):
    assert is_of_own_row(formula, 2) == is_own


@pytest.mark.parametrize("formula", ["=D{row}*E{row}", "=SUM(D{row}:E{row})", '=IF($D{row}>1,"A2","B")'])
def test_a_column_of_formulas_over_its_own_row_is_left_out_and_told_why(formula):
    luettu = read(book(*with_formulas(formula)), "taulu.xlsx")
    told = [(skip.cell, skip.reason) for skip in luettu.skipped if skip.reason == "formula"]
    assert told == [(f"Taul1!F{row}", "formula") for row in range(2, 6)]
    assert (luettu.status, scores(luettu), set(luettu.rows[0].omat)) == (
        "ok",
        [1, 2, 3, 4],
        {"Vaikutus", "Kiireellisyys"},
    )
    assert roles(luettu)["F"] == "pois"


@pytest.mark.parametrize("formula", ["=D{row}*D2", "=Muu!D{row}", "=D$2*2", "=TODAY()", "=SUM(D2:D{row})"])
def test_formulas_over_anything_else_are_kept(formula):
    luettu = read(book(*with_formulas(formula)), "taulu.xlsx")
    assert not [skip for skip in luettu.skipped if skip.reason == "formula"]


def _of_cells(row, other):
    """D{row} * E{other}, rows from 0."""
    return b"\x44" + struct.pack("<HH", row, 0xC003) + b"\x44" + struct.pack("<HH", other, 0xC004) + b"\x05"


SHARED_FORMULA = b"\x4c" + struct.pack("<Hbb", 0, -2, -64) + b"\x4c" + struct.pack("<Hbb", 0, -1, -64) + b"\x05"


@pytest.mark.parametrize(
    ("formula_of", "is_own"),
    [
        (lambda row: Kaava(_of_cells(row, row), 2), True),
        (lambda row: Kaava(_of_cells(row, 1), 2), False),
        (lambda row: Kaava(b"\x01\x01\x00\x05\x00", 2, shared(1, 4, 5, SHARED_FORMULA) if row == 1 else b""), True),
        (lambda row: Kaava(b"\x01\x01\x00\x05\x00", 2), False),  # what it stands for is not there
        (lambda row: Kaava(b"\x7f\x7f\x7f", 2), False),  # nobody knows such a code
    ],
)
def test_an_old_workbook_tells_its_formulas_too(formula_of, is_own):
    headings = [*TASOT, *LASKETTU]
    cells = [(0, n, text, None, None) for n, text in enumerate(headings)]
    for row, nimi in enumerate(NIMET, 1):
        values = ["P", "T", nimi, row, row + 1, formula_of(row), row]
        cells += [(row, column, value, None, None) for column, value in enumerate(values)]
    luettu = read(xls(("Taul1", cells, [])), "taulu.xls")
    told = [skip.cell for skip in luettu.skipped if skip.reason == "formula"]
    assert told == ([f"Taul1!F{row}" for row in range(2, 6)] if is_own else [])


def test_whoever_chose_the_column_has_it_kept():
    luettu = read(book(*with_formulas("=D{row}*E{row}")), "taulu.xlsx", choices={"roles": {"F": "oma"}})
    assert not [skip for skip in luettu.skipped if skip.reason == "formula"]


def test_a_status_that_a_formula_works_out_is_a_status():
    table = rows(["Toteutumisaste", "Apu"], *[[f"=E{n}", n - 1] for n in range(2, 6)])
    luettu = read(book(*table), "taulu.xlsx")
    assert roles(luettu)["D"] == "toteutumisaste"
