"""A POST is as large as its page needs: a stranger's costs little, and what is too much is told and kept nowhere."""

import tempfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode

from strategia.kehys.middleware import size_limit
from strategia.koko import KENEN_TAHANSA, SUURIN, Koko
from strategia.models import Kayttaja

from .osoitteet import JULKISET, address

MT = 1024 * 1024
LOMAKE = "application/x-www-form-urlencoded"
OHITSE = "voi lähettää enintään"


def post(client, path, size, **more):
    """What a POST of so many bytes, each the dearest to show back, is answered."""
    text = urlencode({"login": "", "viesti": "", "tunniste": ""}) + "'" * size
    return client.post(path, text, content_type=LOMAKE, **more)


@pytest.mark.parametrize("name", sorted(JULKISET))
def test_twelve_megabytes_to_a_page_for_everybody_come_back_as_a_sentence(name, cast, client):
    answer = post(client, address(name, cast, cast.versio), 12 * MT)
    assert answer.status_code in (405, 413)
    assert len(answer.content) < 50_000
    if answer.status_code == 413:
        assert OHITSE in answer.text


@pytest.mark.parametrize("path", ["/tili/kirjaudu/", "/tarkista/", "/tili/salasana/unohtui/", "/hallinta/login/"])
def test_what_a_stranger_is_shown_back_is_bounded(path, cast, client):
    assert len(post(client, path, KENEN_TAHANSA - 1_000).content) < 2 * MT


@pytest.mark.parametrize("name", ["seuranta:kirjaus-lista", "seuranta:jakso-muokkaa"])
def test_a_stranger_may_not_send_what_a_page_takes_of_those_who_signed_in(name, cast, client):
    path = reverse(name, args=[cast.jakso.pk])
    assert post(client, path, 12 * MT - 1_000).status_code == 413
    shown = post(client, path, MT - 1_000)
    assert len(shown.content) < 4 * MT


def test_a_page_that_made_another_site_is_not_shown_its_megabytes(cast):
    """Without its protection a form is shown back to be sent again, and that too is bounded."""
    client, path = Client(enforce_csrf_checks=True), reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk])
    answer = post(client, path, MT - 1_000, headers={"Origin": "http://testserver"})
    assert (answer.status_code, len(answer.content) < 50_000) == (403, True)


def test_what_was_typed_before_the_session_ended_is_still_shown(cast, client):
    path = reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk])
    answer = client.post(path, {"kommentti": "Työ etenee hyvin. " * 10_000})
    assert answer.status_code == 403
    assert "Työ etenee hyvin." in answer.text


def test_a_long_page_of_answers_is_taken_from_its_writer(cast, kirjautunut):
    path = reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk])
    assert post(kirjautunut(cast.veikko), path, 11 * MT).status_code != 413
    assert post(kirjautunut(cast.veikko), path, SUURIN).status_code == 413
    assert post(kirjautunut(cast.veikko), reverse("seuranta:jakso-lista"), 3 * MT).status_code == 413


def test_a_file_that_is_too_large_to_check_is_refused_before_any_of_it_is_written(cast, client, monkeypatch):
    written = []
    monkeypatch.setattr(tempfile, "mkstemp", lambda *args, **kwargs: written.append(args))
    answer = client.post("/tarkista/", {"tiedosto": SimpleUploadedFile("r.pdf", b"x" * (40 * MT))})
    assert (answer.status_code, written) == (413, [])
    assert "enintään 30" in answer.text
    assert client.post("/tarkista/", {"tiedosto": SimpleUploadedFile("r.pdf", b"x" * (5 * MT))}).status_code == 200


def test_a_page_that_takes_a_file_takes_no_such_text(cast, client):
    answer = client.post("/tarkista/", {"tunniste": "'" * (5 * MT)})
    assert (answer.status_code, len(answer.content) < 50_000) == (413, True)


def test_the_admin_takes_a_table_and_its_other_pages_do_not(cast, client, rf):
    client.force_login(Kayttaja.objects.create_superuser("yrjo@palvelin.example", "Salasana-9-koivua", nimi="Yrjö"))
    for name, is_taken in (("import", True), ("add", False)):
        table = {"import_file": SimpleUploadedFile("t.xlsx", b"x" * (9 * MT)), "format": "0", "resource": ""}
        answer = client.post(reverse(f"admin:strategia_toimiala_{name}"), table)
        assert (answer.status_code != 413) == is_taken, name


def test_a_view_that_says_nothing_takes_little(rf, cast):
    request = rf.post("/")
    request.user = cast.aino
    assert size_limit(request, lambda request: None) == Koko(2 * MT)
