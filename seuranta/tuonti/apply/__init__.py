"""Plan -> database, and back: the only writer of the pipeline. Each import and each undo is one transaction."""

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from seuranta.models import Tuonti
from strategia.models import Kunta
from strategia.nimet import avain

from ..plan import Plan, build_plan
from .undo import list_obstacles, undo_import
from .writer import Writer

__all__ = ["SuunnitelmaMuuttui", "apply_plan", "list_obstacles", "store_file", "undo_import"]


class SuunnitelmaMuuttui(Exception):
    """The register changed between the plan that was shown and the write. Carries the new plan."""

    def __init__(self, plan):
        super().__init__("Tiedot muuttuivat esikatselun jälkeen.")
        self.plan = plan


def apply_plan(plan: Plan, *, data: bytes, name: str, by=None, tuonti: Tuonti | None = None) -> Tuonti:
    """Write the plan and the file it came from; returns the Tuonti with its counts and changes.

    The plan is made again under a lock of the kunta: if it would now write anything else than the plan
    given, nothing is written and SuunnitelmaMuuttui tells the new one. Two imports of one kunta queue.
    tuonti: the stored file that was previewed, None when the file comes straight from a command.
    """
    with transaction.atomic():
        kunta = _lock_kunta(plan.target.kunta)
        current = build_plan(plan.luettu, plan.target)
        if current.fingerprint != plan.fingerprint or not current.is_writable:
            raise SuunnitelmaMuuttui(current)
        tuonti = tuonti or store_file(kunta, data, name, by=by)
        tuonti.muutokset = Writer(tuonti, current, by).write()
        tuonti.tila, tuonti.tallennettu = Tuonti.Tila.TALLENNETTU, timezone.now()
        tuonti.sormenjalki, tuonti.luvut = current.fingerprint, current.counts
        tuonti.save()
    return tuonti


def _lock_kunta(nimi):
    kunta, _created = Kunta.objects.get_or_create(avain=avain(nimi), defaults={"nimi": nimi, "virallinen_nimi": nimi})
    return Kunta.objects.select_for_update().get(pk=kunta.pk)


def store_file(kunta, data: bytes, name: str, *, by) -> Tuonti:
    """The file as a Tuonti that has written nothing yet. On disk its name is its digest, whatever it was called."""
    sha256 = hashlib.sha256(data).hexdigest()
    tuonti = Tuonti(kunta=kunta, tiedostonimi=name[:255], sha256=sha256, tekija=by)
    tuonti.tiedosto.save(sha256, ContentFile(data), save=False)
    tuonti.save()
    return tuonti
