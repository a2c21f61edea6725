"""asvs.md states every requirement of OWASP ASVS 5.0, levels 1 and 2: none missing, none invented, its tests there."""

import ast
import csv
import hashlib
import re
from collections import Counter
from functools import cache

import pytest
from django.conf import global_settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from strategia import settings as palvelimen

from .ymparisto import JUURI

TAULUKKO, TILAT = JUURI / "tests" / "asvs.csv", JUURI / "tests" / "asvs.md"
SHA256 = "98c8fe911b9edb403af8ee05d3ce8201ecac2659e313b053890a62847cdcf680"  # of OWASP's own file
SALASANA = "sininen-vene-soutaa-hiljaa"
RIVI = re.compile(r"^\| (V[\d.]+) \| (\d) \| (täyttyy|ei koske|poikkeama) \| (.+) \| (.*) \|$", re.MULTILINE)


def read_table():
    """(the lines above it, OWASP's own text)."""
    lines = TAULUKKO.read_text().splitlines(keepends=True)
    count = next(number for number, line in enumerate(lines) if not line.startswith("#"))
    return "".join(lines[:count]), "".join(lines[count:])


@cache
def read_stated():
    return RIVI.findall(TILAT.read_text())


def test_the_table_is_owasps_with_its_source_and_licence():
    ours, theirs = read_table()
    assert hashlib.sha256(theirs.encode()).hexdigest() == SHA256
    assert "github.com/OWASP/ASVS" in ours and "CC BY-SA 4.0" in ours


def test_every_requirement_of_both_levels_is_stated_once_in_order_with_its_level():
    _ours, theirs = read_table()
    asked = [(row["req_id"], row["L"]) for row in csv.DictReader(theirs.splitlines()) if row["L"] in ("1", "2")]
    assert len(asked) == 253
    assert [(pk, level) for pk, level, *_ in read_stated()] == asked
    assert TILAT.read_text().count("\n| V") == len(asked), "a row is of no form that is read here"


def test_what_is_met_names_its_test_or_what_was_looked_at_and_the_rest_its_reason():
    for pk, _level, tila, why, shown in read_stated():
        assert len(why) >= 10, pk
        assert tila != "täyttyy" or "`" in shown, pk


def list_shown():
    return sorted({each for *_rest, shown in read_stated() for each in re.findall(r"`([^`]+)`", shown)})


@pytest.mark.parametrize("shown", list_shown())
def test_what_is_named_is_there(shown):
    path, _colon, name = shown.partition("::")
    assert (JUURI / path).is_file()
    assert not name or name in list_tests(path)


@cache
def list_tests(path):
    tree = ast.parse((JUURI / path).read_text())
    return {each.name for each in tree.body if isinstance(each, ast.FunctionDef) and each.name.startswith("test_")}


def test_the_counts_of_the_beginning_are_those_of_the_rows():
    beginning = TILAT.read_text().partition("\n## ")[0]
    tilat = Counter(tila for _pk, _level, tila, *_ in read_stated())
    looked = sum(tila == "täyttyy" and "::" not in shown for *_, tila, _why, shown in read_stated())
    told = [
        int(number) for number in re.findall(r"(?:Vaatimuksia|täyttyy|ei koske|poikkeamia|niistä) (\d+)", beginning)
    ]
    assert told == [sum(tilat.values()), tilat["täyttyy"], looked, tilat["ei koske"], tilat["poikkeama"]]


# --- what no test of a room looks at


@pytest.fixture
def kirjautunut_sivulta(cast, settings):
    """(a client that signed in by the page, the answer, the key of its session before); cookies as on a server."""
    for name in ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "TUTUN_SELAIMEN_EVASTE", "SESSION_COOKIE_SECURE"):
        setattr(settings, name, getattr(palvelimen, name))
    settings.CSRF_COOKIE_SECURE = palvelimen.CSRF_COOKIE_SECURE
    cast.veikko.set_password(SALASANA)
    cast.veikko.save(update_fields=["password"])
    client = Client()
    client.get(reverse("account_login"), secure=True)
    before = client.session.session_key
    told = {"login": cast.veikko.email, "password": SALASANA}
    return client, client.post(reverse("account_login"), told, secure=True), before


def test_cookies_are_of_this_host_alone_and_no_script_reads_the_session(kirjautunut_sivulta):
    _client, answer, _before = kirjautunut_sivulta
    istunto = answer.cookies["__Host-istunto"]
    assert istunto["httponly"] and istunto["path"] == "/"
    assert not istunto["domain"]
    for name, cookie in answer.cookies.items():
        assert name.startswith("__Host-") and cookie["secure"] and cookie["samesite"] in ("Lax", "Strict"), name


def test_signing_in_makes_a_session_of_a_new_name_that_nobody_guesses(kirjautunut_sivulta):
    client, _answer, before = kirjautunut_sivulta
    key = client.session.session_key
    assert key != before and len(key) == 32  # of 36 letters: 165 bits
    assert not before or not client.session.exists(before)


def test_headers_tell_a_year_of_https_and_no_address_to_others(kirjautunut_sivulta):
    client, answer, _before = kirjautunut_sivulta
    page = client.get("/omat-tiedot/", secure=True)
    for each in (page, answer):
        assert each.headers["Strict-Transport-Security"] == "max-age=31536000"
        assert each.headers["Referrer-Policy"] == "same-origin"
        assert "Access-Control-Allow-Origin" not in each.headers
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "Kirjaudu ulos" in page.text  # whoever is signed in finds the way out


def test_a_password_is_long_may_be_longer_and_is_not_shown(client, db):
    with pytest.raises(ValidationError):
        validate_password("lyhytkoivu1")
    validate_password("sininen vene soutaa hiljaa " * 3)  # blanks and a length of its own
    page = client.get(reverse("account_login")).text
    assert re.search(r'<input[^>]*type="password"', page) and "onpaste" not in page


def test_passwords_are_kept_by_a_slow_function():
    assert global_settings.PASSWORD_HASHERS[0].endswith("PBKDF2PasswordHasher")
    assert "PASSWORD_HASHERS" not in (JUURI / "strategia" / "settings.py").read_text()
    assert PBKDF2PasswordHasher.iterations >= 600_000
