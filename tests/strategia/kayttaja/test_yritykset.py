"""Wrong tries of a password: at most ten an account in 15 minutes, and nobody's keep another out."""

import itertools
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from strategia import yritykset, yrityskanta
from strategia.kayttaja.tunnus import password_link

OIKEA, VAARA = "sininen-vene-soutaa-hiljaa", "aivan-vaara-salasana"
LIIKAA = "liian monta"


@pytest.fixture(autouse=True)
def _few_tries_fill_an_address(monkeypatch):
    monkeypatch.setattr(yritykset, "OSOITTEELLE", 20)


@pytest.fixture(autouse=True)
def _with_passwords(request):
    if "cast" in request.fixturenames:
        for person in ("veikko", "kaisa", "aino"):
            person = getattr(request.getfixturevalue("cast"), person)
            person.set_password(OIKEA)
            person.save(update_fields=["password"])


def sign_in(email, salasana=VAARA, *, client=None, address="192.0.2.1", **headers):
    """The answer of the sign-in page; it leads on when the password was right."""
    told = {"login": email, "password": salasana}
    return (client or Client()).post(reverse("account_login"), told, REMOTE_ADDR=address, headers=headers)


def is_in(answer):
    return answer.status_code == 302


def is_refused(answer):
    """The password was not even looked at."""
    return answer.status_code == 200 and LIIKAA in answer.text


def addresses(count, pattern="198.51.{}.{}"):
    return [pattern.format(*divmod(number, 250)) for number in range(count)]


def test_the_eleventh_try_is_not_looked_at_even_if_right(cast):
    answers = [sign_in(cast.veikko.email, address=address) for address in addresses(10)]
    assert not any(map(is_refused, answers))
    refused = sign_in(cast.veikko.email, OIKEA, address="203.0.113.9")
    assert is_refused(refused)
    again = timezone.localtime(timezone.now() + timedelta(minutes=15))
    times = {f"klo {again + timedelta(minutes=n):%H.%M}" for n in (0, 1)}
    assert any(time in refused.text for time in times)
    assert "pyydät sähköpostiisi linkin" in refused.text
    assert reverse("account_reset_password") in refused.text
    assert is_in(sign_in(cast.kaisa.email, OIKEA, address="203.0.113.9"))


def test_a_hundred_tries_from_fifty_addresses_are_ten(cast):
    answers = [sign_in(cast.veikko.email, address=address) for address in addresses(50) * 2]
    assert sum(not is_refused(answer) for answer in answers) == 10
    assert is_in(sign_in(cast.kaisa.email, OIKEA))


def test_no_host_or_port_or_spelling_gives_more(cast, settings):
    settings.ALLOWED_HOSTS = ["seuranta.kirkkoranta.example", ".keuruu.example", "localhost"]
    hosts = [*settings.ALLOWED_HOSTS, "a.keuruu.example", "b.keuruu.example"]
    hosts = [f"{host.lstrip('.')}{port}" for host, port in itertools.product(hosts, ("", ":80", ":443", ":8000"))]
    spellings = itertools.cycle([cast.veikko.email, cast.veikko.email.upper(), f" {cast.veikko.email.title()} "])
    answers = [sign_in(next(spellings), address=addresses(i + 1)[-1], host=host) for i, host in enumerate(hosts)]
    assert sum(not is_refused(answer) for answer in answers) == 10


def test_a_hundred_failures_close_an_address_to_strangers_only(cast, monkeypatch):
    """Over 50 accounts; whom others try meanwhile comes in from another address, or from a browser of one's own."""
    monkeypatch.setattr(yritykset, "OSOITTEELLE", 100)
    own = Client()
    assert is_in(sign_in(cast.veikko.email, OIKEA, client=own))
    own.post(reverse("account_logout"))
    people = [f"joku{number}@kirkkoranta.example" for number in range(50)]
    answers = [sign_in(who) for who in people * 2]
    assert not any(map(is_refused, answers))
    assert "Verkosta, josta tulet" in sign_in(cast.kaisa.email, OIKEA).text
    assert is_in(sign_in(cast.kaisa.email, OIKEA, address="192.0.2.2"))
    assert is_in(sign_in(cast.veikko.email, OIKEA, client=own))


