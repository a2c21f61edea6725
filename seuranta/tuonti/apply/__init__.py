"""Plan -> database, and back: the only writer of the pipeline. Each import and each undo is one transaction."""

from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone

from seuranta.models import Tuonti
from seuranta.taulukko.rows import Luettu
from seuranta.tiedosto.luenta import is_previewed, store_file
from seuranta.tiedosto.plan import Plan, SuunnitelmaMuuttui, Target
from strategia.models import Kunta
from strategia.nimet import avain
from strategia.vuoro import is_of_another, lock_kunta

from ..plan import build_answers_plan, build_plan
from .vastaukset import record_answers
from .writer import RiviMuuttui, Writer


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
        if fingerprint not in (None, plan.fingerprint) or (tuonti and not is_previewed(tuonti)):
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
        if fingerprint != plan.fingerprint or not plan.is_settled or not is_previewed(tuonti):
            raise SuunnitelmaMuuttui(plan)
        tuonti.muutokset, is_whole = record_answers(plan, tuonti, by=by)
        if not is_whole:
            raise SuunnitelmaMuuttui(plan)
        tuonti.strategia_id, tuonti.tila = plan.strategia_id, Tuonti.Tila.TALLENNETTU
        tuonti.tallennettu, tuonti.sormenjalki, tuonti.luvut = timezone.now(), plan.fingerprint, plan.counts
        tuonti.save()
    return plan
