"""Plan of a vastaustaulukko -> kirjaukset, recorded as the entry page records them."""

from django.db import transaction

from strategia.models import LISAKENTAT, Tapahtuma
from strategia.tapahtuma import record
from strategia.vuoro import lock_kunta

from ..models import OSAN_KENTAT, Kirjaus, MittariArvo, Mittaus, Osavastaus, Tuonti, Vastaus, Yksikkovastaus
from ..taulukko.rows import Luettu
from ..tiedosto.kumous import plain
from ..tiedosto.luenta import is_previewed, mark_saved
from ..tiedosto.plan import Kohde, SuunnitelmaMuuttui
from .plan import Vastaussuunnitelma, build_plan

KENTAT = (*Kirjaus.SAVED_FIELDS, "tuonti")
ARVON_KENTAT = (*MittariArvo.SAVED_FIELDS, "tuonti")
OSAN_TALLENNETUT = (
    *("toimiala", "avain", "jarjestys", "alkuperainen", "kirjaajan_tekstit", "versio", "muokattu"),
    *OSAN_KENTAT,
)


def apply_plan(luettu: Luettu, target: Kohde, *, by, fingerprint, tuonti: Tuonti) -> Vastaussuunnitelma:
    """Plan the answers under a lock of the kunta and record them as `by`, all or nothing.

    Raises SuunnitelmaMuuttui, with the new plan, if anything else would be recorded than a person was shown.
    """
    with transaction.atomic():
        lock_kunta(tuonti.kunta_id)
        plan = build_plan(luettu, target, jakso=tuonti.jakso, toimiala=tuonti.toimiala, by=by)
        if fingerprint != plan.fingerprint or not plan.is_settled or not is_previewed(tuonti):
            raise SuunnitelmaMuuttui(plan)
        # What hangs on a kirjaus before the kirjaus that tells it.
        steps = [step(plan, tuonti, by) for step in (_record_values, _record_units, _record)]
        if not all(is_whole for _changes, is_whole in steps):
            raise SuunnitelmaMuuttui(plan)
        tuonti.strategia_id = plan.strategia_id
        changes = {(change["malli"], change["id"]): change for changes, _whole in steps for change in changes}
        mark_saved(tuonti, plan, list(changes.values()))
        record(Tapahtuma.Laji.TALLENNETTU, by=by, kunta=tuonti.kunta_id, kohde=tuonti)
    return plan


def _record(plan, tuonti, by):
    """([change] as undo wants them, were all rows written?). A row with a score or a reason is sent at once."""
    vastaukset, before = {}, {}
    for row in plan.rows:
        if row.kirjaukset and row.kirjaukset[0].changes:
            toimenpide = plan.omat[row.toimenpide_id]
            kirjaus = plan.kirjaukset.get(row.toimenpide_id) or Kirjaus(jakso=tuonti.jakso, toimenpide=toimenpide)
            vastaukset[toimenpide] = _vastaus(tuonti.jakso.strategia, kirjaus, row.kirjaukset[0].changes)
            if kirjaus.pk:
                before[kirjaus.pk] = {n: plain(kirjaus.serializable_value(n)) for n in KENTAT}
    reason = tuonti.merkki
    saved, conflicts = Kirjaus.objects.record(tuonti.jakso, vastaukset, by=by, tuonti=tuonti, reason=reason)
    changes = [{"malli": "kirjaus", "id": kirjaus.pk, **_ennen(before.get(kirjaus.pk))} for kirjaus in saved]
    return changes, not conflicts and len(saved) == len(vastaukset)


def _record_values(plan, tuonti, by):
    """The same of the values of mittarit. One with a state of its own is sent at once."""
    mittaukset, before = {}, {}
    for planned in (planned for row in plan.rows for planned in row.mittarit):
        mittari, arvo = plan.mitattavat[planned.mittari_id], plan.arvot.get(planned.mittari_id)
        told = {name: pair[1] for name, pair in planned.changes.items()}
        if planned.arvot:
            told["teksti"] = planned.arvot[0].teksti[1]
        is_sent = mittari.toimenpide_id is None and bool(told.get("teksti") or (arvo and arvo.teksti))
        mittaukset[mittari] = Mittaus(arvo.versio if arvo else 0, **told, laheta=is_sent)
        if arvo:
            before[arvo.pk] = {n: plain(arvo.serializable_value(n)) for n in ARVON_KENTAT}
    if not mittaukset:
        return [], True
    saved, conflicts = MittariArvo.objects.record(tuonti.jakso, mittaukset, by=by, tuonti=tuonti, reason=tuonti.merkki)
    changes = [{"malli": "mittariarvo", "id": arvo.pk, **_ennen(before.get(arvo.pk))} for arvo in saved]
    return changes, not conflicts and len(saved) == len(mittaukset)


def _record_units(plan, tuonti, by):
    """The same of the units' answers and the comments, with the kirjaukset that they make or that wait anew."""
    planned, changes, are_whole = {}, [], True
    for row in plan.rows:
        if row.osat:
            planned.setdefault(row.toimenpide_id, []).extend(row.osat)
    for pk, osat in planned.items():
        told = [_yksikkovastaus(osa, tuonti.toimiala) for osa in osat]
        how = {"by": by, "reason": tuonti.merkki, "in_order": False}
        saved, conflicts = Osavastaus.objects.record(tuonti.jakso, plan.omat[pk], told, **how)
        changes += [_change(osa, plan.osat.get(osa.pk), OSAN_TALLENNETUT) for osa in saved]
        are_whole = are_whole and not conflicts and len(saved) == len(told)
    for kirjaus in Kirjaus.objects.filter(jakso=tuonti.jakso, toimenpide__in=planned):
        before = plan.kirjaukset.get(kirjaus.toimenpide_id)
        if before is None or before.versio != kirjaus.versio:
            changes.append(_change(kirjaus, before, KENTAT))
    return changes, are_whole


def _yksikkovastaus(planned, toimiala):
    told = {name: pair[1] for name, pair in planned.changes.items()}
    if not planned.on_kommentti:
        asked = tuple(told) if planned.osa_id else OSAN_KENTAT
        return Yksikkovastaus(planned.nimi, **told, pk=planned.osa_id, versio=planned.versio, kysytyt=asked)
    own = {"pk": planned.osa_id, "versio": planned.versio, "kysytyt": ("nimi", "kommentti"), "toimiala": toimiala}
    return Yksikkovastaus(toimiala.nimi, **told, **own)


def _change(row, before, fields):
    kept = {name: plain(before.serializable_value(name)) for name in fields} if before else None
    return {"malli": row._meta.model_name, "id": row.pk, **_ennen(kept)}


def _vastaus(strategia, kirjaus, changes):
    after = {name: pair[1] for name, pair in changes.items()}
    answer = {name: after.get(name, getattr(kirjaus, name)) for name in ("toteutumisaste", "syy", "kommentti")}
    return Vastaus(
        versio=kirjaus.versio,
        **answer,
        sisainen_huomio=after.get("sisainen_huomio", kirjaus.sisainen_huomio),
        **{name: after[name] for name in (*LISAKENTAT, "omat") if name in after},
        laheta=Kirjaus.is_answer(strategia, **answer),
    )


def _ennen(values):
    return {"luotu": False, "ennen": values} if values else {"luotu": True}
