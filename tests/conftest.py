"""Fixtures that every test may use, and the rules that no test has to remember."""

import gc
import itertools
import logging
import os
import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial, wraps
from pathlib import Path
from unittest.mock import patch
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client

import raportit.muodot.pdf
from raportit.tallenne.piirto import draw_here
from seuranta.management.commands import tuo
from seuranta.taulukko import sandbox
from strategia import sahkoposti, sivumuisti
from strategia.lokirivi import PYYNNOT

from . import tyhja_kanta, ymparisto
from .cast import build_cast
from .demo import build_demo
from .kierros import collect
from .lavastus import Lavastus
from .ohitus import pytest_make_collect_report, pytest_runtest_makereport  # noqa: F401  hooks
from .osiointi import partition_database
from .posti import Posti
from .raportit.pdf_tarkistus import check_pdf
from .settings import TESTIKANSIO
from .sisaan import sign_in
from .tyhjennys import own_flush

TRANSACTIONAL_FIXTURES = {"transactional_db", "live_server"}
DATABASE_FIXTURES = {"db", *TRANSACTIONAL_FIXTURES}
LAVASTUKSET = {"cast": build_cast, "demo": build_demo}
TYHJASTA_ALKAVAT = {"uusi_asennus", "tyhja_sqlite"}
# Files of tests that are of the database: queries, races, limits, triggers and what a POST leaves.
KANNAN_OMAT = re.compile(
    r"models|_kysely\.|nopea|samaan_aikaan|kilpailu|permissions|kanta|pituudet|puhdistus|poist|jaljet"
    r"|tapahtuma|kanaria|arvot|kumous|_versio|test_koko\."
)
VAIN_TOISELLA = ("selain", "ei_kantaa", "vain_sqlite", "vain_postgres")  # what runs in one half only, whatever the day
KANSIOT = itertools.count()
MUODOT = ymparisto.JUURI / "tests" / "raportit" / "muodot"
# Without the windows of a desktop's browser, which take half of the time of a test's page and draw nothing of it.
CHROMIUM = "/usr/bin/chromium-headless-shell"
CHROMIUM_ARGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    # The browser itself must not talk to anybody while a test listens to where the page talks.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_report_header():
    return ymparisto.kerro_osuus()


# --- which tests run on which database


def pytest_itemcollected(item):
    """Mark what touches no database and what uses the browser: nobody needs to remember it."""
    if _touches_database(item):
        item.fixturenames.insert(0, "_lavastettu")  # before the test's own transaction begins
    else:
        item.add_marker("ei_kantaa")
        if item.path.is_relative_to(MUODOT):
            item.add_marker("muoto")
    if "selain" in item.fixturenames:
        item.add_marker("selain")


def _touches_database(item):
    marked = item.get_closest_marker("django_db") is not None
    return marked or not DATABASE_FIXTURES.isdisjoint(item.fixturenames)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """Leave out what only the other database or all rounds would run, and put the browser last."""
    others = ["vain_sqlite" if ymparisto.ON_POSTGRES else "vain_postgres"]
    others += [] if ymparisto.on_kaikki() else ["vain_kaikki"]
    left_out = {item for item in items if any(map(item.get_closest_marker, others)) or not _has_its_turn(item)}
    config.hook.pytest_deselected(items=list(left_out))
    items[:] = [item for item in items if item not in left_out]
    # Playwright leaves an event loop running in this thread, which no other test should meet.
    items.sort(key=lambda item: item.get_closest_marker("selain") is not None)


def _has_its_turn(item):
    """Either database will do, but where the test is of what a database itself keeps or refuses.

    With all rounds each runs on both.
    """
    needs_both = KANNAN_OMAT.search(item.path.name) or any(map(item.get_closest_marker, VAIN_TOISELLA))
    return bool(needs_both) or ymparisto.on_vuorossa(item.path.relative_to(ymparisto.JUURI))


