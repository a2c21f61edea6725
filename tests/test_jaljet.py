"""What a POST leaves behind, of every form of every page: one row of the audit, or of history, or nothing at all.

And of every address: a POST without its token is refused, and the answer carries the strict headers.
"""

import logging
from collections import defaultdict

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from seuranta.models import Tuonti
from seuranta.taulukko import sandbox
from seuranta.vastaustaulukko.kirja import answer_table_bytes
from strategia.kayttaja.tunnus import password_link
from strategia.models import Tapahtuma

from .jaljet import EI_MUUTA, GET_TALLENTAA, HISTORIA, TAPAHTUMA
from .jalkikokeet import KOKEET
from .lomakkeet import list_forms, read_forms
from .matriisi import Kirjoitukset, build_world
from .osoitteet import AVAIMELLA, address, known_names
from .vieraat import digest_of_database
from .ymparisto import on_osana, paivan_osa

TAYTTAJAT = ("aino", "kaisa", "hilkka", "veikko")
# What an act leaves beside itself: messages to go, and tables that keep what was read.
SIVUSSA = ("strategia_ilmoitusviesti", "django_tasks", "strategia_lahteva")


@pytest.fixture(scope="module")
def rauhallinen_lapsi():
    with sandbox.Lapsi(wall_seconds=120) as lapsi:
        yield lapsi


@pytest.fixture
def maailma(db, rauhallinen_lapsi, monkeypatch):
    monkeypatch.setattr(sandbox, "read_in_child", rauhallinen_lapsi.read)
    logging.disable(logging.ERROR)
    yield build_world()
    logging.disable(logging.NOTSET)


def name_of(path):
    """The url name of an address that a form is sent to."""
    try:
        return resolve(path.partition("?")[0].partition("#")[0]).view_name
    except Resolver404:
        return path


class Jaljet:
    """Sends forms, keeps what was wrong, and which kinds each address has left."""

    def __init__(self, maailma):
        self.maailma, self.before = maailma, digest_of_database()
        self.faults, self.kinds, self.history = [], defaultdict(set), defaultdict(set)

    def send(self, who, path, data):
        name, client = name_of(path), self.maailma.clients[who]
        client.cookies = self.maailma.cookies[who].copy()
        last = Tapahtuma.objects.values_list("pk", flat=True).first() or 0
        writes = Kirjoitukset()
        with transaction.atomic(), connection.execute_wrapper(writes):
            answer = client.post(path, data)
            rows = list(Tapahtuma.objects.filter(pk__gt=last))
            after = digest_of_database() if writes.found else self.before
            transaction.set_rollback(True)
        changed = {table for table in after if after[table] != self.before[table]}
        if fault := self._fault(name, answer, rows, changed):
            self.faults.append(f"{who} {path} ({name}): {fault}")
        return answer

    def send_form(self, who, form, files):
        """The form, and where its answer asks to confirm, the form that does."""
        answer = self.send(who, form.osoite, form.data(files))
        if answer.status_code == 200 and not answer.streaming:
            for step in read_forms(answer.text, form.osoite):
                if any(kentta.nimi == "vahvista" for kentta in step.kentat):
                    self.send(who, step.osoite, step.data(files))

    def has_left(self, name):
        return bool(self.kinds[name] or self.history[name])

    def _fault(self, name, answer, rows, changed):
        lajit = [row.laji for row in rows]
        self.kinds[name].update(lajit)
        self.history[name] |= changed
        own = {table for table in changed if not table.startswith(SIVUSSA)}
        if answer.status_code >= 500:
            return str(answer.status_code)
        if answer.status_code >= 400 and lajit:
            return f"{answer.status_code}, mutta rivi jäi: {lajit}"
        if name in TAPAHTUMA:
            if len(lajit) > 1 or (own and not lajit):
                return f"rivejä {lajit}, muuttui {sorted(own)}"
            return "" if set(lajit) <= TAPAHTUMA[name] else f"väärä laji {lajit}"
        if name in HISTORIA:
            return f"myös rivi {lajit}" if lajit else ""
        return f"ei taulukossa: {lajit}, {sorted(own)}" if own or lajit else ""


# --- the table


@pytest.fixture
def osoitteet(cast):
    """{url name: its path}, of the cast's own rows; Django's admin apart: test_hallinnan_jaljet.py has its own."""
    return {name: address(name, cast, cast.versio) for name in sorted(known_names())}


def test_every_address_that_takes_a_post_is_in_the_table_and_no_other(osoitteet, cast, kirjautunut):
    """Whoever may not gets another answer than that the address takes none."""
    told = {*TAPAHTUMA, *HISTORIA, *EI_MUUTA}
    assert len(told) == len(TAPAHTUMA) + len(HISTORIA) + len(EI_MUUTA)
    aino = kirjautunut(cast.aino)
    statuses = {name: _try_post(aino, path) for name, path in osoitteet.items()}
    takes = {name for name, status in statuses.items() if status != 405}
    assert (takes - told, told - takes) == (set(), set())


