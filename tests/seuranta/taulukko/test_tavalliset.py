"""Ordinary rows of a worksheet: found only where they are what they look, and counted and read as one by one."""

import io
import zipfile

import pytest

from seuranta.taulukko.guard import check, container
from seuranta.taulukko.guard.tavalliset import find_rows
from seuranta.taulukko.workbook import excel_xml, read_workbook

from .taulukot import book
from .test_excel_xml import NS

EXCEL = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OPENPYXL = '<row r="1"><c r="A1" t="inlineStr"><is><t>Teko</t></is></c><c r="B1" t="n"><v>4</v></c></row>'
ORDINARY = {
    "openpyxl": OPENPYXL,
    "Excel": '<row r="1" spans="1:2" x14ac:dyDescent="0.25"><c r="A1" s="0" t="str"><v>Teko</v></c>'
    '<c r="C1"><v>4.5</v></c></row>',
    "LibreOffice": '<row r="2" customFormat="false" ht="12.8" hidden="false" collapsed="false"><c r="A2" s="0"/></row>',
    "hidden": '<row r="3" hidden="1"><c r="B3"><v>1</v></c></row><row r="7" hidden="true"/>',
    "references": '<row r="1"><c r="A1" t="inlineStr"><is><t>a &amp; b &lt;c&gt; &quot;&apos; &#228;&#xE4; &amp;#228;'
    "</t></is></c></row>",
    "spaces": '<row r="1"><c r="A1" t="inlineStr"><is><t xml:space="preserve"> rivi\n toinen </t></is></c></row>',
    "escapes": '<row r="1"><c r="A1" t="str"><v>a_x000A_b_x005F_x0041_</v></c></row>',
    "letters": '<row r="1"><c r="AA1" t="str"><v>kärki 漢字 😀</v></c><c r="XFD1"><v>5</v></c></row>',
    "values": '<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="e"><v>#REF!</v></c><c r="C1"><v>NaN</v></c>'
    '<c r="D1" t="d"><v>2023-12-31</v></c><c r="E1"><v>1e400</v></c></row>',
    "the other's place": '<row r="1"><c r="A1" t="str"><is><t>ei</t></is></c><c r="B1" t="str"><v>ei</v></c>'
    '<c r="C1" t="inlineStr"><v>ei</v></c></row>',
    "empty": '<row r="1"><c r="A1" t="inlineStr"><is><t></t></is></c><c r="B1"><v></v></c><c r="C1"></c></row>',
    "nothing": "",
    "shared": '<row r="1"><c r="A1" t="s"><v>0</v></c></row>',  # there is no such string
    "no such style": '<row r="1"><c r="A1" s="9"><v>1</v></c></row>',
    "cells back": '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
    "a cell twice": '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
    "rows back": '<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>',
    "another row's cell": '<row r="1"><c r="A2"><v>1</v></c></row><row r="2"><c r="B2"><v>1</v></c></row>',
    "past the last row": '<row r="1048577"><c r="A1048577"><v>1</v></c></row>',
    "a character that is none": '<row r="1"><c r="A1" t="str"><v>&#1;</v></c></row>',
    "a name that is none": '<row r="1"><c r="A1" t="str"><v>&auml;</v></c></row>',
    "an end of a section": '<row r="1"><c r="A1" t="str"><v>]]></v></c></row>',
    "a bare sign": '<row r="1"><c r="A1" t="str"><v>a & b</v></c></row>',
    "an attribute twice": '<row r="1" ht="1" ht="2"><c r="A1"><v>1</v></c></row>',
    "a prefix that is none": '<row r="1" y:a="1"><c r="A1"><v>1</v></c></row>',
}
OTHERS = {
    "no place": "<row><c><v>1</v></c></row>",
    "formula": '<row r="1"><c r="A1"><f>B1</f><v>1</v></c></row>',
    "runs": '<row r="1"><c r="A1" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c></row>',
    "read aloud": '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t><rPh><t>b</t></rPh></is></c></row>',
    "white space": '<row r="1">\n<c r="A1"><v>1</v></c></row>',
    "other end of line": '<row r="1"><c r="A1" t="str"><v>a\r\nb</v></c></row>',
    "comment": '<row r="1"><c r="A1"><v>1<!-- 2 --></v></c></row>',
    "section": '<row r="1"><c r="A1" t="str"><v><![CDATA[<c>]]></v></c></row>',
    "two values": '<row r="1"><c r="A1"><v>1</v><v>2</v></c></row>',
    "small letters": '<row r="1"><c r="a1"><v>1</v></c></row>',
    "another name": f'<row r="1"><c xmlns="x" r="A1"><v>1</v></c></row><row r="2"><x:c xmlns:x={NS[6:]} r="A2"/></row>',
}
X = 'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"'


def with_sheet(xml):
    source, target = zipfile.ZipFile(io.BytesIO(book(["x"]))), io.BytesIO()
    with zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            copy.writestr(name, xml if name == "xl/worksheets/sheet1.xml" else source.read(name))
    return target.getvalue()


