"""Long renders, in the queue: a worker (`manage.py db_worker`) makes the files while the reader watches a page.

A report of at most PITKA rows is made at once. Of one version or draft there is never more than one task waiting.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from ..models import Raporttiversio
from ..osavuosikatsaus import Osavuosikatsaus, from_json
from .luonnokset import render_draft
from .nakyma import Nakyma, show_publicly
from .tallenteet import store_all, store_public

PITKA = 300  # rows
KARSIVALLISYYS = timedelta(seconds=20)  # a task that has waited longer with nothing running has no worker


@task()
def render_versio(pk):
    store_all(Raporttiversio.objects.get(pk=pk))


@task()
def render_julkinen(pk, avain):  # avain: what was visible when it was asked for, so that each view has a task
    store_public(show_publicly(Raporttiversio.objects.select_related("jakso").get(pk=pk)))


@task()
def render_luonnos(kunta_id, tiiviste, muoto):
    render_draft(kunta_id, tiiviste, muoto)


def is_long(raportti: Osavuosikatsaus) -> bool:
    return len(raportti.rivit) > PITKA


def start(versio: Raporttiversio) -> None:
    """Make the files of a fresh version: at once, or in the queue when it is long."""
    if is_long(from_json(versio.data)):
        ask(render_versio, versio.pk)
    else:
        store_all(versio)


def ask_public(nakyma: Nakyma, *, again=False) -> "Tyo":
    """The task that makes the public files of what is visible now."""
    return ask(render_julkinen, nakyma.versio.pk, nakyma.avain, again=again)


@dataclass(frozen=True)
class Tyo:
    """How a task is getting on. edella: how many are before it; jumissa: it waits and nobody works."""

    tila: str
    edella: int
    jumissa: bool


def ask(job, *args, again=False) -> Tyo:
    """The newest task with these arguments; a new one when there is none, or the last failed and `again` is asked."""
    mine = DBTaskResult.objects.filter(task_path=job.module_path, args_kwargs={"args": list(args), "kwargs": {}})
    newest = mine.order_by("-enqueued_at").first()
    if newest is None or newest.status == TaskResultStatus.SUCCESSFUL or (again and _has_failed(newest)):
        job.enqueue(*args)
        newest = mine.order_by("-enqueued_at").first()
    return _describe(newest)


def _has_failed(result):
    return result.status == TaskResultStatus.FAILED


def _describe(result):
    if result.status != TaskResultStatus.READY:
        return Tyo("epaonnistui" if _has_failed(result) else "tekeilla", edella=0, jumissa=False)
    is_running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).exists()
    waited = timezone.now() - result.enqueued_at
    before = DBTaskResult.objects.filter(status=TaskResultStatus.READY, enqueued_at__lt=result.enqueued_at)
    return Tyo("jonossa", before.count() + is_running, jumissa=not is_running and waited > KARSIVALLISYYS)
