"""In Chromium, at a strict provider: registered client, secret and address, PKCE, and our CSP on the way."""

import re
from urllib.parse import urlsplit

import pytest

from strategia.models import Tunnistaja, Ulkotunnus
from strategia.salaus import encrypt
from tests.ohjelmat.oidc import CLIENT, SALAISUUS, run_tunnistaja

from .conftest import KOORDINAATTORIT, PALUU, RAPORTOIJAT, SIVU, TEKNISET, give, invite

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def tunnistaja(cast, live_server, tmp_path):
    """The provider of Kirkkoranta, and what its groups give."""
    with run_tunnistaja(live_server.url + PALUU, tmp_path) as tunnistaja:
        told = {"issuer": tunnistaja.issuer, "client": CLIENT, "salaisuus": encrypt(SALAISUUS)}
        Tunnistaja.objects.create(kunta=cast.kunta, **told)
        give(cast, RAPORTOIJAT, "raportoija")
        give(cast, KOORDINAATTORIT, "koordinaattori")
        give(cast, TEKNISET, "", cast.tekniset)
        yield tunnistaja


@pytest.fixture
def page(selain, live_server):
    """No watch over requests elsewhere, for the provider is elsewhere; its fonts are left out."""
    context = selain.new_context(base_url=live_server.url, locale="fi-FI")
    context.set_default_timeout(30_000)
    context.route(re.compile("googleapis"), lambda route: route.abort())
    yield context.new_page()
    context.close()


def sign_in(page, sub):
    """By our page and the provider's own: its name and password, then its question whether we may know."""
    page.goto(SIVU)
    page.get_by_role("button", name="Kirjaudu kunnan tunnuksella").click()
    show_oneself(page, sub)
    page.get_by_role("button", name="Continue").click()


def show_oneself(page, sub):
    page.wait_for_url(re.compile("/interaction/"))
    page.locator("input[name=login]").fill(sub)
    page.locator("input[name=password]").fill("mikä tahansa")
    page.locator("button[type=submit]").click()


def told(email, *groups, **more):
    return {"email": email, "email_verified": True, "name": "Ihan Sama", "groups": list(groups), **more}


def rights_of(user):
    user.refresh_from_db()
    return user.rooli, [str(each) for each in user.toimialat.all()]


def is_signed_in(page):
    page.goto("/omat-tiedot/")
    return urlsplit(page.url).path == "/omat-tiedot/"


def test_the_groups_give_a_role_and_others_at_the_next_sign_in(cast, tunnistaja, page):
    otso = invite(cast.otso)
    tunnistaja.tell(**{"sub-otso": told(otso.email, RAPORTOIJAT, TEKNISET, "muu")})
    sign_in(page, "sub-otso")
    page.wait_for_url("/")
    assert rights_of(otso) == ("raportoija", ["Tekniset palvelut"])
    assert Ulkotunnus.objects.get(kayttaja=otso).tunniste == "sub-otso"
    assert is_signed_in(page)
    page.goto("/tili/kirjaudu-ulos/")
    page.get_by_role("button", name="Kirjaudu ulos").click()
    assert not is_signed_in(page)
    tunnistaja.tell(**{"sub-otso": told("toinen@kirkkoranta.example", KOORDINAATTORIT)})
    page.goto(SIVU)
    page.get_by_role("button", name="Kirjaudu kunnan tunnuksella").click()  # the provider still knows who is there
    page.wait_for_url("/")
    assert rights_of(otso) == ("koordinaattori", [])


def test_a_missing_claim_and_another_kuntas_address_are_refused_in_a_sentence(cast, tunnistaja, page):
    otso, before = invite(cast.otso), rights_of(cast.otso)
    without = told(otso.email)
    del without["groups"]
    tunnistaja.tell(otso=without, ulla=told(invite(cast.ulla).email, KOORDINAATTORIT))
    sign_in(page, "otso")
    assert "ei kertonut ryhmiäsi (groups)" in page.get_by_role("alert").inner_text()
    assert not is_signed_in(page)
    page.context.clear_cookies()
    sign_in(page, "ulla")
    assert "ei ole vielä pääsyä palveluun" in page.get_by_role("alert").inner_text()
    assert not is_signed_in(page)
    assert rights_of(otso) == before
    assert not Ulkotunnus.objects.exists()


def test_who_turns_back_there_is_told_so(cast, tunnistaja, page):
    page.goto(SIVU)
    page.get_by_role("button", name="Kirjaudu kunnan tunnuksella").click()
    page.get_by_role("link", name="Cancel").click()
    assert "keskeytettiin" in page.get_by_role("alert").inner_text()


def test_one_shows_anew_who_one_is(cast, tunnistaja, page):
    tunnistaja.tell(otso=told(invite(cast.otso).email, RAPORTOIJAT), kaisa=told(cast.kaisa.email, RAPORTOIJAT))
    sign_in(page, "otso")
    page.wait_for_url("/")
    for sub, ending in (("otso", "/omat-tiedot/"), ("kaisa", "/paluu/")):
        page.goto(f"{SIVU}vahvista/?next=/omat-tiedot/")
        page.get_by_role("button", name="Kirjaudu kunnan tunnuksella").click()
        show_oneself(page, sub)  # though the provider knows who is there
        if sub == "kaisa":
            page.get_by_role("button", name="Continue").click()
        page.wait_for_url(re.compile(ending))
    assert "Et vahvistanut tunnustasi" in page.get_by_role("alert").inner_text()
