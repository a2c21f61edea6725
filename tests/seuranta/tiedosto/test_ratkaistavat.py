"""What a preview offers to decide, from what was read."""

import json

import pytest

from seuranta.taulukko.guard import Issue
from seuranta.taulukko.rows import Luettu
from seuranta.taulukko.rows.sentences import issue
from seuranta.tiedosto.ratkaistavat import Ratkaistava


@pytest.mark.parametrize(
    ("teksti", "valinnat"),
    [
        ("1) 4, 2) 5", ["4", "5"]),
        ("”3” tai 4", ["3", "4"]),  # the sentence about it has the same marks
        ("ehkä 2,5", []),
        ("15", []),
    ],
)
def test_the_scores_that_a_text_holds_are_offered(teksti, valinnat):
    assert Ratkaistava(issue("E2", "ambiguous_score", text=teksti), ["E2"]).pikavalinnat == valinnat


@pytest.mark.parametrize("code", ["score_range", "score_not_integer", "date_in_score"])
def test_no_score_is_offered_of_a_number_or_a_date(code):
    assert Ratkaistava(issue("E2", code, text="5"), ["E2"]).pikavalinnat == []


def test_an_issue_carries_its_value_through_what_is_stored():
    errors = (issue("E2", "ambiguous_score", text="4/5"), Issue("", "x", "Koko tiedosto.", "The file."))
    luettu = Luettu("row_errors", None, errors=errors, headings={}, labels={})
    assert [each.value for each in Luettu.from_dict(json.loads(json.dumps(luettu.to_dict()))).errors] == ["4/5", ""]
