"""Steps of the tests of the second factor: a phone of the test's own, and signing in as a person does."""

import time

from allauth.mfa.totp.internal import auth
from django.test import Client
from django.urls import reverse

from ...cast import SALASANA


def code_of(secret, steps=0):
    """What the app shows; steps: half minutes from now."""
    return auth.format_hotp_value(auth.hotp_value(secret, int(time.time()) // 30 + steps))


def sign_in(user, password=SALASANA):
    """By e-mail and password: (client, the answer, redirects not followed)."""
    client = Client()
    return client, client.post(reverse("account_login"), {"login": user.email, "password": password})


def confirm(client, password=SALASANA):
    """Re-authenticate by password, as the page of the second factor asks first."""
    return client.post(reverse("account_reauthenticate"), {"password": password})


def take_app(client, password=SALASANA):
    """Take an app into use -> its secret. The code of now is used up by it."""
    confirm(client, password)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["salaisuus"].replace(" ", "")
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert answer.url == reverse("mfa_view_recovery_codes"), answer.context["form"].errors
    return secret
