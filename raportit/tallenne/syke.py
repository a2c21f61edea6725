"""Who works at the queue: each worker's beat in the database, and the tasks that a dead worker left behind."""

import logging
import threading
from contextlib import contextmanager
from datetime import timedelta

from django.db import Error, connection
from django.db.models.functions import Now
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from ..models import Syke

VALI = 10  # seconds between two beats
HILJAA = timedelta(seconds=60)  # whose beat is older has died
YRITYKSIA = 3  # a task that has taken so many workers with it is not given to a fourth

logger = logging.getLogger(__name__)


def living():
    """The workers whose beat is fresh. By the database's clock: those of two machines may differ."""
    return Syke.objects.filter(aika__gt=Now() - HILJAA)


def anybody_works() -> bool:
    return living().exists()


@contextmanager
def beating(tunnus):
    """While this lasts the worker's beat is fresh, whatever its own thread is doing."""
    beat(tunnus)
    ended = threading.Event()
    thread = threading.Thread(target=_beat_until, args=(ended, tunnus), daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(VALI)
        Syke.objects.filter(tunnus=tunnus).delete()


def beat(tunnus) -> None:
    Syke.objects.update_or_create(tunnus=tunnus, defaults={"aika": Now()})


def _beat_until(ended, tunnus):
    """A database that is away for a while ends no beat: the next one tells that the worker has lived."""
    while not ended.wait(VALI):
        try:
            beat(tunnus)
        except Error:
            logger.warning("Työntekijän syke ei tallentunut", exc_info=True)
        finally:
            connection.close()


def left_behind(*, by=None):
    """[task that is being made by nobody]: its worker is dead, or is `by`, who says that it makes none now."""
    alive = set(living().values_list("tunnus", flat=True)) - {by}
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    return [result for result in running if not alive.intersection(result.worker_ids[-1:])]


def renew_left_behind(*, by=None) -> int:
    """Put such tasks back into the queue -> how many."""
    return sum(renew(result) for result in left_behind(by=by))


def renew(result) -> bool:
    """Put a task whose worker died back into the queue; False where another was first. It stays one task.

    What has died with several workers has failed: it would take the next one with it too.
    """
    is_deadly = len(result.worker_ids) >= YRITYKSIA
    mine = DBTaskResult.objects.filter(pk=result.pk, status=result.status, worker_ids=result.worker_ids)
    if is_deadly:
        told = "Työ kaatoi työntekijän, jonka vuorolla sitä tehtiin."
        mine.update(status=TaskResultStatus.FAILED, finished_at=Now(), traceback=told)
        return False
    return bool(mine.update(status=TaskResultStatus.READY))
