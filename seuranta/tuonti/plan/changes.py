"""A row beside what is stored -> {field: (before, after)}, and the changes that would replace a person's own."""

from datetime import date

from seuranta.models import Kirjaus, Tuonti
from seuranta.taulukko.guard import Issue
from seuranta.taulukko.rows import Kirjausarvo
from seuranta.tiedosto.plan import ILMAN_PAINOPISTETTA, PlannedKirjaus, PlannedRow, shown
from strategia.models import LISAKENTAT, StrateginenTavoite, Toimenpide, Toimiala, Toimielin
from strategia.nimet import avain

from .register import Kirjaustieto

TEXT_FIELDS = ("toimialan_tavoite", "vastuu", "riski", "mittari")


def toimenpide_changes(rivi, toimiala, toimenpide, tavoite, register):
    """{field: (before, after)}. An empty cell never erases; spellings of one name are one name."""
    pairs = {field: (getattr(toimenpide, field), getattr(rivi, field)) for field in ("koodi", *TEXT_FIELDS)}
    pairs["sdg"] = (toimenpide.sdg, list(rivi.sdg))
    pairs["toimiala"] = (register.name_of(Toimiala, toimenpide.toimiala_id), toimiala)
    if rivi.toimielin:
        known = register.find_toimielin(rivi.toimielin)
        old = register.name_of(Toimielin, toimenpide.toimielin_id)
        pairs["toimielin"] = (old, known.nimi if known else rivi.toimielin)
    if avain(rivi.toimenpide) != toimenpide.avain:
        pairs["nimi"] = (toimenpide.nimi, rivi.toimenpide)
    if tavoite is None or tavoite.pk != toimenpide.tavoite_id:
        pairs["tavoite"] = (
            register.name_of(StrateginenTavoite, toimenpide.tavoite_id),
            f"{rivi.painopiste or ILMAN_PAINOPISTETTA} / {rivi.tavoite or ''}",
        )
    if rivi.voimassa and toimenpide.voimassa_alkaen is None and toimenpide.voimassa_asti is None:
        pairs |= {name: (None, day) for name, day in years_in_force(rivi).items()}
    return {name: pair for name, pair in pairs.items() if pair[1] and pair[0] != pair[1]}


def years_in_force(rivi):
    """The years that the row's text names as the first and the last day, {} where it names none."""
    if not rivi.voimassa:
        return {}
    first, last = rivi.voimassa
    return {"voimassa_alkaen": date(first, 1, 1), "voimassa_asti": date(last, 12, 31)}


def plan_kirjaus(arvo: Kirjausarvo, toimenpide, register):
    jakso = register.jaksot.get(avain(arvo.jakso))
    kirjaus = register.kirjaukset.get((jakso.pk, toimenpide.pk)) if jakso and toimenpide else None
    current = kirjaus or _NO_KIRJAUS
    pairs = {}
    if arvo.toteutumisaste:
        pairs["toteutumisaste"] = (current.toteutumisaste, arvo.toteutumisaste)
        pairs["syy"] = (current.syy, "")
    elif arvo.syy and arvo.syy != Kirjaus.Syy.EI_VASTATTU:
        pairs["toteutumisaste"] = (current.toteutumisaste, None)
        pairs["syy"] = (current.syy, arvo.syy)
    for name in ("kommentti", *LISAKENTAT):
        if text := getattr(arvo, name):
            pairs[name] = (getattr(current, name), text)
    huomio = arvo.raw if arvo.raw and not arvo.toteutumisaste else arvo.sisainen_huomio
    if huomio and huomio not in current.sisainen_huomio:
        pairs["sisainen_huomio"] = (current.sisainen_huomio, "\n".join(filter(None, [current.sisainen_huomio, huomio])))
    return PlannedKirjaus(
        jakso=arvo.jakso,
        kirjaus_id=kirjaus.pk if kirjaus else None,
        versio=current.versio,
        changes={name: pair for name, pair in pairs.items() if pair[0] != pair[1]},
    )


_NO_KIRJAUS = Kirjaustieto()


def hold_back_conflicts(rows, errors, decided):
    """Take out the changes that would replace what a person has saved since the last import, as errors.

    decided: cell -> "tiedosto" (replace it) or "nykyinen" (keep it), what a person has chosen.
    """
    toimenpiteet = _imported_values(Toimenpide, [r.toimenpide_id for r in rows if r.changes])
    kirjaukset = _imported_values(Kirjaus, [k.kirjaus_id for r in rows for k in r.kirjaukset if k.changes])
    held = []
    for row in rows:
        if row.change != "changed":  # nothing of it can replace anything
            held.append(row)
            continue
        own = _without_conflicts(
            row.changes, toimenpiteet.get(row.toimenpide_id), row.rivi, row.rivi.cells, errors, decided
        )
        inner = []
        for arvo, kirjaus in zip(row.rivi.kirjaukset, row.kirjaukset, strict=True):
            base = kirjaukset.get(kirjaus.kirjaus_id)
            kept = _without_conflicts(kirjaus.changes, base, row.rivi, arvo.cells, errors, decided)
            inner.append(PlannedKirjaus(kirjaus.jakso, kirjaus.kirjaus_id, kirjaus.versio, kept))
        held.append(PlannedRow(row.rivi, row.toimenpide_id, row.toimiala, row.kerta, own, tuple(inner)))
    return held


def _imported_values(model, ids):
    """{id: the history row that the newest import left}, None where no import has written the object."""
    ids = [pk for pk in ids if pk]
    if not ids:
        return {}
    history = model.history.filter(id__in=ids, history_change_reason__startswith=Tuonti.TAULUKON_MERKKI)
    newest = {row.id: row for row in history.order_by("history_id").iterator()}
    return {pk: newest.get(pk) for pk in ids}


def _without_conflicts(changes, imported, rivi, cells, errors, decided):
    kept = {}
    for name, (before, after) in changes.items():
        cell = cells.get(name, rivi.cell)
        is_addition = name == "sisainen_huomio" or before in (None, "", [], Kirjaus.Syy.EI_VASTATTU)
        is_untouched = is_addition or (imported and _plain(imported, name) == before)
        if is_untouched or decided.get(cell) == "tiedosto":
            kept[name] = (before, after)
        elif cell not in decided and (name != "syy" or "toteutumisaste" not in changes):
            errors.append(_conflict(cell, shown(name, before), shown(name, after)))
    return kept


def _plain(imported, name):
    value = getattr(imported, name)
    if name in ("toimiala", "toimielin"):
        return value.nimi if value else ""
    return f"{value.painopiste.nimi} / {value.nimi}" if name == "tavoite" else value


def _conflict(cell, before, after):
    return Issue(
        cell,
        "conflict",
        f"Arvon ”{_short(before)}” on tallentanut ihminen edellisen tuonnin jälkeen. Tiedostossa on ”{_short(after)}”. "
        "Tuonti ei korvaa sitä. Päätä, kumpi jää.",
        f"A person has saved “{_short(before)}” since the last import; the file has “{_short(after)}”.",
    )


def _short(value):
    text = str(value)
    return text if len(text) <= 60 else text[:59] + "…"
