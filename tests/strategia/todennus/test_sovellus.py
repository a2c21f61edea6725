"""An app of codes: taking it into use, signing in with it, each code once, recovery codes, removing it."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.core import mail
from django.core.cache import cache
from django.db import connections
from django.test import Client
from django.urls import reverse

from strategia.models import Kayttaja

from .vaiheet import code_of, confirm, sign_in, take_app

KOODI, SIVU = reverse("mfa_authenticate"), reverse("mfa_index")


def test_who_has_not_signed_in_sees_none_of_the_pages(client, db):
    for name in ("mfa_index", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_add_webauthn", "mfa_reauthenticate"):
        assert client.get(reverse(name)).url.startswith(reverse("account_login")), name
    for name in ("mfa_view_recovery_codes", "mfa_download_recovery_codes", "mfa_generate_recovery_codes"):
        assert client.get(reverse(name)).url.startswith(reverse("account_login")), name
    assert client.get(KOODI).url == reverse("account_login")


def test_taking_an_app_into_use_asks_the_password_and_shows_the_recovery_codes_once(cast):
    client, _answer = sign_in(cast.veikko)
    assert client.get(reverse("mfa_activate_totp")).url.startswith(reverse("account_reauthenticate"))
    confirm(client)
    page = client.get(reverse("mfa_activate_totp"))
    assert "<svg" in page.text and "data:image" not in page.text
    secret = page.context["salaisuus"].replace(" ", "")
    refused = client.post(reverse("mfa_activate_totp"), {"code": "000000"}).text
    assert "Koodi tai avain ei kelpaa." in refused
    assert "tarkista, että puhelimen kello on oikeassa ajassa" in refused
    client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    shown = client.get(reverse("mfa_view_recovery_codes"))
    codes = re.findall(r"<code>(\d{8})</code>", shown.text)
    assert len(codes) == 10
    file = client.get(reverse("mfa_download_recovery_codes"))
    assert file.headers["Content-Disposition"] == 'attachment; filename="varakoodit.txt"'
    assert file.text.split() == codes
    other, _answer = sign_in(cast.veikko)
    other.post(KOODI, {"code": codes[0]})
    assert codes[1] not in other.get(reverse("mfa_view_recovery_codes")).text
    assert other.get(reverse("mfa_download_recovery_codes")).status_code == 404
    assert "jäljellä <b>9</b>" in other.get(SIVU).text


def test_the_second_step_takes_each_code_once(cast, monkeypatch):
    monkeypatch.setattr(auth.time, "time", lambda: 1_800_000_000)
    client, _answer = sign_in(cast.veikko)
    secret = take_app(client)
    other, answer = sign_in(cast.veikko)
    assert answer.url == KOODI
    assert other.get("/omat/").url.startswith(reverse("account_login"))
    used = other.post(KOODI, {"code": code_of(secret)})  # the app was taken into use by it
    assert "Kukin koodi toimii vain kerran." in used.text
    assert other.post(KOODI, {"code": code_of(secret, 1)}).url == "/"
    assert other.get("/omat/").status_code in (200, 302)
    third, _answer = sign_in(cast.veikko)
    cache.clear()  # allauth's own mark, which a full cache forgets
    for steps in (1, 0, -1, 2):  # neither the same nor an earlier one, nor what is not yet shown
        assert "ei kelpaa" in third.post(KOODI, {"code": code_of(secret, steps)}).text


def test_a_recovery_code_opens_once_and_tells_how_many_are_left(cast):
    client, _answer = sign_in(cast.veikko)
    take_app(client)
    code = client.get(reverse("mfa_view_recovery_codes")).context["koodit"][3]
    other, _answer = sign_in(cast.veikko)
    assert "Niitä on jäljellä 9." in other.post(KOODI, {"code": code}, follow=True).text
    third, _answer = sign_in(cast.veikko)
    assert "ei kelpaa" in third.post(KOODI, {"code": code}).text


def test_secrets_lie_encrypted_in_the_tables_and_in_the_session(cast):
    client, _answer = sign_in(cast.veikko)
    confirm(client)
    offered = client.get(reverse("mfa_activate_totp")).context["form"].secret
    assert offered not in str(dict(client.session))
    secret = take_app(client)
    codes = client.get(reverse("mfa_view_recovery_codes")).context["koodit"]
    stored = str(list(Authenticator.objects.values_list("data", flat=True))) + str(dict(client.session))
    assert not [each for each in (secret, *codes) if each in stored]
    assert "seed" in stored


def test_adding_and_removing_is_mailed_and_asks_for_the_factor_itself(cast, django_capture_on_commit_callbacks):
    client, _answer = sign_in(cast.veikko)
    with django_capture_on_commit_callbacks(execute=True):
        secret = take_app(client)
    assert mail.outbox[-1].to == [cast.veikko.email]
    assert "Tunnistussovellus on otettu käyttöön." in mail.outbox[-1].body
    other, _answer = sign_in(cast.veikko)
    other.post(KOODI, {"code": code_of(secret, 1)})
    asked = other.get(reverse("mfa_deactivate_totp"), follow=True)
    assert "Kirjoita tunnistussovelluksesi koodi tai varakoodi" in asked.text  # the password would not do
    codes = client.get(reverse("mfa_view_recovery_codes")).context["koodit"]
    assert other.post(asked.redirect_chain[-1][0], {"code": codes[0]}).url == reverse("mfa_deactivate_totp")
    assert "poistettu käytöstä" in other.post(reverse("mfa_deactivate_totp"), follow=True).text
    assert "Tunnistussovellus on poistettu käytöstä." in mail.outbox[-1].body
    assert not Authenticator.objects.exists()  # the recovery codes went with it
    assert not Kayttaja.objects.get(pk=cast.veikko.pk).on_toinen_vaihe


def test_new_recovery_codes_end_the_old_ones(cast, django_capture_on_commit_callbacks):
    client, _answer = sign_in(cast.veikko)
    take_app(client)
    old = client.get(reverse("mfa_view_recovery_codes")).context["koodit"]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_generate_recovery_codes"))
    new = client.get(reverse("mfa_view_recovery_codes")).context["koodit"]
    assert len(new) == 10 and not set(new) & set(old)
    assert "Uudet varakoodit on tehty." in mail.outbox[-1].body
    other, _answer = sign_in(cast.veikko)
    assert "ei kelpaa" in other.post(KOODI, {"code": old[0]}).text
    assert other.post(KOODI, {"code": new[0]}).url == "/"


def test_a_lost_key_is_told_and_is_no_fault_of_the_page(cast, settings):
    client, _answer = sign_in(cast.veikko)
    secret = take_app(client)
    settings.MFA_KEYS = ["aivan-toinen-avain-jolla-mikaan-ei-aukea-0123456789"]
    other, _answer = sign_in(cast.veikko)
    assert "Koodia ei voi nyt tarkistaa." in other.post(KOODI, {"code": code_of(secret, 1)}).text
    assert client.get(SIVU).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_of_many_who_send_the_same_code_at_once_one_gets_in(cast):
    """Each in a thread and with a connection of its own, as the processes of a server."""
    client, _answer = sign_in(cast.veikko)
    secret = take_app(client)
    clients = [sign_in(cast.veikko)[0] for _ in range(8)]
    cache.clear()  # allauth's own mark is none of this
    start, code = Barrier(len(clients)), code_of(secret, 1)

    def send(each):
        start.wait()
        try:
            return each.post(KOODI, {"code": code}).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(clients)) as pool:
        statuses = sorted(pool.map(send, clients))
    assert statuses == [200] * (len(clients) - 1) + [302]


# --- what no browser sends

ROSKAA = [
    *("", "null", "[]", "1", '"teksti"', "{}", "[" * 5_000, "{" * 40_000, "x" * 60_000),
    '{"id": "a", "rawId": "a", "type": "public-key", "response": {}}',
    '{"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {"clientDataJSON": "AAAA", '
    '"authenticatorData": "AAAA", "signature": "AAAA", "userHandle": "AAAA", "attestationObject": "AAAA"}}',
    '{"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {"clientDataJSON": "e30", '
    '"authenticatorData": "' + "A" * 60 + '", "signature": "AAAA", "userHandle": "fy8", "attestationObject": "o2M"}}',
    '{"id": 1, "rawId": [], "type": {}, "response": "teksti"}',
]


@pytest.mark.parametrize("vastaus", ROSKAA, ids=range(len(ROSKAA)))
def test_a_made_up_passkey_is_refused_with_a_sentence_at_every_door(vastaus, cast):
    outsider = Client()
    outsider.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"})
    answer = outsider.post(reverse("mfa_login_webauthn"), {"credential": vastaus}, follow=True)
    assert "ei kelpaa" in answer.text or "ei käytetty" in answer.text
    client, _answer = sign_in(cast.veikko)
    take_app(client)
    added = client.post(reverse("mfa_add_webauthn"), {"credential": vastaus, "name": "A"}, follow=True)
    assert added.status_code == 200
    assert Authenticator.objects.filter(type="webauthn").count() == 0
    half, _answer = sign_in(cast.veikko)
    half.get(KOODI)
    assert half.post(KOODI, {"credential": vastaus}).status_code == 200
    assert half.get("/omat/").url.startswith(reverse("account_login"))
    client.get(reverse("mfa_reauthenticate_webauthn"))
    assert client.post(reverse("mfa_reauthenticate_webauthn"), {"credential": vastaus}).status_code == 302
