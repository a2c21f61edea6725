"""The address of a cell: cut apart and put together in one place."""

import re

import pytest

from seuranta.taulukko.rows import read
from seuranta.taulukko.soluviite import WIDEST, Soluviite, column_of, corners_of, letters_of, sheet_of, without_sheet
from tests.huoneet import APPS
from tests.koodi import python_files
from tests.ymparisto import JUURI

from .ods import S, ods
from .taulukot import OTSIKOT, cells_of_row


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Taul1!E5", ("Taul1", 5, 5)),
        ("E5", ("", 5, 5)),
        ("Vuosi 2023!AB120", ("Vuosi 2023", 28, 120)),
        ("Hei!Taul1!A1", ("Hei!Taul1", 1, 1)),
        ("Taul1!E", ("Taul1", 5, 0)),
        ("ZZZ", ("", WIDEST, 0)),
    ],
)
def test_an_address_is_cut_apart_and_put_together_again(text, parts):
    viite = Soluviite.parse(text)
    assert viite == parts
    assert str(viite) == text


@pytest.mark.parametrize(
    "text", ["", "5", "!", "!E5", "e5", "E05", "E0", "E5 ", "Taul1!AAAA1", "Ä5", "E٣", "E-5", "$E$5", "E5:F6"]
)
def test_what_is_no_address_is_told_as_none(text):
    assert Soluviite.parse(text) is None


def test_letters_count_as_in_a_spreadsheet():
    assert [letters_of(number) for number in (1, 26, 27, 52, 702, 703, WIDEST)] == [
        *("A", "Z", "AA", "AZ", "ZZ", "AAA", "ZZZ")
    ]
    assert all(column_of(letters_of(number)) == number for number in range(1, WIDEST + 1))


def test_an_area_of_a_file_is_two_corners_with_or_without_its_dollars():
    assert corners_of("B2:$AA$10") == (2, 2, 10, 27)
    assert corners_of("C3") == (3, 3, 3, 3)
    for wrong in ("", "B2:", "B:C", "2:3"):
        with pytest.raises(ValueError):  # noqa: PT011 -- what it says nobody reads: the file is corrupt
            corners_of(wrong)


def test_the_only_sheet_is_left_out_of_cells_and_sentences():
    start = sheet_of("Taul1!A5")
    assert (start, sheet_of("A5")) == ("Taul1!", "")
    assert without_sheet("Taul1!A5", start) == "A5"
    assert without_sheet("Sama on solussa Taul1!A5, ei Taul2!A5.", start) == "Sama on solussa A5, ei Taul2!A5."
    assert without_sheet("Käy katsomassa Taul1!", start) == "Käy katsomassa Taul1!"
    assert without_sheet("Taul1!A5", "") == "Taul1!A5"


def test_nobody_else_cuts_an_address():
    cuts = re.compile(r"""(partition|find|split|index)\(["']!["']|ord\(letter\)""")
    found = [path.relative_to(JUURI) for path in python_files(JUURI, *APPS) if cuts.search(path.read_text())]
    assert [str(path) for path in found] == ["seuranta/taulukko/soluviite.py"]


def test_every_cell_that_a_table_tells_has_an_address():
    paths = [
        path
        for path in sorted((JUURI / "fixtures" / "taulukot").iterdir())
        if path.is_file() and path.suffix != ".json"
    ]
    for path in paths:
        luettu = read(path.read_bytes(), path.name)
        cells = [each.cell for each in (*luettu.errors, *luettu.notices, *luettu.skipped) if each.cell]
        cells += [cell for rivi in luettu.rows for cell in cells_of_row(rivi)]
        assert cells or luettu.reason
        assert [cell for cell in cells if Soluviite.parse(cell) is None] == [], path.name


def test_a_value_beyond_every_spreadsheets_columns_is_refused():
    rivi = ["P", "T", "a", "X", 4, "k"]
    for gap, reason in ((WIDEST - 7, None), (WIDEST - 6, "too_many_columns")):
        luettu = read(ods(OTSIKOT, [*rivi, S(None, times=gap), "z"]), "a.ods")
        assert luettu.reason == reason


def test_a_whole_sheet_has_an_address_too():
    assert Soluviite.parse("Taul1!") == Soluviite("Taul1", 0)
    assert str(Soluviite("Taul1", 0)) == "Taul1!"
    assert Soluviite.parse("!") is None
