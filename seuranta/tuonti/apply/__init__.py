"""Plan -> database, and back: the only writer of the pipeline. Each import and each undo is one transaction."""

import hashlib

from django.core.files.base import ContentFile
from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone

from seuranta.models import Tuonti
from seuranta.taulukko.rows import Luettu
from strategia.models import Kunta
from strategia.nimet import avain
from strategia.vuoro import is_of_another, lock_kunta

from ..plan import Plan, Target, build_answers_plan, build_plan
from .undo import list_obstacles, undo_import
from .vastaukset import record_answers
from .writer import RiviMuuttui, Writer

__all__ = ["SuunnitelmaMuuttui", "apply_answers", "apply_plan", "list_obstacles", "store_file", "undo_import"]


class SuunnitelmaMuuttui(Exception):
    """The register changed between the plan that was shown and the write. Carries the new plan."""

    def __init__(self, plan):
        super().__init__("Tiedot muuttuivat esikatselun jälkeen.")
        self.plan = plan


def apply_plan(
    luettu: Luettu,
    target: Target,
    *,
    data: bytes,
    name: str,
    by=None,
    fingerprint=None,
    tuonti: Tuonti | None = None,
    valinnat=None,
) -> tuple[Plan, Tuonti | None]:
    """Plan the import under a lock of the kunta and write it, all or nothing -> (plan, the Tuonti or None).

    None: errors stand in the way and nothing was written. fingerprint: of the plan that a person was shown; if
    the import would now write anything else, SuunnitelmaMuuttui tells the new plan. tuonti: the stored file that
    was previewed, None when the file comes straight from a command; then valinnat are what the command was told,
    so that the file can be read again alike. Two imports of one kunta queue.
    """
    for attempt in (1, 2, 3):
        try:
            return _apply_once(luettu, target, data, name, by, fingerprint, tuonti, valinnat)
        except (IntegrityError, OperationalError, RiviMuuttui) as refused:
            # Two first imports made the same kunta at once, or somebody saved a row that the plan was made of:
            # plan again, and find it there. A third collision is a bug.
            if attempt == 3 or not (isinstance(refused, RiviMuuttui) or is_of_another(refused)):
                raise
    raise AssertionError("unreachable")


def _apply_once(luettu, target, data, name, by, fingerprint, tuonti, valinnat):
    with transaction.atomic():
        kunta = Kunta.objects.select_for_update(no_key=True).filter(avain=avain(target.kunta)).first()
        plan = build_plan(luettu, target, kunta=kunta)
        if fingerprint not in (None, plan.fingerprint) or (tuonti and not _is_previewed(tuonti)):
            raise SuunnitelmaMuuttui(plan)
        if not plan.is_writable:
            return plan, None
        kunta = kunta or Kunta.objects.create(nimi=target.kunta, virallinen_nimi=target.kunta)
        tuonti = tuonti or store_file(kunta, data, name, by=by, valinnat=valinnat)
        tuonti.muutokset = Writer(tuonti, plan, by).write()
        tuonti.tila, tuonti.tallennettu = Tuonti.Tila.TALLENNETTU, timezone.now()
        tuonti.sormenjalki, tuonti.luvut = plan.fingerprint, plan.counts
        tuonti.save()
    return plan, tuonti


def apply_answers(luettu: Luettu, target: Target, *, by, fingerprint, tuonti: Tuonti) -> Plan:
    """Plan the answers under a lock of the kunta and record them as `by`, all or nothing.

    Raises SuunnitelmaMuuttui, with the new plan, if anything else would be recorded than a person was shown.
    """
    with transaction.atomic():
        lock_kunta(tuonti.kunta_id)
        plan = build_answers_plan(luettu, target, jakso=tuonti.jakso, toimiala=tuonti.toimiala, by=by)
        if fingerprint != plan.fingerprint or not plan.is_settled or not _is_previewed(tuonti):
            raise SuunnitelmaMuuttui(plan)
        tuonti.muutokset, is_whole = record_answers(plan, tuonti, by=by)
        if not is_whole:
            raise SuunnitelmaMuuttui(plan)
        tuonti.strategia_id, tuonti.tila = plan.strategia_id, Tuonti.Tila.TALLENNETTU
        tuonti.tallennettu, tuonti.sormenjalki, tuonti.luvut = timezone.now(), plan.fingerprint, plan.counts
        tuonti.save()
    return plan


def _is_previewed(tuonti):
    """Has nobody saved or discarded it meanwhile?"""
    return Tuonti.objects.filter(pk=tuonti.pk, tila=Tuonti.Tila.ESIKATSELU).exists()


def store_file(kunta, data: bytes, name: str, *, by, valinnat=None, jakso=None, toimiala=None) -> Tuonti:
    """The file as a Tuonti that has written nothing yet. On disk its name is its digest, whatever it was called."""
    sha256 = hashlib.sha256(data).hexdigest()
    tuonti = Tuonti(
        kunta=kunta, tiedostonimi=name[:255], sha256=sha256, tekija=by, valinnat=valinnat or {}, jakso=jakso,
        toimiala=toimiala,
    )  # fmt: skip
    tuonti.tiedosto.save(sha256, ContentFile(data), save=False)
    tuonti.save()
    return tuonti
