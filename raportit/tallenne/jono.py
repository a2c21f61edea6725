"""Long renders, in the queue: a worker (`manage.py tyontekija`) makes the files while the reader watches a page.

PDF and Word are the worker's. Where nobody works a report of at most PITKA rows is made at once when a reader asks for
it, a longer one when he presses "Tee tiedosto nyt". Of one version or draft there is never more than one task waiting.
"""

import errno
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from ..models import Raporttiversio, Syke
from ..muodot import KALLIIT
from ..osavuosikatsaus import Osavuosikatsaus, from_json
from .luonnokset import render_draft
from .nakyma import Nakyma, show_publicly
from .syke import anybody_works, left_behind, renew
from .tallenteet import store_all, store_public

PITKA = 300  # rows
SAILYTYS = timedelta(days=14)  # how long the row of a finished task is kept
UUSI_YRITYS = timedelta(minutes=10)  # what failed longer ago is tried again by whoever asks
KIIRE = 10  # the priority of what a reader waits for: before what closing leaves to be made
JONON_LUKKO = 6_016_701  # a number of our own among PostgreSQL's advisory locks


@task()
def render_versio(pk):
    if not store_all(Raporttiversio.objects.get(pk=pk), is_in_the_way=somebody_waits):
        render_versio.enqueue(pk)


@task()
def render_julkinen(pk, avain):  # avain: what was visible when it was asked for, so that each view has a task
    nakyma = show_publicly(Raporttiversio.objects.select_related("jakso").get(pk=pk))
    if not store_public(nakyma, is_in_the_way=somebody_waits):
        render_julkinen.enqueue(pk, avain)


@task()
def render_luonnos(kunta_id, tiiviste, muoto):
    render_draft(kunta_id, tiiviste, muoto)


def somebody_waits() -> bool:
    """Is there a reader's file in the queue? The rest of a version's then come after it."""
    return DBTaskResult.objects.ready().filter(priority__gte=KIIRE).exists()


def is_long(raportti: Osavuosikatsaus) -> bool:
    return len(raportti.rivit) > PITKA


def is_for_worker(raportti: Osavuosikatsaus, muoto: str = KALLIIT[0]) -> bool:
    """Does who asks for the file wait for the worker? For a dear one always where one works."""
    return is_long(raportti) or (muoto in KALLIIT and anybody_works())


def start(versio: Raporttiversio) -> None:
    """Have the worker make the files of a fresh version: closing waits for none of them.

    The public form first, which its page offers first. Where nobody works a short one's are made when asked for.
    """
    if anybody_works() or is_long(from_json(versio.data)):
        ask_public(show_publicly(versio), kiire=False)
        ask(render_versio, versio.pk, kiire=False)


def ask_public(nakyma: Nakyma, *, again=False, kiire=True) -> "Tyo":
    """The task that makes the public files of what is visible now."""
    return ask(render_julkinen, nakyma.versio.pk, nakyma.avain, again=again, kiire=kiire)


@dataclass(frozen=True)
class Tyo:
    """How a task is getting on. edella: how many are before it; jumissa: it waits and nobody works.

    levy_taynna: it failed, for there was no room for its file. minuutteja: that it has been made for.
    """

    tila: str
    edella: int
    jumissa: bool
    levy_taynna: bool = False
    minuutteja: int = 0


def ask(job, *args, again=False, kiire=True) -> Tyo:
    """The newest task with these arguments; a new one when none is coming, or the last failed and `again` is asked.

    Whoever asks gets a task going again whose worker died. Two who ask at once get one task. kiire: a reader waits for
    it, so it is made before what nobody waits for.
    """
    newest = _newest(job, args)
    if not _is_coming(newest, again):
        with _one_at_a_time():
            newest = _newest(job, args)
            if not _is_coming(newest, again):
                job.using(priority=KIIRE if kiire else 0).enqueue(*args)
                newest = _newest(job, args)
    elif newest in left_behind():
        renew(newest)
        newest.refresh_from_db()
    if kiire and newest.priority < KIIRE:
        newest.priority = KIIRE
        newest.save(update_fields=["priority"])
    return _describe(newest)


def _newest(job, args):
    mine = DBTaskResult.objects.filter(task_path=job.module_path, args_kwargs={"args": list(args), "kwargs": {}})
    return mine.order_by("-enqueued_at").first()


def _is_coming(result, again):
    """Is it waiting or being made, or has it just failed?"""
    if result is None or result.status == TaskResultStatus.SUCCESSFUL:
        return False
    is_old = result.finished_at is None or timezone.now() - result.finished_at > UUSI_YRITYS
    return not (_has_failed(result) and (again or is_old))


@contextmanager
def _one_at_a_time():
    """SQLite's transaction is one writer's anyway; on PostgreSQL no row exists yet that could be locked."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [JONON_LUKKO])
        yield


def _has_failed(result):
    return result.status == TaskResultStatus.FAILED


def _describe(result):
    if result.status != TaskResultStatus.READY:
        is_full = f"[Errno {errno.ENOSPC}]" in result.traceback
        tila = "epaonnistui" if _has_failed(result) else "tekeilla"
        made_for = timezone.now() - (result.started_at or timezone.now())
        return Tyo(tila, edella=0, jumissa=False, levy_taynna=is_full, minuutteja=made_for // timedelta(minutes=1))
    is_running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).count() > len(left_behind())
    is_before = Q(priority__gt=result.priority) | Q(priority=result.priority, enqueued_at__lt=result.enqueued_at)
    before = DBTaskResult.objects.ready().filter(is_before)  # not those of a later time
    return Tyo("jonossa", before.count() + is_running, jumissa=not anybody_works())


def drop_old_tasks() -> int:
    """Delete the rows of tasks that ended long ago, and the beats of workers that have died -> how many tasks."""
    old = timezone.now() - SAILYTYS
    Syke.objects.filter(aika__lt=old).delete()
    return DBTaskResult.objects.finished().filter(finished_at__lt=old).delete()[0]
