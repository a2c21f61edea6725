"""What the owner of a value is told when viimeistely has said it otherwise."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from seuranta.kirjaaminen.muokatut import list_reworded
from seuranta.models import Kirjaus, MittariArvo, Mittaus, Osavastaus, Vastaus, Yksikkovastaus


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


def test_units_and_comments_are_told_to_those_who_wrote_them(cast, kirjautunut):
    """A comment to the toimiala whose it is, not to the one that leads; a score that was not given is told too."""
    units = [Yksikkovastaus("Lomitus", 4, "Päiviä on 812.")]
    [lomitus] = Osavastaus.objects.record(cast.jakso, cast.vayla, units, by=cast.veikko)[0]
    told = {"toimiala": cast.tekniset, "kysytyt": ("nimi", "kommentti")}
    comment = Yksikkovastaus("Tekniset palvelut", kommentti="Tekniset auttoivat.", **told)
    [kerhosta] = Osavastaus.objects.record(cast.jakso, cast.kerho, [comment], by=cast.veikko)[0]
    cast.jakso.finish(by=cast.kaisa)
    again = replace(units[0], pk=lomitus.pk, versio=1, toteutumisaste=None, kommentti="Päiviä on 850.")
    Osavastaus.objects.record(cast.jakso, cast.vayla, [again], by=cast.kaisa)
    again = replace(comment, pk=kerhosta.pk, versio=1, kommentti="Tekniset rakensivat.")
    Osavastaus.objects.record(cast.jakso, cast.kerho, [again], by=cast.kaisa)
    veikolle, otsolle = page_of(kirjautunut, cast.veikko), page_of(kirjautunut, cast.otso)
    assert "Väylä Kirkkotie–Koulupolku: Lomitus" in veikolle
    assert "<b>toteutumisaste:</b> <del>4</del><ins>–</ins>" in veikolle
    assert "<b>kommentti:</b> Päiviä on <del>812.</del><ins>850.</ins>" in veikolle
    assert "Kerho jokaiselle koululle: Tekniset palvelut" in veikolle
    assert "Tekniset <del>auttoivat.</del><ins>rakensivat.</ins>" in veikolle
    assert otsolle == ""
    assert [each.nimi for each in list_reworded(cast.ulla)] == []


def test_rows_come_before_measures_and_all_takes_three_queries(muokattu):
    cast = muokattu
    Kirjaus.objects.record(cast.jakso, {cast.vayla: Vastaus(0, 3, kommentti="Ennen.")}, by=cast.kaisa)
    Kirjaus.objects.filter(toimenpide=cast.vayla, jakso__tila="viimeistelyssa").update(kirjaajan_kommentti="Sitten.")
    with CaptureQueriesContext(connection) as asked:
        told = list_reworded(cast.veikko)
    assert [each.nimi for each in told] == ["Väylä Kirkkotie–Koulupolku", "Turvallisia koulureittejä"]
    assert len(asked) == 3
