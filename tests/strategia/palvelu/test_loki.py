"""The log: a line of JSON for each request and task, the id of which the answer and the page tell; nothing personal."""

import json
import logging
from smtplib import SMTPRecipientsRefused

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from raportit.tallenne import jono
from raportit.tallenne.tallenteet import stored_bytes
from raportit.tallenne.tyontekija import Tyontekija
from strategia.lokirivi import PYYNNOT, JsonRivi


class Kerays(logging.Handler):
    """Writes each line as it comes: by what is known at that moment."""

    def __init__(self):
        super().__init__()
        self.setFormatter(JsonRivi())
        self.rivit = []

    def emit(self, record):
        self.rivit.append(json.loads(self.format(record)))


@pytest.fixture
def rivit(caplog):
    """`rivit()`: what has been logged, as the operator's machine reads it."""
    caplog.set_level(logging.INFO, logger=PYYNNOT)
    kerays = Kerays()
    logging.getLogger().addHandler(kerays)
    yield lambda: kerays.rivit
    logging.getLogger().removeHandler(kerays)


def test_a_request_leaves_one_line(cast, kirjautunut, rivit):
    answer = kirjautunut(cast.kaisa).get(reverse("raportit:etusivu"), {"haku": "salainen sana"})
    [line] = [line for line in rivit() if line["loki"] == PYYNNOT]
    assert line["pyynto"] == answer.headers["X-Request-ID"]
    told = {name: line[name] for name in ("kayttaja", "kunta", "osoite", "menetelma", "polku", "tila")}
    assert told == {
        "kayttaja": cast.kaisa.pk,
        "kunta": cast.kunta.pk,
        "osoite": "127.0.0.0",
        "menetelma": "GET",
        "polku": "/",
        "tila": 200,
    }
    assert isinstance(line["ms"], int)
    for secret in ("salainen", cast.kaisa.email, cast.kaisa.nimi):
        assert secret not in json.dumps(line, ensure_ascii=False)


LINKKI = "/tili/salasana/uusi/1-cn2kd1-0123456789abcdef1"  # the first person: their id is in the key, too


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", f"{LINKKI}/"),
        ("get", LINKKI),
        ("put", f"{LINKKI}/"),
        ("get", f"{LINKKI}/liikaa"),
        ("post", f"{LINKKI}/"),
    ],
)
def test_a_link_that_opens_an_account_is_not_told(method, path, db, rivit):
    """Nor one that lost its end in the mail, or that was asked for in a way that no page answers."""
    getattr(Client(enforce_csrf_checks=True), method)(path)
    told = json.dumps(rivit())
    assert PYYNNOT in told
    assert "abcdef" not in told and "cn2kd" not in told


def test_nor_by_the_line_of_a_fault_on_its_page(db, rivit, monkeypatch):
    monkeypatch.setattr("strategia.istunto.views.SalasananPalautus.dispatch", lambda *given, **named: 1 / 0)
    assert Client(raise_request_exception=False).get(f"{LINKKI}/").status_code == 500
    [line] = [line for line in rivit() if line["loki"] == "django.request"]
    assert line["viesti"] == "Internal Server Error: /tili/salasana/uusi/…/"


def test_an_address_that_a_mail_server_repeats_is_not_told(rivit):
    refused = SMTPRecipientsRefused({"maija.meri@kunta.example": (550, b"no such user maija.meri@kunta.example")})
    logging.getLogger("strategia.sahkoposti").warning("Viesti ei lähtenyt heti (%s).", refused)
    try:
        raise refused
    except OSError:
        logging.getLogger("strategia.testi").exception("Meni vikaan")
    told = json.dumps(rivit())
    assert "550" in told
    assert "maija" not in told and "kunta.example" not in told


def test_an_outsider_is_nobody(client, db, rivit):
    client.get("/terveys")
    [line] = rivit()
    assert "kayttaja" not in line and "kunta" not in line


def test_a_fault_tells_where_and_not_what_a_person_wrote(rivit):
    logger = logging.getLogger("strategia.testi")
    for error in (ValueError("maija@kunta.example"), IntegrityError("duplicate key\nDETAIL: (maija@kunta.example)")):
        try:
            raise error
        except Exception:
            logger.exception("Meni vikaan")
    first, second = rivit()
    assert (first["vika"], first["taso"], "sanoi" in first) == ("ValueError", "ERROR", False)
    assert (second["vika"], second["sanoi"]) == ("IntegrityError", "duplicate key")
    assert __file__ in first["paikat"][0]
    assert "maija" not in json.dumps([first, second])


def test_a_line_is_one_line(rivit):
    logging.getLogger("strategia.testi").warning("kaksi\nriviä")
    assert "\n" not in JsonRivi().format(logging.makeLogRecord({"msg": "kaksi\nriviä"}))
    assert rivit()[0]["viesti"] == "kaksi\nriviä"


def test_a_lost_file_is_told(cast, settings, kirjautunut, rivit):
    stored_bytes(cast.versio, "csv")
    [path] = settings.MEDIA_ROOT.rglob("*.csv")
    path.unlink()
    answer = kirjautunut(cast.tarmo).get(f"/raportit/{cast.versio.pk}/raportti.csv")
    assert answer.status_code == 503
    [line] = [line for line in rivit() if line["loki"] == "raportit.tallenne.lataus"]
    assert f"Raporttiversion {cast.versio.pk} tiedosto (csv) puuttuu" in line["viesti"]
    assert line["pyynto"] == answer.headers["X-Request-ID"]


def test_the_page_of_a_refusal_tells_the_id(cast, kirjautunut):
    answer = kirjautunut(cast.veikko).get(reverse("strategia:kayttaja-lista"))
    assert answer.status_code == 403
    assert answer.headers["X-Request-ID"] in answer.text


def test_a_task_leaves_a_line_and_its_id(cast, rivit):
    jono.ask(jono.render_versio, cast.versio.pk)
    worker = Tyontekija(tunnus="testi", interval=0, batch=True, clean=lambda: None)
    task = DBTaskResult.objects.get()
    worker.run_task(task)
    [line] = [line for line in rivit() if line["viesti"] == "työ"]
    assert (line["tyo"], line["tila"]) == ("raportit.tallenne.jono.render_versio", "SUCCESSFUL")
    assert line["pyynto"] == str(task.id)
