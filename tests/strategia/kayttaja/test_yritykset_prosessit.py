"""Wrong tries as one that breaks in would make them: at once, to several processes of gunicorn, over a restart."""

import itertools
import random
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from urllib.parse import urlencode

import pytest

from strategia import yritykset
from tests.kone import AVAIN, Koneet, Yhteys

OIKEA, VAARA = "sininen-vene-soutaa-hiljaa", "aivan-vaara-salasana"
NIMET = ["seuranta.kirkkoranta.example", "keuruu.example", "a.keuruu.example", "localhost", "127.0.0.1", "[::1]"]
PORTIT = ["", ":80", ":443", ":8000", ":8443", ":65535"]


@pytest.fixture
def gunicorn(kannan_url, tmp_path):
    """`with gunicorn() as osoite`: two workers on a socket of their own; the proxy before them is the test."""

    @contextmanager
    def start():
        with Koneet(tmp_path) as koneet:
            yield koneet.palvelin("a", "--workers", "2", "--log-level", "error", DATABASE_URL=kannan_url).path

    return start


def sign_in(path, email, salasana, address, host="localhost"):
    """(status, text) of the sign-in page as the proxy gets it for a client of this address, who lies about it."""
    yhteys = Yhteys(path)
    headers = {
        "Host": host,
        "X-Forwarded-For": f"203.0.113.{random.randrange(256)}, {address}",  # noqa: S311
        "Cookie": f"csrftoken={AVAIN}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    body = urlencode({"login": email, "password": salasana, "csrfmiddlewaretoken": AVAIN})
    yhteys.request("POST", "/tili/kirjaudu/", body, headers)
    answer = yhteys.getresponse()
    told = answer.status, answer.read().decode()
    yhteys.close()
    return told


def count_looked_at(answers):
    """How many passwords were looked at; every answer is a page."""
    assert {status for status, _text in answers} <= {200, 302}, [status for status, _text in answers]
    return sum("liian monta kertaa" not in text for _status, text in answers)


@pytest.mark.django_db(transaction=True)
def test_a_hundred_wrong_ones_at_once_are_ten_whatever_they_come_by(cast, gunicorn):
    for person in (cast.veikko, cast.kaisa):
        person.set_password(OIKEA)
        person.save(update_fields=["password"])
    hosts = [f"{name}{port}" for name, port in itertools.product(NIMET, PORTIT)]
    sources = [f"198.51.100.{number}" for number in range(25)] + [f"2001:db8:{n:x}::{n}" for n in range(1, 26)]
    tries = [(cast.veikko.email, VAARA, sources[n % 50], hosts[n % len(hosts)]) for n in range(100)]
    with gunicorn() as path, ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda told: sign_in(path, *told), tries[:60]))
        for number in range(1_000):
            yritykset.begin_try(f"@joku{number}@kirkkoranta.example", osoite=f"2001:db8:ff:{number:x}::")
    with gunicorn() as path, ThreadPoolExecutor(16) as pool:
        answers += list(pool.map(lambda told: sign_in(path, *told), tries[60:]))
        assert count_looked_at(answers) == 10
        assert sign_in(path, cast.veikko.email, OIKEA, "192.0.2.1")[0] == 200
        assert sign_in(path, cast.kaisa.email, OIKEA, "192.0.2.1")[0] == 302
        neighbours = [(f"joku{n % 50}@kirkkoranta.example", VAARA, f"2001:db8:1:2::{n:x}") for n in range(110)]
        refused = sum("Verkosta" in text for _s, text in pool.map(lambda told: sign_in(path, *told), neighbours))
        assert refused == 10
        assert sign_in(path, cast.kaisa.email, OIKEA, "2001:db8:1:2:abcd::1")[0] == 200
        assert sign_in(path, cast.kaisa.email, OIKEA, "2001:db8:1:3::1")[0] == 302
