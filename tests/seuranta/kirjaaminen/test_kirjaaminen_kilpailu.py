"""Two editors over HTTP at the same moment: nobody's text is overwritten in silence, and twice sent is one record."""

import http.client
import threading
from collections import Counter
from urllib.parse import urlencode, urlsplit

import pytest
from django.urls import reverse

from seuranta.models import Kirjaus
from tests.cast import build_cast

from .test_views import row

AVAIN = "a" * 32  # a CSRF secret: what counts is that the cookie and the form say the same


class Selain:
    """One person's browser: a connection of its own to the running site."""

    def __init__(self, live_server, cookie, path):
        self.connection = http.client.HTTPConnection(urlsplit(live_server.url).netloc, timeout=60)
        self.path = path
        self.headers = {
            "Cookie": f"{cookie.key}={cookie.value}; csrftoken={AVAIN}",
            "Content-Type": "application/x-www-form-urlencoded",
        }

    def save(self, fields, *, by_row):
        """-> (status, what became of the row, text of the answer)"""
        headers = self.headers | ({"HX-Request": "true"} if by_row else {})
        body = urlencode(fields | {"csrfmiddlewaretoken": AVAIN})
        self.connection.request("POST", self.path, body, headers)
        answer = self.connection.getresponse()
        return answer.status, answer.headers["X-Kirjaus"], answer.read().decode()


@pytest.fixture
def selaimet(live_server, kirjautunut, settings):
    """Veikko's and Hilkka's browsers on the page of the same open jakso."""
    cast = build_cast()
    path = reverse("seuranta:kirjaus-lista", args=[cast.jakso.pk])
    cookies = [kirjautunut(who).cookies[settings.SESSION_COOKIE_NAME] for who in (cast.veikko, cast.hilkka)]
    return cast, [Selain(live_server, cookie, path) for cookie in cookies]


def at_once(jobs):
    """Run the functions at the same moment -> their results in order."""
    start, results = threading.Barrier(len(jobs)), [None] * len(jobs)

    def run(number, job):
        start.wait()
        results[number] = job()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.vain_postgres  # SQLite has one writer at a time: these would only queue
@pytest.mark.parametrize("by_row", [True, False], ids=["rivi kerrallaan", "koko sivu"])
def test_a_thousand_saves_by_two_editors_overwrite_nothing_in_silence(by_row, selaimet, kierrokset):
    cast, browsers = selaimet
    saved, winners = [], Counter()
    for versio in range(kierrokset(1000) // 2):
        texts = [f"{who}, kierros {versio} & ä." for who in ("Veikko", "Hilkka")]
        forms = [
            row(cast.vayla, versio=versio, aste=str(n + 2), kommentti=text) | {"rivi": cast.vayla.pk}
            for n, text in enumerate(texts)
        ]
        jobs = [
            lambda browser=browser, form=form: browser.save(form, by_row=by_row)
            for browser, form in zip(browsers, forms, strict=True)
        ]
        # Each in turn is the one to be started last, and so the first to go.
        told = at_once(jobs) if versio % 2 else at_once(jobs[::-1])[::-1]
        statuses = [status for status, _outcome, _page in told]
        assert sorted(statuses) == ([200, 409] if by_row else [302, 409]), statuses
        loser = statuses.index(409)
        winner = texts[1 - loser]
        for text in texts:
            assert text.replace("&", "&amp;") in told[loser][2], "häviäjä näkee molemmat tekstit"
        assert Kirjaus.objects.get(jakso=cast.jakso).kommentti == winner
        saved.append(winner)
        winners[loser] += 1
    kirjaus = Kirjaus.objects.get(jakso=cast.jakso)
    assert list(kirjaus.history.order_by("history_id").values_list("kommentti", flat=True)) == saved
    assert kirjaus.versio == len(saved)
    assert len(winners) == 2, "sama voitti joka kerran: kilpailu ei ollut kilpailu"


def test_a_double_submit_makes_one_record(selaimet, kierrokset):
    cast, browsers = selaimet
    veikko, again = browsers[0], browsers[1]
    again.headers = veikko.headers  # the same person's second press of the button
    for number in range(kierrokset(100)):
        form = row(cast.vayla, versio=number, aste="3", kommentti=f"Kerran {number}.") | {"laheta": cast.vayla.pk}
        told = at_once([lambda b=b, f=form: b.save(f, by_row=False) for b in (veikko, again)])
        assert [status for status, _outcome, _page in told] == [302, 302]
        kirjaus = Kirjaus.objects.get(jakso=cast.jakso)
        assert (kirjaus.versio, kirjaus.history.count()) == (number + 1, number + 1)
