"""What a file holds beside the values of its cells is told with its place: notes, links, boxes, pictures, headers."""

import io
import zipfile

import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from seuranta.taulukko.guard import limits
from seuranta.taulukko.rows import read
from seuranta.taulukko.workbook import excel, oheiset
from seuranta.taulukko.workbook.sheet import Oheinen, unescape
from seuranta.vastaustaulukko import rows as vastaukset
from tests.ymparisto import JUURI

from .ods import S, ods
from .taulukot import OTSIKOT, book, text
from .test_workbook import sheet_of

RIVI = ["Elinvoima", "Yritykset", "Palvelupiste", "Tekninen", 4, "Etenee"]
OHEISET = {"cell_note", "link", "text_box", "page_header", "picture"}


def told(data, name):
    """{(cell, reason): text} of what is skipped and stands at no cell's value."""
    return {(s.cell, s.reason): s.text for s in read(data, name).skipped if s.reason in OHEISET}


@pytest.mark.parametrize("ending", ["xlsx", "ods", "xls"])
def test_everything_beside_the_cells_is_told_in_every_format(ending):
    data = (JUURI / "fixtures" / "taulukot" / f"oheiset.{ending}").read_bytes()
    headers = [s.text for s in read(data, f"a.{ending}").skipped if s.reason == "page_header"]
    assert [" ".join(header.split()) for header in headers] == ["Luonnos valtuustolle", "Sivu / Kaisa Koordinaattori"]
    found = told(data, f"a.{ending}")
    del found["Seuranta!", "page_header"]
    assert found == {
        ("Seuranta!F2", "cell_note"): "Pyydetty lisätieto tekniseltä",
        ("Seuranta!D4", "cell_note"): "Toinen huomautus\nkahdella rivillä",
        ("Seuranta!G2", "link"): "https://kunta.example/paatos/1",
        ("Seuranta!G3", "link"): "https://kunta.example/kaava",
        ("Seuranta!I2", "text_box"): "Tavoitteet vahvistettiin\nvaltuustossa 12.5.",
        ("Seuranta!I7", "picture"): "2 kuvaa",
    }


@pytest.mark.parametrize("ending", ["xlsx", "ods", "xls"])
def test_every_cell_keeps_its_colour_and_its_line_through(ending):
    sheet = sheet_of((JUURI / "fixtures" / "taulukot" / f"oheiset.{ending}").read_bytes(), f"a.{ending}")
    assert sheet.rows[3][6][:3] == ("number", 4, "green")
    assert sheet.rows[4][4].fill == "f4b183"
    assert [sheet.rows[row][4].struck for row in (2, 3, 4)] == [False, True, False]
    assert sheet.rows[2][4].fill == ""


def test_the_words_of_one_string_have_the_looks_of_their_own_cells():
    def look(workbook):
        workbook.active["A2"].fill = PatternFill("solid", fgColor="FF0000")

    cells = sheet_of(book(["sama"], ["sama"], look=look), "a.xlsx").rows
    assert [cells[row][1].colour for row in (1, 2)] == ["", "red"]


def test_a_link_formula_that_was_never_calculated_is_its_text():
    luettu = read(book(OTSIKOT, [*RIVI[:5], '=HYPERLINK("https://kunta.example/a","Kaava ""A""")']), "a.xlsx")
    assert (luettu.status, luettu.rows[0].kirjaukset[0].kommentti) == ("ok", 'Kaava "A"')
    assert told(book(OTSIKOT, [*RIVI[:5], '=HYPERLINK("https://kunta.example/a")']), "a.xlsx") == {
        ("Taul1!F2", "link"): "https://kunta.example/a"
    }


def test_an_address_that_other_cells_make_is_told_as_its_formula():
    luettu = read(book(OTSIKOT, [*RIVI[:5], '=HYPERLINK(A1&"x","Kaava")']), "a.xlsx")
    assert [(error.cell, error.code) for error in luettu.errors] == [("Taul1!F2", "formula_without_value")]
    assert [s.text for s in luettu.skipped if s.reason == "link"] == ['=HYPERLINK(A1&"x","Kaava")']


def test_a_text_that_looks_like_a_link_stays_as_it_is_typed():
    luettu = read(text(OTSIKOT, [*RIVI[:5], '=HYPERLINK("https://kunta.example","Kaava")']), "a.csv")
    assert luettu.rows[0].kirjaukset[0].kommentti == '=HYPERLINK("https://kunta.example","Kaava")'


def test_a_link_into_the_same_workbook_and_a_mail_address_are_links_too():
    def look(workbook):
        workbook.active["F2"].hyperlink = "#Taul1!A1"
        workbook.active["C2"].hyperlink = "mailto:kirjaamo@kunta.example"

    found = told(book(OTSIKOT, RIVI, look=look), "a.xlsx")
    assert found["Taul1!C2", "link"] == "mailto:kirjaamo@kunta.example"
    assert found["Taul1!F2", "link"] == "#Taul1!A1"


_THREADS = (
    '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
    '<threadedComment ref="F2" id="{1}"><text>Onko tämä valmis?</text></threadedComment>'
    '<threadedComment ref="F2" id="{2}" parentId="{1}"><text>On.</text></threadedComment></ThreadedComments>'
)
_RELATION = (
    '<Relationship Id="rT" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"'
    ' Target="../threadedComments/threadedComment1.xml"/></Relationships>'
)


