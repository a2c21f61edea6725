"""The same cells whatever the file: .ods and old .xls read like .xlsx, and what a person typed over a cell holds."""

from datetime import date

import pytest
from openpyxl.styles import Color, PatternFill
from openpyxl.writer.theme import theme_xml

from seuranta.taulukko.guard import check
from seuranta.taulukko.rows import read
from seuranta.taulukko.workbook import read_workbook
from tests.ymparisto import JUURI

from .ods import S, ods, pack
from .taulukot import OTSIKOT, book, cells_of, codes, named_cells, text

RIVI = ["Elinvoima", "Yritykset", "Palvelupiste", "Tekninen", 4, "Etenee"]


def sheet_of(data, name="taulu.ods"):
    file, issue = check(data, name)
    assert not issue, issue
    workbook, issue = read_workbook(file)
    assert not issue, issue
    return workbook.sheets[0]


def solu(value, **looks):
    return sheet_of(ods(["a", S(value, **looks)])).rows[1].get(2)


# --- .ods


def test_an_ods_gives_what_the_same_table_gives_as_xlsx():
    rows = [OTSIKOT, RIVI, [None, None, "Toinen", "X", 2, "a\nb"], ["P", "T", "Kolmas", "X", "3 Käynnissä", None]]
    in_ods, in_xlsx = read(ods(*rows), "taulu.ods"), read(book(*rows), "taulu.xlsx")
    assert in_ods == in_xlsx
    assert len(in_ods.rows) == 3


def test_trailing_repeats_of_an_ordinary_file_cost_nothing():
    blanks = '<table:table-cell table:number-columns-repeated="16384"/>'
    tail = f'<table:table-row table:number-rows-repeated="1048570">{blanks}</table:table-row>'
    sheet = sheet_of(ods([*OTSIKOT, S(None, fill="#00b050", times=16378)], RIVI, tail=tail))
    assert list(sheet.rows) == [1, 2]
    assert max(sheet.rows[1]) == 6


def test_repeated_values_are_cells_and_too_many_of_them_are_refused():
    assert sorted(sheet_of(ods([S("x", times=3), "y"])).rows[1]) == [1, 2, 3, 4]
    assert read(ods(OTSIKOT, RIVI, [S("x", times=300)]), "a.ods").reason == "too_many_columns"
    row = '<table:table-row table:number-rows-repeated="30000"><table:table-cell><text:p>x</text:p></table:table-cell>'
    assert read(ods(OTSIKOT, RIVI, tail=row + "</table:table-row>"), "a.ods").reason == "too_many_rows"


@pytest.mark.parametrize(
    ("value", "looks", "kind", "read_as"),
    [
        ("teksti", {}, "text", "teksti"),
        ("kaksi\nriviä  ja\tsarkain", {}, "text", "kaksi\nriviä  ja\tsarkain"),
        (4, {}, "number", 4),
        (12.5, {}, "number", 12.5),
        (0.25, {"percent": True}, "number", 0.25),
        (True, {}, "bool", True),
        (date(2026, 5, 4), {}, "date", date(2026, 5, 4)),
        ("#REF!", {"error": True}, "error", "#REF!"),
        ("Err:502", {"error": True}, "error", "Err:502"),
        ("arvo", {"note": "tämä on huomautus"}, "text", "arvo"),
        (" ", {}, "blank", ""),
    ],
)
def test_an_ods_cell_is_its_value_and_never_its_note(value, looks, kind, read_as):
    assert solu(value, **looks)[:2] == (kind, read_as)


def test_an_ods_has_fills_strikes_merges_and_hidden_parts():
    data = ods(
        OTSIKOT,
        [S("P", span=(1, 2)), "T", "a", "X", S(None, fill="#92d050"), "k"],
        [S(None, covered=True), "T", "b", "X", S(None, fill="#FFFF00"), S("k", strike=True)],
        hidden_rows=[3],
        hidden_columns=[6],
    )
    luettu = read(data, "taulu.ods")
    assert [rivi.painopiste for rivi in luettu.rows] == ["P", "P"]
    assert [rivi.kirjaukset[0].toteutumisaste for rivi in luettu.rows] == [5, 3]
    assert {(notice.cell, notice.code) for notice in luettu.notices} == {
        ("Taul1!F1", "hidden"),
        ("Taul1!C3", "hidden"),
        ("Taul1!E2", "read_from_colour"),
        ("Taul1!E3", "read_from_colour"),
        ("Taul1!F3", "struck_through"),
    }