def test_a_refused_address_takes_no_place_of_an_account(cast):
    for number in range(20):
        sign_in(f"joku{number}@kirkkoranta.example")
    assert all(is_refused(sign_in(cast.veikko.email)) for _ in range(12))
    assert is_in(sign_in(cast.veikko.email, OIKEA, address="192.0.2.2"))


def test_right_passwords_count_for_nothing(cast):
    assert all(is_in(sign_in(cast.veikko.email, OIKEA)) for _ in range(12))


def test_ipv6_neighbours_are_one_address_and_mapped_ipv4_ones_are_not(cast):
    for number in range(20):
        sign_in(f"joku{number}@kirkkoranta.example", address=f"2001:db8:1:2::{number + 1:x}")
    assert is_refused(sign_in(cast.veikko.email, OIKEA, address="2001:db8:1:2:ffff::1"))
    assert is_in(sign_in(cast.veikko.email, OIKEA, address="2001:db8:1:3::1"))
    for number in range(20):
        sign_in(f"joku{number}@kirkkoranta.example", address="::ffff:192.0.2.1")
    assert is_refused(sign_in(cast.kaisa.email, OIKEA, address="192.0.2.1"))
    assert is_in(sign_in(cast.kaisa.email, OIKEA, address="::ffff:192.0.2.2"))


def test_a_forged_header_is_not_believed(cast):
    for number in range(20):
        forged = {"X-Forwarded-For": f"203.0.113.{number}", "X-Real-IP": "203.0.113.1", "Forwarded": "for=203.0.113.1"}
        sign_in(f"joku{number}@kirkkoranta.example", **forged)
    assert is_refused(sign_in(cast.veikko.email, OIKEA, **{"X-Forwarded-For": "203.0.113.200"}))


