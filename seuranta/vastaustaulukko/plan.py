"""Luettu of a vastaustaulukko + one jakso and toimiala -> Plan: what its rows would record. Only reads the database.

Each field is compared three ways: what the cell says, what it said when the table was made, and what is stored
now. A cell that nobody has touched changes nothing, even if the application holds something newer.
"""

from collections import defaultdict
from dataclasses import dataclass, field, replace

from django.utils import timezone
from django.utils.formats import date_format

from seuranta.models import KIRJOITTAJA, KOMMENTIN_PITUUS, Kirjaus, Seurantajakso
from seuranta.taulukko.rows import Luettu
from seuranta.taulukko.rows.sentences import issue
from seuranta.tiedosto.plan import Kohde, Plan, PlannedKirjaus, PlannedRow, Puuttuva, drop_too_long
from strategia.models import Toimenpide
from strategia.nimet import avain
from strategia.permissions import own_toimenpiteet

from .mittariplan import Mittarisuunnittelu
from .mittaritunniste import read_mittaritunniste
from .tunniste import digest, read_tunniste, values_of
from .yksikkoplan import Yksikkosuunnittelu
from .yksikkotunniste import read_yksikkotunniste

_EMPTY = {"toteutumisaste": None, "syy": "", "omat": {}, **dict.fromkeys(Kirjaus.TEKSTIT, "")}


@dataclass(frozen=True)
class Vastaussuunnitelma(Plan):
    """The plan of a workbook of answers, with the toimenpiteet and kirjaukset of its jakso by the toimenpide's id (of
    those that are commented on too), the mittarit and their values by the mittari's, and the units' answers by theirs.
    """

    omat: dict = field(default_factory=dict, compare=False, repr=False)
    kirjaukset: dict = field(default_factory=dict, compare=False, repr=False)
    mitattavat: dict = field(default_factory=dict, compare=False, repr=False)
    arvot: dict = field(default_factory=dict, compare=False, repr=False)
    osat: dict = field(default_factory=dict, compare=False, repr=False)


def build_plan(luettu: Luettu, target: Kohde, *, jakso, toimiala, by) -> Vastaussuunnitelma:
    """The plan of the user `by`: rows of that toimiala and jakso that the user may record; any other row is an error.

    Refusals: closed_jakso, and other_jakso where every row was made for another jakso. Five queries at any size.
    """
    if luettu.status == "reject":
        return Vastaussuunnitelma(target, luettu, errors=luettu.errors, refusal=luettu.reason)
    tunnisteet = {rivi.cell: read_tunniste(rivi.tunniste or "") for rivi in luettu.rows}
    problem = _refusal(jakso, _made_for(luettu, tunnisteet), by)
    if problem:
        return Vastaussuunnitelma(target, luettu, errors=(problem,), refusal=problem.code, kunta_id=jakso.kunta_id)
    suunnittelu = _Suunnittelu(jakso, toimiala, by, target, tunnisteet)
    mittarit = Mittarisuunnittelu(suunnittelu, by) if any(rivi.mittarit for rivi in luettu.rows) else None
    yksikot = Yksikkosuunnittelu(suunnittelu, by) if any(rivi.yksikko is not None for rivi in luettu.rows) else None
    planned = [_of_row(rivi, suunnittelu, mittarit, yksikot).plan_row(rivi) for rivi in luettu.rows]
    rows = drop_too_long(planned, suunnittelu.errors)
    return Vastaussuunnitelma(
        target,
        replace(luettu, notices=(*luettu.notices, *suunnittelu.notices)),
        rows=rows,
        errors=(*luettu.errors, *suunnittelu.errors),
        strategia=jakso.strategia.nimi,
        missing=suunnittelu.list_missing(),
        kunta_id=jakso.kunta_id,
        strategia_id=jakso.strategia_id,
        omat=yksikot.toimenpiteet if yksikot else suunnittelu.omat,
        kirjaukset=yksikot.kirjaukset if yksikot else suunnittelu.kirjaukset,
        mitattavat=mittarit.mittarit if mittarit else {},
        arvot=mittarit.arvot if mittarit else {},
        osat=yksikot.osat if yksikot else {},
    )


