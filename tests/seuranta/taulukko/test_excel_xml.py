"""The cells of a workbook as other programs write them: what openpyxl itself would never save."""

import io
import zipfile

import openpyxl
import pytest

from seuranta.taulukko.guard import check
from seuranta.taulukko.rows import read
from seuranta.taulukko.workbook import read_workbook

from .taulukot import OTSIKOT, book

NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
STRINGS = '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'  # noqa: E501


def with_xml(sheet_data, tail="", strings=()):
    """A workbook whose only sheet is this XML; `strings`: the shared ones, as XML."""
    source, target = zipfile.ZipFile(io.BytesIO(book(["x"]))), io.BytesIO()
    with zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            content = source.read(name).decode() if name.endswith((".xml", ".rels")) else source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = f"<worksheet {NS}>\n<sheetData>{sheet_data}</sheetData>{tail}</worksheet>"
            elif name == "[Content_Types].xml":
                content = content.replace("</Types>", f"{STRINGS}</Types>")
            copy.writestr(name, content)
        items = "".join(f"<si>{item}</si>" for item in strings)
        copy.writestr("xl/sharedStrings.xml", f"<sst {NS}>{items}</sst>")
    return target.getvalue()


def sheet_of(data):
    file, issue = check(data, "t.xlsx")
    assert not issue, issue
    workbook, issue = read_workbook(file)
    assert not issue, issue
    return workbook.sheets[0]


def first(cell, **more):
    return sheet_of(with_xml(f"<row>{cell}</row>", **more)).rows.get(1, {}).get(1)


@pytest.mark.parametrize(
    ("cell", "kind", "value"),
    [
        ("<c><v>4</v></c>", "number", 4),
        ("<c>\n  <v>4.5</v>\n</c>", "number", 4.5),
        ("<c><v>1e2</v></c>", "number", 100.0),
        ("<c><v>NaN</v></c>", "text", "NaN"),
        ("<c t='b'><v>1</v></c>", "bool", True),
        ("<c t='e'><v>#REF!</v></c>", "error", "#REF!"),
        ("<c t='str'><f>A2</f><v>teksti</v></c>", "text", "teksti"),
        ("<c t='inlineStr'><is><r><t>osa </t></r><r><t>toinen</t></r></is></c>", "text", "osa toinen"),
        ("<c t='s'><v>1</v></c>", "text", "kaksi osaa"),
        ("<c><f>SUM(A2:A9)</f></c>", "no_value", "=SUM(A2:A9)"),
        ("<c t='s'><v>2</v></c>", "text", "漢字"),
    ],
)
def test_each_way_to_write_a_cell(cell, kind, value):
    aloud = "<t>漢字</t><rPh sb='0' eb='1'><t>kanji</t></rPh>"
    strings = ["<t>yksi</t>", "<r><t>kaksi </t></r><r><t>osaa</t></r>", aloud]
    assert first(cell, strings=strings)[:2] == (kind, value)


@pytest.mark.parametrize("cell", ["<c t='s'><v>9</v></c>", "<c s='999'><v>1</v></c>"])
def test_a_cell_that_points_nowhere_makes_the_file_damaged(cell):
    assert read(with_xml(f"<row>{cell}</row>"), "t.xlsx").reason == "corrupt"


def test_an_empty_cell_of_a_formula_that_gave_an_empty_text_is_nothing():
    assert first('<c t="str"><f>IF(1,"","")</f><v></v></c>') is None


def test_the_copies_of_a_shared_formula_that_was_never_calculated_are_told_as_their_own():
    original, copy = "<f t='shared' si='0' ref='A1:A2'>B1+1</f>", "<f t='shared' si='0'/>"
    sheet = sheet_of(with_xml(f"<row><c r='A1'>{original}</c></row><row><c r='A2'>{copy}</c></row>"))
    assert [sheet.rows[row][1].value for row in (1, 2)] == ["=B1+1", "=B2+1"]


def test_rows_and_cells_need_no_names():
    third = "<row r='3'><c><v>1</v></c><c r='B3'><v>2</v></c></row>"
    sheet = sheet_of(with_xml(f"<row r='2'><c><v>5</v></c></row>{third}"))
    assert {row: [solu.value for solu in cells.values()] for row, cells in sheet.rows.items()} == {2: [5], 3: [1, 2]}
    assert list(sheet.rows) == [2, 3]


def test_a_text_that_a_merge_covers_is_told_and_read_as_no_value():
    def look(workbook):
        workbook.active.merged_cells.add("E2:F2")  # past merge_cells, which would empty the cell below

    rows = [OTSIKOT, ["P", "T", "Teko", "Tekninen", 4, "alla"], ["P", "T", "Toinen", "Tekninen", 3, "x"]]
    luettu = read(book(*rows, look=look), "t.xlsx")
    assert ("Taul1!F2", "hidden", "alla") in {(skip.cell, skip.reason, skip.text) for skip in luettu.skipped}
    assert luettu.rows[0].kirjaukset[0].kommentti is None


@pytest.mark.filterwarnings("ignore:.*outside the limits for dates")
def test_every_kind_of_cell_is_what_openpyxl_says_it_is():
    """Dates by their format, spans of time, per cents and numbers: the same as the library that others trust."""
    strange = ["dd.mm.yyyy", "[h]:mm", "0 %", "0.0%", "General", "hh:mm", '0 "kpl"', "yyyy"]

    def look(workbook):
        for number, code in enumerate(strange, 1):
            for row, value in enumerate((0.5, 4, 44_000, 44_000.25, -1, 1e9), 1):
                cell = workbook.active.cell(row, number, value)
                cell.number_format = code

    data = book(look=look)
    sheet = sheet_of(data)
    theirs = openpyxl.load_workbook(io.BytesIO(data), data_only=True).active
    for row in theirs.iter_rows():
        for cell in row:
            assert sheet.rows[cell.row][cell.column].value == cell.value, cell
