"""A new key before the old one: every secret is encrypted anew, and the old key may go."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.urls import reverse

from strategia import salaus
from strategia.models import Tunnistaja

from .vaiheet import code_of, sign_in, take_app

UUSI = "uusi-avain-jolla-kaikki-salataan-uudelleen-0123456789"
KOODI = reverse("mfa_authenticate")


def test_after_it_the_old_key_is_not_needed(cast, settings, capsys):
    client, _answer = sign_in(cast.veikko)
    secret = take_app(client)
    codes = client.get(reverse("mfa_view_recovery_codes")).context["koodit"]
    Tunnistaja.objects.create(kunta=cast.kunta, salaisuus=salaus.encrypt("kunnan-salaisuus"))
    settings.MFA_KEYS = [UUSI, *settings.MFA_KEYS]
    call_command("salaa_uudelleen")
    assert "Salattu uudelleen: 3." in capsys.readouterr().out
    settings.MFA_KEYS = [UUSI]
    assert salaus.decrypt(Tunnistaja.objects.get().salaisuus) == "kunnan-salaisuus"
    for code in (code_of(secret, 1), codes[0]):
        other, _answer = sign_in(cast.veikko)
        assert other.post(KOODI, {"code": code}).url == "/"


def test_whose_secret_no_key_opens_is_named_and_stays(cast, settings):
    client, _answer = sign_in(cast.veikko)
    take_app(client)
    before = list(Authenticator.objects.values_list("data", flat=True))
    settings.MFA_KEYS = [UUSI]
    with pytest.raises(CommandError, match=cast.veikko.email):
        call_command("salaa_uudelleen")
    assert list(Authenticator.objects.values_list("data", flat=True)) == before
