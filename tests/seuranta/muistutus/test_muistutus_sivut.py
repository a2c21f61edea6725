"""Reminding by one click, and the page of the response status."""

import re
from datetime import date

import pytest
from django.urls import reverse

from seuranta.models import Kirjaus, Vastaus
from seuranta.muistutus.viestit import remind_due
from strategia.models import Ilmoitusviesti, Toimenpide
from tests.cast import create_user
from tests.posti import text_of

from .muistuttaminen import MAARAPAIVA, veikon_rivit

# --- one click


@pytest.fixture
def muistuta(cast):
    return reverse("seuranta:jakso-muistuta", args=[cast.jakso.pk])


def test_only_who_coordinates_reminds_and_sees_the_messages(cast, kirjautunut, muistuta, posti):
    lista = reverse("seuranta:muistutus-lista", args=[cast.jakso.pk])
    for who in (cast.veikko, cast.hilkka, cast.tarmo):
        assert kirjautunut(who).post(muistuta).status_code == 403
        assert kirjautunut(who).get(lista).status_code == 403
    for who in (cast.liisa, cast.ulla):
        assert kirjautunut(who).post(muistuta).status_code == 404
    assert kirjautunut(cast.kaisa).get(muistuta).status_code == 405
    assert posti.viestit == []


def test_kaisa_reminds_one_person(cast, kirjautunut, muistuta, posti):
    page = kirjautunut(cast.kaisa).post(muistuta, {"kayttaja": cast.veikko.pk}, follow=True).text
    assert "Muistutus lähtee: Veikko Väänänen." in page
    assert [viesti.vastaanottajat for viesti in posti.viestit] == [[cast.veikko.email]]
    muistutus = Ilmoitusviesti.objects.get()
    assert (muistutus.vaihe, muistutus.tekija, muistutus.kunta) == ("pyynto", cast.kaisa, cast.kunta)
    assert muistutus.toimenpiteet == [t.pk for t in veikon_rivit(cast)]


def test_kaisa_reminds_one_toimiala(cast, kirjautunut, muistuta, posti):
    kirjautunut(cast.kaisa).post(muistuta, {"toimiala": cast.sivistys.pk})
    assert [viesti.vastaanottajat for viesti in posti.viestit] == [[cast.otso.email]]


def test_kaisa_reminds_everybody_but_herself(cast, kirjautunut, muistuta, posti):
    page = kirjautunut(cast.kaisa).post(muistuta, follow=True).text
    assert "Muistutus lähtee 2 henkilölle: Otso Öhman, Veikko Väänänen." in page
    assert posti.sent_to(cast.kaisa) == []


def test_two_clicks_send_one_message_and_cron_adds_none_that_day(cast, kirjautunut, muistuta, posti, tanaan):
    tanaan(MAARAPAIVA)
    kaisa = kirjautunut(cast.kaisa)
    kaisa.post(muistuta, {"kayttaja": cast.veikko.pk})
    page = kaisa.post(muistuta, {"kayttaja": cast.veikko.pk}, follow=True).text
    assert "Sai muistutuksen jo tänään, eikä saanut toista: Veikko Väänänen." in page
    remind_due(cast.kunta, today=MAARAPAIVA)
    assert len(posti.sent_to(cast.veikko)) == 1


def test_who_wants_no_reminders_is_named_and_not_said_to_be_missing(cast, kirjautunut, muistuta, posti):
    cast.veikko.viestivalinnat = {"muistutus": False}
    cast.veikko.save()
    page = kirjautunut(cast.kaisa).post(muistuta, {"toimiala": cast.tekniset.pk}, follow=True).text
    assert "Ei halua muistutuksia, eikä saanut viestiä: Veikko Väänänen." in page
    assert "Viestejä ei lähetetty" not in page
    assert posti.viestit == []


