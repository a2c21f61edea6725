"""Who is told of a message beside a row: in one digest of the next working morning, or at once; while it is true."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from seuranta.kysymys.kerro import tell_questions
from seuranta.models import Rivikysymys, Seurantajakso
from strategia.models import Ilmoitusviesti
from tests.posti import text_of

PERJANTAI, LAUANTAI, MAANANTAI = date(2026, 9, 4), date(2026, 9, 5), date(2026, 9, 7)
SANA = "zqkysymys montako metriä?"


@pytest.fixture
def kirjoita(cast, kirjautunut, tanaan):
    """Through the page, on a Friday."""
    tanaan(PERJANTAI)

    def write(who, toimenpide, kenelle, teksti=SANA, **more):
        path = reverse("seuranta:kysymys-lista", args=[cast.jakso.pk, toimenpide.pk])
        answer = kirjautunut(who).post(path, {"teksti": teksti, "kenelle": kenelle, **more}, follow=True)
        assert answer.status_code == 200
        return answer.text

    return write


def test_one_digest_tells_of_all_rows_on_the_next_working_morning_once(cast, kirjoita, posti):
    kirjoita(cast.hilkka, cast.vayla, "kirjaaja", odottaa="on")
    kirjoita(cast.hilkka, cast.toimenpiteet[1], "kirjaaja")
    kirjoita(cast.kaisa, cast.toimenpiteet[1], "kirjaaja", "Niin, montako?")
    assert posti.viestit == []
    assert tell_questions(today=PERJANTAI).lahteneet == tell_questions(today=LAUANTAI).lahteneet == []
    for _ in range(2):
        tell_questions(today=MAANANTAI)
    [viesti] = posti.sent_to(cast.veikko)
    assert viesti["Subject"] == "Viesti riviltä: Osavuosikatsaus II 2026"
    text = text_of(viesti)
    assert "sinulle on kirjoitettu 2 riville." in text
    assert f"{cast.hilkka.nimi}: {cast.vayla.nimi}" in text and f"{cast.kaisa.nimi}: Uudet katuvalot" in text
    assert f"https://localhost/jaksot/{cast.jakso.pk}/viestit/\n" in text
    [viesti] = posti.sent_to(cast.hilkka)  # Kaisa wrote where she had
    assert f"/viestit/{cast.toimenpiteet[1].pk}/" in text_of(viesti)
    assert len(posti.viestit) == 2


def test_at_once_a_mail_leads_to_the_row_and_the_text_stays_there(cast, kirjoita, posti, kirjautunut):
    told = kirjoita(cast.veikko, cast.vayla, "hyvaksyja", heti="on")
    assert f"Siitä kerrotaan heti: {cast.hilkka.nimi}." in told
    [viesti] = posti.viestit
    assert f"https://localhost/jaksot/{cast.jakso.pk}/viestit/{cast.vayla.pk}/" in text_of(viesti)
    assert "zqkysymys" not in viesti.as_string() + text_of(viesti)
    assert tell_questions(today=MAANANTAI).lahteneet == []
    log = kirjautunut(cast.kaisa).get(reverse("seuranta:muistutus-lista", args=[cast.jakso.pk])).text
    assert cast.hilkka.nimi in log and "Viesti riviltä" in log and "zqkysymys" not in log


def test_what_is_told_at_once_is_not_told_again_in_the_morning(cast, kirjoita, posti):
    """A digest keeps its other rows, and is made anew for what is written later."""
    kirjoita(cast.hilkka, cast.vayla, "kirjaaja")
    kirjoita(cast.hilkka, cast.vayla, "kirjaaja", "Vastaatko jo tänään?", heti="on")
    assert "sinulle on kirjoitettu riville." in text_of(posti.sent_to(cast.veikko)[0])
    assert tell_questions(today=MAANANTAI).lahteneet == []
    for toimenpide in (cast.vayla, cast.toimenpiteet[1]):
        kirjoita(cast.hilkka, toimenpide, "kirjaaja", "Entä tämä?")
    kirjoita(cast.hilkka, cast.vayla, "kirjaaja", "Tämä on kiireinen.", heti="on")
    tell_questions(today=MAANANTAI)
    assert cast.vayla.nimi not in text_of(posti.sent_to(cast.veikko)[2])
    assert len(posti.viestit) == 3


def test_what_the_server_did_not_take_leaves_in_the_morning(cast, kirjoita, posti):
    posti.torjutut.add(cast.hilkka.email)
    kirjoita(cast.veikko, cast.vayla, "hyvaksyja", heti="on")
    assert posti.viestit == []
    posti.torjutut.clear()
    tell_questions(today=MAANANTAI)
    assert len(posti.sent_to(cast.hilkka)) == 1


def test_what_has_been_answered_or_closed_is_told_no_more(cast, kirjoita, posti, tanaan):
    kirjoita(cast.hilkka, cast.vayla, "kirjaaja", odottaa="on")
    kirjoita(cast.veikko, cast.vayla, "keskustelu", "Sata.")
    tanaan(MAANANTAI)
    out = StringIO()
    call_command("muistuta", stdout=out)
    assert posti.sent_to(cast.veikko) == [] and len(posti.sent_to(cast.hilkka)) == 1
    assert "ei lähde. Viestiin on jo vastattu" in out.getvalue()
    kirjoita(cast.veikko, cast.vayla, "hyvaksyja", "Ja toinen.")
    Seurantajakso.objects.filter(pk=cast.jakso.pk).update(tila="suljettu")
    assert tell_questions(today=date(2026, 9, 8)).turhat
    assert "zqkysymys" not in "".join(each.as_string() for each in posti.viestit)


def test_viimeistely_drops_no_question(cast, kirjoita, posti):
    kirjoita(cast.kaisa, cast.vayla, "kirjaaja", odottaa="on")
    cast.jakso.finish(by=cast.kaisa)
    tell_questions(today=MAANANTAI)
    assert len(posti.sent_to(cast.veikko)) == 1


def test_who_wants_no_such_messages_gets_none(cast, kirjoita, posti):
    cast.veikko.viestivalinnat = {"kysymys": False}
    cast.veikko.save()
    told = kirjoita(cast.hilkka, cast.vayla, "kirjaaja", heti="on")
    assert "Siitä ei lähde sähköpostia kenellekään." in told
    assert not Ilmoitusviesti.objects.filter(laji="kysymys").exists()
    assert Rivikysymys.objects.count() == 1


def test_who_no_longer_sees_the_row_hears_nothing(cast, kirjoita, posti):
    kirjoita(cast.hilkka, cast.vayla, "kirjaaja")
    cast.veikko.toimialat.clear()
    tell_questions(today=MAANANTAI)
    assert posti.viestit == []
