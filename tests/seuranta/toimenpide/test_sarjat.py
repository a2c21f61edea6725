"""The measures of one toimenpide over time: who sees which of their values, and how they are told."""

import pytest
from django.urls import reverse

from seuranta.models import MittariArvo, Mittaus
from strategia.models import Mittari


@pytest.fixture
def osoite(cast):
    return reverse("seuranta:toimenpide-detail", args=[cast.vayla.pk])


@pytest.fixture
def luonnos(cast):
    """What Veikko has begun to write in the open jakso."""
    mittaus = Mittaus(0, "11 kpl", huomautus="Puolivälissä.", sisainen_huomio="Kysy urakoitsijalta.")
    saved, _conflicts = MittariArvo.objects.record(cast.jakso, {cast.mittarit[0]: mittaus}, by=cast.veikko)
    return saved[0]


def test_who_does_not_follow_sees_what_closed_jaksot_told(cast, kirjautunut, osoite, luonnos):
    page = kirjautunut(cast.liisa).get(osoite).text
    assert "Turvallisia koulureittejä" in page
    assert "9\u00a0kpl" in page
    for token in ("11\u00a0kpl", "Puolivälissä", "urakoitsijalta", "Historia"):
        assert token not in page
    assert "Turvallisia" not in kirjautunut(cast.ulla).get(osoite, follow=True).text


def test_who_follows_sees_drafts_and_who_wrote_them(cast, kirjautunut, osoite, luonnos):
    page = kirjautunut(cast.veikko).get(osoite).text
    for token in ("11\u00a0kpl", "Puolivälissä.", "Kysy urakoitsijalta.", "Veikko", "12\u00a0kpl", "ei vielä"):
        assert token in page
    table = page.partition("<tbody>")[2]
    assert table.index("11\u00a0kpl") < table.index("9\u00a0kpl"), "the newest first"


def test_the_line_tells_in_words_what_it_shows(cast, kirjautunut, osoite, luonnos):
    page = kirjautunut(cast.veikko).get(osoite).text
    assert "Turvallisia koulureittejä: 3, 9\u00a0kpl, 11\u00a0kpl</title>" in page
    assert page.count('<path class="tavoite"') == 1


@pytest.mark.parametrize(
    ("hidden", "tokens"),
    [
        ("mittarit", ["Turvallisia"]),
        ("mittari", ["Turvallisia"]),
        ("mittarit.arvot", ["9\u00a0kpl", "ei vielä"]),
        ("mittarit.tavoite", ["12\u00a0kpl", "ei vielä"]),
        ("mittarit.lahto", ["Lähtö"]),
    ],
)
def test_what_the_report_does_not_publish_is_hidden_from_who_does_not_follow(cast, kirjautunut, osoite, hidden, tokens):
    cast.strategia.sarakkeet = [{"rooli": hidden, "piilossa": True}]
    cast.strategia.save()
    told = [token for token in tokens if token in kirjautunut(cast.liisa).get(osoite).text]
    assert told == []
    assert all(token in kirjautunut(cast.tarmo).get(osoite).text for token in tokens)


@pytest.mark.parametrize("rows", [1, 25])
def test_as_many_queries_for_25_measures_as_for_one(cast, kirjautunut, osoite, rows, django_assert_num_queries):
    told = {"kunta": cast.kunta, "strategia": cast.strategia, "toimenpide": cast.vayla, "laji": "luku"}
    mittarit = Mittari.objects.bulk_create(Mittari(**told, nimi=f"Mittari {n}") for n in range(rows))
    MittariArvo.objects.record(cast.jakso, {mittari: Mittaus(0, "5") for mittari in mittarit}, by=cast.veikko)
    veikko = kirjautunut(cast.veikko)
    with django_assert_num_queries(25):
        assert veikko.get(osoite).text.count("<h3 id=") == rows + 1
