"""The second factor in Chromium: an app, a passkey of its virtual authenticator, by keyboard and on a narrow screen."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from ...cast import SALASANA
from ...katsoja import AXE, RUN_AXE, TASO
from .vaiheet import code_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def avainlaite(sivu):
    """Chromium's virtual authenticator: a phone or computer that knows its owner by the finger."""
    cdp = sivu.context.new_cdp_session(sivu)
    cdp.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    made = cdp.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {**kind, "isUserVerified": True, "automaticPresenceSimulation": True}},
    )
    return lambda name, **told: cdp.send(f"WebAuthn.{name}", {"authenticatorId": made["authenticatorId"], **told})


def check_page(sivu):
    """Nothing of the page hinders a screen reader, and it does not scroll sideways."""
    sivu.evaluate(AXE)
    assert sivu.evaluate(RUN_AXE, TASO) == []
    assert sivu.evaluate("document.scrollingElement.scrollWidth <= document.documentElement.clientWidth")


def sign_in(sivu, user):
    sivu.goto("/tili/kirjaudu/")
    sivu.get_by_label("Sähköposti").fill(user.email)
    sivu.get_by_label("Salasana", exact=True).fill(SALASANA)
    sivu.get_by_role("button", name="Kirjaudu", exact=True).click()


def sign_out(sivu):
    sivu.goto("/tili/kirjaudu-ulos/")
    sivu.locator("main").get_by_role("button", name="Kirjaudu ulos").click()
    sivu.get_by_text("Olet kirjautunut ulos.").wait_for()


def confirm(sivu):
    sivu.get_by_label("Salasana").fill(SALASANA)
    sivu.keyboard.press("Enter")


def test_an_app_is_taken_into_use_by_keyboard_on_a_narrow_screen(cast, sivu):
    sivu.set_viewport_size({"width": 320, "height": 800})
    sign_in(sivu, cast.kaisa)
    sivu.get_by_role("heading", name="Hei, Kaisa").wait_for()
    sivu.goto(reverse("mfa_index"))
    check_page(sivu)
    sivu.get_by_role("link", name="Ota sovellus käyttöön").press("Enter")
    confirm(sivu)
    sivu.get_by_role("heading", name="Ota sovellus käyttöön").wait_for()
    secret = sivu.locator("code.avain").inner_text().replace(" ", "")
    assert sivu.get_by_role("img", name=re.compile("QR-koodi")).bounding_box()["width"] > 150
    check_page(sivu)
    sivu.get_by_label("Sovelluksen näyttämä koodi").fill(code_of(secret))
    sivu.keyboard.press("Enter")
    sivu.get_by_role("heading", name="Varakoodit").wait_for()
    check_page(sivu)
    with sivu.expect_download() as download:
        sivu.get_by_role("link", name="Tallenna tiedostona").click()
    assert len(download.value.path().read_text().split()) == 10
    sign_out(sivu)
    sign_in(sivu, cast.kaisa)
    sivu.get_by_role("heading", name="Vahvista kirjautuminen").wait_for()
    check_page(sivu)
    sivu.get_by_label("Koodi").fill(code_of(secret, 1))
    sivu.keyboard.press("Enter")
    sivu.get_by_role("heading", name="Hei, Kaisa").wait_for()


def test_a_passkey_is_the_second_step_and_opens_alone(cast, sivu, avainlaite):
    sign_in(sivu, cast.kaisa)
    sivu.get_by_role("heading", name="Hei, Kaisa").wait_for()
    sivu.goto(reverse("mfa_add_webauthn"))
    confirm(sivu)
    sivu.get_by_role("heading", name="Lisää pääsyavain").wait_for()
    check_page(sivu)
    sivu.get_by_label("Nimi").fill("Työkone")
    sivu.get_by_role("button", name="Lisää").press("Enter")
    sivu.get_by_role("heading", name="Varakoodit").wait_for()
    (row,) = Authenticator.objects.filter(user=cast.kaisa, type="webauthn")
    assert row.wrap().name == "Työkone"
    assert len(avainlaite("getCredentials")["credentials"]) == 1
    sign_out(sivu)
    sign_in(sivu, cast.kaisa)
    sivu.get_by_role("heading", name="Vahvista kirjautuminen").wait_for()
    check_page(sivu)
    sivu.get_by_role("button", name="Käytä pääsyavainta").press("Enter")
    sivu.get_by_role("heading", name="Hei, Kaisa").wait_for()
    sign_out(sivu)
    sivu.goto("/tili/kirjaudu/")
    check_page(sivu)
    sivu.get_by_role("button", name="Kirjaudu pääsyavaimella").press("Enter")
    sivu.get_by_role("heading", name="Hei, Kaisa").wait_for()
    sivu.goto(reverse("mfa_index"))
    sivu.get_by_role("link", name=re.compile("Poista.*Työkone")).click()
    sivu.get_by_role("button", name="Käytä pääsyavainta").click()
    sivu.get_by_role("button", name="Poista pääsyavain").click()
    sivu.get_by_text("Pääsyavain on poistettu.").wait_for()
    assert not Authenticator.objects.exists()


def test_a_passkey_that_does_not_know_its_owner_opens_nothing(cast, sivu, avainlaite):
    sign_in(sivu, cast.kaisa)
    sivu.get_by_role("heading", name="Hei, Kaisa").wait_for()
    sivu.goto(reverse("mfa_add_webauthn"))
    confirm(sivu)
    sivu.get_by_role("button", name="Lisää").click()
    sivu.get_by_role("heading", name="Varakoodit").wait_for()
    sign_out(sivu)
    avainlaite("setUserVerified", isUserVerified=False)
    sivu.goto("/tili/kirjaudu/")
    sivu.get_by_role("button", name="Kirjaudu pääsyavaimella").click()
    sivu.get_by_text("Pääsyavainta ei saatu käyttöön.").wait_for()
    assert sivu.url.endswith("/tili/kirjaudu/")
