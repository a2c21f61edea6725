"""A row beside what is stored -> {field: (before, after)}, and the changes that would replace a person's own."""

from seuranta.models import Kirjaus, Tuonti
from seuranta.taulukko.guard import Issue
from seuranta.tiedosto.plan import ILMAN_PAINOPISTETTA, PlannedKirjaus, PlannedRow, shown
from strategia.models import LISAKENTAT, Toimenpide
from strategia.nimet import avain, koodin_avain

from .register import Tunnettu
from .target import Target
from .voimassa import Voimassaolo

TEXT_FIELDS = ("toimialan_tavoite", "vastuu", "riski", "mittari")


def plan_rows(
    found: list[Tunnettu], days: list[Voimassaolo], target: Target
) -> tuple[tuple[PlannedRow, ...], list[Issue]]:
    """What becomes of the rows, and the conflicts: what a person has saved since the last import is not replaced."""
    errors = []
    decided = decisions_of(target)
    pairs = zip(found, days, strict=True)
    compared = [(row, _toimenpide_changes(row, own), _kirjausten_changes(row)) for row, own in pairs]
    held = zip(_hold_back_conflicts(compared, decided, errors), days, strict=True)
    return tuple([_planned(*each, own) for each, own in held]), errors


def decisions_of(target: Target) -> dict[str, str]:
    """Cell -> "tiedosto" or "nykyinen". Whoever joined a row to an old toimenpide has decided on its new name too."""
    return {**target.ristiriidat, **dict.fromkeys(target.toimenpiteet, "tiedosto")}


def _toimenpide_changes(row, days):
    """{field: (before, after)}. An empty cell never erases; spellings of one name are one name."""
    rivi, toimenpide = row.rivi, row.toimenpide
    if toimenpide is None:
        return {}
    told = {field: (getattr(toimenpide, field), text) for field in TEXT_FIELDS if (text := getattr(rivi, field))}
    if rivi.koodi and koodin_avain(toimenpide.koodi) != koodin_avain(rivi.koodi):  # a comma for a point is no change
        told = {"koodi": (toimenpide.koodi, rivi.koodi), **told}
    if rivi.sdg:
        told["sdg"] = (toimenpide.sdg, list(rivi.sdg))
    if rivi.omat:
        told["omat"] = _with_omat(toimenpide, rivi)
    told["toimiala"] = (row.nimet["toimiala"], row.toimiala)
    if row.muut_toimialat:  # those of the file come beside the ones that are there
        muut = row.nimet["muut_toimialat"]
        told["muut_toimialat"] = (muut, tuple(dict.fromkeys((*muut, *row.muut_toimialat))))
    told["toimielin"] = (row.nimet["toimielin"], row.toimielin)
    if avain(rivi.toimenpide) != toimenpide.avain:
        told["nimi"] = (toimenpide.nimi, rivi.toimenpide)
    if row.on_siirtynyt:
        place = f"{rivi.painopiste or ILMAN_PAINOPISTETTA} / {rivi.tavoite or ''}"
        told["tavoite"] = (row.nimet["tavoite"], place)
    if toimenpide.voimassa_alkaen is None and toimenpide.voimassa_asti is None:
        told |= {"voimassa_alkaen": (None, days.alkaa), "voimassa_asti": (None, days.paattyy)}
    changes = {name: pair for name, pair in told.items() if pair[1] and pair[0] != pair[1]}
    if days.on_alkanut:
        changes["voimassa_alkaen"] = (toimenpide.voimassa_alkaen, None)
    return changes


def _kirjausten_changes(row):
    """[{field: (before, after)}] in the order of the row's kirjaukset."""
    return [_kirjaus_changes(*pair) for pair in zip(row.rivi.kirjaukset, row.kirjaukset, strict=True)]


def _kirjaus_changes(arvo, current):
    pairs = {}
    if arvo.toteutumisaste:
        pairs["toteutumisaste"] = (current.toteutumisaste, arvo.toteutumisaste)
        pairs["syy"] = (current.syy, "")
        pairs["alkuperainen"] = (current.alkuperainen, arvo.alkuperainen or "")
    elif arvo.syy and arvo.syy != Kirjaus.Syy.EI_VASTATTU:
        pairs["toteutumisaste"] = (current.toteutumisaste, None)
        pairs["syy"] = (current.syy, arvo.syy)
    for name in ("kommentti", *LISAKENTAT):
        if text := getattr(arvo, name):
            pairs[name] = (getattr(current, name), text)
    if arvo.omat:
        pairs["omat"] = _with_omat(current, arvo)
    huomio = arvo.raw if arvo.raw and not arvo.toteutumisaste else arvo.sisainen_huomio
    if huomio and huomio not in current.sisainen_huomio:
        pairs["sisainen_huomio"] = (current.sisainen_huomio, "\n".join(filter(None, [current.sisainen_huomio, huomio])))
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _with_omat(current, told):
    """(the own columns as they are, as they become): an empty cell erases nothing."""
    return dict(current.omat), {**current.omat, **{otsikko: text for otsikko, text in told.omat.items() if text}}