def _made_for(luettu, tunnisteet):
    """The ids of the jaksot that the rows were made for."""
    mittarit = (read_mittaritunniste(rivi.tunniste or "") for rivi in luettu.rows if rivi.mittarit)
    yksikot = (read_yksikkotunniste(rivi.tunniste or "") for rivi in luettu.rows if rivi.yksikko is not None)
    return {tunniste.jakso for tunniste in (*tunnisteet.values(), *mittarit, *yksikot) if tunniste}


def _of_row(rivi, suunnittelu, mittarit, yksikot):
    return mittarit if rivi.mittarit else suunnittelu if rivi.yksikko is None else yksikot


def _refusal(jakso, made_for, by):
    if not Seurantajakso.objects.open_to(by).filter(pk=jakso.pk).exists():
        return issue("", "closed_jakso", jakso=jakso.nimi)
    if made_for and jakso.pk not in made_for:
        return issue("", "other_jakso/all", jakso=jakso.nimi)
    return None


class _Suunnittelu:
    """What is stored of the jakso and toimiala, and the rows of the file as they are matched with it one by one."""

    def __init__(self, jakso, toimiala, by, target, tunnisteet):
        self.jakso, self.toimiala, self.target, self.tunnisteet = jakso, toimiala, target, tunnisteet
        self.errors, self.notices, self.first = [], [], {}
        rows = (jakso.toimenpiteet() & own_toimenpiteet(by)).filter(toimiala=toimiala)
        self.omat = {toimenpide.pk: toimenpide for toimenpide in rows}
        self.by_koodi, self.by_name = defaultdict(list), defaultdict(list)
        for toimenpide in self.omat.values():
            self.by_name[toimenpide.avain].append(toimenpide)
            if toimenpide.koodi:
                self.by_koodi[toimenpide.koodi].append(toimenpide)
        named = {t.toimenpide for t in tunnisteet.values() if t} - self.omat.keys()
        others = Toimenpide.objects.filter(kunta=jakso.kunta_id, pk__in=named) if named else Toimenpide.objects.none()
        self.muut = dict(others.values_list("pk", "toimiala"))
        stored = Kirjaus.objects.filter(jakso=jakso, toimenpide__in=self.omat)
        self.kirjaukset = {kirjaus.toimenpide_id: kirjaus for kirjaus in stored}
        self._load_history()

    def _load_history(self):
        """What each kirjaus has been: the base that a row was made from is one of these."""
        self.states, self.latest = {}, {}
        of_jakso = Kirjaus.history.filter(kunta=self.jakso.kunta_id, jakso=self.jakso.pk)
        history = of_jakso.filter(toimenpide__in=list(self.omat)).order_by("history_id")
        for row in history.select_related(*KIRJOITTAJA):
            values = values_of(row)
            self.states[row.toimenpide_id, row.versio, digest(values)] = values
            self.latest[row.toimenpide_id] = row

    # --- which toimenpide a row means

    def plan_row(self, rivi):
        toimenpide = self._find(rivi)
        if toimenpide is None:  # answers make none
            return PlannedRow(rivi, None, None, 1, {}, (), on_pois=True)
        kirjaus = self.kirjaukset.get(toimenpide.pk) or Kirjaus(jakso=self.jakso, toimenpide=toimenpide)
        changes = self._unless_told_already(rivi, toimenpide, self._changes(rivi, toimenpide, kirjaus))
        planned = PlannedKirjaus(self.jakso.nimi, kirjaus.pk, kirjaus.versio, changes)
        return PlannedRow(rivi, toimenpide.pk, self.toimiala.nimi, toimenpide.kerta, {}, (planned,))

    def _find(self, rivi):
        found = self._find_by_tunniste(rivi) if rivi.tunniste else self._find_by_name(rivi)
        if found is None or not rivi.toimenpide or avain(rivi.toimenpide) == found.avain:
            return found
        if any(other is not found for other in self.by_name[avain(rivi.toimenpide)]):
            return self._refuse(rivi.cells.get("tunniste", rivi.cell), "mixed_row", nimi=_short(found.nimi))
        self.notices.append(issue(rivi.cell, "needs_decision/name", nimi=_short(found.nimi)))
        return found

    def _refuse(self, cell, code, **values):
        self.errors.append(issue(cell, code, **values))

    def _find_by_tunniste(self, rivi):
        tunniste, cell = self.tunnisteet[rivi.cell], rivi.cells["tunniste"]
        if tunniste and tunniste.jakso != self.jakso.pk:
            return self._refuse(cell, "other_jakso", jakso=self.jakso.nimi)
        if tunniste and tunniste.toimenpide in self.omat:
            return self.omat[tunniste.toimenpide]
        if not tunniste or tunniste.toimenpide not in self.muut:
            return self._refuse_unknown(rivi, cell)
        is_mine = self.muut[tunniste.toimenpide] == self.toimiala.pk
        return self._refuse(cell, "not_yours" if is_mine else "other_toimiala", toimiala=self.toimiala.nimi)

    def _refuse_unknown(self, rivi, cell):
        """A damaged id: where the name still says which toimenpide it is, a person may have the row read by that."""
        found = self._list_named(rivi)
        if len(found) == 1:
            return self._refuse(cell, "broken_id", nimi=_short(found[0].nimi))
        return self._refuse(cell, "unknown_id")

    def _find_by_name(self, rivi):
        if not rivi.toimenpide and not rivi.koodi:
            return self._refuse(rivi.cell, "missing_name")
        found = self._list_named(rivi)
        if len(found) != 1:
            code = "ambiguous_row" if found else "unknown_toimenpide"
            return self._refuse(rivi.cell, code, toimiala=self.toimiala.nimi)
        self.notices.append(issue(rivi.cell, "read_by_name"))
        return found[0]

    def _list_named(self, rivi):
        """By a koodi that one toimenpide has, else by the name, of rows alike the one under the same tavoite."""
        found = self.by_koodi.get(rivi.koodi) or self.by_name.get(avain(rivi.toimenpide or ""), [])
        if len(found) > 1 and rivi.tavoite:
            found = [t for t in found if t.tavoite.avain == avain(rivi.tavoite)]
        return found

    def _unless_told_already(self, rivi, toimenpide, changes):
        """A copied row counts once; two copies that say different things wait for a person."""
        cell, told = self.first.get(toimenpide.pk, (rivi.cell, {}))
        self.first[toimenpide.pk] = (cell, told) if told else (rivi.cell, changes)
        if not told or not changes:
            return changes
        if changes != told:
            self._refuse(rivi.cell, "copied_row", first=cell)
        return {}

    # --- what a row changes

    def _changes(self, rivi, toimenpide, kirjaus):
        """{field: (before, after)} of what the person wrote; a newer value of another's is held back as a conflict."""
        arvo, tunniste = rivi.kirjaukset[0], self.tunnisteet[rivi.cell]
        base, now = self._base(toimenpide, tunniste), values_of(kirjaus)
        changes = self._arvio_changes(arvo, base, now, kirjaus)
        for name in Kirjaus.TEKSTIT:
            mine, before = getattr(arvo, name), base and base[name]
            way = self._settle(arvo.cells.get(name), mine, before, now[name], kirjaus) if mine else ""
            if way:
                both = f"{getattr(kirjaus, name)}\n{mine}"
                changes[name] = (getattr(kirjaus, name), both if way == "molemmat" else mine)
        return changes | self._own_changes(arvo, base, now, kirjaus)

    def _own_changes(self, arvo, base, now, kirjaus):
        """The same of the kunta's own columns: each is compared by itself."""
        before, after = kirjaus.omat, dict(kirjaus.omat)
        for cell, otsikko in arvo.own_cells.items():
            mine, was = arvo.omat.get(otsikko, ""), base and base["omat"].get(otsikko, "")
            way = self._settle(cell, mine, was, now["omat"].get(otsikko, ""), kirjaus) if mine else ""
            text = f"{before[otsikko]}\n{mine}" if way == "molemmat" else mine
            if way and len(text) > KOMMENTIN_PITUUS:
                self._refuse(cell, "too_long/together", length=len(text), limit=KOMMENTIN_PITUUS)
            elif way:
                after[otsikko] = text
        return {"omat": (before, after)} if after != before else {}

    def _base(self, toimenpide, tunniste):
        """The kirjaus as the row showed it, None where that cannot be known any more."""
        if tunniste is None:
            return None
        if tunniste.versio == 0:
            return _EMPTY
        return self.states.get((toimenpide.pk, tunniste.versio, tunniste.tiiviste))

    def _arvio_changes(self, arvo, base, now, kirjaus):
        mine = self._choose_arvio(arvo, base)
        if mine is None:
            return {}
        pair = (base["toteutumisaste"], base["syy"]) if base else None
        cell = arvo.cells.get("toteutumisaste" if mine[0] else "syy") or next(iter(arvo.cells.values()))
        if not self._settle(cell, mine, pair, (now["toteutumisaste"], now["syy"]), kirjaus):
            return {}
        pairs = {"toteutumisaste": (kirjaus.toteutumisaste, mine[0]), "syy": (kirjaus.syy, mine[1])}
        return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}

    def _choose_arvio(self, arvo, base):
        """(score, "") or (None, reason) that the row gives, None if neither. Of both the one that is new counts."""
        score, syy = arvo.toteutumisaste, arvo.syy
        if not (score and syy):
            return (score, syy) if score or syy else None
        is_new = base and (score != base["toteutumisaste"], syy != base["syy"])
        if is_new in ((True, False), (False, True)):
            return (score, "") if is_new[0] else (None, syy)
        return self._refuse(arvo.cells["syy"], "score_and_reason")

    def _settle(self, cell, mine, base, now, kirjaus):
        return self.settle(cell, mine, base, now, (self.latest.get(kirjaus.toimenpide_id), kirjaus.muokattu))

    def settle(self, cell, mine, base, now, written):
        """How the value of the cell is taken: "" not at all, "tiedosto" in place of what is stored, "molemmat".

        written: the row of history that wrote what is stored, if it is known, and when.
        """
        if mine in (now, base):
            return ""
        if now in ("", (None, "")) or (base is not None and now == base):
            return "tiedosto"
        decided = self.target.ristiriidat.get(cell)
        if decided in ("tiedosto", "molemmat"):
            return decided
        if decided is None:
            self._tell_conflict(cell, mine, now, *written)
        return ""

    def _tell_conflict(self, cell, mine, now, latest, when):
        who = latest.kirjoittaja if latest else ""
        time = date_format(timezone.localtime(when), r"j.n.Y \k\l\o H.i")
        told = ", ".join(filter(None, [who, time]))
        self._refuse(cell, "conflict/answers", kuka=told, nyt=_shown(now), oma=_shown(mine))

    def list_missing(self):
        """The toimenpiteet of the toimiala that the file lacks: they stay as they are."""
        absent = (t for pk, t in self.omat.items() if pk not in self.first)
        return tuple(Puuttuva(t.pk, t.nimi, self.toimiala.nimi) for t in absent)


def _shown(value):
    if isinstance(value, tuple):
        return str(value[0] or Kirjaus.Syy(value[1]).label)
    return value


def _short(text):
    return text if len(text) <= 80 else f"{text[:79]}…"
