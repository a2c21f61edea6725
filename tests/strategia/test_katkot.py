"""The database or the disk fails under a request: a sentence that says so, the text kept, and then all works again."""

import errno
import time
from datetime import timedelta
from html import escape

import psycopg
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import InterfaceError, OperationalError, connection
from django.db.models import Model
from django.test import Client
from django_tasks_db.models import DBTaskResult

from raportit.tallenne import jono
from seuranta.tiedosto.luenta import store_file
from strategia import istunnot
from strategia.kehys.views import server_error
from strategia.models import Istunto, Palaute
from tests.cast import build_cast

pytestmark = pytest.mark.django_db
PALAUTE, TEKSTI = "/palaute/", 'Kerho "alkoi" & jatkuu keväällä.'


@pytest.fixture
def calm(cast):
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    client.force_login(cast.veikko)
    return client


def send(client, text=TEKSTI):
    token = client.get(PALAUTE).context["csrf_token"]
    return client.post(PALAUTE, {"viesti": text, "csrfmiddlewaretoken": str(token)})


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (OperationalError("server closed the connection unexpectedly"), "Tietokanta ei juuri nyt vastaa"),
        (InterfaceError("the connection is closed"), "Tietokanta ei juuri nyt vastaa"),
        (OperationalError("database or disk is full"), "Palvelimen levy on täynnä"),
        (OperationalError("disk I/O error"), "Tietokanta ei juuri nyt vastaa"),  # there is room: it is something else
        (OSError(errno.ENOSPC, "No space left on device"), "Palvelimen levy on täynnä"),
    ],
)
def test_a_request_that_meets_a_failing_machine_says_so_and_keeps_the_text(error, sentence, calm, monkeypatch):
    def fail(*args, **kwargs):
        raise error

    with monkeypatch.context() as broken:
        broken.setattr(Palaute, "save", fail)
        answer = send(calm)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert sentence in answer.text and escape(TEKSTI) in answer.text
    assert "no-store" in answer.headers["Cache-Control"]
    again = {"viesti": TEKSTI, "csrfmiddlewaretoken": answer.text.partition('token" value="')[2].partition('"')[0]}
    assert calm.post(PALAUTE, again).status_code == 302
    assert Palaute.objects.get().viesti == TEKSTI


def test_a_session_that_cannot_be_written_is_no_session_that_was_deleted(calm, monkeypatch):
    """The text was saved before it: the page says that the database does not answer, not that the form was bad."""

    def fail(*args, **kwargs):
        raise OperationalError("server closed the connection unexpectedly")

    with monkeypatch.context() as broken:
        broken.setattr(Istunto, "save", fail)
        broken.setattr(istunnot, "TARKKUUS", timedelta(0))  # else it is not written so soon again
        answer = send(calm)
    assert answer.status_code == 503 and "Tietokanta ei juuri nyt vastaa" in answer.text
    Istunto.objects.all().delete()
    assert calm.get("/ohje/").status_code == 302


def test_a_fault_of_our_own_is_still_ours(calm, monkeypatch):
    monkeypatch.setattr(Palaute, "save", lambda *args, **kwargs: 1 / 0)
    answer = send(calm)
    assert answer.status_code == 500 and "Vika on meidän, ei sinun." in answer.text


def terminate_all():
    """What a restart does to every connection that the application has."""
    kept = {name: connection.settings_dict[name.upper()] for name in ("host", "user")}
    with psycopg.connect(dbname=connection.settings_dict["NAME"], **kept) as other:
        ended = other.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ).fetchall()
    assert ended


@pytest.mark.vain_postgres
@pytest.mark.django_db(transaction=True)
def test_after_a_restart_of_postgresql_every_page_works():
    cast = build_cast()
    client = Client()
    client.force_login(cast.veikko)
    connection.close()
    connection.close_pool()
    assert client.get("/").status_code == 200
    connection.close()  # back to the pool, as at the end of a request
    terminate_all()
    began = time.monotonic()
    assert client.get("/").status_code == 200
    assert time.monotonic() - began < 5


