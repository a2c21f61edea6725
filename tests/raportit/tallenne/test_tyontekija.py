"""The queue's worker: it lives as long as its beat, and what a dead one had in hand is made by the next."""

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta

import pytest
from django.core import checks
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from raportit.models import Syke
from raportit.tallenne import jono, syke, tallenteet
from raportit.tallenne.syke import HILJAA, YRITYKSIA, beating
from raportit.tallenne.tyontekija import Tyontekija
from strategia.sahkoposti import send_again
from tests.cast import build_cast
from tests.kone import wait_until
from tests.ymparisto import JUURI

pytestmark = pytest.mark.django_db
MUODOT = {"pdf", "docx", "xlsx", "html", "csv", "mitat.csv"}


@pytest.fixture
def kaynnista(kannan_url, settings):
    """`kaynnista("manage.py", "tyontekija")`: a process of its own on the test's database; killed when it is over."""
    started = []
    own = {"DATABASE_URL": kannan_url, "MEDIA_ROOT": str(settings.MEDIA_ROOT)}
    environment = {**os.environ, **own, "DJANGO_SETTINGS_MODULE": "tests.settings"}

    def start(*command):
        started.append(subprocess.Popen([sys.executable, *command], cwd=JUURI, env=environment))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def silence(tunnus=None):
    """The worker's last beat was more than a minute ago."""
    beats = Syke.objects.filter(tunnus=tunnus) if tunnus else Syke.objects.all()
    beats.update(aika=timezone.now() - HILJAA - timedelta(seconds=1))


def running(versio, *workers):
    """A task that the last of these workers has in hand."""
    jono.ask(jono.render_versio, versio.pk)
    DBTaskResult.objects.update(status="RUNNING", started_at=timezone.now(), worker_ids=list(workers))
    for worker in workers:
        Syke.objects.create(tunnus=worker, aika=timezone.now())
    return DBTaskResult.objects.get()


# --- a process of its own


@pytest.mark.django_db(transaction=True)
def test_worker_is_a_process_of_its_own(kaynnista):
    cast = build_cast()
    jono.ask(jono.render_versio, cast.versio.pk)
    assert kaynnista("manage.py", "tyontekija", "--kerran").wait(120) == 0
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"
    assert set(cast.versio.tallenteet.values_list("muoto", flat=True)) == MUODOT
    assert tallenteet.stored_bytes(cast.versio, "pdf").startswith(b"%PDF")
    assert not Syke.objects.exists(), "lopettanut työntekijä ei ole elossa"


@pytest.mark.django_db(transaction=True)
def test_what_a_killed_worker_had_in_hand_is_made_by_the_next(kaynnista):
    cast = build_cast()
    jono.ask(jono.render_versio, cast.versio.pk)
    stuck = kaynnista("-m", "tests.ohjelmat.jumiutuva_tyontekija")
    wait_until(DBTaskResult.objects.filter(status="RUNNING").exists)
    assert syke.anybody_works()
    stuck.send_signal(signal.SIGKILL)
    stuck.wait()
    silence()
    assert kaynnista("manage.py", "tyontekija", "--kerran").wait(120) == 0
    assert [(result.status, len(result.worker_ids)) for result in DBTaskResult.objects.all()] == [("SUCCESSFUL", 2)]
    assert set(cast.versio.tallenteet.values_list("muoto", flat=True)) == MUODOT


@pytest.mark.django_db(transaction=True)
def test_an_idle_worker_ends_when_told_and_its_beat_with_it(kaynnista):
    worker = kaynnista("manage.py", "tyontekija")
    wait_until(Syke.objects.exists)
    time.sleep(1)
    worker.terminate()
    assert worker.wait(30) == 0
    assert not Syke.objects.exists()


# --- the beat


@pytest.mark.django_db(transaction=True)
def test_a_worker_beats_while_its_own_thread_is_at_work(monkeypatch):
    monkeypatch.setattr(syke, "VALI", 0.05)
    with beating("a"):
        first = Syke.objects.get().aika
        wait_until(lambda: Syke.objects.get().aika > first, seconds=10)
    assert not Syke.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_database_that_was_away_ends_no_beat(monkeypatch, caplog):
    monkeypatch.setattr(syke, "VALI", 0.05)
    with beating("a"):
        beat = syke.beat

        def fail_once(tunnus):
            monkeypatch.setattr(syke, "beat", beat)
            raise OperationalError("poissa")

        first = Syke.objects.get().aika
        monkeypatch.setattr(syke, "beat", fail_once)
        wait_until(lambda: Syke.objects.get().aika > first, seconds=10)
    assert "syke ei tallentunut" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_a_database_that_was_away_ends_no_worker(monkeypatch, caplog):
    monkeypatch.setattr("raportit.tallenne.tyontekija.ODOTUS", 0)
    worker = Tyontekija(tunnus="a", interval=0, batch=False, clean=lambda: None)
    outcomes = [OperationalError("poissa"), None]

    def run():
        worker.running = len(outcomes) > 1
        if outcome := outcomes.pop(0):
            raise outcome

    monkeypatch.setattr(worker, "run", run)
    worker.running = True
    worker._make_ready()
    worker._make_ready()
    assert outcomes == [] and "Tietokanta ei vastaa" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_idle_time_cleans_now_and_then_and_a_failing_cleaning_stops_nothing(caplog):
    cleaned, told = [], []

    def clean():
        cleaned.append(1)
        raise OSError("levy täynnä")

    worker = Tyontekija(tunnus="a", interval=0, batch=True, clean=clean, tell=lambda: told.append(1))
    worker._make_ready()
    worker._make_ready()
    assert cleaned == told == [1] and "Siivous jäi kesken" in caplog.text
    for tyo in worker._now_and_then:
        tyo.tehty -= timedelta(minutes=2)
    worker._make_ready()
    assert (cleaned, told) == ([1], [1, 1])
    worker._now_and_then[0].tehty -= timedelta(hours=2)
    worker._make_ready()
    assert (cleaned, told) == ([1, 1], [1, 1])


