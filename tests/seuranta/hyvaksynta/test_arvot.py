"""Approving the values of mittarit: a toimenpide's with its row, a tavoite's and a painopiste's by themselves."""

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from raportit.sulkeminen.sulje import close_jakso
from seuranta.models import Kirjaus, MittariArvo, Mittaus, Vastaus
from tests.cast import create_mittari


@pytest.fixture
def sivun_osoite(cast):
    return reverse("seuranta:hyvaksynta-lista", args=[cast.jakso.pk])


@pytest.fixture
def lahetetty(cast):
    """Otso's value of a tavoite, as he sent it."""
    return send(cast, cast.mittarit[1], "75 %", by=cast.otso)


def send(cast, mittari, teksti, *, by, versio=0):
    mittaus = Mittaus(versio, teksti, "Kyselystä.", laheta=True)
    (saved,), _conflicts = MittariArvo.objects.record(cast.jakso, {mittari: mittaus}, by=by)
    return saved


def chosen(arvo):
    return {"arvo": arvo.pk, f"m{arvo.pk}-versio": arvo.versio}


def words(answer):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", answer.text))).replace("\xa0", " ")


def test_hilkka_of_another_toimiala_neither_sees_nor_approves_it(cast, kirjautunut, sivun_osoite, lahetetty):
    hilkka = kirjautunut(cast.hilkka)
    assert "Kulkee itse kouluun" not in hilkka.get(sivun_osoite).text
    assert "oli jo käsitelty" in hilkka.post(sivun_osoite, chosen(lahetetty), follow=True).text
    hilkka.post(sivun_osoite, chosen(lahetetty) | {"palauta_arvo": lahetetty.pk, f"m{lahetetty.pk}-syy": "Ei minun."})
    lahetetty.refresh_from_db()
    assert (lahetetty.tila, lahetetty.versio) == ("lahetetty", 1)


@pytest.mark.parametrize(("who", "status"), [("otso", 403), ("veikko", 403), ("tarmo", 403), ("liisa", 404)])
def test_others_may_not(who, status, cast, kirjautunut, sivun_osoite, lahetetty):
    assert kirjautunut(getattr(cast, who)).post(sivun_osoite, chosen(lahetetty)).status_code == status
    lahetetty.refresh_from_db()
    assert lahetetty.tila == "lahetetty"


def test_kaisa_approves_a_value_of_a_tavoite(cast, kirjautunut, sivun_osoite, lahetetty):
    kaisa = kirjautunut(cast.kaisa)
    page = words(kaisa.get(sivun_osoite))
    assert "Kulkee itse kouluun" in page
    assert "75 % (tavoite 60 %): saavutettu" in page
    assert "1 rivi on hyväksytty." in kaisa.post(sivun_osoite, chosen(lahetetty), follow=True).text
    lahetetty.refresh_from_db()
    assert lahetetty.tila == "hyvaksytty"
    assert lahetetty.history.first().history_user == cast.kaisa


def test_a_value_goes_back_with_a_reason_only(cast, kirjautunut, sivun_osoite, lahetetty):
    kaisa, back = kirjautunut(cast.kaisa), chosen(lahetetty) | {"palauta_arvo": lahetetty.pk}
    answer = kaisa.post(sivun_osoite, back)
    assert answer.status_code == 422
    assert "Kirjoita, mitä pitää täydentää, ja palauta sitten." in answer.text
    torn = kaisa.post(sivun_osoite, chosen(lahetetty) | {f"m{lahetetty.pk}-syy": "Mistä luku on?"})
    assert torn.status_code == 422
    assert "Mistä luku on?" in torn.text
    sent_back = kaisa.post(sivun_osoite, back | {f"m{lahetetty.pk}-syy": "Mistä luku on?"}, follow=True)
    assert "Mittarin arvo on palautettu täydennettäväksi. Kirjaaja näkee syyn." in sent_back.text
    lahetetty.refresh_from_db()
    assert (lahetetty.tila, lahetetty.palautuksen_syy) == ("palautettu", "Mistä luku on?")


def test_a_value_that_has_changed_since_is_not_approved(cast, kirjautunut, sivun_osoite, lahetetty):
    send(cast, cast.mittarit[1], "76 %", by=cast.otso, versio=1)
    kirjautunut(cast.kaisa).post(sivun_osoite, chosen(lahetetty))
    lahetetty.refresh_from_db()
    assert (lahetetty.tila, lahetetty.teksti) == ("lahetetty", "76 %")


def test_nobody_approves_in_a_closed_jakso(cast, kirjautunut, sivun_osoite, lahetetty):
    cast.jakso.finish(by=cast.kaisa)
    close_jakso(cast.jakso, by=cast.kaisa)
    assert kirjautunut(cast.kaisa).post(sivun_osoite, chosen(lahetetty)).status_code == 404


def test_a_toimenpides_values_stand_beside_its_row(cast, kirjautunut, sivun_osoite):
    MittariArvo.objects.record(cast.jakso, {cast.mittarit[0]: Mittaus(0, "11", "Yksi uusi.")}, by=cast.veikko)
    Kirjaus.objects.record(cast.jakso, {cast.vayla: Vastaus(0, 3, kommentti="Etenee.", laheta=True)}, by=cast.veikko)
    page = words(kirjautunut(cast.hilkka).get(sivun_osoite))
    assert "Turvallisia koulureittejä: 11 kpl (tavoite 12 kpl): ei vielä. Yksi uusi." in page


def test_the_page_asks_as_few_queries_for_many_values_as_for_few(cast, kirjautunut, sivun_osoite):
    kaisa, counts = kirjautunut(cast.kaisa), []
    for name in ("Ensin", "Sitten"):
        for number in range(25):
            kohde = {"tavoite": cast.tavoitteet[1]}
            mittari = create_mittari(cast.strategia, kohde, f"{name} {number}", "luku", "", "suurempi", "", {None: "1"})
            send(cast, mittari, "2", by=cast.kaisa)
        with CaptureQueriesContext(connection) as asked:
            page = kaisa.get(sivun_osoite)
        counts.append(len(asked))
    assert page.text.count('name="arvo"') == 50
    assert counts[0] == counts[1]


def test_the_state_of_answers_tells_of_values_that_are_in_no_figure_of_rows(cast, kirjautunut, lahetetty):
    page = words(kirjautunut(cast.kaisa).get(reverse("seuranta:jakso-detail", args=[cast.jakso.pk])))
    assert "Tavoitteiden ja painopisteiden mittareista on lähetetty 1 / 3." in page
