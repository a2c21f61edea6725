"""Luettu + what the database holds -> Plan: what an import would write. Only reads the database.

The whole register of the kunta is read into dictionaries first, so that the number of queries does not
depend on the number of rows.
"""

import hashlib
import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from seuranta.models import Kirjaus, Seurantajakso
from strategia.models import (
    Kirjoitusasu,
    Kunta,
    Painopiste,
    Strategia,
    StrateginenTavoite,
    Toimenpide,
    Toimiala,
    Toimielin,
)
from strategia.nimet import avain

from .guard import Issue
from .rows import Kirjausarvo, Luettu, Rivi

TUONNIN_MERKKI = "tuonti"  # change reason of the history rows that an import writes
ILMAN_PAINOPISTETTA = "Ilman painopistettä"  # holds the rows of a sheet that knows no painopiste
TEXT_FIELDS = ("toimialan_tavoite", "vastuu", "riski", "mittari")


@dataclass(frozen=True)
class Target:
    """Where a file goes and how freely: the kunta by name (it may not exist yet), optionally the strategia."""

    kunta: str
    strategia: str | None = None
    create_toimialat: bool = False
    skip_errors: bool = False


@dataclass(frozen=True)
class PlannedKirjaus:
    """What one row says of one jakso. changes: {field: (before, after)}, empty when nothing changes."""

    jakso: str
    kirjaus_id: int | None
    versio: int
    changes: dict


@dataclass(frozen=True)
class PlannedRow:
    """One row of the file and what becomes of it. changes as in PlannedKirjaus, of the toimenpide itself."""

    rivi: Rivi
    toimenpide_id: int | None
    toimiala: str | None
    kerta: int
    changes: dict
    kirjaukset: tuple[PlannedKirjaus, ...]

    @property
    def painopiste(self):
        return self.rivi.painopiste or ILMAN_PAINOPISTETTA

    @property
    def tavoite(self):
        """The name of the tavoite, "" for the nameless one."""
        return self.rivi.tavoite or ""

    @property
    def change(self):
        """ "new", "changed" or "same"."""
        if self.toimenpide_id is None:
            return "new"
        return "changed" if self.changes or any(k.changes for k in self.kirjaukset) else "same"


@dataclass(frozen=True)
class Plan:
    """What the import would write, and why it may not."""

    target: Target
    luettu: Luettu
    rows: tuple[PlannedRow, ...] = ()
    errors: tuple[Issue, ...] = ()
    refusal: str | None = None
    strategia: str | None = None
    missing: tuple[str, ...] = ()
    kunta_id: int | None = field(default=None, compare=False)
    strategia_id: int | None = field(default=None, compare=False)

    @property
    def status(self):
        if self.refusal:
            return "reject"
        return "row_errors" if self.errors else "ok"

    @property
    def is_writable(self):
        return self.status == "ok" or (self.status == "row_errors" and self.target.skip_errors)

    @property
    def counts(self):
        by_change = Counter(row.change for row in self.rows)
        return {**{c: by_change[c] for c in ("new", "changed", "same")}, "errors": len(self.errors)}

    @property
    def fingerprint(self):
        """sha256 over what would be written and over the versions it would replace."""
        content = [
            self.strategia,
            self.strategia_id,
            [[r.toimenpide_id, r.kerta, r.change, r.changes, [vars(k) for k in r.kirjaukset]] for r in self.rows],
        ]
        return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


def build_plan(luettu: Luettu, target: Target) -> Plan:
    """Compare what was read with the register of the target kunta.

    Errors of the file come first, then those that only the register knows: `unknown_toimiala`,
    `several_toimialat` and `conflict` by cell, `closed_jakso` for the whole file.
    """
    if luettu.status == "reject":
        return Plan(target, luettu, errors=luettu.errors, refusal=luettu.reason)
    register = Register.load(target, luettu.title)
    closed = [j.nimi for j in register.jaksot_of(luettu.jaksot) if j.is_closed]
    if closed:
        return Plan(
            target, luettu, errors=(_closed_jakso(closed[0]),), refusal="closed_jakso", kunta_id=register.kunta_id
        )
    errors = list(luettu.errors)
    rows = [_plan_row(rivi, register, errors) for rivi in luettu.rows if rivi.toimenpide]
    rows = _hold_back_conflicts(rows, errors)
    return Plan(
        target,
        luettu,
        rows=tuple(rows),
        errors=tuple(errors),
        strategia=register.strategia_nimi,
        missing=register.unmatched(),
        kunta_id=register.kunta_id,
        strategia_id=register.strategia.pk if register.strategia else None,
    )


