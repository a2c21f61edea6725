"""What of a text that came from outside can be taken."""

import pytest

from strategia.teksti import read_id


@pytest.mark.parametrize(("text", "pk"), [("0", 0), ("7", 7), ("007", 7), ("9" * 18, 10**18 - 1)])
def test_an_id_is_plain_digits(text, pk):
    assert read_id(text) == pk


@pytest.mark.parametrize("text", ["", " 7", "-7", "7.0", "²", "٧", "７", "7\n", "uusi", "9" * 19, "9" * 5000])
def test_what_no_row_can_have_is_no_id(text):
    """What str.isdigit takes for a digit ("²") and more than 4,300 digits are errors to int."""
    assert read_id(text) is None