def pytest_collection_finish():
    """Collect garbage seldom: what is loaded by now lives to the end, and looking at it again costs a tenth of all."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


# --- the log


@pytest.fixture(scope="session", autouse=True)
def _no_log_of_refusals():
    """Writing it, with its traceback, takes as long as refusing; a test that meets one tells its status."""
    logger = logging.getLogger("django.request")
    logger.addFilter(_is_no_refusal)
    yield
    logger.removeFilter(_is_no_refusal)


@pytest.fixture(scope="session", autouse=True)
def _no_line_of_each_request():
    """Tens of thousands of them are kept for the report of a failure, which they would bury; test_loki.py asks them."""
    logging.getLogger(PYYNNOT).setLevel(logging.WARNING)


def _is_no_refusal(record):
    return getattr(record, "status_code", 500) >= 500


# --- the databases


@pytest.fixture(scope="session", autouse=True)
def _flush_past_triggers():
    """A fixture of the transactional test's own could not do it: pytest-django's flush comes after it."""
    with own_flush():
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, request):
    """With OSIOITU=1 (`make test-osioitu`) on tables partitioned by hash of kunta: see osiointi.py."""
    if any(not TYHJASTA_ALKAVAT.isdisjoint(item.fixturenames) for item in request.session.items):
        with django_db_blocker.unblock():
            tyhja_kanta.keep(connection, TESTIKANSIO)
    if ymparisto.OSIOITU:
        with django_db_blocker.unblock():
            partition_database(connection)


@pytest.fixture
def tyhja_sqlite(django_db_setup):
    """`tyhja_sqlite(path)`: a database of SQLite is there, with its tables and not a row."""
    return partial(tyhja_kanta.copy_sqlite, TESTIKANSIO)


@pytest.fixture
def kannan_url(transactional_db):
    """DATABASE_URL of the test database, for a child process that a test starts on it."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{name}"


@pytest.fixture(autouse=True)
def _clean_cache(request):
    """Sign-in counts its wrong tries in the cache, a table of the database: one test's tries are not another's."""
    yield
    if _touches_database(request.node):
        with request.getfixturevalue("django_db_blocker").unblock():
            for each in caches.all(initialized_only=True):
                each.clear()


@pytest.fixture(autouse=True)
def _no_kept_pages():
    """The next test's kunta has the same number and another report."""
    sivumuisti.forget_all()


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path_factory, request):
    if _touches_database(request.node):
        # numbered by pytest it would read the names of all that there are, thousands at the end
        settings.MEDIA_ROOT = tmp_path_factory.mktemp(f"media{next(KANSIOT)}", numbered=False)


@pytest.fixture(scope="session")
def lapsi():
    with sandbox.Lapsi() as lapsi:
        yield lapsi


@pytest.fixture(autouse=True)
def _one_child_for_all(monkeypatch, request):
    """One child reads all files: what is read is the same, and its start is half of the time of many a test.

    On SQLite a module marked `oma_lapsi` starts one for each file, as the site does.
    """
    starts_own = request.node.get_closest_marker("oma_lapsi") and not ymparisto.ON_POSTGRES
    if _touches_database(request.node) and not starts_own:
        read = request.getfixturevalue("lapsi").read
        monkeypatch.setattr(sandbox, "read_in_child", read)
        monkeypatch.setattr(tuo, "read_in_child", read)


@pytest.fixture(autouse=True)
def _every_pdf_is_checked(monkeypatch):
    """No test makes a PDF that a screen reader could not read: see pdf_tarkistus.py."""
    draw = raportit.muodot.pdf._draw

    def draw_and_check(html, css, identifier):
        content = draw(html, css, identifier)
        check_pdf(content, html)
        return content

    monkeypatch.setattr(raportit.muodot.pdf, "_draw", draw_and_check)
    draw_here()  # a child's would be checked by nobody; test_piirto.py asks for children


# --- the story


@pytest.fixture
def kierrokset():
    """`kierrokset(1000)`: all rounds with KIERROKSET=kaikki, else a twentieth."""
    return ymparisto.kierrokset


@pytest.fixture
def cast(db, request, lavastus):
    """Kirkkoranta, its people and its plan; see cast.py."""
    return lavastus.copy_built() if _find_shared(request.node) else build_cast()


@pytest.fixture
def demo(db, lavastus):
    """`manage.py demo` has been run where nothing was: what it printed."""
    return lavastus.copy_built()


@pytest.fixture(scope="session")
def lavastus(django_db_setup, django_db_blocker):
    lavastus = Lavastus()
    yield lavastus
    with django_db_blocker.unblock():
        lavastus.close()


@pytest.fixture
def _lavastettu(request, lavastus, django_db_blocker):
    """Who asks for the cast or the demo finds it in the database, and who does not finds nothing there."""
    with django_db_blocker.unblock():
        if build := _find_shared(request.node):
            lavastus.open(request.node.module, build)
        else:
            lavastus.close()


def _find_shared(item):
    """What builds what it takes and rolls back to; None for what really commits: it has a cast of its own."""
    marker = item.get_closest_marker("django_db")
    commits = (marker and marker.kwargs.get("transaction")) or not TRANSACTIONAL_FIXTURES.isdisjoint(item.fixturenames)
    return None if commits else next((LAVASTUKSET[name] for name in LAVASTUKSET if name in item.fixturenames), None)