def _closed_jakso(nimi):
    return Issue(
        "",
        "closed_jakso",
        f"Jakso ”{nimi}” on suljettu, eikä siihen voi tuoda kirjauksia. Avaa jakso uudelleen tai valitse toinen jakso.",
        f"The period “{nimi}” is closed and takes no import. Reopen it or choose another.",
    )


class Register:
    """All that the kunta already has, by the keys that files use."""

    @classmethod
    def load(cls, target, title):
        self = cls()
        kunta = Kunta.objects.filter(avain=avain(target.kunta)).first()
        self.kunta_id = kunta.pk if kunta else None
        self.strategia, self.strategia_nimi = self._choose_strategia(target.strategia, title)
        self.create_toimialat = target.create_toimialat
        self._load_names()
        self._load_toimenpiteet()
        self._load_kirjaukset()
        return self

    def _choose_strategia(self, nimi, title):
        """The strategia of that name, else the kunta's only one, else a new one named after the title."""
        mine = list(Strategia.objects.filter(kunta=self.kunta_id)) if self.kunta_id else []
        wanted = nimi or ((title or "Strategia") if len(mine) != 1 else mine[0].nimi)
        wanted = wanted.capitalize() if wanted.isupper() else wanted
        found = next((s for s in mine if s.avain == avain(wanted)), None)
        return found, found.nimi if found else wanted

    def _load_names(self):
        self.toimialat = {t.avain: t for t in Toimiala.objects.filter(kunta=self.kunta_id)}
        self.has_toimialat = bool(self.toimialat)
        self.toimielimet = {t.avain: t for t in Toimielin.objects.filter(kunta=self.kunta_id)}
        self.painopisteet = {p.avain: p for p in Painopiste.objects.filter(strategia=self.strategia)}
        self.tavoitteet = {
            (t.painopiste_id, t.avain): t
            for t in StrateginenTavoite.objects.filter(painopiste__strategia=self.strategia)
        }
        self.asut = defaultdict(dict)
        for asu in Kirjoitusasu.objects.filter(kunta=self.kunta_id).select_related("toimiala", "toimielin"):
            if target := asu.toimiala or asu.toimielin:
                self.asut[type(target)][asu.avain] = target

    def _load_toimenpiteet(self):
        rows = Toimenpide.objects.filter(tavoite__painopiste__strategia=self.strategia)
        self.by_place, self.by_koodi = {}, defaultdict(list)
        for toimenpide in rows.select_related("toimiala", "toimielin", "tavoite__painopiste").order_by("pk"):
            place = (toimenpide.tavoite_id, toimenpide.avain, toimenpide.koodi, toimenpide.kerta)
            self.by_place[place] = toimenpide
            if toimenpide.koodi:
                self.by_koodi[toimenpide.koodi].append(toimenpide)
        self.alike_seen, self.matched = Counter(), set()

    def _load_kirjaukset(self):
        self.jaksot = {j.avain: j for j in Seurantajakso.objects.filter(strategia=self.strategia)}
        self.kirjaukset = {
            (k.jakso_id, k.toimenpide_id): k for k in Kirjaus.objects.filter(jakso__in=self.jaksot.values())
        }

    def jaksot_of(self, names):
        return [self.jaksot[avain(nimi)] for nimi in names if avain(nimi) in self.jaksot]

    def find_toimiala(self, nimi):
        return self.toimialat.get(avain(nimi)) or self.asut[Toimiala].get(avain(nimi))

    def find_toimielin(self, nimi):
        return self.toimielimet.get(avain(nimi)) or self.asut[Toimielin].get(avain(nimi))

    def match(self, rivi):
        """-> (the toimenpide this row means or None, its order among rows alike from 1, its tavoite or None).

        A koodi that stands for one toimenpide here finds it even when renamed or moved; otherwise the name
        within its tavoite does, and rows alike are told apart by their order.
        """
        place = (avain(rivi.painopiste or ILMAN_PAINOPISTETTA), avain(rivi.tavoite or ""))
        koodi, oma = rivi.koodi or "", avain(rivi.toimenpide)
        self.alike_seen[(*place, oma, koodi)] += 1
        kerta = self.alike_seen[(*place, oma, koodi)]
        painopiste = self.painopisteet.get(place[0])
        tavoite = painopiste and self.tavoitteet.get((painopiste.pk, place[1]))
        found = tavoite and self.by_place.get((tavoite.pk, oma, koodi, kerta))
        if not found and kerta == 1 and len(self.by_koodi.get(koodi, ())) == 1:
            found = self.by_koodi[koodi][0]
        if found:
            self.matched.add(found.pk)
        return found, (found.kerta if found else kerta), tavoite

    def unmatched(self):
        """Names of the toimenpiteet that the file does not have."""
        return tuple(t.nimi for t in self.by_place.values() if t.pk not in self.matched)


