"""Plan -> database: the only writer of a table's flow. Each import is one transaction."""

from django.db import IntegrityError, OperationalError, transaction

from seuranta.models import SuljettuJakso, Tuonti
from seuranta.taulukko.rows import Luettu, collector_at_rest
from seuranta.tiedosto.kumous import as_json
from seuranta.tiedosto.luenta import is_previewed, mark_saved, store_file
from seuranta.tiedosto.paatokset import store_decisions
from seuranta.tiedosto.plan import SuunnitelmaMuuttui
from strategia.models import Kunta, Tapahtuma
from strategia.nimet import avain
from strategia.tapahtuma import record
from strategia.vuoro import is_of_another

from ..plan import Target, Tuontisuunnitelma, build_plan
from .lukutapa import keep_reading
from .mittarikirjoitus import Mittarikirjoittaja
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
    told=None,
) -> tuple[Tuontisuunnitelma, Tuonti | None]:
    """Plan the import under a lock of the kunta and write it, all or nothing -> (plan, the Tuonti or None).

    tuonti: the stored file that was previewed, and fingerprint of the plan that a person was shown; if anything else
    would now be written, or something still waits for a person, SuunnitelmaMuuttui tells the new plan.
    No tuonti: the file comes straight from a command. Then None comes back where errors stand in the way and nothing
    was written; told are what the command was told ({(laji, paikka): value}), so that the file can be read again
    alike. Two imports of one kunta queue.
    """
    for attempt in (1, 2, 3):
        try:
            return _apply_once(luettu, target, data, name, by, fingerprint, tuonti, told)
        except (IntegrityError, OperationalError, RiviMuuttui) as refused:
            # Two first imports made the same kunta at once, or somebody saved a row that the plan was made of:
            # plan again, and find it there. A third collision is a bug.
            if attempt == 3 or not (isinstance(refused, RiviMuuttui) or is_of_another(refused)):
                raise
    raise AssertionError("unreachable")


def apply_shown(luettu: Luettu, target: Target, tuonti: Tuonti, fingerprint: str, *, by) -> bool:
    """Was the very plan that a person was shown written? False: something else would have been, and nothing was."""
    try:
        apply_plan(luettu, target, data=b"", name="", by=by, fingerprint=fingerprint, tuonti=tuonti)
    except (SuunnitelmaMuuttui, SuljettuJakso):
        return False
    return True


@collector_at_rest()
def _apply_once(luettu, target, data, name, by, fingerprint, tuonti, told):
    with transaction.atomic():
        kunta = Kunta.objects.select_for_update(no_key=True).filter(avain=avain(target.kunta)).first()
        plan = build_plan(luettu, target, kunta=kunta)
        if tuonti and not (plan.fingerprint == fingerprint and plan.is_settled and is_previewed(tuonti)):
            raise SuunnitelmaMuuttui(plan)
        if tuonti is None and not plan.is_writable:
            return plan, None
        kunta = kunta or Kunta.objects.create(nimi=target.kunta, virallinen_nimi=target.kunta)
        if tuonti is None:
            tuonti = store_file(kunta, data, name, by=by, muistettu=target.muistettu)
            if told:
                store_decisions(tuonti, told, seen=0, by=by)
        writer = Writer(tuonti, plan, by, reason=tuonti.merkki)
        changes = writer.write(mittarit=Mittarikirjoittaja)
        kept = keep_reading(tuonti, plan, by=by)
        mark_saved(tuonti, plan, [*changes, *([as_json(kept)] if kept else [])])
        record(Tapahtuma.Laji.TALLENNETTU, by=by, kunta=kunta, kohde=tuonti)
    return plan, tuonti
