"""`manage.py oidc`: the secret comes by the standard input and lies encrypted."""

import io
import os
import subprocess
import sys

import pytest
from django.core.management import call_command

from strategia.models import Tunnistaja, Ulkotunnus
from strategia.salaus import decrypt

ISSUER = "https://login.microsoftonline.com/vuokraaja/v2.0"


@pytest.fixture
def oidc(monkeypatch):
    def run(*args, syote="hyvin salainen\n"):
        monkeypatch.setattr(sys, "stdin", io.StringIO(syote))
        out, err = io.StringIO(), io.StringIO()
        try:
            call_command("oidc", *args, stdout=out, stderr=err)
            status = 0
        except SystemExit as stopped:
            status = stopped.code
        return status, out.getvalue(), err.getvalue()

    return run


@pytest.fixture(autouse=True)
def _silent(monkeypatch):
    """Nobody outside is asked anything."""
    monkeypatch.setattr("strategia.management.commands.oidc.discover", lambda tarjoaja: {})


def test_a_provider_is_taken_in_use(cast, oidc):
    status, told, _err = oidc(
        "Kirkkoranta", "--issuer", ISSUER, "--client", "c-1", "--verkkotunnus", "@Kirkkoranta.example"
    )
    rivi = Tunnistaja.objects.get(kunta=cast.kunta)
    assert (status, rivi.issuer, rivi.client) == (0, ISSUER, "c-1")
    assert "salainen" not in rivi.salaisuus
    assert decrypt(rivi.salaisuus) == "hyvin salainen"
    assert rivi.verkkotunnukset == ["kirkkoranta.example"]
    assert "/tili/kunnan-tunnus/kirkkoranta/paluu/" in told
    assert "salainen" not in told


@pytest.mark.parametrize(
    ("args", "syote", "told"),
    [
        (("Kirkkoranta", "--issuer", "http://muualla.example", "--client", "c"), "s", "https://"),
        (("Kirkkoranta", "--issuer", ISSUER, "--client", "c"), "", "Salaisuus puuttuu"),
        (("Kirkkoranta", "--issuer", ISSUER), "s", "yhdessä"),
        (("Kirkkoranta", "--verkkotunnus", "ei tunnus"), "s", "ei ole verkkotunnus"),
        (("Kirkkoranta", "--salasanat", "suljettu"), "s", "ei ole käytössä"),
        (("Kirkkoranta", "--irrota", "kuka@kirkkoranta.example"), "s", "ei ole liitetty"),
        (("Ei kuntaa",), "s", "ei ole"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_changed(args, syote, told, cast, oidc):
    status, _out, err = oidc(*args, syote=syote)
    assert status == 1
    assert told in err
    assert not Tunnistaja.objects.exists()


def test_a_person_is_unlinked_passwords_are_opened_and_it_is_ended(malli, cast, oidc):
    Ulkotunnus.objects.create(kunta=cast.kunta, kayttaja=cast.kaisa, issuer=malli.issuer, tunniste="s1")
    assert oidc("Kirkkoranta", "--irrota", cast.kaisa.email.upper())[0] == 0
    assert not Ulkotunnus.objects.exists()
    oidc("Kirkkoranta", "--salasanat", "suljettu")
    assert Tunnistaja.objects.get().salasanat_suljettu
    _status, told, _err = oidc("Kirkkoranta", "--poista")
    rivi = Tunnistaja.objects.get()
    assert (rivi.issuer, rivi.salaisuus, rivi.salasanat_suljettu) == ("", "", False)
    assert "ei ole käytössä" in told


def test_the_environment_names_the_providers_by_the_kuntas_slugs():
    told = {"ISSUER": "https://tunnistaja.example/", "CLIENT": "c-1", "SECRET": "salainen"}
    env = os.environ | {f"OIDC_ALA_KUNTA_{name}": value for name, value in told.items()}
    code = "from strategia import settings; print(settings.OIDC)"
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    told = {"issuer": "https://tunnistaja.example", "client": "c-1", "salaisuus": "salainen"}
    assert done.stdout.strip() == str({"ala-kunta": told})
