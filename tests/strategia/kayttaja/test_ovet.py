"""Every door at which a password or a key is tried: the resolver's pages that take one, and what counts there."""

import re

import pytest
from django.test import Client, override_settings
from django.urls import NoReverseMatch, resolve, reverse

from strategia import yritykset
from strategia.apps import check_counts_are_kept, check_proxies_are_told, check_proxy_count
from strategia.models import Avain, Kalenteriavain, Kayttaja, Tapahtuma
from tests.osoitteet import AVAIMELLA, address, all_names

OIKEA, VAARA = "sininen-vene-soutaa-hiljaa", "aivan-vaara-salasana"
SALASANA = re.compile(r'<input type="password" name="(\w+)"')
LOMAKE = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.S)
# page -> the field at which a wrong password is tried. Where one only chooses a new one, nothing is tried.
OVET = {"account_login": "password", "account_reauthenticate": "password", "account_change_password": "oldpassword"}


@pytest.fixture
def veikko(cast):
    cast.veikko.set_password(OIKEA)
    cast.veikko.save(update_fields=["password"])
    return cast.veikko


def test_every_page_that_takes_a_password_is_one_of_the_doors(cast, veikko):
    """Asked as an outsider and as people who are in; the reset's page is not a door, for there nothing is tried."""
    found = set()
    for client in (Client(), signed_in(cast.aino), signed_in(veikko)):
        for path in filter(None, map(_path_of, all_names())):
            page = client.get(path, follow=True)
            if page.headers.get("Content-Type", "").startswith("text/html"):
                found |= set(_fields_of(page))
    tried = {(name, field) for name, field in found if not re.fullmatch(r"password[12]", field)}
    assert tried == set(OVET.items())


def _fields_of(page):
    """(where the form is sent, the name of the field) of each password that the page asks."""
    for opening, inside in LOMAKE.findall(page.text):
        action = re.search(r'action="([^"?]*)', opening)
        sent_to = resolve(action[1]).view_name if action and action[1] else page.resolver_match.view_name
        yield from ((sent_to, field) for field in SALASANA.findall(inside))


