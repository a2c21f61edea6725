"""The figures of the page "Palvelun tila"."""

import shutil
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..models import Ajo, Ilmoitusviesti, Kunta

# The timed commands, in the order of the page.
AJETTAVAT = (
    ("muistuta", _("Päivän viestit")),
    ("siivoa", _("Siivous")),
    ("varmuuskopio", _("Varmuuskopio")),
)
TOISTEN = []  # () -> a sentence of the page; the other apps add theirs as they are loaded
VIESTIEN_AIKA = timedelta(days=30)
NAYTETAAN = 20  # messages that did not leave


class Viestit(NamedTuple):
    """Of the last 30 days. jaaneet: the newest that did not leave."""

    lahti: int
    ei_lahtenyt: int
    jaaneet: list


def newest_runs():
    """[(the command in words, its Ajo or None where it has never run)]."""
    runs = Ajo.objects.in_bulk()
    return [(word, runs.get(komento)) for komento, word in AJETTAVAT]


def free_space() -> int | None:
    """Bytes, where files lie on a disk of this machine."""
    folder = Path(settings.MEDIA_ROOT)
    return shutil.disk_usage(folder).free if folder.exists() else None


def mail_of(kunta: Kunta) -> Viestit:
    tilat = Ilmoitusviesti.Tila
    new = Ilmoitusviesti.objects.filter(kunta=kunta, yritetty__gt=timezone.now() - VIESTIEN_AIKA)
    failed = new.filter(tila=tilat.EPAONNISTUI)
    counts = new.aggregate(sent=Count("pk", Q(tila=tilat.LAHETETTY)), failed=Count("pk", Q(tila=tilat.EPAONNISTUI)))
    return Viestit(counts["sent"], counts["failed"], list(failed.select_related("kayttaja")[:NAYTETAAN]))