def _plan_row(rivi, register, errors):
    toimiala = _resolve_toimiala(rivi, register, errors)
    toimenpide, kerta, tavoite = register.match(rivi)
    return PlannedRow(
        rivi=rivi,
        toimenpide_id=toimenpide.pk if toimenpide else None,
        toimiala=toimiala,
        kerta=kerta,
        changes=_toimenpide_changes(rivi, toimiala, toimenpide, tavoite, register) if toimenpide else {},
        kirjaukset=tuple(_plan_kirjaus(arvo, toimenpide, register) for arvo in rivi.kirjaukset),
    )


def _resolve_toimiala(rivi, register, errors):
    """The register's name of the row's toimiala; a new name while new ones are taken; None with an error."""
    if not rivi.toimiala:
        return None
    if known := register.find_toimiala(rivi.toimiala):
        return known.nimi
    if not register.has_toimialat or register.create_toimialat:
        return rivi.toimiala
    errors.append(_unknown_toimiala(rivi, register))
    return None


def _unknown_toimiala(rivi, register):
    cell, nimi = rivi.cells.get("toimiala", rivi.cell), rivi.toimiala
    parts = [p.strip() for p in nimi.replace(";", ",").replace("/", ",").replace("\n", ",").split(",")]
    if len(parts) > 1 and sum(bool(register.find_toimiala(p)) for p in parts) > 1:
        return Issue(
            cell,
            "several_toimialat",
            f"Solussa on monta toimialaa: ”{nimi}”. Valitse niistä yksi vastuulliseksi.",
            f"The cell names several units: “{nimi}”. Choose the one responsible.",
        )
    return Issue(
        cell,
        "unknown_toimiala",
        f"Toimialaa ”{nimi}” ei ole rekisterissä. Korjaa nimi, yhdistä se olemassa olevaan tai luo uusi toimiala.",
        f"The unit “{nimi}” is not in the register. Correct it, join it to a known one or create it.",
    )


def _toimenpide_changes(rivi, toimiala, toimenpide, tavoite, register):
    """{field: (before, after)}. An empty cell never erases; spellings of one name are one name."""
    old_toimielin = toimenpide.toimielin.nimi if toimenpide.toimielin else ""
    new_toimielin = register.find_toimielin(rivi.toimielin) if rivi.toimielin else None
    pairs = {field: (getattr(toimenpide, field), getattr(rivi, field)) for field in TEXT_FIELDS}
    pairs["koodi"] = (toimenpide.koodi, rivi.koodi)
    pairs["sdg"] = (toimenpide.sdg, list(rivi.sdg))
    pairs["toimiala"] = (toimenpide.toimiala.nimi if toimenpide.toimiala else "", toimiala)
    pairs["toimielin"] = (old_toimielin, new_toimielin.nimi if new_toimielin else rivi.toimielin)
    if avain(rivi.toimenpide) != toimenpide.avain:
        pairs["nimi"] = (toimenpide.nimi, rivi.toimenpide)
    if tavoite is None or tavoite.pk != toimenpide.tavoite_id:
        old = toimenpide.tavoite
        pairs["tavoite"] = (
            f"{old.painopiste.nimi} / {old.nimi}",
            f"{rivi.painopiste or ILMAN_PAINOPISTETTA} / {rivi.tavoite or ''}",
        )
    return {name: pair for name, pair in pairs.items() if pair[1] and pair[0] != pair[1]}


