"""Who answers for mittarit of no toimenpide hears of them as of rows: by every message, and on the page of answers."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from seuranta.models import MittariArvo, Mittaus, Seurantajakso
from seuranta.muistutus.kaanteet import announce, tell_turns
from seuranta.muistutus.muistettavat import explain_none, list_remindable
from seuranta.muistutus.tilanne import build_tilanne
from seuranta.muistutus.viestit import remind_due
from strategia.models import Ilmoitusviesti, Sijaisuus
from tests.cast import create_mittari, create_toimiala, create_user
from tests.posti import text_of

from .muistuttaminen import MAARAPAIVA

PERJANTAI, MAANANTAI = date(2026, 9, 4), date(2026, 9, 7)


@pytest.fixture
def kate(cast):
    """A mittari under a tavoite, of a toimiala that has no toimenpide."""
    talous, kohde = create_toimiala(cast.kunta, "Talous", 9), {"tavoite": cast.tavoitteet[0]}
    return create_mittari(cast.strategia, kohde, "Vuosikate", "euro", "", "suurempi", "", {}, toimiala=talous)


@pytest.fixture
def miia(cast, kate):
    return create_user(cast.kunta, "Miia Mäkelä", "raportoija", kate.toimiala)


def send(cast, mittari, by):
    MittariArvo.objects.record(cast.jakso, {mittari: Mittaus(0, "7", laheta=True)}, by=by)


def told(posti, person):
    """The one message to the person, without its links."""
    [viesti] = posti.sent_to(person)
    return " ".join(word for word in text_of(viesti).split() if "://" not in word)


def test_a_reminder_counts_measures_and_leads_to_their_cards(cast, miia, kate, posti):
    remind_due(today=MAARAPAIVA)
    assert "1 mittari odottaa vastaustasi." in told(posti, miia) and "rivi" not in told(posti, miia)
    assert "3 toimenpidettä ja 1 mittari odottaa vastaustasi." in told(posti, cast.otso)
    assert f"Vuosikate ({' '.join(cast.tavoitteet[0].nimi.split())}) Ei vastattu" in told(posti, miia)
    card = f"g{cast.tavoitteet[0].pk}"
    assert f"/kirjaa/?rivi={card}#{card}\n" in text_of(posti.sent_to(miia)[0])
    muistutus = Ilmoitusviesti.objects.get(kayttaja=miia)
    assert (muistutus.toimenpiteet, muistutus.mittarit, muistutus.riveja) == ([], [kate.pk], "1 mittari")


def test_the_list_of_messages_tells_rows_and_measures_apart(cast, kirjautunut, kate, posti):
    remind_due(today=MAARAPAIVA)
    page = kirjautunut(cast.kaisa).get(reverse("seuranta:muistutus-lista", args=[cast.jakso.pk])).text
    assert "3 riviä, 1 mittari</td>" in page


def test_a_measure_answered_in_between_is_reminded_of_no_more(cast, miia, kate, posti):
    posti.stop()
    remind_due(cast.kunta, today=date(2026, 9, 1))
    posti.start()
    send(cast, kate, miia)
    send(cast, cast.mittarit[1], cast.otso)
    remind_due(cast.kunta, today=date(2026, 9, 2))
    assert posti.sent_to(miia) == []
    assert Ilmoitusviesti.objects.get(kayttaja=miia).tila == "korvattu"
    assert "3 toimenpidettä odottaa" in told(posti, cast.otso)


def test_an_opening_is_told_of_measures_that_are_still_open_in_the_morning(cast, miia, posti, kirjautunut, tanaan):
    tanaan(PERJANTAI)
    Seurantajakso.objects.filter(pk=cast.jakso.pk).update(tila="tulossa")
    seen = kirjautunut(cast.kaisa).get(reverse("seuranta:jakso-detail", args=[cast.jakso.pk])).text
    assert "Avaamisesta kerrotaan 3 henkilölle" in seen and f"{miia.email}, 1 mittari" in seen
    Seurantajakso.objects.get(pk=cast.jakso.pk).open(by=cast.kaisa)
    cast.jakso.refresh_from_db()
    assert announce(cast.jakso, "avaus", by=cast.kaisa) == 3
    send(cast, cast.mittarit[1], cast.otso)
    tell_turns(today=MAANANTAI)
    assert "Sinulla on 1 mittari vastattavana. Vastaa viimeistään 15.9.2026." in told(posti, miia)
    assert "Sinulla on 3 toimenpidettä vastattavana." in told(posti, cast.otso)


def test_an_opening_is_not_told_of_what_was_answered_before_the_morning(cast, miia, kate, posti, tanaan):
    tanaan(PERJANTAI)
    announce(cast.jakso, "avaus", by=cast.kaisa)
    send(cast, kate, miia)
    tell_turns(today=MAANANTAI)
    assert posti.sent_to(miia) == []
    assert Ilmoitusviesti.objects.get(kayttaja=miia).virhe == "Henkilöllä ei enää ole vastattavaa."


@pytest.mark.parametrize("which", ["kayttaja", "toimiala"])
def test_the_koordinaattori_sees_and_reminds_who_has_only_measures(which, cast, miia, kate, posti, kirjautunut):
    for person in (cast.veikko, cast.otso):
        person.viestivalinnat = {"muistutus": False}
        person.save()
    kaisa, path = kirjautunut(cast.kaisa), reverse("seuranta:jakso-detail", args=[cast.jakso.pk])
    page = " ".join(kaisa.get(path).text.split())
    assert "Muistutus menee enintään 1 henkilölle" in page and f"{miia.email}, 1 mittari" in page
    assert page.count("Mittareista 0 / 1 lähetetty") == 4, "Talous ja Miia, Sivistyspalvelut ja Otso"
    kaisa.post(
        reverse("seuranta:jakso-muistuta", args=[cast.jakso.pk]),
        {which: {"kayttaja": miia, "toimiala": kate.toimiala}[which].pk},
    )
    assert [viesti.vastaanottajat for viesti in posti.viestit] == [[miia.email]]
    tilanne = build_tilanne(cast.jakso)
    assert list_remindable(tilanne, by=cast.kaisa) == []
    assert explain_none(tilanne, by=cast.kaisa).startswith("Muistutus on jo lähtenyt tänään.")


def test_who_has_sent_the_measure_is_shown_as_done_and_when(cast, miia, kate):
    send(cast, kate, miia)
    [henkilo] = (each for each in build_tilanne(cast.jakso).henkilot if each.kayttaja == miia)
    assert (henkilo.kaikki, henkilo.lahetetyt_mittarit, henkilo.kesken, henkilo.toimialat) == (0, 1, [], ["Talous"])
    assert henkilo.viimeksi is not None


def test_a_measure_that_nobody_can_answer_is_told(cast, miia, kirjautunut):
    miia.is_active = False
    miia.save()
    page = kirjautunut(cast.kaisa).get(reverse("seuranta:jakso-detail", args=[cast.jakso.pk])).text
    assert "Ilman vastaajaa: 1 toimenpide ja 1 mittari." in page


def test_a_stand_in_is_reminded_beside_whom_they_stand_in_for(cast, miia, posti, tanaan):
    tanaan(MAARAPAIVA)
    today = timezone.localdate()
    days = {"alkaa": today, "paattyy": today + timedelta(days=1)}
    Sijaisuus.objects.create(kunta=cast.kunta, sijaistettava=miia, sijainen=cast.otso, tekija=miia, **days)
    remind_due(cast.kunta, today=MAARAPAIVA)
    assert "3 toimenpidettä ja 2 mittaria odottaa vastaustasi." in told(posti, cast.otso)
    assert "1 mittari odottaa" in told(posti, miia)
