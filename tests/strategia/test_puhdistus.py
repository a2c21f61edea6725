"""What a browser sends is cleaned at one door, whatever page it goes to; files and refusals are as before."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from seuranta.models import Tuonti
from strategia.models import Palaute
from tests.seuranta.tuonti.tuontisivut import LISTA, OTSIKOT, UUSI

LOMAKE = "application/x-www-form-urlencoded"
VIESTI = "Hyvä\x07 sivu.\x0bKiitos\x00!"
PALAUTE = "/palaute/"


@pytest.fixture
def veikko(cast, kirjautunut):
    return kirjautunut(cast.veikko)


@pytest.mark.parametrize("coding", ["multipart", "urlencoded"])
def test_what_is_posted_is_stored_clean(veikko, coding):
    data = {"viesti": VIESTI, "sivu": "/tuonti/\x00?nayta=\x1bkaikki"}
    if coding == "multipart":
        answer = veikko.post(PALAUTE, data)
    else:
        body = "viesti=Hyv%C3%A4%07+sivu.%0BKiitos%00%21&sivu=%2Ftuonti%2F%00%3Fnayta%3D%1Bkaikki"
        answer = veikko.post(PALAUTE, body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 302
    palaute = Palaute.objects.get()
    assert (palaute.viesti, palaute.sivu) == ("Hyvä sivu.\nKiitos!", "/tuonti/?nayta=kaikki")


def test_what_an_address_asks_is_clean_too(cast, kirjautunut):
    path = reverse("strategia:rivit-muuta", args=[cast.strategia.pk])
    answer = kirjautunut(cast.kaisa).get(path, {"haku\x00": "\x00Väylä\x1f"})
    assert answer.context["rajaus"]["haku"].value() == "Väylä"
    assert answer.context["kpl"] == 1


def test_a_name_that_is_told_apart_only_by_a_control_character_is_one_name(veikko):
    answer = veikko.get("/palaute/?sivu=eka&si%00vu=toka")
    assert answer.wsgi_request.GET.getlist("sivu") == ["eka", "toka"]
    with pytest.raises(AttributeError):
        answer.wsgi_request.GET["sivu"] = "muuttumaton"


def test_halves_of_characters_that_a_coding_lets_through_go(veikko):
    """Only what no browser sends holds them: a database takes none, and not even a page can show them."""
    answer = veikko.get("/haku/", QUERY_STRING=r"q=V%5Cud800%5Cx00", CONTENT_TYPE="text/plain; charset=unicode_escape")
    assert (answer.status_code, answer.context["hakusana"]) == (200, "V")


def test_a_session_is_not_looked_for_by_a_cookie_with_a_control_character(veikko):
    """A cookie may write any character as its number: "\\000" is a NUL in what is looked for in the database."""
    name, key = settings.SESSION_COOKIE_NAME, veikko.session.session_key
    for cookie in (rf'"\000{key}"', rf'"{key}\205"'):
        answer = Client(headers={"cookie": f"muu=1; {name}={cookie}"}).get("/haku/")
        assert (answer.status_code, answer.wsgi_request.COOKIES) == (302, {"muu": "1"})
    assert Client(headers={"cookie": f"muu=1; {name}={key}"}).get("/haku/").status_code == 200


def test_a_file_comes_as_it_was(cast, kirjautunut):
    content = ("\t".join(OTSIKOT) + "\r\n" + "\t".join(map(str, UUSI)) + " eka\x0btoka\r\n").encode()
    answer = kirjautunut(cast.aino).post(LISTA, {"tiedosto": SimpleUploadedFile("s.txt", content)})
    assert answer.status_code == 302
    assert Tuonti.objects.get().tiedosto.read() == content


def test_a_pasted_table_keeps_its_rows(cast, kirjautunut):
    """Word breaks a line inside a cell by a vertical tab: as a line feed it would end the row."""
    aino, row = kirjautunut(cast.aino), "\t".join(map(str, [*UUSI[:5], "Eka\x00 rivi.\x0bToka rivi."]))
    aino.post(LISTA, {"liite": "\t".join(OTSIKOT) + "\r\n" + row + "\r\n"})
    [planned] = aino.get(reverse("seuranta:tuonti-detail", args=[Tuonti.objects.get().pk])).context["plan"].rows
    assert planned.rivi.kirjaukset[0].kommentti == "Eka rivi.\nToka rivi."


# --- what was refused still is, and in the same words


def test_a_form_of_another_site_is_refused_and_nothing_of_it_is_kept(cast):
    stranger = Client(enforce_csrf_checks=True)
    stranger.force_login(cast.veikko)
    assert stranger.post(PALAUTE, {"viesti": VIESTI}).status_code == 403
    assert not Palaute.objects.exists()


def test_what_was_posted_after_the_session_ended_is_kept_clean(client, db):
    answer = client.post("/omat/", {"kommentti": VIESTI})
    assert answer.status_code == 403
    assert "Hyvä sivu.\nKiitos!" in answer.text and "\x07" not in answer.text and "\x00" not in answer.text


@pytest.mark.parametrize("send", [{"method": "GET"}, {"method": "POST", "content_type": LOMAKE}])
def test_too_many_fields_are_a_page_that_says_so_with_the_headers_of_every_page(veikko, send):
    fields = "&".join(f"k{number}=1" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1))
    answer = veikko.generic(path=PALAUTE, **send, **{"QUERY_STRING" if send["method"] == "GET" else "data": fields})
    assert answer.status_code == 400
    assert "<h1" in answer.text
    assert answer.headers["X-Frame-Options"] == "DENY" and "no-store" in answer.headers["Cache-Control"]


def test_too_much_is_a_page_that_says_so(veikko):
    answer = veikko.post(PALAUTE, {"viesti": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)})
    assert answer.status_code == 413
    assert "<h1" in answer.text
