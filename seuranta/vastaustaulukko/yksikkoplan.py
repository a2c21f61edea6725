"""Rows of units + one jakso and toimiala -> what they would record: compared three ways, as rows are."""

from dataclasses import dataclass

from seuranta.models import KIRJOITTAJA, KOMMENTIN_PITUUS, OSIA_ENINTAAN, Kirjaus, Osavastaus
from seuranta.taulukko.rows.sentences import issue
from seuranta.tiedosto.plan import PlannedOsa, PlannedRow
from strategia.models import NIMEN_PITUUS, Toimenpide
from strategia.nimet import avain

from .yksikkokirja import asked_of, comment_of, list_commented
from .yksikkotunniste import answer_of, digest_of, read_yksikkotunniste

_EMPTY = {"toteutumisaste": None, "kommentti": ""}


@dataclass(frozen=True)
class Kohta:
    """Whose answer a row is. osa: as it is stored, one without a pk where there is none; base: as the row showed it,
    None where that cannot be known any more.
    """

    toimenpide: Toimenpide
    nimi: str
    osa: Osavastaus
    base: dict | None
    on_kommentti: bool = False

    @property
    def key(self):
        return self.toimenpide.pk, avain(self.nimi), self.on_kommentti


class Yksikkosuunnittelu:
    """What is stored of the units and comments, and the rows of the file as they are matched with it one by one.

    suunnittelu: of the rows of toimenpiteet; it refuses, tells of conflicts and decides for these too.
    """

    def __init__(self, suunnittelu, by):
        self.suunnittelu, self.jakso, self.omat = suunnittelu, suunnittelu.jakso, suunnittelu.omat
        self.muut = {each.pk: each for each in list_commented(self.jakso, suunnittelu.toimiala, by)}
        self.toimenpiteet, self.seen = self.omat | self.muut, {}
        stored = Kirjaus.objects.filter(jakso=self.jakso, toimenpide__in=self.toimenpiteet)
        self.kirjaukset = {kirjaus.toimenpide_id: kirjaus for kirjaus in stored}
        of = {kirjaus.pk: kirjaus.toimenpide_id for kirjaus in self.kirjaukset.values()}
        self.osat = {osa.pk: osa for osa in Osavastaus.objects.filter(kunta=self.jakso.kunta_id, kirjaus__in=of)}
        self.by_toimenpide = {}
        for osa in self.osat.values():
            self.by_toimenpide.setdefault(of[osa.kirjaus_id], []).append(osa)
        self._load_history(of)

    def _load_history(self, kirjaukset):
        self.states, self.latest = {}, {}
        history = Osavastaus.history.filter(kunta=self.jakso.kunta_id, kirjaus__in=list(kirjaukset))
        for row in history.order_by("history_id").select_related(*KIRJOITTAJA):
            values = answer_of(row)
            self.states[row.id, row.versio, digest_of(values)] = values
            self.latest[row.id] = row

    def plan_row(self, rivi):
        kohta = self._find(rivi)
        if kohta is None:
            return PlannedRow(rivi, None, None, 1, {}, (), on_pois=True)
        changes = self._unless_told_already(rivi, kohta, self._changes(rivi.kirjaukset[0], kohta))
        osa = kohta.osa
        planned = (PlannedOsa(kohta.nimi, osa.pk, osa.versio, changes, kohta.on_kommentti),) if changes else ()
        toimiala = self.suunnittelu.toimiala.nimi
        return PlannedRow(rivi, kohta.toimenpide.pk, toimiala, 1, {}, (), osat=planned)

    def _refuse(self, cell, code, **values):
        self.suunnittelu.errors.append(issue(cell, code, **values))

    # --- whose answer a row is

    def _find(self, rivi):
        tunniste = read_yksikkotunniste(rivi.tunniste or "")
        if tunniste is None:
            return self._find_by_name(rivi)
        cell = rivi.cells["tunniste"]
        if tunniste.jakso != self.jakso.pk:
            return self._refuse(cell, "other_jakso", jakso=self.jakso.nimi)
        toimenpide = (self.muut if tunniste.on_kommentti else self.omat).get(tunniste.toimenpide)
        if toimenpide is None:
            return self._refuse(cell, "unknown_unit")
        nimi, osa = self._known(rivi, tunniste, toimenpide)
        if not self._is_name(rivi, nimi):
            return None
        if self._is_mixed(rivi, toimenpide, nimi):
            return self._refuse(cell, "mixed_row", nimi=f"{toimenpide.nimi}: {nimi}")
        base = self._base(tunniste)
        if tunniste.osa and osa.pk is None and not self._is_untouched(rivi.kirjaukset[0], base):
            return self._refuse(cell, "unknown_unit")
        return Kohta(toimenpide, nimi, osa, base, tunniste.on_kommentti)

    def _is_name(self, rivi, nimi):
        cell = rivi.cells.get("yksikko", rivi.cell)
        if not nimi:
            self._refuse(cell, "missing_unit")
        elif len(nimi) > NIMEN_PITUUS:
            self._refuse(cell, "too_long", length=len(nimi), limit=NIMEN_PITUUS)
        return 0 < len(nimi) <= NIMEN_PITUUS

    def _known(self, rivi, tunniste, toimenpide):
        """(name, Osavastaus) that the id means: a unit that had not answered yet is known by its name."""
        if tunniste.on_kommentti:
            toimiala = self.suunnittelu.toimiala
            return toimiala.nimi, comment_of(toimiala, self.by_toimenpide.get(toimenpide.pk, ())) or Osavastaus()
        osa = self.osat.get(tunniste.osa)
        if osa and self.kirjaukset[toimenpide.pk].pk == osa.kirjaus_id:
            return osa.nimi, osa
        return " ".join(rivi.yksikko.split()), self._named(toimenpide, rivi.yksikko)

    def _named(self, toimenpide, nimi):
        of_row = self.by_toimenpide.get(toimenpide.pk, ())
        return next((osa for osa in of_row if osa.avain == avain(nimi)), None) or Osavastaus()

    @staticmethod
    def _is_mixed(rivi, toimenpide, nimi):
        pairs = ((rivi.toimenpide, toimenpide.nimi), (rivi.yksikko, nimi))
        return any(said and avain(said) != avain(known) for said, known in pairs)

    @staticmethod
    def _is_untouched(arvo, base):
        """Does a row whose unit was removed say only what it said as it was made?"""
        told = {"toteutumisaste": arvo.toteutumisaste, "kommentti": arvo.kommentti or ""}
        return base is not None and all(mine in (base[name], None, "") for name, mine in told.items())

    def _find_by_name(self, rivi):
        if not self._is_name(rivi, rivi.yksikko):
            return None
        own, others = (self._list_named(each, rivi.toimenpide) for each in (self.omat, self.muut))
        is_comment = bool(others) and not own and avain(rivi.yksikko) == avain(self.suunnittelu.toimiala.nimi)
        found = others if is_comment else own
        if len(found) != 1:
            code = "ambiguous_row" if found else "unknown_toimenpide"
            return self._refuse(rivi.cell, code, toimiala=self.suunnittelu.toimiala.nimi)
        self.suunnittelu.notices.append(issue(rivi.cell, "read_by_name"))
        [toimenpide] = found
        osa = self._named(toimenpide, rivi.yksikko)
        if is_comment:
            osa = comment_of(self.suunnittelu.toimiala, self.by_toimenpide.get(toimenpide.pk, ())) or osa
        return Kohta(toimenpide, osa.nimi or " ".join(rivi.yksikko.split()), osa, None, is_comment)

    @staticmethod
    def _list_named(toimenpiteet, nimi):
        return [each for each in toimenpiteet.values() if each.avain == avain(nimi or "")]

    def _base(self, tunniste):
        if tunniste.versio == 0:
            return _EMPTY
        return self.states.get((tunniste.osa, tunniste.versio, tunniste.tiiviste))

    # --- what a row changes

    def _changes(self, arvo, kohta):
        """{field: (before, after)}; an empty cell erases nothing."""
        changes, now = {}, answer_of(kohta.osa)
        asked = ("kommentti",) if kohta.on_kommentti else asked_of(kohta.osa, self.jakso)
        for name, mine in (("toteutumisaste", arvo.toteutumisaste), ("kommentti", arvo.kommentti)):
            base = kohta.base and kohta.base[name]
            if not mine or mine == now[name]:
                continue
            if name not in asked:
                if mine != base:
                    self._refuse(arvo.cells[name], "not_asked")
                continue
            if after := self._settle(arvo.cells[name], name, mine, base, kohta):
                changes[name] = (getattr(kohta.osa, name), after)
        return changes if changes and self._has_room(arvo, kohta) else {}

    def _settle(self, cell, name, mine, base, kohta):
        """The value that is stored, None where what is there stays."""
        stored, now = getattr(kohta.osa, name), answer_of(kohta.osa)[name]
        told = [(value, "") for value in (mine, base, now)] if name == "toteutumisaste" else (mine, base, now)
        if name == "toteutumisaste" and kohta.base is None:
            told[1] = None
        way = self.suunnittelu.settle(cell, *told, (self.latest.get(kohta.osa.pk), kohta.osa.muokattu))
        after = f"{stored}\n{mine}" if way == "molemmat" else mine
        if way and name == "kommentti" and len(after) > KOMMENTIN_PITUUS:
            code = "too_long/together" if stored else "too_long"
            return self._refuse(cell, code, length=len(after), limit=KOMMENTIN_PITUUS)
        return after if way else None

    def _has_room(self, arvo, kohta):
        new = {key for key in self.seen if key[0] == kohta.toimenpide.pk and self.seen[key][2]} - {kohta.key}
        if kohta.osa.pk or len(self.by_toimenpide.get(kohta.toimenpide.pk, ())) + len(new) < OSIA_ENINTAAN:
            return True
        return self._refuse(next(iter(arvo.cells.values())), "too_many_units", limit=OSIA_ENINTAAN)

    def _unless_told_already(self, rivi, kohta, changes):
        """A copied row counts once; two copies that say different things wait for a person."""
        cell, told, _is_new = self.seen.get(kohta.key, (rivi.cell, {}, False))
        first = (cell, told) if told else (rivi.cell, changes)
        self.seen[kohta.key] = (*first, kohta.osa.pk is None and bool(first[1]))
        if not told or not changes:
            return changes
        if changes != told:
            self._refuse(rivi.cell, "copied_row", first=cell)
        return {}
