"""The queue's worker (`manage.py tyontekija`): makes what waits, tells that it lives, and cleans when nothing waits."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import Error, close_old_connections, connection
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker

from strategia.lokirivi import PYYNNOT
from strategia.pyyntotieto import PYYNTO, Pyynto

from .ennakko import Ennakko
from .syke import beating, renew_left_behind

SIIVOUKSEN_VALI = timedelta(hours=1)
KERTOMISEN_VALI = timedelta(minutes=1)
ODOTUS = 5  # seconds before a database that was away is tried again

logger = logging.getLogger(__name__)
pyynnot = logging.getLogger(PYYNNOT)


@dataclass
class Valityo:
    """What is done in idle time, how often, what the log says of its failing, and when it was last done."""

    vali: timedelta
    act: Callable
    kesken: str
    tehty: datetime | None = None


class Tyontekija(Worker):
    """django-tasks-db's worker, one queue after another: it never ends for a database that is away for a while.

    clean: what idle time is used for, once in an hour; tell: the same once in a minute. batch: end when nothing waits.
    In what is left drafts are made ahead.
    """

    def __init__(self, *, tunnus, interval, batch, clean, tell=lambda: None):
        # The library's loop ends when nothing waits; what is done then is ours.
        super().__init__(
            queue_names=["*"],
            interval=interval,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=tunnus,
            excluded_queue_names=[],
        )
        self._ends_when_idle, self._ennakko = batch, Ennakko()
        self._now_and_then = (
            Valityo(SIIVOUKSEN_VALI, clean, "Siivous jäi kesken"),
            Valityo(KERTOMISEN_VALI, tell, "Tilaajille kertominen jäi kesken"),
        )

    def work(self):
        with beating(self.worker_id):
            self._make_ready()
            while self.running and not self._ends_when_idle:
                time.sleep(self.interval)
                self._make_ready()

    def run_task(self, db_task_result):
        """As the library does, with a line in the log; what is logged meanwhile tells the task by its id."""
        token, began = PYYNTO.set(Pyynto("", str(db_task_result.id))), time.monotonic()
        try:
            super().run_task(db_task_result)
            told = {"tyo": db_task_result.task_path, "tila": db_task_result.status.value}
            pyynnot.info("työ", extra=told | {"ms": round((time.monotonic() - began) * 1000)})
        finally:
            PYYNTO.reset(token)

    def _make_ready(self):
        """Make all that waits, those too that a dead worker left; then clean, now and then."""
        close_old_connections()
        try:
            renew_left_behind(by=self.worker_id)
            self.run()
            self._do_now_and_then()
            self._make_ahead()
        except Error:
            if self._ends_when_idle:
                raise
            logger.exception("Tietokanta ei vastaa. Yritetään hetken päästä uudelleen.")
            connection.close()
            time.sleep(ODOTUS)

    def _do_now_and_then(self):
        now = timezone.now()
        for tyo in self._now_and_then:
            if self.running and (tyo.tehty is None or now - tyo.tehty > tyo.vali):
                tyo.tehty = now
                try:
                    tyo.act()
                except Exception:  # whatever it met, what waits is made
                    logger.exception(tyo.kesken)

    def _make_ahead(self):
        """One draft at most, then what waits is looked at again."""
        if self.running and not self._ends_when_idle:
            try:
                self._ennakko.make_one()
            except Exception:  # nobody has asked for it yet
                logger.exception("Luonnosta ei tehty ennakkoon")
