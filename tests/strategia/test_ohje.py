"""The help: what it covers, and that the Ohje of each page opens the place that tells of it."""

import re

import pytest
from django.urls import reverse

from strategia.kehys.ohjekohdat import ALKU, KOHDAT, help_anchor
from tests.osoitteet import SIVUT, all_names

ROOLIT = ("aino", "kaisa", "veikko", "hilkka", "otso", "liisa", "tarmo")
# Pages that the help as a whole tells of, not one place of it.
YLEISIA = {
    "raportit:etusivu",
    "raportit:tyyli",
    "strategia:ohje",
    "seuranta:haku",
    "strategia:saavutettavuus",
    "strategia:tietosuoja",
}


@pytest.fixture
def kohdat(cast, kirjautunut):
    """`kohdat("kaisa")`: the ids of the headings of this person's help."""

    def find(who):
        html = kirjautunut(getattr(cast, who)).get(reverse("strategia:ohje")).text
        return re.findall(r'<h[12] id="([^"]+)"', html)

    return find


@pytest.mark.parametrize("who", ROOLIT)
def test_each_page_opens_a_place_that_is_there(who, cast, kohdat):
    found, user = kohdat(who), getattr(cast, who)
    assert len(found) == len(set(found))
    for name in all_names():
        assert help_anchor(name, user) in found, name


def test_every_page_of_the_koordinaattori_and_paakayttaja_has_a_place_of_its_own(cast):
    for name, (_arguments, who) in SIVUT.items():
        if "aino" in who and name not in YLEISIA and not name.startswith(("seuranta:rajapinta", "raportit:julkinen")):
            assert help_anchor(name, cast.aino) != ALKU, name


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("strategia:kunta-muokkaa", "kunta"),
        ("strategia:kayttaja-lista", "kayttajat"),
        ("seuranta:toimenpide-detail", "eteneminen"),
        ("strategia:toimenpide-muokkaa", "strategia"),
        ("seuranta:vastaustilanne", "muistutukset"),
    ],
)
def test_a_page_opens_what_is_told_of_it_and_not_of_its_neighbour(name, place, cast):
    assert help_anchor(name, cast.aino) == place


def test_no_name_is_kept_for_a_page_that_is_no_more():
    names = set(all_names())
    dead = [
        begin
        for _anchor, begins, _who in KOHDAT
        for begin in begins
        if not any(each.startswith(begin) for each in names)
    ]
    assert not dead


def test_the_help_covers_what_a_year_needs(kohdat):
    covered = {
        "julkaisu",
        "kasittelyt",
        "saate",
        "sarakkeet",
        "vastaustaulukot",
        "vertailu",
        "viestit",
        "mittarit",
        "lukutapa",
    }
    assert covered <= set(kohdat("aino"))
    assert {"lukutapa", "tuonti", "kayttajat"}.isdisjoint(kohdat("kaisa"))
    assert set(kohdat("liisa")) == {
        ALKU,
        "eteneminen",
        "raportit",
        "muutokset",
        "vertailu",
        "kalenteri",
        "viestit",
        "tunnistus",
        "apu",
    }


def test_the_link_of_the_page_leads_there(cast, kirjautunut):
    page = kirjautunut(cast.aino).get(reverse("seuranta:tuonti-lista")).text
    assert 'href="/ohje/#tuonti">' in page
    page = kirjautunut(cast.veikko).get(reverse("seuranta:omat"), follow=True).text
    assert 'href="/ohje/#kirjaaminen">' in page