def test_another_kuntas_person_or_toimiala_cannot_be_slipped_in(cast, kirjautunut, muistuta, posti):
    for data in ({"kayttaja": cast.ulla.pk}, {"toimiala": cast.naapuri.tekniset.pk}, {"kayttaja": "x"}):
        page = kirjautunut(cast.kaisa).post(muistuta, data, follow=True).text
        assert "Kukaan ei odota muistutusta. Viestejä ei lähetetty." in page
    assert posti.viestit == []


def test_who_would_get_it_is_shown_before_anything_leaves(cast, kirjautunut, muistuta, posti):
    kaisa, path = kirjautunut(cast.kaisa), reverse("seuranta:jakso-detail", args=[cast.jakso.pk])
    assert '<a class="btn" href="?muistuta#muistuta">Lähetä muistutus</a>' in kaisa.get(path).text
    [shown] = re.findall(r'id="muistuta".*?<details open>(.*?)</details>', kaisa.get(f"{path}?muistuta").text, re.S)
    assert cast.veikko.email in shown and "Lisää viestiin oma lause" in shown
    assert '<button class="btn">Lähetä muistutus</button>' in shown
    assert posti.viestit == []


def test_in_viimeistely_nobody_is_reminded(cast, kirjautunut, muistuta, posti):
    cast.jakso.finish(by=cast.kaisa)
    page = kirjautunut(cast.kaisa).post(muistuta, follow=True).text
    assert "Muistuttaa voi vain, kun jakso on avoinna." in page
    assert "Lähetä muistutus" not in page
    assert posti.viestit == []


def test_what_did_not_leave_is_seen_and_can_be_sent_again(cast, kirjautunut, muistuta, posti):
    kaisa, lista = kirjautunut(cast.kaisa), reverse("seuranta:muistutus-lista", args=[cast.jakso.pk])
    assert "Yhtään viestiä ei ole vielä lähtenyt." in kaisa.get(lista).text
    posti.stop()
    page = kaisa.post(muistuta, {"kayttaja": cast.veikko.pk}, follow=True).text
    assert "Muistutus lähtee: Veikko Väänänen." in page
    assert "Ei lähtenyt, yritetään uudelleen" in kaisa.get(lista).text
    posti.start()
    page = kaisa.post(muistuta, {"kayttaja": cast.veikko.pk}, follow=True).text
    assert "Muistutus lähtee: Veikko Väänänen." in page
    page = kaisa.get(lista).text
    assert "2. yritys" in page
    assert "Ei lähtenyt" not in page
    assert len(posti.sent_to(cast.veikko)) == 1


def test_the_messages_of_another_kunta_are_not_seen(cast, kirjautunut, posti):
    remind_due(today=MAARAPAIVA)
    page = kirjautunut(cast.kaisa).get(reverse("seuranta:muistutus-lista", args=[cast.jakso.pk])).text
    assert cast.veikko.email in page
    assert "metsapitaja" not in page


# --- the response status


def test_the_response_status_counts_by_toimiala_and_by_person(cast, kirjautunut, posti, muistuta):
    saved, _conflicts = Kirjaus.objects.record(
        cast.jakso, {cast.vayla: Vastaus(0, 3, kommentti="Etenee.", laheta=True)}, by=cast.veikko
    )
    Kirjaus.objects.approve(cast.jakso, {saved[0].pk: 1}, by=cast.hilkka)
    kirjautunut(cast.kaisa).post(muistuta, {"kayttaja": cast.veikko.pk})
    tilanne = kirjautunut(cast.kaisa).get(reverse("seuranta:jakso-detail", args=[cast.jakso.pk])).context["tilanne"]
    tekniset = tilanne.toimialat[0]
    assert (tekniset.kaikki, tekniset.lahetetty, tekniset.hyvaksytty, tekniset.vastaamatta) == (3, 1, 1, 2)
    assert tekniset.muistutus == Ilmoitusviesti.objects.get()
    henkilot = {henkilo.kayttaja: henkilo for henkilo in tilanne.henkilot}
    assert set(henkilot) == {cast.veikko, cast.otso, cast.kaisa}
    veikko = henkilot[cast.veikko]
    assert (veikko.kaikki, veikko.lahetetty, veikko.hyvaksytty, veikko.vastaamatta) == (3, 1, 1, 2)
    assert veikko.viimeksi is not None
    assert henkilot[cast.otso].viimeksi is None
    assert [rivi.toimenpide.toimiala for rivi in tilanne.ilman_vastaajaa] == [cast.hyvinvointi]


