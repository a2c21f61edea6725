"""Who becomes a stand-in hears it, for whom and on which days: at once, once, and while it is true."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from strategia.models import Ilmoitusviesti, Kayttaja, Sijaisuus
from strategia.sijaisuus.sijaisviesti import tell_sijaisuudet
from tests.posti import text_of

from .test_sijaisuus import LOPETA, OMA, days


@pytest.fixture
def tanaan(monkeypatch):
    """`tanaan(day)`: from now on it is that day."""
    return lambda day: monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: day)


@pytest.fixture
def merkitse(cast, kirjautunut):
    """Veikko sets Otso, through the page."""
    return lambda: kirjautunut(cast.veikko).post(reverse(OMA), {"sijainen": cast.otso.pk, **days(3, 9)}, follow=True)


def test_the_stand_in_hears_for_whom_and_when(cast, merkitse, posti):
    assert "Hän saa siitä viestin." in merkitse().text
    [viesti], made = posti.viestit, Sijaisuus.objects.get()
    assert viesti.vastaanottajat == [cast.otso.email]
    first, last = (f"{day.day}.{day.month}.{day.year}" for day in (made.alkaa, made.paattyy))
    assert viesti["Subject"] == f"Olet sijaisena {first}–{last}: {cast.veikko.nimi}"
    assert f"Olet sijaisena {first}–{last}. Sijaistettava on {cast.veikko.nimi}." in text_of(viesti)
    assert "https://localhost/" in text_of(viesti)
    row = Ilmoitusviesti.objects.get(laji="sijaisuus")
    assert (row.kayttaja, row.tekija, row.is_sent) == (cast.otso, cast.veikko, True)
    assert tell_sijaisuudet().lahteneet == [], "kerran"


def test_a_weekend_does_not_keep_it(cast, merkitse, posti, tanaan):
    tanaan(date(2026, 9, 5))
    merkitse()
    assert len(posti.viestit) == 1


def test_who_wants_none_gets_none(cast, merkitse, posti):
    Kayttaja.objects.filter(pk=cast.otso.pk).update(viestivalinnat={"sijaisuus": False})
    assert "Hän ei halua siitä viestiä." in merkitse().text
    assert posti.viestit == [] and not Ilmoitusviesti.objects.exists()


def test_what_the_server_did_not_take_leaves_in_the_morning(cast, merkitse, posti, tanaan):
    tanaan(date(2026, 9, 4))
    posti.torjutut.add(cast.otso.email)
    merkitse()
    assert posti.viestit == [] and Ilmoitusviesti.objects.get().tila == "epaonnistui"
    posti.torjutut.clear()
    call_command("muistuta", stdout=(out := StringIO()))
    assert len(posti.viestit) == 1 and cast.otso.email in out.getvalue()


def test_what_ended_meanwhile_is_told_no_more(cast, merkitse, posti, kirjautunut):
    posti.torjutut.add(cast.otso.email)
    merkitse()
    posti.torjutut.clear()
    kirjautunut(cast.veikko).post(reverse(LOPETA, args=[Sijaisuus.objects.get().pk]))
    tulos = tell_sijaisuudet()
    assert (posti.viestit, tulos.lahteneet) == ([], [])
    assert "Sijaisuus on päättynyt" in tulos.turhat[0].virhe
    assert Ilmoitusviesti.objects.get().tila == "korvattu"


def test_it_is_switched_off_in_the_profile(cast, kirjautunut):
    page = kirjautunut(cast.otso).get(reverse("strategia:omat-tiedot")).text
    assert 'value="sijaisuus"' in page and "Sinut on merkitty sijaiseksi" in page
    for who in (cast.liisa, cast.kaisa):
        assert 'value="sijaisuus"' not in kirjautunut(who).get(reverse("strategia:omat-tiedot")).text