def sheet_xml(rows, *, start=EXCEL, root=f"{NS} {X}", before='<cols><col min="2" max="3" hidden="1"/></cols>', tail=""):
    tail = f'{tail}<mergeCells><mergeCell ref="A5:B6"/></mergeCells><oddHeader>Sivu</oddHeader>'
    return f"{start}<worksheet {root}>{before}<sheetData>{rows}</sheetData>{tail}</worksheet>".encode()


def read_both(xml, monkeypatch):
    """(as read, the same where no row is ordinary): the refusals, or what the guard counts and the workbook holds."""
    answers = []
    for find in (find_rows, lambda part: None):
        monkeypatch.setattr(container, "find_rows", find)
        monkeypatch.setattr(excel_xml, "find_rows", find)
        file, issue = check(with_sheet(xml), "t.xlsx")
        seen = []
        monkeypatch.setattr(container, "_check_seen", lambda members, seen=seen: seen.extend(members))
        container.check_container(with_sheet(xml))
        counts = [(each.rows, each.cells, each.values, each.merged, each.formulas) for each in seen]
        monkeypatch.undo()
        monkeypatch.setattr(excel_xml, "find_rows", find)
        answers.append((issue, counts, read_workbook(file) if file else None))
    return answers


@pytest.mark.parametrize("rows", ORDINARY.values(), ids=ORDINARY)
def test_ordinary_rows_are_found_and_read_as_one_by_one(rows, monkeypatch):
    xml = sheet_xml(rows)
    assert find_rows(xml), rows
    quick, slow = read_both(xml, monkeypatch)
    assert quick == slow


@pytest.mark.parametrize("rows", OTHERS.values(), ids=OTHERS)
def test_rows_that_hold_anything_else_are_left_to_the_reader_of_elements(rows, monkeypatch):
    xml = sheet_xml(rows)
    assert find_rows(xml) is None
    quick, slow = read_both(xml, monkeypatch)
    assert quick == slow


def test_what_the_ordinary_rows_hold_is_told():
    file, _issue = check(with_sheet(sheet_xml(ORDINARY["references"] + ORDINARY["hidden"])), "t.xlsx")
    (sheet,) = read_workbook(file)[0].sheets
    assert sheet.rows[1][1].text == "a & b <c> \"' ää &#228;"
    assert (sheet.rows[3][2].value, sheet.hidden_rows, sheet.hidden_columns) == (1, {3, 7}, {2, 3})
    assert sheet.origins[6, 2] == (5, 1)


@pytest.mark.parametrize(
    "more",
    [
        {"start": f"{EXCEL}<!-- <worksheet {NS}> -->"},
        {"start": '<?xml version="1.0" encoding="ISO-8859-1"?>'},
        {"before": "<!-- "},
        {"before": "<!-- <sheetData></sheetData> -->"},
        {"before": "<?a <sheetData> ?>"},
        {"before": '<row r="1"/>'},
        {"before": f"<sheetPr xmlns='{NS[7:-1]}'/>"},
        {"root": 'xmlns="http://example.com/other"'},
        {"root": f'xmlns:a={NS[6:]} xmlns="other"'},
        {"root": f"xmlns = {NS[6:]}"},
        {"root": f"{NS} {NS}"},
    ],
)
def test_rows_that_may_not_be_what_they_look_are_not_found(more, monkeypatch):
    xml = sheet_xml(OPENPYXL, **more)
    assert find_rows(xml) is None
    quick, slow = read_both(xml, monkeypatch)
    assert quick == slow


@pytest.mark.parametrize(
    "tail",
    [
        "<!-- </sheetData> -->",
        '<sheetData><row r="2"><c r="A2"><f>A1</f><v>1</v></c></row></sheetData>',
        '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>',  # a row that has been already
        "<a>" * 150 + "</a>" * 150,
        "<a>" * 250 + "</a>" * 250,
        "<a>",
        "</sheetData>",
    ],
)
def test_what_comes_after_the_rows_is_read_as_ever(tail, monkeypatch):
    xml = sheet_xml(OPENPYXL, tail=tail)
    assert find_rows(xml)
    quick, slow = read_both(xml, monkeypatch)
    assert quick == slow


def test_a_sheet_of_another_kind_or_cut_short_has_no_ordinary_rows():
    xml = sheet_xml(OPENPYXL)
    assert find_rows(b"\xef\xbb\xbf" + xml) and find_rows(xml.replace(EXCEL.encode(), b""))
    assert find_rows(xml.decode().encode("utf-16")) is None
    assert find_rows(xml[: xml.index(b"</sheetData>") + 5]) is None
    assert find_rows(xml.replace(b"worksheet", b"chartsheet")) is None
    assert find_rows(b"") is None


@pytest.mark.parametrize(
    ("row", "code"),
    [("", "too_large"), ('<c r="A{0}"><v>1</v></c>', "too_many_rows"), ('<c r="A{0}"/>' * 12, "too_large")],
)
def test_ordinary_rows_past_the_limits_are_refused_with_the_same_word(row, code, monkeypatch):
    xml = sheet_xml("".join(f'<row r="{n}">{row.format(n)}</row>' for n in range(1, 40_250)))
    assert find_rows(xml)
    quick, slow = read_both(xml, monkeypatch)
    assert (quick[0].code, slow[0].code) == (code, code)