# --- the tasks of the dead


def test_whoever_asks_gets_the_task_of_a_dead_worker_going_again(cast):
    running(cast.versio, "kuollut")
    assert jono.ask(jono.render_versio, cast.versio.pk).tila == "tekeilla"
    silence()
    Syke.objects.create(tunnus="elossa", aika=timezone.now())
    for _kerta in range(2):
        assert jono.ask(jono.render_versio, cast.versio.pk) == jono.Tyo("jonossa", edella=0, jumissa=False)
    assert DBTaskResult.objects.get().status == "READY"


def test_the_task_of_a_dead_worker_is_before_nobody(cast):
    running(cast.versio, "kuollut")
    other = jono.ask(jono.render_versio, cast.versio.pk + 1)
    assert (other.edella, other.jumissa) == (1, False)
    silence()
    other = jono.ask(jono.render_versio, cast.versio.pk + 1)
    assert (other.edella, other.jumissa) == (0, True)


def test_what_waits_for_a_later_time_is_before_nobody(cast):
    Syke.objects.create(tunnus="a", aika=timezone.now())
    send_again.using(run_after=timezone.now() + timedelta(hours=1)).enqueue("viesti", [1], 1)
    assert jono.ask(jono.render_versio, cast.versio.pk).edella == 0


def test_what_has_died_with_several_workers_has_failed(cast):
    task = running(cast.versio, *(f"työntekijä {n}" for n in range(YRITYKSIA)))
    silence()
    assert syke.renew_left_behind() == 0
    task.refresh_from_db()
    assert task.status == "FAILED" and task.finished_at
    assert jono.ask(jono.render_versio, cast.versio.pk).tila == "epaonnistui"
    assert jono.ask(jono.render_versio, cast.versio.pk, again=True).tila == "jonossa"


def test_what_failed_a_while_ago_is_tried_again_by_whoever_asks(cast):
    jono.ask(jono.render_versio, cast.versio.pk)
    DBTaskResult.objects.update(status="FAILED", finished_at=timezone.now())
    assert jono.ask(jono.render_versio, cast.versio.pk).tila == "epaonnistui"
    DBTaskResult.objects.update(finished_at=timezone.now() - jono.UUSI_YRITYS - timedelta(seconds=1))
    assert jono.ask(jono.render_versio, cast.versio.pk).tila == "jonossa"


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_get_one_task(monkeypatch):
    """Both have looked before either has made one."""
    both, newest = threading.Barrier(2), jono._newest
    looked = threading.local()

    def look_together(job, args):
        found = newest(job, args)
        if not getattr(looked, "once", False):
            looked.once = True
            both.wait(10)
        time.sleep(0.2)
        return found

    def ask():
        try:
            jono.ask(jono.render_versio, 1)
        finally:
            connection.close()

    monkeypatch.setattr(jono, "_newest", look_together)
    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert DBTaskResult.objects.count() == 1


# --- it is told


def check():
    return checks.run_checks(tags=[checks.Tags.database], databases=["default"])


def test_check_tells_when_nobody_works(db):
    assert [warning.id for warning in check()] == ["palvelu.tyontekija"]
    Syke.objects.create(tunnus="a", aika=timezone.now())
    assert check() == []
    silence()
    assert [warning.id for warning in check()] == ["palvelu.tyontekija"]


def test_check_of_a_database_that_has_no_tables_says_nothing(monkeypatch):
    monkeypatch.setattr(connection.introspection, "table_names", list)
    assert check() == []


def test_public_is_promised_nothing_that_nobody_makes(cast, client, monkeypatch):
    monkeypatch.setattr(jono, "PITKA", 0)
    cast.versio.publish()
    path = reverse("raportit:julkinen-lataa", args=["kirkkoranta", cast.versio.tunnus, "pdf"])
    page = client.get(path)
    assert page.status_code == 503 and "taustatyö ei ole käynnissä" in page.text
    assert "tekeillä" not in page.text
    DBTaskResult.objects.update(status="FAILED", finished_at=timezone.now())
    assert "teko epäonnistui" in client.get(path).text
    Syke.objects.create(tunnus="a", aika=timezone.now())
    DBTaskResult.objects.update(status="READY")
    assert "vielä tekeillä" in client.get(path).text


def test_command_refuses_seconds_that_are_none():
    for value in ("-1", "nan", "pian"):
        with pytest.raises(CommandError):
            call_command("tyontekija", f"--vali={value}", "--kerran")
