"""Strict at the door: no cell stands twice, no index is made up, and a cell's bad value is that cell's error."""

import struct

import pytest

from seuranta.taulukko.rows import read
from tests.ymparisto import JUURI

from .ods import ods, pack
from .taulukot import OTSIKOT, codes
from .test_excel_xml import with_xml

XLS = (JUURI / "fixtures" / "taulukot" / "vanha-excel.xls").read_bytes()
LABELSST = 0x00FD


def cells(row, *values):
    return "".join(f"<c r='{column}{row}' t='inlineStr'><is><t>{value}</t></is></c>" for column, value in values)


HEADING = f"<row r='1'>{cells(1, *zip('ABCDEF', OTSIKOT, strict=True))}</row>"
NAMES = cells(2, ("A", "Elinvoima"), ("B", "Yritykset"), ("C", "Palvelupiste"), ("D", "Tekninen"))


def table(*score, rows="", strings=()):
    """The table with these cells after its names, and then these rows."""
    return read(with_xml(f"{HEADING}<row r='2'>{NAMES}{''.join(score)}</row>{rows}", strings=strings), "t.xlsx")


def test_the_table_of_these_tests_is_read_as_it_is():
    luettu = table("<c r='E2' s='0'><v>4</v></c>", "<c r='F2' t='s'><v>0</v></c>", strings=["<t>Etenee</t>"])
    assert [(kirjaus.toteutumisaste, kirjaus.kommentti) for kirjaus in luettu.rows[0].kirjaukset] == [(4, "Etenee")]


@pytest.mark.parametrize(
    ("score", "rows"),
    [
        (("<c r='E2'><v>4</v></c>", "<c r='E2'><v>1</v></c>"), ""),
        (("<c r='E2'><v>4</v></c>",), "<row r='2'><c r='E2'><v>1</v></c></row>"),
        (("<c r='E2'><v>4</v></c>",), "<row r='3'><c r='E2'><v>1</v></c></row>"),
        (("<c r='F2'><v>4</v></c>", "<c r='E2'><v>1</v></c>"), ""),
        (("<c r='F2'><v>4</v></c>", "<c><v>1</v></c>", "<c r='G2'><v>1</v></c>"), ""),
        (("<c r='E2'><v>4</v></c>",), "<row r='1'/>"),
        (("<c r='E2'><v>4</v></c>",), "<row r='1048577'><c><v>4</v></c></row>"),
        (("<c r='E2'><v>4</v></c>",), f"<row r='{'9' * 5000}'/>"),
    ],
)
def test_references_that_do_not_follow_each_other_make_the_file_damaged(score, rows):
    assert table(*score, rows=rows).reason == "corrupt"


@pytest.mark.parametrize(
    "cell",
    [
        "<c r='E2' t='s'><v>-1</v></c>",
        "<c r='E2' t='s'><v>1</v></c>",
        "<c r='E2' t='s'><v>x</v></c>",
        "<c r='E2' s='-1'><v>4</v></c>",
        "<c r='E2' s='99'><v>4</v></c>",
    ],
)
def test_an_index_that_does_not_exist_makes_the_file_damaged(cell):
    assert table(cell, strings=["<t>4</t>"]).reason == "corrupt"


@pytest.mark.parametrize(
    "cell",
    [
        f"<c r='E2'><v>{'9' * 5000}</v></c>",
        f"<c r='E2'><v>{'9' * 400}</v></c>",
        "<c r='E2'><v>neljä</v></c>",
        "<c r='E2'><v>1e999</v></c>",
        "<c r='E2' t='b'><v>kyllä</v></c>",
        "<c r='E2' t='d'><v>huomenna</v></c>",
    ],
)
def test_a_bad_value_of_a_cell_is_that_cells_error(cell):
    luettu = table(cell, "<c r='F2' t='str'><v>Etenee</v></c>")
    assert (luettu.status, codes(luettu.errors)) == ("row_errors", [("Taul1!E2", "error_cell")])
    assert luettu.rows[0].kirjaukset[0].kommentti == "Etenee"


@pytest.mark.parametrize("value", ["9" * 5000, "neljä"])
def test_a_bad_number_in_an_ods_is_that_cells_error(value):
    data = ods(OTSIKOT, ["Elinvoima", "Yritykset", "Palvelupiste", "Tekninen", 44444, "Etenee"])
    luettu = read(in_ods(data, 'office:value="44444"', f'office:value="{value}"'), "t.ods")
    assert codes(luettu.errors) == [("Taul1!E2", "error_cell")]


@pytest.mark.parametrize("attribute", ["number-columns-repeated", "number-rows-repeated", "number-columns-spanned"])
def test_a_repeat_that_goes_backwards_makes_an_ods_damaged(attribute):
    row = f'<table:table-row table:{attribute}="-1"><table:table-cell table:{attribute}="-1"/></table:table-row>'
    assert read(ods(OTSIKOT, OTSIKOT, tail=row), "t.ods").reason == "corrupt"


def test_two_sheets_of_one_name_make_the_file_damaged():
    assert read(ods(OTSIKOT, ["P", "T", "Teko", "X", 4, "a"], more=[("Taul1", [["x"]])]), "t.ods").reason == "corrupt"


def in_ods(data, old, new):
    """The same .ods with a piece of its XML changed."""
    import io
    import zipfile

    content = zipfile.ZipFile(io.BytesIO(data)).read("content.xml").decode()
    assert old in content
    body = content.partition(">")[2].partition(">")[2].removesuffix("</office:document-content>")
    return pack(body.replace(old, new))


def records(code):
    """Where the data of each record of this kind begin in the .xls."""
    found, start = [], XLS.find(struct.pack("<HH", code, 10))
    while start >= 0:
        found.append(start + 4)
        start = XLS.find(struct.pack("<HH", code, 10), start + 1)
    return found


def changed(at, new):
    return XLS[:at] + new + XLS[at + len(new) :]


@pytest.mark.parametrize("number", [-1, 9_999])
def test_a_shared_string_that_does_not_exist_makes_an_xls_damaged(number):
    assert read(changed(records(LABELSST)[-1] + 6, struct.pack("<i", number)), "t.xls").reason == "corrupt"


def test_a_style_that_does_not_exist_makes_an_xls_damaged():
    assert read(changed(records(LABELSST)[-1] + 4, struct.pack("<H", 9_999)), "t.xls").reason == "corrupt"


def test_a_cell_that_stands_twice_makes_an_xls_damaged():
    first, second = records(LABELSST)[:2]
    assert read(changed(second, XLS[first : first + 4]), "t.xls").reason == "corrupt"