def _try_post(client, path):
    """The status; nothing that it did stays, nor does it sign out."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        status = client.post(path).status_code
        transaction.set_rollback(True)
    client.cookies = cookies
    return status


def test_what_is_told_to_change_nothing_changes_nothing(osoitteet, cast, kirjautunut):
    clients = [Client(), *(kirjautunut(getattr(cast, who)) for who in TAYTTAJAT)]
    before, rows, faults = digest_of_database(), Tapahtuma.objects.count(), []
    for name in EI_MUUTA:
        for client in clients:
            client.post(osoitteet[name], {"uudelleen": "1", "tiiviste": "0" * 64, "email": cast.veikko.email})
        after = digest_of_database()
        faults += [(name, table) for table in after if after[table] != before[table]]
    assert not faults
    assert Tapahtuma.objects.count() == rows


# --- what is only opened


def test_opening_a_mailed_link_writes_no_row(cast):
    client, before = Client(), digest_of_database()
    page = client.get(password_link(cast.veikko).removeprefix("https://localhost"), follow=True)
    assert 'name="password1"' in page.text
    after = digest_of_database()
    assert {table for table in after if after[table] != before[table]} == set()


@pytest.mark.parametrize("name", [name for name, (columns, _why) in GET_TALLENTAA.items() if columns])
def test_a_preview_keeps_its_reading_and_nothing_else(name, maailma):
    """Of the file's row, and of no other."""
    kohde = maailma.kohteet["tuonti" if name == "seuranta:tuonti-detail" else "vastaukset"][0]
    Tuonti.objects.filter(pk=kohde.pk).update(jasennetty=None, jasennyksen_avain="")
    args = [kohde.pk] if name == "seuranta:tuonti-detail" else [maailma.cast.jakso.pk, kohde.pk]
    before, row = digest_of_database(), Tuonti.objects.values().get(pk=kohde.pk)
    client = maailma.clients["kaisa" if "vastaus" in name else "aino"]
    page = client.get(reverse(name, args=args))
    assert page.status_code == 200
    changed = {key for key, value in Tuonti.objects.values().get(pk=kohde.pk).items() if value != row[key]}
    assert changed == GET_TALLENTAA[name][0]
    after = digest_of_database()  # which leaves those columns out
    assert {table for table in after if after[table] != before[table]} == set()


# --- what is done


@pytest.mark.vain_sqlite
def test_every_form_leaves_what_the_table_says(maailma):
    jaljet, cast = Jaljet(maailma), maailma.cast
    files = {"tiedosto": answer_table_bytes(cast.jakso, cast.tekniset, cast.veikko)}
    for who in TAYTTAJAT:
        for form in list_forms(maailma, who, osana=True):
            if form.tapa == "post" and (who == "aino" or not jaljet.has_left(name_of(form.osoite))):
                jaljet.send_form(who, form, files)
    assert not jaljet.faults, "\n".join(jaljet.faults[:80])
    if on_osana():
        return  # that each act has left its row somewhere is known when all pages have been walked
    untried = {name for name in TAPAHTUMA if not jaljet.kinds[name]} - set(KOKEET)
    silent = {name for name in HISTORIA if table_of(name) not in jaljet.history[name]} - set(KOKEET)
    told = [f"ei kokeiltu: {sorted(untried)}", f"historiaa ei jäänyt: {sorted(silent)}"]
    assert not (untried or silent), "\n".join(told)


def table_of(name):
    """Where the act's own rows are."""
    tables = {model.__name__: model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    return tables[HISTORIA[name]]


@pytest.mark.parametrize("name", KOKEET)
def test_what_no_form_does_by_itself_leaves_one_row_too(name, cast, kirjautunut):
    client, path, data = KOKEET[name](cast, kirjautunut)
    last, before = Tapahtuma.objects.values_list("pk", flat=True).first() or 0, digest_of_database()
    answer = client.post(path, data)
    rows, after = list(Tapahtuma.objects.filter(pk__gt=last).values_list("laji", flat=True)), digest_of_database()
    led = answer.headers.get("Location")  # to show anew who one is, where that is over five minutes ago
    told = answer.status_code, led, rows, answer.context and getattr(answer.context.get("form"), "errors", "")
    if name in HISTORIA:
        assert not rows, told
        assert after[table_of(name)] != before[table_of(name)], told
    else:
        assert len(rows) == 1, told
        assert rows[0] in TAPAHTUMA[name]


# --- every address


TERVEYS = {"strategia:terveys-alive", "strategia:terveys-ready"}  # take no POST at all
OTSAKKEET = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def test_a_post_without_its_token_is_refused_everywhere(osoitteet, cast):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(cast.aino)
    statuses = {name: client.post(path).status_code for name, path in osoitteet.items()}
    reads = {name for name in statuses if name.startswith("seuranta:rajapinta-julkinen")}  # answers GET alone
    exempt = AVAIMELLA | TERVEYS | reads | {"raportit:tilaus-lopeta"}  # a mail reader's button: RFC 8058
    wrong = {name: status for name, status in statuses.items() if name not in exempt and status != 403}
    assert not wrong
    assert {statuses[name] for name in exempt} <= {401, 405, 200}


def test_every_address_carries_the_headers(osoitteet, cast, kirjautunut):
    """That a GET changes nothing is tried by the matrix, with every role and object."""
    client, faults = kirjautunut(cast.aino), []
    for name, path in paivan_osa(osoitteet.items(), lambda each: each[0].partition("-")[0]):
        answer = client.get(path)
        missing = [key for key, value in OTSAKKEET.items() if answer.headers.get(key) != value]
        if "frame-ancestors 'none'" not in answer.headers.get("Content-Security-Policy", ""):
            missing.append("CSP")
        if not answer.headers.get("X-Request-ID"):
            missing.append("X-Request-ID")
        if missing:
            faults.append((name, missing))
    assert not faults