def _hold_back_conflicts(compared, decided, errors):
    """The same without the changes that would replace what a person has saved since the last import: they are errors.

    decided: cell -> "tiedosto" (replace it) or "nykyinen" (keep it), what a person has chosen.
    """
    kirjaukset = imported_values(
        Kirjaus,
        [
            kirjaus.pk
            for row, _own, inner in compared
            for kirjaus, changes in zip(row.kirjaukset, inner, strict=True)
            if kirjaus.pk and changes
        ],
    )
    toimenpiteet = imported_values(Toimenpide, [row.toimenpide.pk for row, own, _inner in compared if own])
    for row, own, inner in compared:
        if row.toimenpide and (own or any(inner)):  # nothing of a new one can replace anything
            own = _without_conflicts(own, toimenpiteet.get(row.toimenpide.pk), row.rivi, row.rivi, errors, decided)
            inner = [
                _without_conflicts(changes, kirjaukset.get(current.pk), row.rivi, arvo, errors, decided)
                for arvo, current, changes in zip(row.rivi.kirjaukset, row.kirjaukset, inner, strict=True)
            ]
        yield row, own, inner


def _planned(row, own, inner, days):
    kirjaukset = zip(row.rivi.kirjaukset, row.kirjaukset, inner, strict=True)
    return PlannedRow.make(
        rivi=row.rivi,
        toimenpide_id=row.toimenpide.pk if row.toimenpide else None,
        toimiala=row.toimiala,
        kerta=row.kerta,
        changes=own,
        kirjaukset=tuple([_planned_kirjaus(*each) for each in kirjaukset]),
        voimassa=(days.alkaa, days.paattyy),
        muut_toimialat=row.muut_toimialat,
    )


def _planned_kirjaus(arvo, current, changes):
    planned = object.__new__(PlannedKirjaus)  # its constructor sets the fields one by one, and a file has thousands
    told = {"jakso": arvo.jakso, "kirjaus_id": current.pk, "versio": current.versio, "changes": changes}
    object.__setattr__(planned, "__dict__", told)
    return planned


def imported_values(model, ids) -> dict:
    """{id: the history row that the newest import left}, None where no import has written the object."""
    if not ids:
        return {}
    history = model.history.filter(id__in=ids, history_change_reason__startswith=Tuonti.TAULUKON_MERKKI)
    newest = {row.id: row for row in history.order_by("history_id").iterator()}
    return {pk: newest.get(pk) for pk in ids}


def _without_conflicts(changes, imported, rivi, source, errors, decided):
    """source: what of the row the changes come from, the row itself or a kirjaus of it."""
    kept = {}
    for name, (before, after) in changes.items():
        cell = source.cells.get(name, rivi.cell)
        is_addition = name in ("sisainen_huomio", "muut_toimialat") or before in (None, "", [], Kirjaus.Syy.EI_VASTATTU)
        is_untouched = is_addition or (imported and _plain(imported, name) == before)
        if name == "omat":
            kept |= _without_own_conflicts(before, after, imported, source, errors, decided)
        elif name == "alkuperainen":  # goes with its score
            kept |= {name: (before, after)} if "toteutumisaste" in kept or "toteutumisaste" not in changes else {}
        elif is_untouched or decided.get(cell) == "tiedosto":
            kept[name] = (before, after)
        elif name == "voimassa_alkaen" and after is None:
            continue  # a start that a person has given holds
        elif cell not in decided and (name != "syy" or "toteutumisaste" not in changes):
            errors.append(conflict(cell, shown(name, before), shown(name, after)))
    return kept


def _without_own_conflicts(before, after, imported, source, errors, decided):
    """{"omat": the pair} without the headings whose text a person has saved; {} where nothing is left."""
    kept, cells = dict(before), {otsikko: cell for cell, otsikko in source.own_cells.items()}
    for otsikko, text in after.items():
        was, cell = before.get(otsikko, ""), cells.get(otsikko, "")
        if was == text:
            continue
        if not was or (imported and imported.omat.get(otsikko) == was) or decided.get(cell) == "tiedosto":
            kept[otsikko] = text
        elif cell not in decided:
            errors.append(conflict(cell, was, text))
    return {"omat": (before, kept)} if kept != before else {}


def _plain(imported, name):
    value = getattr(imported, name)
    if name in ("toimiala", "toimielin"):
        return value.nimi if value else ""
    return f"{value.painopiste.nimi} / {value.nimi}" if name == "tavoite" else value


def conflict(cell, before, after) -> Issue:
    """A person has saved `before` since the last import, and the file says `after`."""
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