@pytest.fixture(scope="session")
def kokoelma(django_db_setup, django_db_blocker):
    """Every answer that anybody can get, taken once; the database is then as it was. See kierros.py.

    pytest-django makes the database only if a test says that it uses it: mark those that use this.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        kokoelma = collect()
        transaction.set_rollback(True)
    return kokoelma


@pytest.fixture(scope="session", autouse=True)
def _who_is_signed_in_by_force_has_passed_the_second_factor():
    """`force_login` stands for a whole sign-in: see sisaan.py. The rules' own tests sign in."""
    force_login, Client.force_login = Client.force_login, sign_in
    yield
    Client.force_login = force_login


@pytest.fixture
def kirjautunut():
    """`kirjautunut(cast.veikko)`: a test client signed in as this person."""

    def sign_in(user):
        client = Client()
        client.force_login(user)
        return client

    return sign_in


# --- the mail


@pytest.fixture
def posti(settings):
    """A mail server of our own on this machine, and what it has been sent; see posti.py."""
    with Posti() as posti:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = posti.host, posti.port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.DEFAULT_FROM_EMAIL = "Strategian seuranta <seuranta@kirkkoranta.example>"
        yield posti


@pytest.fixture(autouse=True)
def _mail_leaves_at_once(monkeypatch, request):
    """A page's mail leaves in the test's own transaction; what leaves after it, as on the site: `sivun_jalkeen`."""
    if "sivun_jalkeen" not in request.fixturenames:
        monkeypatch.setattr(sahkoposti, "_hand_over", lambda act: act())


@pytest.fixture
def sivun_jalkeen(monkeypatch):
    """Mail leaves after the page, in a thread of its own; `sivun_jalkeen()` waits until it has left or been queued."""
    lahettajat = ThreadPoolExecutor(max_workers=2)
    monkeypatch.setattr(sahkoposti, "_lahettajat", lahettajat)
    yield lahettajat.shutdown
    lahettajat.shutdown()


@pytest.fixture(autouse=True)
def _every_message_says_that_a_machine_sent_it():
    """No test sends a message that an absence reply could answer: see AUTOMAATTINEN in strategia/sahkoposti.py."""
    yield
    for viesti in getattr(mail, "outbox", ()):
        headers = viesti.message()
        told = (headers["Auto-Submitted"], headers["X-Auto-Response-Suppress"])
        assert told == ("auto-generated", "All"), f"viesti ei kerro olevansa automaattinen: {viesti.subject}"


# --- the browser


@pytest.fixture(scope="session")
def selain():
    """Debian's Chromium."""
    from playwright.sync_api import Locator, sync_playwright

    if not Path(CHROMIUM).exists():
        pytest.skip(f"selainta ei ole: {CHROMIUM}")
    with sync_playwright() as playwright:
        # Its event loop runs in this thread: Django would refuse every query as an async one.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
        as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS + as_root)
        with ExitStack() as patches:
            for act in ("click", "press"):
                patches.enter_context(patch.object(Locator, act, _until_loaded(getattr(Locator, act))))
            yield browser
        browser.close()


def _until_loaded(act):
    """Playwright's act returns when the page it opens begins to arrive: a count taken at once may be half a page's."""

    @wraps(act)
    def act_and_wait(locator, *args, **kwargs):
        act(locator, *args, **kwargs)
        if not locator.page.is_closed():
            locator.page.wait_for_load_state()

    return act_and_wait


@pytest.fixture
def selaimen_virheet():
    """What the page complained of; a test that expects an error page clears it."""
    return []


@pytest.fixture
def sivu(selain, live_server, selaimen_virheet):
    """A page of the running site. Errors in its console and requests to other hosts fail the test."""
    context = selain.new_context(base_url=live_server.url, locale="fi-FI", timezone_id="Europe/Helsinki")
    context.set_default_timeout(30_000)
    _collect_complaints(context, urlsplit(live_server.url).netloc, selaimen_virheet)
    yield context.new_page()
    context.close()
    if selaimen_virheet:
        pytest.fail("Sivu valitti:\n" + "\n".join(selaimen_virheet))


def _collect_complaints(context, own_host, complaints):
    def on_console(message):
        if message.type == "error":
            complaints.append(f"konsoli: {message.text}")

    def on_request(request):
        url = urlsplit(request.url)
        if url.scheme in ("http", "https", "ws", "wss") and url.netloc != own_host:
            complaints.append(f"pyyntö muualle: {request.url}")

    context.on("console", on_console)
    context.on("weberror", lambda error: complaints.append(f"virhe: {error.error}"))
    context.on("request", on_request)


@pytest.fixture
def sivu_kayttajana(sivu, live_server, settings, kirjautunut):
    """`sivu_kayttajana(cast.veikko)`: the page, signed in as this person without the sign-in form."""

    def sign_in(user):
        cookie = kirjautunut(user).cookies[settings.SESSION_COOKIE_NAME]
        sivu.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        return sivu

    return sign_in
