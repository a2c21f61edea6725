"""Who is told when the value of a tavoite's or a painopiste's mittari is sent back: as of a row."""

from datetime import date

import pytest
from django.urls import reverse

from seuranta.models import MittariArvo, Mittaus
from seuranta.muistutus.viestit import remind_due
from strategia.models import Ilmoitusviesti
from tests.cast import create_mittari
from tests.posti import text_of


@pytest.fixture
def mittari(cast):
    kohde = {"tavoite": cast.tavoitteet[0]}
    return create_mittari(cast.strategia, kohde, "Käyntejä", "luku", "kpl", "suurempi", "", {}, toimiala=cast.tekniset)


def send(cast, mittari, by):
    return MittariArvo.objects.record(cast.jakso, {mittari: Mittaus(0, "7", laheta=True)}, by=by)[0][0]


def send_back(client, cast, arvo):
    path = reverse("seuranta:hyvaksynta-lista", args=[cast.jakso.pk])
    data = {"palauta_arvo": arvo.pk, f"m{arvo.pk}-versio": arvo.versio, f"m{arvo.pk}-syy": "Miltä\nvuodelta?"}
    assert client.post(path, data).status_code == 302


def test_who_sent_the_value_is_told_and_led_to_its_card(cast, mittari, kirjautunut, posti):
    send_back(kirjautunut(cast.hilkka), cast, send(cast, mittari, cast.veikko))
    [viesti] = posti.viestit
    assert viesti.vastaanottajat == [cast.veikko.email]
    assert viesti["Subject"] == "Täydennä palautetut rivit: Osavuosikatsaus II 2026"
    text = text_of(viesti)
    assert "Hilkka Hyvönen palautti sinulle 1 rivin täydennettäväksi." in text
    assert f"Käyntejä ({cast.tavoitteet[0].nimi})" in " ".join(text.split())
    assert "Palautettu täydennettäväksi: Miltä vuodelta?" in text
    assert f"?rivi=g{cast.tavoitteet[0].pk}#g{cast.tavoitteet[0].pk}" in text
    muistutus = Ilmoitusviesti.objects.get()
    assert (muistutus.laji, muistutus.mittarit, muistutus.riveja) == ("palautus", [mittari.pk], "1 mittari")


def test_what_was_sent_by_another_goes_to_those_who_answer_for_it(cast, mittari, kirjautunut, posti):
    send_back(kirjautunut(cast.hilkka), cast, send(cast, mittari, cast.kaisa))
    assert [viesti.vastaanottajat for viesti in posti.viestit] == [[cast.veikko.email]]


def test_who_sends_back_the_own_value_gets_no_message(cast, kirjautunut, posti):
    own = create_mittari(
        cast.strategia, {"painopiste": cast.painopisteet[0]}, "Omat", "luku", "kpl", "suurempi", "", {}
    )
    send_back(kirjautunut(cast.kaisa), cast, send(cast, own, cast.kaisa))
    assert posti.viestit == []


def test_a_message_that_did_not_leave_goes_later_unless_it_was_completed(cast, mittari, kirjautunut, posti):
    arvo = send(cast, mittari, cast.veikko)
    posti.stop()
    send_back(kirjautunut(cast.hilkka), cast, arvo)
    assert Ilmoitusviesti.objects.get().tila == "epaonnistui"
    posti.start()
    remind_due(cast.kunta, today=date(2026, 9, 2))
    assert [viesti.vastaanottajat for viesti in posti.viestit] == [[cast.veikko.email]]
    posti.stop()
    MittariArvo.objects.record(cast.jakso, {mittari: Mittaus(2, "8", laheta=True)}, by=cast.veikko)
    send_back(kirjautunut(cast.hilkka), cast, MittariArvo.objects.get(pk=arvo.pk))
    MittariArvo.objects.record(cast.jakso, {mittari: Mittaus(4, "9", laheta=True)}, by=cast.veikko)
    posti.start()
    remind_due(cast.kunta, today=date(2026, 9, 3))
    assert len(posti.viestit) == 1