def test_a_hidden_sheet_of_an_ods_is_told_and_what_lies_under_a_merge_too():
    band = [S("Väliotsikko", span=(3, 1)), S("alla", covered=True), S(covered=True)]
    data = ods(["salaista"], hidden=True, more=[("Toinen", [OTSIKOT, RIVI, band])])
    luettu = read(data, "taulu.ods")
    told = {(skip.cell, skip.reason, skip.text) for skip in luettu.skipped}
    assert {("Taul1!A1", "hidden", "salaista"), ("Toinen!B3", "hidden", "alla")} <= told


def test_a_table_in_a_table_and_another_files_sheet_are_not_sheets():
    def table(name, text, inside=""):
        cell = f"<table:table-cell><text:p>{text}</text:p>{inside}</table:table-cell>"
        return f"<table:table table:name='{name}'><table:table-row>{cell}</table:table-row></table:table>"

    outer = table("ulko", "y", table("sisä", "x"))
    other = table("vieras", "z").replace("<table:table-row>", "<table:table-source/><table:table-row>")
    data = pack(f"<office:body><office:spreadsheet>{outer}{other}</office:spreadsheet></office:body>")
    file, _ = check(data, "a.ods")
    workbook, _ = read_workbook(file)
    assert [(sheet.name, sheet.rows[1][1].value) for sheet in workbook.sheets] == [("ulko", "y")]


@pytest.mark.parametrize("name", ["taulu.ods", "taulu.xlsx", "taulu.csv", ""])
def test_what_is_inside_decides_and_not_the_name(name):
    assert len(read(ods(OTSIKOT, RIVI), name).rows) == 1


def test_a_nasty_ods_is_refused():
    huge = ods(OTSIKOT, [S("P", span=(1_000, 1_000_000)), *RIVI[1:]])
    assert read(huge, "a.ods").reason == "too_large"
    odd = '<table:table table:name="a"><table:table-row table:number-rows-repeated="x"/></table:table>'
    assert read(pack(f"<office:body>{odd}</office:body>"), "a.ods").reason == "corrupt"


# --- old .xls


XLS = JUURI / "fixtures" / "taulukot" / "vanha-excel.xls"


def test_an_old_xls_is_read_with_its_looks_and_errors():
    luettu = read(XLS.read_bytes(), "seuranta-2024.xls")
    assert [rivi.toimenpide for rivi in luettu.rows] == ["Avataan kirjasto", "Uusitaan verkko", "Siivotaan ranta", "x"]
    assert [rivi.painopiste for rivi in luettu.rows][:2] == ["Elävä keskusta"] * 2
    assert codes(luettu.errors) == [("Seuranta!E5", "error_cell")]
    assert {notice.code for notice in luettu.notices} >= {"hidden", "struck_through"}


def test_an_xls_under_any_name_and_a_broken_one():
    data = XLS.read_bytes()
    assert read(data, "taulu.xlsx") == read(data, "taulu.xls")
    assert read(data[:3000], "taulu.xls").reason == "old_format"
    macro = data + "_VBA_PROJECT".encode("utf-16-le")
    assert read(macro, "taulu.xls").reason == "macro"


# --- control characters


def test_a_nul_in_an_xls_goes_from_its_cells_and_from_the_name_of_its_sheet():
    """Its texts are UTF-16 or Latin-1 as they are: nothing in the format refuses a character."""
    data = XLS.read_bytes()
    for plain, hostile in ((b"Avataan kirjasto", b"Avataan\0kirjasto"), (b"Seuranta", b"Se\0ranta")):
        data = data.replace(plain, hostile).replace(_wide(plain), _wide(hostile))
    luettu = read(data, "vanha.xls")
    assert luettu.rows[0].toimenpide == "Avataankirjasto"
    assert luettu.rows[0].cell == "Seranta!C2"
    assert "\0" not in repr(luettu) and "\\x00" not in repr(luettu)


def _wide(text):
    return text.decode().encode("utf-16-le")


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.xlsx", lambda *rows: book(*rows, sheet="Tau\x96lu")),
        ("a.ods", lambda *rows: ods(*rows, sheet="Tau\x96lu")),
        ("a.csv", lambda *rows: text(*rows)),
        ("liitetty.txt", lambda *rows: text(*rows, delimiter="\t")),
    ],
)
def test_what_a_format_lets_in_goes_and_a_break_of_a_line_is_a_line_break(name, make):
    luettu = read(make(OTSIKOT, ["P\x96", "T\x85T", "a\u2028b", "X", 4, "k\x80\x9f\u00a0\u00adä"]), name)
    assert luettu.status == "ok"
    rivi = luettu.rows[0]
    assert (rivi.painopiste, rivi.tavoite, rivi.toimenpide) == ("P", "T\nT", "a\nb")
    assert rivi.kirjaukset[0].kommentti == "k\u00a0\u00adä"
    assert rivi.cell.rpartition("!")[0] in ("Taulu", "")


