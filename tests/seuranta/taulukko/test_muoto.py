"""Typed values as Finnish Excel shows them, whatever the file: the number format decides, not the number."""

import datetime as dt

import pytest

from seuranta.taulukko.rows import read
from seuranta.taulukko.workbook.muoto import show
from tests.ymparisto import JUURI

from .ods import S, ods
from .taulukot import book
from .test_workbook import sheet_of

_EUROT = '_-* #,##0.00 "€"_-;-* #,##0.00 "€"_-;_-* "-"?? "€"_-;_-@_-'


@pytest.mark.parametrize(
    ("value", "muoto", "shown"),
    [
        (1.1, "0.00", "1,10"),
        (1, "00", "01"),
        (10, "00", "10"),
        (4.0, "", "4"),
        (12.5, "General", "12,5"),
        (1e20, "", "100000000000000000000"),
        (0.67, "0%", "67 %"),
        (0.67, "0\\ %", "67 %"),
        (0.675, "0.0%", "67,5 %"),
        (1234.5, '#,##0.00\\ "€"', "1 234,50 €"),
        (1234.5, "#,##0.00\\ [$€-40B]", "1 234,50 €"),
        (1234.5, _EUROT, "1 234,50 €"),
        (-1234.5, _EUROT, "-1 234,50 €"),
        (1234567, "#,##0,", "1 235"),
        (-5, "0;(0)", "(5)"),
        (-5, "0.0", "-5,0"),
        (-0.001, "0.0", "0,0"),
        (2.5, "0", "3"),
        (1.005, "0.00", "1,01"),
        (1, "0.##", "1"),
        (0, "#", "0"),
        (4, ";;;", "4"),
        (5, '0" kpl"', "5 kpl"),
        (5, 'General" kpl"', "5 kpl"),
        (5, '[Red][<3]0" vähän";0" paljon"', "5 paljon"),
        (1.75, "# ?/?", "1 3/4"),
        (12345, "0.00E+00", "1,23E+04"),
        (12, "000-000", "000-012"),
        (True, "", "TOSI"),
        (dt.date(2023, 12, 31), "", "31.12.2023"),
        (dt.datetime(2025, 4, 30), "mm-dd-yy", "30.4.2025"),
        (dt.datetime(2025, 4, 30, 12, 30), "yyyy-mm-dd h:mm:ss", "30.4.2025 12.30"),
        (dt.datetime(2025, 4, 30, 12, 30), "d.m.yyyy", "30.4.2025"),
        (dt.datetime(2025, 4, 30), "d.m.", "30.4.2025"),
        (dt.datetime(2025, 4, 30), "mmmm yyyy", "huhtikuu 2025"),
        (dt.datetime(2025, 4, 30), "m/yyyy", "4/2025"),
        (dt.datetime(2025, 4, 30), "yyyy", "2025"),
        (dt.time(8, 30), "h:mm", "8.30"),
        (dt.timedelta(hours=36, minutes=5), "[h]:mm", "36.05"),
    ],
)
def test_a_value_and_its_format_give_what_is_seen(value, muoto, shown):
    assert show(value, muoto) == shown


@pytest.mark.parametrize("ending", ["xlsx", "ods", "xls"])
def test_the_same_table_shows_the_same_in_every_file(ending):
    """The three were saved from one: codes 1,10, 01 and 10, and a typed value of every kind as the comment."""
    luettu = read((JUURI / "fixtures" / "taulukot" / f"tyypit.{ending}").read_bytes(), f"tyypit.{ending}")
    assert [rivi.koodi for rivi in luettu.rows] == ["1,10", "01", "10", "2,5", "3", "4", "5", "6"]
    kommentit = [rivi.kirjaukset[0].kommentti for rivi in luettu.rows]
    tosi = "1" if ending == "ods" else "TOSI"  # LibreOffice wrote it as a number without a format
    assert kommentit[:5] == ["31.12.2025", "1 234,50 €", "67 %", "4.5.2025 8.30", "8.30"]
    assert kommentit[5:] == [tosi, "huhtikuu 2025", "12,5 kpl"]


def test_a_workbook_that_counts_from_1904_has_its_own_days():
    def look(workbook):
        workbook.epoch = dt.datetime(1904, 1, 1)
        workbook.active["A1"].number_format = "d.m.yyyy"

    data = book([44196], look=look)
    assert sheet_of(data, "a.xlsx").rows[1][1].text == "1.1.2025"
    assert sheet_of(book([44196]), "a.xlsx").rows[1][1].text == "44196"


def test_a_day_in_a_heading_is_written_as_a_day():
    data = book(["a", dt.datetime(2025, 4, 30)], ["b", 4])
    assert sheet_of(data, "a.xlsx").rows[1][2].text == "30.4.2025"
    assert sheet_of(ods(["a", S(dt.date(2025, 4, 30))])).rows[1][2].text == "30.4.2025"
