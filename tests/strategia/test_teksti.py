"""What of a text that came from outside can be taken."""

import argparse
import os

import pytest

from strategia.teksti import argument, clean_text, drop_controls, read_id

OHJAUSMERKIT = "".join(map(chr, (*range(9), *range(14, 32), *range(127, 133), *range(134, 160))))
PUOLIKKAAT = "\ud800\udbff\udc00\udfff"


def test_control_characters_and_what_is_none_go():
    assert clean_text(f"Tal{OHJAUSMERKIT}ous{PUOLIKKAAT}\ufffe\uffff") == "Talous"


@pytest.mark.parametrize("merkki", "\x0b\x0c\x85\u2028\u2029")
def test_what_breaks_a_line_is_a_line_break_but_in_a_pasted_table_which_has_its_own(merkki):
    assert clean_text(f"eka{merkki}toka") == "eka\ntoka"
    assert drop_controls(f"eka{merkki}to\0ka") == f"eka{merkki}toka"


@pytest.mark.parametrize("text", ["a\tb\r\nc\n", "ta\u00adlous\u00a0\u200b\ufeff", "❤️ 👩‍👧 \U0001f600", " Å – ’ ", ""])
def test_what_somebody_may_have_meant_stays(text):
    assert clean_text(text) == drop_controls(text) == text


def test_an_argument_of_a_command_is_cleaned_and_in_another_coding_refused():
    assert argument("Kirkko\x1branta") == "Kirkkoranta"
    with pytest.raises(argparse.ArgumentTypeError, match="ei ole UTF-8"):
        argument(os.fsdecode("Hämeenlinna".encode("latin-1")))


@pytest.mark.parametrize(("text", "pk"), [("0", 0), ("7", 7), ("007", 7), ("9" * 18, 10**18 - 1)])
def test_an_id_is_plain_digits(text, pk):
    assert read_id(text) == pk


@pytest.mark.parametrize("text", ["", " 7", "-7", "7.0", "²", "٧", "７", "7\n", "uusi", "9" * 19, "9" * 5000])
def test_what_no_row_can_have_is_no_id(text):
    """What str.isdigit takes for a digit ("²") and more than 4,300 digits are errors to int."""
    assert read_id(text) is None
