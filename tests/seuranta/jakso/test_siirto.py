"""The koordinaattori moves a jakso in the order: what is previous then, and how long it holds."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from raportit.osavuosikatsaus import build
from seuranta.kirjaaminen.lue import build_rows
from seuranta.models import Seurantajakso
from strategia.models import Strategia
from tests.cast import create_jakso, create_kirjaus
from tests.lomakkeet import read_forms
from tests.silmin import tiivis

LISTA = "/jaksot/"


def siirra(jakso):
    return reverse("seuranta:jakso-siirra", args=[jakso.pk])


def press(client, jakso, suunta):
    """What the button on the page sends; KeyError where the page has no such button."""
    forms = {
        (form.osoite, data["suunta"]): data
        for form in read_forms(client.get(LISTA).text, LISTA)
        if "suunta" in (data := {kentta.nimi: kentta.arvo for kentta in form.kentat})
    }
    return client.post(siirra(jakso), forms[siirra(jakso), suunta], follow=True)


def in_order(cast):
    return [jakso.pk for jakso in cast.strategia.jaksot.all()]


def shown_order(client):
    return [int(pk) for pk in re.findall(r'<th scope="row"><a href="/jaksot/(\d+)/', client.get(LISTA).text)]


@pytest.fixture
def kolmas(cast):
    return create_jakso(cast.strategia, "Osavuosikatsaus III 2026", 9, 11, jarjestys=3)


def test_only_who_coordinates_moves_a_jakso_or_sees_the_buttons(cast, kirjautunut):
    data = {"suunta": "aiemmaksi"}
    for who in (cast.veikko, cast.hilkka, cast.tarmo):
        client = kirjautunut(who)
        assert "Siirrä aiemmaksi" not in client.get(LISTA).text
        assert client.post(siirra(cast.jakso), data).status_code == 403
    assert kirjautunut(cast.ulla).post(siirra(cast.jakso), data).status_code == 404
    assert kirjautunut(cast.kaisa).get(siirra(cast.jakso)).status_code == 405
    assert in_order(cast) == [cast.edellinen.pk, cast.jakso.pk]


def test_previous_is_previous_everywhere_after_a_move_and_back_again(cast, kolmas, kirjautunut):
    """The closed one is passed too: its report stays as it is, and the one after it compares with another."""
    create_kirjaus(cast.jakso, cast.vayla, 1, "Alkuun.").save()
    create_kirjaus(kolmas, cast.vayla, 5, "Valmis.").save()
    kaisa, frozen = kirjautunut(cast.kaisa), cast.versio.data
    first = cast.edellinen.kirjaukset.get(toimenpide=cast.vayla).toteutumisaste

    def previous_of_third():
        third = Seurantajakso.objects.get(pk=kolmas.pk)
        rivi = next(rivi for rivi in build(third, koottu=timezone.now()).rivit if rivi.toteutumisaste == 5)
        shown = next(row for row in build_rows(third, cast.kaisa, only=[cast.vayla.pk]) if row.toimenpide == cast.vayla)
        assert shown.edellinen.toteutumisaste == rivi.edellinen
        return third.edellinen(), rivi.edellinen

    assert previous_of_third() == (cast.jakso, 1)
    page = press(kaisa, cast.jakso, "aiemmaksi").text
    assert "Järjestys on nyt: ensin Osavuosikatsaus II 2026, sitten Osavuosikatsaus I 2026." in tiivis(page)
    assert in_order(cast) == [cast.jakso.pk, cast.edellinen.pk, kolmas.pk]
    assert shown_order(kaisa) == [kolmas.pk, cast.edellinen.pk, cast.jakso.pk]
    assert previous_of_third() == (cast.edellinen, first)
    press(kaisa, cast.jakso, "myohemmaksi")
    assert previous_of_third() == (cast.jakso, 1)
    cast.versio.refresh_from_db()
    assert cast.versio.data == frozen
    made = cast.jakso.history.first()
    assert (made.jarjestys, made.history_user) == (2, cast.kaisa)


def test_a_move_holds_until_the_days_change(cast, kolmas, kirjautunut):
    kaisa = kirjautunut(cast.kaisa)
    press(kaisa, kolmas, "aiemmaksi")
    moved = [cast.edellinen.pk, kolmas.pk, cast.jakso.pk]
    edit, names = reverse("seuranta:jakso-muokkaa", args=[kolmas.pk]), ["tyyppi", "alkaa", "paattyy"]
    kolmas.refresh_from_db()
    data = {name: getattr(kolmas, name) for name in names} | {"nimi": kolmas.nimi, "vastaus_viimeistaan": "2026-12-24"}
    assert kaisa.post(edit, data).status_code == 302
    assert in_order(cast) == moved
    new = {"nimi": "Tilinpäätös 2025", "tyyppi": "tilinpaatos", "paattyy": "2025-12-31", "strategia": cast.strategia.pk}
    assert kaisa.post(reverse("seuranta:jakso-uusi"), new).status_code == 302
    assert in_order(cast)[1:] == moved
    assert kaisa.post(edit, data | {"paattyy": date(2026, 11, 29)}).status_code == 302
    assert in_order(cast)[1:] == [cast.edellinen.pk, cast.jakso.pk, kolmas.pk]


def test_two_who_move_at_once_are_told_and_nothing_moves_twice(cast, kolmas, kirjautunut):
    kaisa, aino = kirjautunut(cast.kaisa), kirjautunut(cast.aino)
    versio = re.search(r'name="versio" value="(j\w+)"', kaisa.get(LISTA).text)[1]
    sent = {"suunta": "aiemmaksi", "versio": versio}
    aino.post(siirra(kolmas), sent)
    once = [cast.edellinen.pk, kolmas.pk, cast.jakso.pk]
    assert in_order(cast) == once
    for data in (sent, {"suunta": "aiemmaksi"}):
        page = kaisa.post(siirra(kolmas), data, follow=True).text
        assert "Jaksojen järjestys on muuttunut sillä välin. Katso se ja siirrä uudelleen." in page
        assert in_order(cast) == once


def test_the_edges_have_no_button_and_nothing_happens_there(cast, kirjautunut):
    kaisa = kirjautunut(cast.kaisa)
    for jakso, suunta in ((cast.edellinen, "aiemmaksi"), (cast.jakso, "myohemmaksi")):
        with pytest.raises(KeyError):
            press(kaisa, jakso, suunta)
    versio = re.search(r'name="versio" value="(j\w+)"', kaisa.get(LISTA).text)[1]
    for suunta in ("aiemmaksi", "", "sivulle"):
        kaisa.post(siirra(cast.edellinen), {"suunta": suunta, "versio": versio})
    assert in_order(cast) == [cast.edellinen.pk, cast.jakso.pk]


def test_jaksot_stay_with_their_own_strategia(cast, kirjautunut):
    toinen = Strategia.objects.create(kunta=cast.kunta, nimi="Hyvinvointisuunnitelma")
    own = create_jakso(toinen, "Hyvinvointi 2026", 1, 6, jarjestys=1)
    kaisa = kirjautunut(cast.kaisa)
    assert shown_order(kaisa) == [own.pk, cast.jakso.pk, cast.edellinen.pk]
    assert siirra(own) not in kaisa.get(LISTA).text
    press(kaisa, cast.edellinen, "myohemmaksi")
    assert shown_order(kaisa) == [own.pk, cast.edellinen.pk, cast.jakso.pk]