@pytest.mark.vain_postgres
@pytest.mark.django_db(transaction=True)
def test_a_request_that_meets_the_restart_itself_keeps_its_text(monkeypatch):
    cast = build_cast()
    client = Client(raise_request_exception=False)
    client.force_login(cast.veikko)
    save = Palaute.save

    def restart(*args, **kwargs):
        terminate_all()
        return save(*args, **kwargs)

    with monkeypatch.context() as broken:
        broken.setattr(Palaute, "save", restart)
        answer = client.post(PALAUTE, {"viesti": TEKSTI})
    assert answer.status_code == 503 and escape(TEKSTI) in answer.text
    connection.close()  # as at the end of a request
    assert client.post(PALAUTE, {"viesti": TEKSTI}).status_code == 302


@pytest.mark.vain_postgres
@pytest.mark.django_db(transaction=True)
def test_who_meets_the_restart_clears_the_pool_for_those_who_come_after(rf):
    """Several connections wait idle after a busy moment; each broken one that is met would double the wait."""
    pool = connection.pool
    busy = [pool.getconn() for _ in range(5)]
    for each in busy:
        pool.putconn(each)
    connection.close()
    terminate_all()
    try:
        raise OperationalError("terminating connection due to administrator command")
    except OperationalError:
        server_error(rf.get("/"))
    began = time.monotonic()
    connection.ensure_connection()
    assert time.monotonic() - began < 1


# --- a full disk


def is_full(*args):
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_leaves_nothing_of_an_uploaded_file(cast, monkeypatch, settings):
    class Puolikas(ContentFile):
        def chunks(self, chunk_size=None):
            yield b"puolikas"
            is_full()

    with pytest.raises(OSError, match="No space left"):
        default_storage.save("tuonnit/1/abc", Puolikas(b"kokonainen"))
    assert list((settings.MEDIA_ROOT / "tuonnit" / "1").iterdir()) == []
    assert default_storage.save("tuonnit/1/abc", ContentFile(b"kokonainen")) == "tuonnit/1/abc"
    with pytest.raises(OSError, match="No space left"):
        default_storage.save("tuonnit/1/abc", Puolikas(b"toinen"))
    assert [path.name for path in (settings.MEDIA_ROOT / "tuonnit" / "1").iterdir()] == ["abc"]


def test_an_import_whose_row_found_no_room_leaves_no_file(cast, monkeypatch, settings):
    with monkeypatch.context() as full:
        full.setattr(Model, "save", lambda *args, **kwargs: (_ for _ in ()).throw(OperationalError("disk is full")))
        with pytest.raises(OperationalError):
            store_file(cast.kunta, b"a;b", "a.csv", by=cast.aino)
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    assert store_file(cast.kunta, b"a;b", "a.csv", by=cast.aino).tiedosto.read() == b"a;b"


def test_a_full_disk_leaves_nothing_of_a_report_says_what_it_is_and_works_again(cast, settings, monkeypatch):
    client = Client(raise_request_exception=False)
    client.force_login(cast.tarmo)
    path = f"/raportit/{cast.versio.pk}/raportti.csv"
    with monkeypatch.context() as full:
        full.setattr("os.fsync", is_full)
        answer = client.get(path)
    assert answer.status_code == 503 and "Palvelimen levy on täynnä" in answer.text
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    assert client.get(path).status_code == 200


def test_the_page_of_a_file_that_found_no_room_says_so(cast, kirjautunut, monkeypatch):
    monkeypatch.setattr(jono, "PITKA", 0)
    tarmo, path = kirjautunut(cast.tarmo), f"/raportit/{cast.versio.pk}/valmistuu/pdf/"
    tarmo.get(path)
    try:
        is_full()
    except OSError as error:
        DBTaskResult.objects.get().set_failed(error)
    assert "Palvelimen levy on täynnä." in tarmo.get(path).text
    assert "Tiedostoa tehdään" in tarmo.get(f"{path}?uudelleen").text