def test_behind_a_proxy_only_what_the_proxy_adds_is_believed(cast, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(20):
        sign_in(f"joku{number}@kirkkoranta.example", **{"X-Forwarded-For": f"203.0.113.{number}, 198.51.100.7"})
    assert is_refused(sign_in(cast.veikko.email, OIKEA, **{"X-Forwarded-For": "203.0.113.200, 198.51.100.7"}))
    assert is_in(sign_in(cast.veikko.email, OIKEA, **{"X-Forwarded-For": "198.51.100.7, 198.51.100.8"}))


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_unix_socket_tells_no_address_and_nothing_breaks(count, cast, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = count
    for number in range(21):
        assert not is_refused(sign_in(f"joku{number}@kirkkoranta.example", address=""))
    answers = [sign_in(cast.kaisa.email, address="") for _ in range(11)]
    assert [is_refused(answer) for answer in answers] == [False] * 10 + [True]
    assert is_in(sign_in(cast.veikko.email, OIKEA, address=""))


def test_a_browser_known_before_has_ten_of_its_own(cast):
    own = Client()
    assert is_in(sign_in(cast.veikko.email, OIKEA, client=own))
    own.post(reverse("account_logout"))
    for address in addresses(11):
        sign_in(cast.veikko.email, address=address)
    answers = [sign_in(cast.veikko.email, client=own) for _ in range(9)]
    assert not any(map(is_refused, answers))
    assert is_in(sign_in(cast.veikko.email, OIKEA, client=own))
    own.post(reverse("account_logout"))
    answers = [sign_in(cast.veikko.email, client=own) for _ in range(2)]
    assert [is_refused(answer) for answer in answers] == [False, True]


def test_a_known_browser_is_its_persons_own_and_dies_with_the_password(cast, settings):
    own, name = Client(), settings.TUTUN_SELAIMEN_EVASTE
    sign_in(cast.veikko.email, OIKEA, client=own)
    cookie = own.cookies[name]
    assert (cookie["httponly"], cookie["secure"], cookie["samesite"], cookie["path"]) == (True, True, "Lax", "/")
    known = Client()
    known.cookies[name] = cookie.value
    for address in addresses(11):
        sign_in(cast.kaisa.email, address=address)
        sign_in(cast.veikko.email, address=address)
    assert is_refused(sign_in(cast.kaisa.email, OIKEA, client=known))
    forged = Client()
    forged.cookies[name] = cookie.value[:-2] + "xx"
    assert is_refused(sign_in(cast.veikko.email, OIKEA, client=forged))
    cast.veikko.set_password("uusi-vene-soutaa-hiljaa")
    cast.veikko.save()
    assert is_refused(sign_in(cast.veikko.email, "uusi-vene-soutaa-hiljaa", client=known))


def test_two_people_share_a_browser(cast):
    shared = Client()
    for person in (cast.veikko, cast.kaisa):
        assert is_in(sign_in(person.email, OIKEA, client=shared))
        shared.post(reverse("account_logout"))
    for address, person in itertools.product(addresses(10), (cast.veikko, cast.kaisa)):
        sign_in(person.email, address=address)
    for person in (cast.veikko, cast.kaisa):
        assert is_in(sign_in(person.email, OIKEA, client=shared))
        shared.post(reverse("account_logout"))


def test_a_mailed_reset_opens_at_once_even_from_a_closed_address(cast):
    for address in addresses(10):
        sign_in(cast.veikko.email, address=address)
    for number in range(20):
        sign_in(f"joku{number}@kirkkoranta.example")
    own = Client(REMOTE_ADDR="192.0.2.1")
    page = own.get(password_link(cast.veikko).removeprefix("https://localhost"), follow=True)
    new = {"password1": "uusi-vene-soutaa-hiljaa", "password2": "uusi-vene-soutaa-hiljaa"}
    own.post(page.redirect_chain[-1][0], new)
    assert is_in(sign_in(cast.veikko.email, new["password1"], client=own))
    assert is_in(sign_in(cast.veikko.email, new["password1"], address="203.0.113.1"))


def test_a_place_is_free_again_fifteen_minutes_after_it_was_taken(cast, monkeypatch):
    now, passed = timezone.now(), timedelta(0)

    class Kello:
        @staticmethod
        def now():
            return now + passed

    monkeypatch.setattr(yritykset, "timezone", Kello)
    monkeypatch.setattr(yrityskanta, "timezone", Kello)
    tried = []
    for minutes in range(0, 61, 1):
        passed = timedelta(minutes=minutes, seconds=1)
        tried += [minutes for _ in range(4) if not is_refused(sign_in(cast.veikko.email, address=f"192.0.2.{minutes}"))]
    for start in range(46):
        assert sum(start <= minute < start + 15 for minute in tried) <= 10
    assert len(tried) == 44  # ten in each quarter, and the first four of the fifth


def test_nothing_that_was_typed_is_kept(cast):
    sign_in("salasana-vaarassa-kentassa@kirkkoranta.example")
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM yritykset")
        rows = str(cursor.fetchall())
    assert "salasana" not in rows
    assert "192.0.2.1" not in rows


def test_other_names_wash_no_count_out(cast):
    for address in addresses(10):
        sign_in(cast.veikko.email, address=address)
    for number in range(1_000):
        yritykset.begin_try(f"@joku{number}@kirkkoranta.example", osoite=f"2001:db8:{number:x}::")
    assert is_refused(sign_in(cast.veikko.email, OIKEA))


def test_the_table_keeps_a_hundred_thousand_others(cast):
    for address in addresses(10):
        sign_in(cast.veikko.email, address=address)
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 100000)"
            " INSERT INTO yritykset (cache_key, value, expires)"
            " SELECT 'z' || n, (SELECT max(value) FROM yritykset), (SELECT max(expires) FROM yritykset) FROM n"
        )
    assert is_refused(sign_in(cast.veikko.email, OIKEA))
    assert yritykset.drop_worn_out() == 0
