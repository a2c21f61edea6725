"""A form that could not be taken: its page shows what was written and sends it again."""

from html import escape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from seuranta.models import Kirjaus
from strategia.models import Palaute

OWN = {"origin": "http://testserver"}
PALAUTE = "/palaute/"
TEKSTI = 'Kerho "alkoi" – ja jatkuu\nkeväällä & kesällä.'


@pytest.fixture
def strict(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.veikko)
    return client


def test_a_form_of_another_site_gets_no_button_to_send_it_again(strict):
    for headers in ({}, {"origin": "https://muu.example"}, {"origin": "null"}):
        answer = strict.post(PALAUTE, {"viesti": TEKSTI}, headers=headers)
        assert answer.status_code == 403
        assert "Lähetys ei onnistunut" in answer.text
        assert "Kerho" not in answer.text
    assert not Palaute.objects.exists()


@pytest.mark.parametrize(
    ("headers", "cause", "help_"),
    [
        ({"origin": "https://muu.example"}, "muusta osoitteesta kuin tästä palvelusta", "CSRF_TRUSTED_ORIGINS"),
        ({"origin": "http://testserver"}, "muusta osoitteesta kuin tästä palvelusta", "X-Forwarded-Proto"),
        ({"referer": "https://muu.example/"}, "muusta osoitteesta kuin tästä palvelusta", "CSRF_TRUSTED_ORIGINS"),
        ({}, "Selain ei kertonut, miltä sivulta lomake lähetettiin", "Referer"),
        ({"referer": "https://testserver/palaute/"}, "auki niin kauan", "Lataa sivu uudelleen"),
    ],
    ids=["vieras", "välityspalvelin", "vieras sivu", "ei kerro", "vanha"],
)
def test_the_page_tells_the_cause_that_it_knows_and_what_helps(headers, cause, help_, strict):
    answer = strict.post(PALAUTE, {"viesti": TEKSTI}, headers=headers, secure=True)
    assert answer.status_code == 403
    assert cause in answer.text and help_ in answer.text
    assert cause == "auki niin kauan" or "auki niin kauan" not in answer.text


def test_a_page_that_stood_open_too_long_is_sent_again_as_it_was(strict):
    answer = strict.post(PALAUTE, {"viesti": TEKSTI, "sivu": "/omat/"}, headers=OWN)
    assert answer.status_code == 403
    assert "Sivu oli ollut auki niin kauan" in answer.text
    assert escape(TEKSTI) in answer.text
    again = {"viesti": TEKSTI, "sivu": "/omat/", "csrfmiddlewaretoken": answer.context["csrf_token"]}
    assert strict.post(PALAUTE, again, headers=OWN).status_code == 302
    assert Palaute.objects.get().viesti.splitlines() == TEKSTI.splitlines()


def test_no_page_repeats_a_password(strict):
    answer = strict.post("/tili/salasana/", {"oldpassword": "salaista", "password1": "x y"}, headers=OWN)
    assert answer.status_code == 403
    assert "salaista" not in answer.text
    assert "x y" not in answer.text


def test_what_was_sent_after_the_session_ended_waits_for_the_person(cast, client):
    path = reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk])
    answer = client.post(path, {f"t{cast.vayla.pk}-versio": "0", f"t{cast.vayla.pk}-kommentti": TEKSTI})
    assert answer.status_code == 403
    assert "Istuntosi päättyi" in answer.text
    assert escape(TEKSTI) in answer.text
    assert not Kirjaus.objects.filter(jakso=cast.jakso, toimenpide=cast.vayla).exists()


def test_a_button_pressed_after_the_session_ended_can_be_pressed_again(cast, client):
    path = reverse("strategia:avain-lopeta", args=[1])
    answer = client.post(path)
    assert answer.status_code == 403
    assert f'<form method="post" action="{path}">' in answer.text
    cast.jakso.refresh_from_db()
    assert cast.jakso.is_open


def test_a_file_or_a_row_saved_by_script_is_asked_to_sign_in(cast, client):
    path = reverse("seuranta:tuonti-lista")
    file = SimpleUploadedFile("seuranta.csv", b"Toimenpide")
    assert client.post(path, {"tiedosto": file}).headers["Location"].startswith("/tili/kirjaudu/")
    row = client.post(path, {"teksti": "x"}, headers={"hx-request": "true"})
    assert row.headers["Location"].startswith("/tili/kirjaudu/")


def test_an_address_of_a_button_says_so_when_it_is_opened(cast, kirjautunut):
    answer = kirjautunut(cast.aino).get(reverse("strategia:avain-lopeta", args=[1]))
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"
    assert "Tätä osoitetta ei voi avata suoraan" in answer.text
