"""Django's admin x roles x objects x methods: nobody of a kunta gets in, whatever the address names."""

import logging
import re

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from seuranta.models import Kirjaus
from strategia.models import Kayttaja

from .cast import create_user
from .matriisi import ILMAN_SIVUJA, PUUTTUVA, ROOLIT, build_world, plain, text_of
from .osoitteet import HALLINNAN_MALLIT, admin_patterns
from .ymparisto import osuus, paivan_osa

AVOIMET = {"login", "logout"}  # signing in and out are for everybody
HISTORIA = "_simple_history"
SISALLA = {"index", "password_change", "password_change_done", "jsi18n"}  # what staff without permissions may open


@pytest.fixture
def maailma(db):
    logging.disable(logging.ERROR)
    yield build_world()
    logging.disable(logging.NOTSET)


def paths_of(patterns, pk):
    """The address as a path: each object and each history row in it is pk."""
    text = "".join(str(pattern) for pattern in patterns)
    text = re.sub(r"\(\?P<app_label>.*?\)", "seuranta", re.sub(r"\(\?P<url>\.\*\)", "ei/ole/", text))
    return "/" + re.sub(r"<[^>]*>|\(\[\^/\]\+\)", str(pk), text).replace("^", "").replace("$", "")


def list_addresses(pk):
    return [(name, paths_of(patterns, pk)) for name, patterns in admin_patterns()]


def _act_of(address):
    """What is done there, of whichever model: the kind of an address."""
    return address[0].rpartition("_")[2]


def test_the_table_of_addresses_becomes_paths(client, db):
    """Nothing is tried at an address that the site does not have."""
    for name, path in list_addresses(1):
        assert not re.search(r"[<>^$()?]", path), path
        assert client.get(path).status_code in (200, 302), (name, path)


@pytest.mark.parametrize("tapa", ["GET", "POST"])
def test_nobody_of_a_kunta_gets_into_the_admin(tapa, maailma):
    """Every role is sent to sign in, and an object of its own looks there exactly like a missing one.

    What an outsider posts is kept for after signing in, as everywhere: its page is no redirect.
    """
    roles, count = [who for who in ROOLIT if who != "ylläpitäjä"], 0
    mine, theirs = maailma.cast.vayla.pk, maailma.cast.naapuri.toimenpide.pk
    for name, path in paivan_osa(list_addresses(mine), _act_of):
        if name in AVOIMET:
            continue
        missing = path.replace(f"/{mine}/", f"/{PUUTTUVA}/")
        for who in roles:
            answer, wrote = maailma.ask(who, tapa, path)
            count += 1
            assert wrote == [], (who, path)
            if tapa == "POST" and who in ILMAN_SIVUJA:
                assert "Istuntosi päättyi" in answer.text, (who, path)
            else:
                assert answer.status_code == 302, (who, path)
                assert answer.url.startswith(("/hallinta/login/", "/tili/kirjaudu/")), (who, path, answer.url)
        if tapa == "GET":
            head, _wrote = maailma.ask(who, "HEAD", path)
            assert (head.status_code, head.content) == (302, b""), path
        for other in {path, path.replace(f"/{mine}/", f"/{theirs}/")} - {missing}:
            shown, nowhere = (plain(maailma.ask("aino", tapa, each)[0], each) for each in (other, missing))
            assert shown == nowhere, other
    assert count >= osuus(800)


def list_history(kunta):
    """{name: path} of the admin's pages of history: what changed has a number of its own, so it is looked for."""
    found = {}
    for label in [name.removesuffix(HISTORIA) for name, _patterns in admin_patterns() if name.endswith(HISTORIA)]:
        old = apps.get_model(*label.split("_", 1)).history.filter(kunta_id=kunta.pk).first()
        found[f"{label}_history"] = reverse(f"admin:{label}_history", args=[old.id])
        found[f"{label}{HISTORIA}"] = reverse(f"admin:{label}{HISTORIA}", args=[old.id, old.history_id])
    return found


def test_staff_without_permissions_sees_no_row_of_any_kunta(maailma):
    """A mark in the wrong box of a user of a kunta opens the door, but no table behind it."""
    user = create_user(maailma.cast.kunta, "Sini Siivooja", "paakayttaja")
    Kayttaja.objects.filter(pk=user.pk).update(is_staff=True)
    maailma.clients["sini"], maailma.cookies["sini"] = _signed_in(user)
    history = list_history(maailma.cast.kunta)
    kirjaus = Kirjaus.objects.filter(kunta=maailma.cast.kunta).first()
    for name, path_of_pk in paivan_osa(list_addresses(kirjaus.pk), _act_of):
        path = history.get(name, path_of_pk)
        for tapa in ("GET", "POST"):
            answer, wrote = maailma.ask("sini", tapa, path)
            if name.startswith(tuple(HALLINNAN_MALLIT)):
                is_refused = answer.status_code in (403, 405) or answer.headers.get("Location") == "/hallinta/"
                assert (is_refused, wrote) == (True, []), (tapa, path, answer.status_code)
            elif name not in AVOIMET | SISALLA:
                assert answer.status_code in (302, 403, 404, 405), (tapa, path)
            assert "Teknisten" not in text_of(answer), path


def test_a_list_counts_the_rows_of_all_kunnat_once(cast):
    """There are 900,000 kirjaukset: Django counts what it lists, and again what it would list without a filter."""
    yllapito = Client()
    yllapito.force_login(Kayttaja.objects.create_superuser("yllapito@palvelu.example", "x", nimi="Ylle"))
    for malli in ("toimenpide", "kirjaus"):
        app = "seuranta" if malli == "kirjaus" else "strategia"
        with CaptureQueriesContext(connection) as queries:
            assert yllapito.get(reverse(f"admin:{app}_{malli}_changelist")).status_code == 200
        of_rows = [each["sql"] for each in queries if f'FROM "{app}_{malli}"' in each["sql"]]
        assert sum("COUNT(*)" in sql for sql in of_rows) == 1


def _signed_in(user):
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client, client.cookies.copy()
