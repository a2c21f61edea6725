"""A paragraph within a cell breaks a pasted line in two: neither half is taken for a row of its own."""

import pytest

from seuranta.taulukko.guard import check
from seuranta.taulukko.workbook import read_workbook
from seuranta.taulukko.workbook.katkot import find_broken
from tests.ymparisto import SHARED, needs_shared

from .taulukot import book, text
from .test_workbook import sheet_of

OTSIKKO = ["Painopiste", "Toimenpide", "Toteutumisaste", "Kommentti"]


def broken(*lines, exempt=(), name_column=2, delimiter="\t"):
    file, issue = check(text(OTSIKKO, *lines, delimiter=delimiter), "liitetty.txt")
    assert not issue
    sheet = read_workbook(file)[0].sheets[0]
    return find_broken(sheet, list(sheet.rows)[1:], header_row=1, name_column=name_column, exempt=exempt)


KOKO = ["E", "Avataan sali", "4", "Eka kappale"]


def test_a_line_of_one_field_between_rows_waits():
    assert broken(KOKO, "toka kappale", KOKO) == [3]
    assert broken(KOKO, "toka kappale", "kolmas kappale", KOKO) == [3, 4]


def test_a_title_a_board_and_what_stands_above_a_header_do_not():
    assert broken(KOKO, "Tekninen lautakunta", KOKO, exempt={3}) == []


@pytest.mark.parametrize("lines", [["Elinvoima", KOKO, KOKO], [KOKO, KOKO, "Yhteensä 2 riviä"]])
def test_above_the_first_row_and_below_the_last_it_is_a_band_or_a_note(lines):
    assert broken(*lines) == []


@pytest.mark.parametrize("number", ["4", "3,5", "75 %", "2024"])
def test_a_row_whose_name_is_only_a_number_waits(number):
    assert broken(KOKO, ["toka kappale", number], KOKO) == [3]
    assert broken(KOKO, ["toka kappale", f"{number} kpl"], KOKO) == []


def test_a_row_that_lost_its_name_with_its_fields_waits_and_one_with_all_its_fields_does_not():
    assert broken(KOKO, ["toka kappale", "", "3"], KOKO) == [3]
    assert broken(KOKO, ["Elinvoima", "", "", ""], KOKO) == []
    assert broken(KOKO, ["E", "Avataan halli"], KOKO) == []  # only its last fields were left out


def test_a_table_of_one_column_and_a_workbook_have_no_broken_lines():
    file, _issue = check(b"Toimenpide\na\nb\nc\n", "a.txt")
    sheet = read_workbook(file)[0].sheets[0]
    assert find_broken(sheet, [2, 3, 4], header_row=1, name_column=1) == []
    assert find_broken(sheet_of(book(OTSIKKO, ["E"], KOKO), "a.xlsx"), [2, 3], header_row=1, name_column=2) == []


@needs_shared
@pytest.mark.parametrize("name", ["word-liitos.txt", "word-liitos-keski.txt"])
def test_the_broken_half_of_a_word_table_is_found(name):
    file, _issue = check((SHARED / "virheet" / name).read_bytes(), name)
    sheet = read_workbook(file)[0].sheets[0]
    assert find_broken(sheet, list(sheet.rows)[1:], header_row=1, name_column=2) == [3]
