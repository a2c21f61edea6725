"""The acts of jalkikokeet.py at the sign-in's own pages: {address: how it is done by hand}.

Each signs in as a person does, so that what is tried is what stands between: passwords, codes, passkeys, sessions.
"""

from django.test import Client
from django.urls import reverse

from strategia.kayttaja.tunnus import password_link
from strategia.models import Ulkotunnus

from .cast import SALASANA
from .strategia.todennus.avain import Paasyavain
from .strategia.todennus.vaiheet import code_of, confirm, sign_in, take_app

UUSI_SALASANA = "kolme-laivaa-seilaa-yössä"


def _signed_in(user):
    return sign_in(user)[0]


def _kirjaudu(cast, kirjautunut):
    return Client(), reverse("account_login"), {"login": cast.veikko.email, "password": SALASANA}


def _kirjaudu_ulos(cast, kirjautunut):
    return _signed_in(cast.veikko), reverse("account_logout"), {}


def _vaihda_salasana(cast, kirjautunut):
    posted = {"oldpassword": SALASANA, "password1": UUSI_SALASANA, "password2": UUSI_SALASANA}
    return _signed_in(cast.veikko), reverse("account_change_password"), posted


def _vahvista(cast, kirjautunut):
    return _signed_in(cast.veikko), reverse("account_reauthenticate"), {"password": SALASANA}


def _pyyda_salasana(cast, kirjautunut):
    return Client(), reverse("account_reset_password"), {"email": cast.veikko.email}


def _valitse_salasana(cast, kirjautunut):
    client = Client()
    page = client.get(password_link(cast.veikko).removeprefix("https://localhost"))  # the link is made of SITE_URL
    return client, page.url, {"password1": UUSI_SALASANA, "password2": UUSI_SALASANA}


def _muut_istunnot(cast, kirjautunut):
    _signed_in(cast.veikko)
    return _signed_in(cast.veikko), reverse("strategia:istunto-lista"), {}


# --- the second factor


def _with_app(user):
    """(who has an app and has just shown it, its secret)."""
    client = _signed_in(user)
    return client, take_app(client)


def _with_key(user):
    """(who has a passkey and has just shown it, the passkey)."""
    client, avain = _signed_in(user), Paasyavain(user)
    confirm(client)
    added = client.post(*avain.add_to(client))
    assert added.status_code == 302, added.context["form"].errors
    return client, avain


def _ota_sovellus(cast, kirjautunut):
    client = _signed_in(cast.veikko)
    confirm(client)
    secret = client.get(reverse("mfa_activate_totp")).context["salaisuus"].replace(" ", "")
    return client, reverse("mfa_activate_totp"), {"code": code_of(secret)}


def _poista_sovellus(cast, kirjautunut):
    return _with_app(cast.veikko)[0], reverse("mfa_deactivate_totp"), {}


def _uudet_varakoodit(cast, kirjautunut):
    return _with_app(cast.veikko)[0], reverse("mfa_generate_recovery_codes"), {}


def _toinen_vaihe(cast, kirjautunut):
    _client, secret = _with_app(cast.veikko)
    return _signed_in(cast.veikko), reverse("mfa_authenticate"), {"code": code_of(secret, 1)}


def _vahvista_koodilla(cast, kirjautunut):
    client, secret = _with_app(cast.veikko)
    return client, reverse("mfa_reauthenticate"), {"code": code_of(secret, 1)}


def _ota_avain(cast, kirjautunut):
    client = _signed_in(cast.veikko)
    confirm(client)
    return client, *Paasyavain(cast.veikko).add_to(client)


def _poista_avain(cast, kirjautunut):
    client, _avain = _with_key(cast.veikko)
    row = cast.veikko.authenticator_set.get(type="webauthn")
    return client, reverse("mfa_remove_webauthn", args=[row.pk]), {}


def _kirjaudu_avaimella(cast, kirjautunut):
    _client, avain = _with_key(cast.veikko)
    client, path = Client(), reverse("mfa_login_webauthn")
    client.get(path, headers={"Accept": "application/json"})
    return client, path, avain.answer(client)


def _vahvista_avaimella(cast, kirjautunut):
    client, avain = _with_key(cast.veikko)
    path = reverse("mfa_reauthenticate_webauthn")
    client.get(path)
    return client, path, avain.answer(client)


def _nollaa(cast, kirjautunut):
    _with_app(cast.veikko)
    return kirjautunut(cast.aino), reverse("strategia:kayttaja-tunnistus", args=[cast.veikko.pk]), {}


def _irrota(cast, kirjautunut):
    told = {"issuer": "https://tunnistaja.example", "tunniste": "s1"}
    Ulkotunnus.objects.create(kunta=cast.kunta, kayttaja=cast.veikko, **told)
    return kirjautunut(cast.aino), reverse("strategia:tunnus-irrota", args=[cast.veikko.pk]), {}


KIRJAUTUMISKOKEET = {
    "account_login": _kirjaudu,
    "account_logout": _kirjaudu_ulos,
    "account_change_password": _vaihda_salasana,
    "account_reauthenticate": _vahvista,
    "account_reset_password": _pyyda_salasana,
    "account_reset_password_from_key": _valitse_salasana,
    "strategia:istunto-lista": _muut_istunnot,
    "mfa_activate_totp": _ota_sovellus,
    "mfa_deactivate_totp": _poista_sovellus,
    "mfa_generate_recovery_codes": _uudet_varakoodit,
    "mfa_authenticate": _toinen_vaihe,
    "mfa_reauthenticate": _vahvista_koodilla,
    "mfa_add_webauthn": _ota_avain,
    "mfa_remove_webauthn": _poista_avain,
    "mfa_login_webauthn": _kirjaudu_avaimella,
    "mfa_reauthenticate_webauthn": _vahvista_avaimella,
    "strategia:kayttaja-tunnistus": _nollaa,
    "strategia:tunnus-irrota": _irrota,
}
