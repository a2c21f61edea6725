"""What a page mails leaves after the page, and when the mail server does not take it, from the queue."""

import json
import socket
import time

import pytest
from django.core import mail
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from strategia import sahkoposti
from strategia.kunta.palaute import send_feedback
from strategia.models import Ilmoitusviesti, Palaute
from strategia.sahkoposti import UUSINNAT, send_again
from tests.cast import build_cast

pytestmark = pytest.mark.django_db
NIMI = "strategia.kunta.palaute.send_feedback"


@pytest.fixture
def mykka(settings):
    """A mail server that takes the call and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.getsockname()
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield server


def waiting():
    """[what the queue keeps of each message]"""
    return [result.args_kwargs["args"] for result in DBTaskResult.objects.filter(status="READY").order_by("run_after")]


@pytest.mark.django_db(transaction=True)
def test_a_silent_mail_server_holds_no_page_and_the_queue_keeps_only_ids(
    kirjautunut, mykka, sivun_jalkeen, monkeypatch
):
    monkeypatch.setattr(sahkoposti, "AIKARAJA", 0.5)
    cast = build_cast()
    cast.jakso.vastaus_viimeistaan = timezone.localdate()
    cast.jakso.save()
    kaisa, veikko, aino = map(kirjautunut, (cast.kaisa, cast.veikko, cast.aino))
    kutsu = {"email": "uuno@kirkkoranta.example", "nimi": "Uuno", "rooli": "tarkastaja"}
    taulukko = reverse("seuranta:vastaustaulukko-laheta", args=[cast.jakso.pk, cast.tekniset.pk])
    muistutus = reverse("seuranta:jakso-muistuta", args=[cast.jakso.pk])
    pages = [
        (veikko, reverse("strategia:palaute"), {"viesti": "Salainen & pitkä viesti"}),
        (Client(), reverse("account_reset_password"), {"email": cast.veikko.email}),
        (aino, reverse("strategia:kayttaja-kutsu"), kutsu),
        (kaisa, taulukko, {"kayttaja": cast.veikko.pk}),
        (kaisa, muistutus, {"kayttaja": cast.veikko.pk}),
    ]
    for client, path, data in pages:
        began = time.monotonic()
        assert client.post(path, data).status_code == 302
        assert time.monotonic() - began < sahkoposti.VIIVE, f"{path} odotti sähköpostia"
    sivun_jalkeen()
    assert sorted(name.rpartition(".")[2] for name, _ids, _kerta in waiting()) == [
        *("deliver", "send_feedback", "send_invitation", "send_password_link", "send_table")
    ]
    kept = json.dumps(waiting())
    assert "Salainen" not in kept and "http" not in kept and "@" not in kept
    assert all(isinstance(number, int) for _name, ids, _kerta in waiting() for number in ids)
    assert Ilmoitusviesti.objects.get().tila == "epaonnistui"


@pytest.mark.django_db(transaction=True)
def test_without_a_worker_a_password_can_be_reset(posti, sivun_jalkeen):
    cast = build_cast()
    Client().post(reverse("account_reset_password"), {"email": cast.veikko.email})
    assert posti.viestit == [], "viesti lähtee vasta vastauksen jälkeen"
    sivun_jalkeen()
    assert len(posti.sent_to(cast.veikko)) == 1 and not DBTaskResult.objects.exists()


@pytest.mark.parametrize("email", ["veikko@kirkkoranta.example", "ei.ole@kirkkoranta.example"])
def test_a_forgotten_password_asks_the_same_of_known_and_unknown(email, cast, monkeypatch):
    """Whatever it is, the page asks one thing of the database and hands one thing over."""
    handed = []
    monkeypatch.setattr(sahkoposti, "_hand_over", handed.append)
    path = reverse("account_reset_password")
    Client().get(path)
    with CaptureQueriesContext(sahkoposti.connections["default"]) as queries:
        assert Client().post(path, {"email": email}).status_code == 302
    assert len(handed) == 1 and not mail.outbox
    assert sum("strategia_kayttaja" in query["sql"] for query in queries) == 1


def test_the_queue_tries_again_and_again_each_time_later_and_then_gives_up(cast, settings):
    palaute = Palaute.objects.create(kunta=cast.kunta, viesti="x")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nobody answers there
    for kerta in range(len(UUSINNAT) - 1):
        DBTaskResult.objects.all().delete()
        send_again.call(NIMI, [palaute.pk], kerta)
        [later] = DBTaskResult.objects.all()
        assert later.args_kwargs["args"] == [NIMI, [palaute.pk], kerta + 1]
        assert later.run_after - timezone.now() > UUSINNAT[kerta + 1] * 0.9
    with pytest.raises(ConnectionRefusedError):
        send_again.call(NIMI, [palaute.pk], len(UUSINNAT) - 1)


def test_a_message_that_waited_leaves_when_the_server_takes_it(cast, posti):
    palaute = Palaute.objects.create(kunta=cast.kunta, viesti="Vihdoin & viimein")
    posti.stop()
    sahkoposti.send_after(send_feedback, palaute.pk)
    posti.start()
    send_again.call(*waiting()[0])
    [viesti] = posti.viestit
    assert "Vihdoin & viimein" in viesti.get_content()


def test_a_returned_row_that_was_answered_meanwhile_is_not_told_of(cast, posti):
    """Its message waited for the mail server; there is nothing to complete any more."""
    values = {"paiva": timezone.localdate(), "toimenpiteet": [cast.vayla.pk], "tila": "epaonnistui"}
    muistutus = Ilmoitusviesti.objects.claim(cast.jakso, cast.veikko, "palautus", **values)
    send_again.call("seuranta.muistutus.viestit.deliver", [muistutus.pk], 0)
    muistutus.refresh_from_db()
    assert (muistutus.tila, posti.viestit) == ("korvattu", [])
