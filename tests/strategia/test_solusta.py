"""A cell is one measure; it is printed as the source has it until what came of it is changed."""

import pytest

from strategia.solusta import Solurivi, mittari_now, read_solumittari, says_something, text_in_table


@pytest.mark.parametrize(
    ("text", "nimi", "laji"),
    [
        ("Asukasmäärä", "Asukasmäärä", "teksti"),
        ("Mittari: Periaatteet valmiit: kyllä/ei.", "Periaatteet valmiit", "kylla_ei"),
        ("Mittarit: määrä kasvanut: kyllä/ ei.", "määrä kasvanut", "kylla_ei"),
        ("Laskelmat löytyvät (kyllä/ei).", "Laskelmat löytyvät", "kylla_ei"),
        ("kyllä/ei", "kyllä/ei", "teksti"),
        ("Kyllä/ei kysytään asukkailta", "Kyllä/ei kysytään asukkailta", "teksti"),
        ("Yleisarvosana:\n• - asteikko 4-10\n• - esimies", "Yleisarvosana: • - asteikko 4-10 • - esimies", "teksti"),
        ("Kävijät, kpl", "Kävijät, kpl", "teksti"),
    ],
)
def test_the_whole_cell_is_one_measure(text, nimi, laji):
    assert read_solumittari(text) == (nimi, laji)


@pytest.mark.parametrize(("text", "says"), [("–", False), ("", False), (None, False), ("...", False), ("1", True)])
def test_a_dash_says_nothing(text, says):
    assert says_something(text) is says


SOLU = "Valmis: kyllä/ei.\nKävijät, kpl"


@pytest.mark.parametrize(
    ("rivit", "shown"),
    [
        ([], SOLU),
        ([("Valmis: kyllä/ei. Kävijät, kpl", "teksti", SOLU)], SOLU),
        ([("Valmis", "kylla_ei", SOLU), ("Kävijät", "luku", "")], SOLU),
        ([("Valmis", "kylla_ei", SOLU), ("Kävijöitä", "luku", "")], "Valmis: kyllä/ei\nKävijöitä"),
        (
            [("Valmis", "kylla_ei", SOLU), ("Kävijät", "luku", ""), ("Uusi", "luku", "")],
            "Valmis: kyllä/ei\nKävijät\nUusi",
        ),
        ([("Ihmisen lisäämä", "luku", "")], SOLU),
    ],
)
def test_the_cell_is_printed_as_it_was_until_somebody_changes_it(rivit, shown):
    assert text_in_table(SOLU, [mittari_now(*each) for each in rivit]) == shown


def test_what_a_person_added_to_an_empty_cell_is_not_printed_in_it():
    assert text_in_table("", [Solurivi("Uusi", "Uusi", "")]) == ""
