"""The 17 goals, and which of them a sheet's own text names."""

import pytest

from strategia.sdg import KESTAVAN_KEHITYKSEN_TAVOITTEET, read_goal, read_goals, with_goals, write_goal


def test_there_are_seventeen_and_each_is_read_back_from_its_words():
    assert list(KESTAVAN_KEHITYKSEN_TAVOITTEET) == list(range(1, 18))
    for number, nimi in KESTAVAN_KEHITYKSEN_TAVOITTEET.items():
        assert read_goal(write_goal(number)) == read_goal(nimi) == read_goal(f"SDG {number}") == number


@pytest.mark.parametrize(
    ("teksti", "goal"),
    [
        ("4", 4),
        (4, 4),
        ("4.", 4),
        ("SDG4", 4),
        ("sdg 11: Kestävät kaupungit", 11),
        ("Tavoite 3", 3),
        ("hyvä koulutus", 4),
        ("18", None),
        ("0", None),
        ("4.2", None),
        ("3-5", None),
        ("2030", None),
        ("koulutus", None),
        ("", None),
    ],
)
def test_a_text_names_one_goal_or_none(teksti, goal):
    assert read_goal(teksti) == goal


def test_the_goals_of_a_row_come_once_and_in_order():
    assert read_goals(["SDG 11", "3 Terveyttä", "11", "oma tavoite"]) == [3, 11]


def test_choosing_goals_keeps_the_words_of_what_stays_and_what_is_no_goal():
    assert with_goals(["SDG 11", "oma tavoite", "3"], [11, 4]) == ["SDG 11", "oma tavoite", "4 Hyvä koulutus"]
    assert with_goals([], []) == []
