"""A table is sorted by its address; a column that is not there sorts nothing."""

import pytest
from django.urls import reverse

from strategia.jarjestys import Jarjestys

KEYS = {"nimi": lambda row: row[0], "luku": lambda row: row[1]}
ROWS = [("b", 2), ("a", None), ("c", 1)]


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("", "abc"),
        ("nimi", "abc"),
        ("-nimi", "cba"),
        ("luku", "cba"),
        ("-luku", "bca"),
        ("salasana", "abc"),
        ("--nimi", "abc"),
    ],
)
def test_rows_come_in_the_order_asked_and_those_without_a_value_last(asked, names, rf):
    order = Jarjestys.of(rf.get("/", {"jarjesta": asked}), KEYS)
    assert "".join(row[0] for row in order.sort(ROWS, KEYS)) == names


def test_aino_sorts_the_users_and_the_header_tells_which_way(cast, kirjautunut):
    page = kirjautunut(cast.aino).get(reverse("strategia:kayttaja-lista"), {"jarjesta": "-nimi"}).text
    assert page.index("Veikko") < page.index("Hilkka") < page.index("Aino Aaltonen", page.index("<tbody"))
    assert page.count("aria-sort=") == 1
    assert 'aria-sort="descending"><a href="?jarjesta=nimi"' in page


def test_kaisa_sorts_the_toimialat_by_what_is_unanswered(cast, kirjautunut):
    page = kirjautunut(cast.kaisa).get(
        reverse("seuranta:jakso-detail", args=[cast.jakso.pk]), {"jarjesta": "-vastaamatta"}
    )
    table = page.text.partition("<tbody")[2]
    assert table.index("Tekniset palvelut") < table.index("Hyvinvointi &amp; vapaa-aika")