def test_rows_that_nobody_can_answer_are_told(cast, kirjautunut):
    page = kirjautunut(cast.kaisa).get(reverse("seuranta:jakso-detail", args=[cast.jakso.pk])).text
    assert "Ilman vastaajaa: 1 toimenpide." in page


@pytest.mark.parametrize("name", ["seuranta:jakso-detail", "seuranta:muistutus-lista"])
@pytest.mark.parametrize("count", [25, 250])
def test_the_pages_ask_as_few_queries_for_250_rows_as_for_25(name, count, cast, kirjautunut, django_assert_num_queries):
    Toimenpide.objects.bulk_create(
        Toimenpide(kunta=cast.kunta, tavoite=cast.tavoitteet[0], nimi=f"Teko {n}", toimiala=cast.tekniset)
        for n in range(count)
    )
    for n in range(count // 5):
        user = create_user(cast.kunta, f"Raportoija{n} Uusi", "raportoija", cast.tekniset)
        Ilmoitusviesti.objects.claim(
            cast.jakso, user, "muistutus", paiva=MAARAPAIVA, toimenpiteet=[1], tekija=cast.kaisa
        )
    kaisa = kirjautunut(cast.kaisa)
    with django_assert_num_queries({"seuranta:jakso-detail": 27, "seuranta:muistutus-lista": 6}[name]):
        assert kaisa.get(reverse(name, args=[cast.jakso.pk])).status_code == 200


# --- a row sent back


def test_veikko_is_told_of_a_row_sent_back(cast, kirjautunut, posti):
    saved, _conflicts = Kirjaus.objects.record(
        cast.jakso, {cast.vayla: Vastaus(0, 3, kommentti="Etenee.", laheta=True)}, by=cast.veikko
    )
    path = reverse("seuranta:hyvaksynta-lista", args=[cast.jakso.pk])
    pk = saved[0].pk
    data = {"palauta": pk, f"k{pk}-versio": 1, f"k{pk}-syy": "Kerro, montako metriä & missä."}
    assert kirjautunut(cast.hilkka).post(path, data).status_code == 302
    [viesti] = posti.viestit
    assert viesti.vastaanottajat == [cast.veikko.email]
    assert viesti["Subject"] == "Täydennä palautetut rivit: Osavuosikatsaus II 2026"
    text = text_of(viesti)
    assert "Hilkka Hyvönen palautti sinulle 1 rivin täydennettäväksi." in text
    assert "Palautettu täydennettäväksi: Kerro, montako metriä & missä." in text
    assert Ilmoitusviesti.objects.get().laji == "palautus"


def test_a_mail_server_that_is_down_does_not_stop_the_sending_back(cast, kirjautunut, posti):
    saved, _conflicts = Kirjaus.objects.record(
        cast.jakso, {cast.vayla: Vastaus(0, 3, kommentti="Etenee.", laheta=True)}, by=cast.veikko
    )
    posti.stop()
    path = reverse("seuranta:hyvaksynta-lista", args=[cast.jakso.pk])
    pk = saved[0].pk
    data = {"palauta": pk, f"k{pk}-versio": 1, f"k{pk}-syy": "Täydennä."}
    assert kirjautunut(cast.hilkka).post(path, data).status_code == 302
    assert Kirjaus.objects.get(pk=pk).tila == "palautettu"
    assert Ilmoitusviesti.objects.get().tila == "epaonnistui"
    posti.start()
    remind_due(cast.kunta, today=date(2026, 9, 2))
    assert [viesti.vastaanottajat for viesti in posti.viestit] == [[cast.veikko.email]]
    remind_due(cast.kunta, today=date(2026, 9, 3))
    assert len(posti.viestit) == 1
