"""A person keeps the own name and says which messages come; the role and the toimialat are the pääkäyttäjä's."""

from io import StringIO

from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from seuranta.muistutus.viestit import remind_due
from strategia.models import Kayttaja
from tests.seuranta.muistutus.muistuttaminen import MAARAPAIVA

SIVU = "/omat-tiedot/"


def test_who_is_not_signed_in_is_sent_to_sign_in(db):
    assert reverse("account_login") in Client().get(SIVU).headers["Location"]


def test_veikko_changes_his_name_and_switches_reminders_off(cast, kirjautunut, posti):
    veikko = kirjautunut(cast.veikko)
    page = veikko.get(SIVU)
    mine = ["muistutus", "palautus", "avaus", "viimeistely", "kysymys", "sijaisuus"]
    assert page.context["form"].initial["viestit"] == mine
    told = {"nimi": "Veikko Väänänen-Ukkola", "viestit": ["avaus"], "rooli": "paakayttaja"}
    data = told | {"versio": page.context["form"]["versio"].value()}
    assert "Tietosi on tallennettu." in veikko.post(SIVU, data, follow=True).text
    cast.veikko.refresh_from_db()
    assert (cast.veikko.nimi, cast.veikko.rooli) == ("Veikko Väänänen-Ukkola", "raportoija")
    assert [cast.veikko.wants(laji) for laji in ("muistutus", "avaus", "palautus")] == [False, True, False]
    remind_due(cast.kunta, today=MAARAPAIVA)
    assert posti.sent_to(cast.veikko) == []
    assert posti.sent_to(cast.otso)


def test_each_is_offered_the_messages_of_the_own_role(cast, kirjautunut):
    hilkka = kirjautunut(cast.hilkka).get(SIVU).text
    assert "Rivejä odottaa hyväksymistä" in hilkka
    liisa = kirjautunut(cast.liisa).get(SIVU).context["form"]
    assert [value for value, _label in liisa.fields["viestit"].choices] == ["julkaisu"]
    assert liisa.initial["viestit"] == []


def test_a_name_is_asked_for(cast, kirjautunut):
    answer = kirjautunut(cast.veikko).post(SIVU, {"nimi": ""})
    assert answer.status_code == 422
    cast.veikko.refresh_from_db()
    assert cast.veikko.nimi == "Veikko Väänänen"


def test_the_first_paakayttaja_has_the_name_that_the_command_was_told(db):
    told = {"virallinen_nimi": "Keuruun kaupunki", "paakayttaja": "a@keuruu.example", "oma_nimi": "Aino Aalto"}
    call_command("kunta", "Keuruu", **told, stdout=StringIO())
    assert Kayttaja.objects.get(email="a@keuruu.example").nimi == "Aino Aalto"