def test_of_a_thread_every_message_is_told_and_not_the_note_that_repeats_it():
    def look(workbook):
        workbook.active["F2"].comment = Comment("[Threaded comment] Onko tämä valmis?", "tc")
        workbook.active["C2"].comment = Comment("Tavallinen", "Kaisa")

    data = repack(
        book(OTSIKOT, RIVI, look=look),
        {"xl/worksheets/_rels/sheet1.xml.rels": lambda rels: rels.replace("</Relationships>", _RELATION)},
        {"xl/threadedComments/threadedComment1.xml": _THREADS},
    )
    notes = [(s.cell, s.text) for s in read(data, "a.xlsx").skipped if s.reason == "cell_note"]
    assert notes == [("Taul1!F2", "Onko tämä valmis?"), ("Taul1!F2", "On."), ("Taul1!C2", "Tavallinen")]


def repack(data, changed, added):
    """The zip with some members changed by their functions and others added."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(file, "w") as target:
        for name in source.namelist():
            inside = source.read(name)
            target.writestr(name, changed[name](inside.decode()) if name in changed else inside)
        for name, inside in added.items():
            target.writestr(name, inside)
    return file.getvalue()


def test_a_note_of_a_hidden_sheet_and_of_an_empty_cell_are_told():
    def look(workbook):
        hidden = workbook.create_sheet("Piilo")
        hidden.sheet_state = "hidden"
        hidden["B2"].comment = Comment("Ei kenellekään", "Kaisa")
        workbook.active["H9"].comment = Comment("Tyhjän huomautus", "Kaisa")

    found = told(book(OTSIKOT, RIVI, look=look), "a.xlsx")
    assert found == {("Piilo!B2", "cell_note"): "Ei kenellekään", ("Taul1!H9", "cell_note"): "Tyhjän huomautus"}
    found = told(ods(OTSIKOT, [*RIVI, S(None, note="Tyhjän huomautus")]), "a.ods")
    assert found == {("Taul1!G2", "cell_note"): "Tyhjän huomautus"}


def test_a_page_that_is_only_numbered_says_nothing():
    def look(workbook):
        workbook.active.oddFooter.center.text = "Sivu &P / &N"
        workbook.active.oddHeader.right.text = "&D"

    assert told(book(OTSIKOT, RIVI, look=look), "a.xlsx") == {}


def test_the_answers_workbook_tells_its_notes_too():
    def look(workbook):
        workbook.active["B2"].comment = Comment("Kysy Kaisalta", "Veikko")

    data = book(["Toimenpide", "Kommentti"], ["Palvelupiste", "Etenee"], look=look)
    luettu = vastaukset.read(data, "a.xlsx", headings={"Toimenpide": "toimenpide", "Kommentti": "kommentti"})
    assert [(s.cell, s.reason, s.text) for s in luettu.skipped[-1:]] == [("Taul1!B2", "cell_note", "Kysy Kaisalta")]


def test_more_notes_than_anybody_makes_are_refused(monkeypatch):
    def look(workbook):
        for row in range(1, 12):
            workbook.active.cell(row, 1).comment = Comment("x", "y")

    for module in (oheiset, excel):
        monkeypatch.setattr(module, "MAX_BESIDE", 10)
    assert limits.MAX_BESIDE > 1000
    assert read(book(OTSIKOT, RIVI, look=look), "a.xlsx").status == "reject"


# --- escapes: what XML cannot hold


@pytest.mark.parametrize(
    ("written", "in_a_workbook", "copied"),
    [
        ("Väli_x000B_rivi", "Väli\nrivi", "Väli\nrivi"),
        ("a_x000D_\nb", "a\nb", "a\nb"),
        ("_xD83D__xDC4D_ valmis", "👍 valmis", "👍 valmis"),
        ("_xD83D_ puolikas", "puolikas", "puolikas"),
        ("a_x0000_b_x0007_c", "abc", "abc"),
        ("kenttä_x0041_koodi", "kenttäAkoodi", "kenttä_x0041_koodi"),
        ("_x005F_x0041_", "_x0041_", "_x005F_x0041_"),
        ("tavallinen _x ja _xyz_", "tavallinen _x ja _xyz_", "tavallinen _x ja _xyz_"),
    ],
)
def test_an_escaped_sign_is_that_sign(written, in_a_workbook, copied):
    row = [*RIVI[:5], written]
    assert read(book(OTSIKOT, row), "a.xlsx").rows[0].kirjaukset[0].kommentti == in_a_workbook
    assert read(text(OTSIKOT, row), "a.csv").rows[0].kirjaukset[0].kommentti == copied
    assert read(ods(OTSIKOT, row), "a.ods").rows[0].kirjaukset[0].kommentti == copied


def test_a_whole_sign_beside_an_escaped_one_stays_whole():
    assert unescape("👍_x000B_😀") == "👍\x0b😀"


def test_what_stands_beside_is_what_a_later_stage_takes_as_a_skip():
    assert Oheinen._fields == ("cell", "reason", "text")