def _path_of(name):
    """Of a page that needs no argument: a password is asked before anything is chosen."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize("name", OVET)
def test_at_each_door_ten_wrong_ones_are_looked_at(name, veikko):
    known = {"login": veikko.email, "password1": "uusi-vene-soutaa-hiljaa", "password2": "uusi-vene-soutaa-hiljaa"}
    client = Client() if name == "account_login" else signed_in(veikko)
    answers = [client.post(reverse(name), known | {OVET[name]: VAARA}).text for _each in range(12)]
    assert ["liian monta kertaa" in text for text in answers] == [False] * 10 + [True] * 2
    assert "liian monta kertaa" in client.post(reverse(name), known | {OVET[name]: OIKEA}).text


def test_the_doors_share_one_count(veikko):
    for name in (*OVET, *OVET, *OVET, "account_login"):
        client = Client() if name == "account_login" else signed_in(veikko)
        told = {"login": veikko.email, "password1": "x", "password2": "x", OVET[name]: VAARA}
        assert "liian monta" not in client.post(reverse(name), told).text
    assert "liian monta" in Client().post(reverse("account_login"), {"login": veikko.email, "password": OIKEA}).text


@pytest.mark.parametrize("path", ["/hallinta/", "/hallinta/login/", "/hallinta/password_change/"])
def test_the_admin_has_no_door_of_its_own(path, db, client):
    yllapito = Kayttaja.objects.create_superuser("yllapito@palvelu.example", nimi="Ylläpito", password=OIKEA)
    told = {"username": yllapito.email, "password": OIKEA, "this_is_the_login_form": "1", "next": "/hallinta/"}
    for answer in (client.get(path, follow=True), client.post(path, told, follow=True)):
        assert answer.status_code == 403 or answer.resolver_match.view_name == "account_login"
        assert "_auth_user_id" not in client.session
    answer = client.post(f"{reverse('account_login')}?next=/hallinta/", {"login": yllapito.email, "password": OIKEA})
    assert answer.url.startswith("/hallinta/")
    inside = signed_in(yllapito).post("/hallinta/password_change/", {"old_password": VAARA})
    assert inside.url == reverse("account_change_password")


def test_wrong_keys_are_counted_and_the_right_one_passes(cast, client, monkeypatch):
    monkeypatch.setattr(yritykset, "OSOITTEELLE", 5)
    _avain, key = Avain.objects.make(cast.kunta, "Tietovarasto", by=cast.aino)
    ics, calendar = reverse("seuranta:kalenteri-ics"), Kalenteriavain.objects.make(cast.veikko)
    api = address(sorted(AVAIMELLA)[0], cast, cast.versio)
    ask = {"Authorization": "Bearer ss_vaara"}
    assert [client.get(api, headers=ask).status_code for _each in range(3)] == [401] * 3
    assert [client.get(ics, {"avain": "vaara"}).status_code for _each in range(3)] == [404, 404, 429]
    refused = client.get(api, headers=ask)
    assert (refused.status_code, refused.json()["virhe"][:12]) == (429, "Osoitteestas")
    assert 1 <= int(refused.headers["Retry-After"]) <= 901
    assert client.get(ics, {"avain": calendar}).status_code == 200
    assert client.get(api, headers={"Authorization": f"Bearer {key}"}).status_code != 401
    cast.kaisa.set_password(OIKEA)
    cast.kaisa.save()
    assert client.post(reverse("account_login"), {"login": cast.kaisa.email, "password": OIKEA}).status_code == 302


def test_the_audit_tells_once_a_quarter_and_never_what_was_typed(veikko):
    client = Client()
    for _each in range(12):
        client.post(reverse("account_login"), {"login": veikko.email, "password": VAARA})
        client.post(reverse("account_login"), {"login": "salasana-vaarassa@kirkkoranta.example", "password": VAARA})
    rows = Tapahtuma.objects.filter(laji__startswith="kirjautuminen-")
    assert sorted((row.laji, row.kohteen_nimi) for row in rows) == [
        ("kirjautuminen-ei", ""),
        ("kirjautuminen-ei", str(veikko)),
        ("kirjautuminen-estetty", ""),
        ("kirjautuminen-estetty", str(veikko)),
    ]
    assert not any("vaara" in f"{row.mihin}{row.mista}{row.kerta}" for row in rows)


# --- proxies


@pytest.mark.parametrize(
    ("count", "headers", "address", "is_told"),
    [
        (0, {}, "192.0.2.1", False),
        (0, {"X-Forwarded-For": "203.0.113.1"}, "192.0.2.1", True),
        (0, {}, "", True),
        (1, {"X-Forwarded-For": "203.0.113.1"}, "", False),
        (1, {}, "192.0.2.1", True),
        (2, {"X-Forwarded-For": "203.0.113.1"}, "192.0.2.1", True),
        (2, {"X-Forwarded-For": "x, 203.0.113.1:443, [2001:db8::1]:80"}, "192.0.2.1", False),
    ],
)
def test_a_wrong_count_of_proxies_is_a_sentence(count, headers, address, is_told, db, client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = count
    answer = client.get(reverse("account_login"), headers=headers, REMOTE_ADDR=address)
    assert answer.status_code == 200
    assert ("ALLAUTH_TRUSTED_PROXY_COUNT" in answer.text) == is_told
    wrong = {"login": "joku@kirkkoranta.example", "password": VAARA}
    assert client.post(reverse("account_login"), wrong, headers=headers, REMOTE_ADDR=address).status_code == 200


def test_checks_tell_of_settings_that_would_not_count(settings, monkeypatch):
    assert check_proxy_count() == check_counts_are_kept() == []
    with override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=-1):
        assert [each.id for each in check_proxy_count()] == ["strategia.E010"]
    with override_settings(SECURE_SSL_REDIRECT=True):
        assert [each.id for each in check_proxies_are_told()] == ["strategia.W010"]
    with override_settings(SECURE_SSL_REDIRECT=True, ALLAUTH_TRUSTED_PROXY_COUNT=1):
        assert check_proxies_are_told() == []
    monkeypatch.setitem(settings.DATABASES["default"], "ATOMIC_REQUESTS", True)
    assert [each.id for each in check_counts_are_kept()] == ["strategia.E011"]
