"""The newest draft of a jakso that is being finished: its PDF made while the worker has nothing else to do."""

from contextlib import suppress
from datetime import datetime, timedelta

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from seuranta.models import Seurantajakso

from ..osavuosikatsaus import build
from .luonnokset import keep_draft, render_draft
from .piirto import PIIRTAJA, PiirtoKeskeytyi

VALI = timedelta(minutes=10)  # between two looks at one jakso


class Ennakko:
    """What one worker has looked at, and when."""

    def __init__(self):
        self._looked: dict[int, datetime] = {}

    def make_one(self) -> Seurantajakso | None:
        """Make the draft of the jakso that has waited longest -> the jakso; None where each was looked at just now.

        A draft that nobody has changed is there already. Costs a tenth of a millisecond a row for the look. What
        somebody asks for meanwhile does not wait for it: it is given up.
        """
        now = timezone.now()
        finishing = Seurantajakso.objects.filter(tila=Seurantajakso.Tila.VIIMEISTELYSSA).order_by("pk")
        due = [pk for pk in finishing.values_list("pk", flat=True) if not self._is_fresh(pk, now)]
        if not due:
            return None
        first = min(due, key=lambda pk: (pk in self._looked, self._looked.get(pk, now)))
        self._looked[first] = now
        jakso = finishing.select_related("strategia__kunta").filter(pk=first).first()
        if jakso:  # it was not closed meanwhile
            tiiviste = keep_draft(jakso.kunta_id, build(jakso, koottu=now, versio=None))
            with suppress(PiirtoKeskeytyi), PIIRTAJA.yielding(DBTaskResult.objects.ready().exists):
                render_draft(jakso.kunta_id, tiiviste, "pdf")
        return jakso

    def _is_fresh(self, pk, now):
        return pk in self._looked and now - self._looked[pk] < VALI
