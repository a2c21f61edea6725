"""What the owner of a value is told when viimeistely has said it otherwise."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from seuranta.kirjaaminen.muokatut import list_reworded
from seuranta.models import Kirjaus, MittariArvo, Mittaus, Vastaus


@pytest.fixture
def muokattu(cast):
    """In viimeistely Kaisa says otherwise what Veikko and Otso have told of their measures."""
    reitit, kulkee, raati, _kate = cast.mittarit
    first = {reitit: Mittaus(0, "10 kpl", "Laskettu keväällä."), kulkee: Mittaus(0, "70 %"), raati: Mittaus(0, "ei")}
    MittariArvo.objects.record(cast.jakso, first, by=cast.kaisa)
    cast.jakso.finish(by=cast.kaisa)
    mine = {reitit: Mittaus(1, "11 kpl", "Laskettu syksyllä."), kulkee: Mittaus(1, "71 %"), raati: Mittaus(1, "kyllä")}
    MittariArvo.objects.record(cast.jakso, mine, by=cast.kaisa)
    return cast


def page_of(kirjautunut, person):
    return kirjautunut(person).get(reverse("seuranta:omat")).text.partition("Viimeistelyssä muokatut tekstisi")[2]


def test_each_is_told_of_the_values_of_the_own_toimiala(muokattu, kirjautunut):
    veikolle, otsolle = page_of(kirjautunut, muokattu.veikko), page_of(kirjautunut, muokattu.otso)
    assert "<b>arvo:</b> <del>10</del><ins>11</ins> kpl" in veikolle
    assert "<b>huomautus:</b> Laskettu <del>keväällä.</del><ins>syksyllä.</ins>" in veikolle
    assert reverse("seuranta:toimenpide-detail", args=[muokattu.vayla.pk]) in veikolle
    assert "<b>arvo:</b> <del>70</del><ins>71</ins> %" in otsolle
    assert ("Kulkee itse kouluun" in veikolle, "reittejä" in otsolle) == (False, False)


def test_who_is_bound_to_no_toimiala_is_told_nothing_and_neither_is_the_neighbour(muokattu):
    assert [list_reworded(person) for person in (muokattu.kaisa, muokattu.liisa, muokattu.ulla)] == [[], [], []]


def test_what_is_as_the_owner_wrote_it_again_is_told_no_more(muokattu):
    reitit = muokattu.mittarit[0]
    MittariArvo.objects.record(muokattu.jakso, {reitit: Mittaus(2, "10 kpl", "Laskettu keväällä.")}, by=muokattu.kaisa)
    assert list_reworded(muokattu.veikko) == []


def test_rows_come_before_measures_and_all_takes_two_queries(muokattu):
    cast = muokattu
    Kirjaus.objects.record(cast.jakso, {cast.vayla: Vastaus(0, 3, kommentti="Ennen.")}, by=cast.kaisa)
    Kirjaus.objects.filter(toimenpide=cast.vayla, jakso__tila="viimeistelyssa").update(kirjaajan_kommentti="Sitten.")
    with CaptureQueriesContext(connection) as asked:
        told = list_reworded(cast.veikko)
    assert [each.nimi for each in told] == ["Väylä Kirkkotie–Koulupolku", "Turvallisia koulureittejä"]
    assert len(asked) == 2