@pytest.mark.parametrize("merkki", "\x0b\x0c")
def test_a_line_of_a_pasted_cell_ends_in_a_vertical_tab_and_its_row_does_not(merkki):
    luettu = read(text(OTSIKOT, ["P", "T", "a", "X", 4, f"eka{merkki}toka"], delimiter="\t"), "liitetty.txt")
    assert [rivi.kirjaukset[0].kommentti for rivi in luettu.rows] == ["eka\ntoka"]


def test_marks_of_a_web_page_hide_no_control_character():
    luettu = read(book(OTSIKOT, ["P", "T", "a", "X", 4, "<p>eka&#12;toka&#0;&#150;</p>"]), "a.xlsx")
    assert luettu.rows[0].kirjaukset[0].kommentti == "eka\ntoka\ufffd–"


# --- colours of a theme


@pytest.mark.parametrize(
    ("theme", "tint", "score"),
    [(9, 0.0, 5), (9, 0.6, 5), (9, -0.25, 5), (7, 0.0, 3), (7, 0.8, 3), (5, 0.0, None), (0, 0.0, None)],
)
def test_a_colour_of_the_theme_is_a_colour(theme, tint, score):
    def paint(workbook):
        for row in (2, 3):
            colour = Color(theme=theme, tint=tint) if row == 2 else Color(rgb="FF00B050")
            workbook.active.cell(row, 5).fill = PatternFill("solid", fgColor=colour)
        # The colours of Office 2013 and later; openpyxl writes those of 2007.
        theme_2013 = {b"F79646": b"70AD47", b"8064A2": b"FFC000", b"C0504D": b"ED7D31"}
        workbook.loaded_theme = _theme(theme_2013)

    rows = [["P", "T", name, "X", None, "k"] for name in "ab"]
    luettu = read(book(OTSIKOT, *rows, look=paint), "taulu.xlsx")
    assert [rivi.kirjaukset[0].toteutumisaste for rivi in luettu.rows] == [score, 5]


def _theme(replaced):
    theme = theme_xml.encode()
    for old, new in replaced.items():
        theme = theme.replace(old, new)
    return theme


# --- typed over


def test_a_value_typed_over_a_cell_is_read_and_both_are_told():
    data = book(OTSIKOT, [*RIVI[:4], "4/5", "k"])
    assert codes(read(data, "a.xlsx").errors) == [("Taul1!E2", "ambiguous_score")]
    luettu = read(data, "a.xlsx", cells={"Taul1!E2": "4"})
    assert (luettu.status, luettu.rows[0].kirjaukset[0].toteutumisaste) == ("ok", 4)
    assert codes(luettu.notices) == [("Taul1!E2", "typed_over")]
    assert luettu.notices[0].fi == "Solun arvon ”4/5” tilalle on kirjoitettu ”4”."
    assert cells_of(data, "a.xlsx") <= named_cells(luettu)


def test_a_cell_of_a_text_file_is_typed_over_by_its_place():
    luettu = read(text(OTSIKOT, ["P", "T", "a", "X", "9", "k"]), "a.csv", cells={"E2": "5", "F2": ""})
    assert (luettu.rows[0].kirjaukset[0].toteutumisaste, luettu.rows[0].kirjaukset[0].kommentti) == (5, None)
    assert [notice.fi for notice in luettu.notices][1] == "Solun arvo ”k” on poistettu."


def test_an_empty_cell_and_a_cell_of_a_merge_take_a_typed_value():
    def merge(workbook):
        workbook.active.merge_cells("D2:D3")

    rows = [["P", "T", "a", "X", 4, "k"], ["P", "T", "b", None, None, None]]
    luettu = read(book(OTSIKOT, *rows, look=merge), "a.xlsx", cells={"Taul1!D3": "Y", "Taul1!E3": "2"})
    assert [(rivi.toimiala, rivi.kirjaukset[0].toteutumisaste) for rivi in luettu.rows] == [("X", 4), ("Y", 2)]
    assert luettu.notices[0].fi == "Tyhjään soluun on kirjoitettu ”Y”."


def test_a_typed_row_of_its_own_comes_in_its_place():
    luettu = read(
        book(OTSIKOT, RIVI, [], [*RIVI[:2], "Kolmas"]), "a.xlsx", cells={"Taul1!C3": "Toinen", "Taul1!A3": "P"}
    )
    assert [rivi.toimenpide for rivi in luettu.rows] == ["Palvelupiste", "Toinen", "Kolmas"]


@pytest.mark.parametrize("cell", ["E2", "Muu!E2", "Taul1!E0", "Taul1!2E", "Taul1!ZZ2", "Taul1!E99999", ""])
def test_a_cell_that_is_not_there_is_refused(cell):
    assert read(book(OTSIKOT, RIVI), "a.xlsx", cells={cell: "4"}).reason == "unknown_cell"