def _plan_kirjaus(arvo: Kirjausarvo, toimenpide, register):
    jakso = register.jaksot.get(avain(arvo.jakso))
    kirjaus = register.kirjaukset.get((jakso.pk, toimenpide.pk)) if jakso and toimenpide else None
    current = kirjaus or Kirjaus()
    pairs = {}
    if arvo.toteutumisaste:
        pairs["toteutumisaste"] = (current.toteutumisaste, arvo.toteutumisaste)
        pairs["syy"] = (current.syy, "")
    elif arvo.syy and arvo.syy != Kirjaus.Syy.EI_VASTATTU:
        pairs["toteutumisaste"] = (current.toteutumisaste, None)
        pairs["syy"] = (current.syy, arvo.syy)
    if arvo.kommentti:
        pairs["kommentti"] = (current.kommentti, arvo.kommentti)
    huomio = arvo.raw if arvo.raw and not arvo.toteutumisaste else arvo.sisainen_huomio
    if huomio and huomio not in current.sisainen_huomio:
        pairs["sisainen_huomio"] = (current.sisainen_huomio, "\n".join(filter(None, [current.sisainen_huomio, huomio])))
    return PlannedKirjaus(
        jakso=arvo.jakso,
        kirjaus_id=kirjaus.pk if kirjaus else None,
        versio=current.versio,
        changes={name: pair for name, pair in pairs.items() if pair[0] != pair[1]},
    )


def _hold_back_conflicts(rows, errors):
    """Take out the changes that would replace what a person has saved since the last import, as errors."""
    toimenpiteet = _imported_values(Toimenpide, [r.toimenpide_id for r in rows if r.changes])
    kirjaukset = _imported_values(Kirjaus, [k.kirjaus_id for r in rows for k in r.kirjaukset if k.changes])
    held = []
    for row in rows:
        own = _without_conflicts(row.changes, toimenpiteet.get(row.toimenpide_id), row.rivi, row.rivi.cells, errors)
        inner = []
        for arvo, kirjaus in zip(row.rivi.kirjaukset, row.kirjaukset, strict=True):
            base = kirjaukset.get(kirjaus.kirjaus_id)
            kept = _without_conflicts(kirjaus.changes, base, row.rivi, arvo.cells, errors)
            inner.append(PlannedKirjaus(kirjaus.jakso, kirjaus.kirjaus_id, kirjaus.versio, kept))
        held.append(PlannedRow(row.rivi, row.toimenpide_id, row.toimiala, row.kerta, own, tuple(inner)))
    return held


def _imported_values(model, ids):
    """{id: the history row that the newest import left}, None where no import has written the object."""
    ids = [pk for pk in ids if pk]
    if not ids:
        return {}
    history = model.history.filter(id__in=ids, history_change_reason__startswith=TUONNIN_MERKKI)
    newest = {row.id: row for row in history.order_by("history_id").iterator()}
    return {pk: newest.get(pk) for pk in ids}


def _without_conflicts(changes, imported, rivi, cells, errors):
    kept = {}
    for name, (before, after) in changes.items():
        is_addition = name == "sisainen_huomio" or before in (None, "", [], Kirjaus.Syy.EI_VASTATTU)
        if is_addition or (imported and _plain(imported, name) == before):
            kept[name] = (before, after)
        elif name != "syy" or "toteutumisaste" not in changes:
            errors.append(_conflict(cells.get(name, rivi.cell), before, after))
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
