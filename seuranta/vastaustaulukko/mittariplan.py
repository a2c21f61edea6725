"""Rows of mittarit + one jakso and toimiala -> what they would record: compared three ways, as rows are."""

from collections import defaultdict

from seuranta.models import KIRJOITTAJA, MittariArvo
from seuranta.taulukko.rows.sentences import issue
from seuranta.tiedosto.plan import PlannedLuku, PlannedMittari, PlannedRow
from strategia.models import TEKSTIN_PITUUS
from strategia.nimet import avain

from .mittarikirja import list_mittarit
from .mittaritunniste import ARVON_KENTAT, digest_of, read_mittaritunniste, told_by

_EMPTY = dict.fromkeys(ARVON_KENTAT, "")


class Mittarisuunnittelu:
    """What is stored of the mittarit, and the rows of the file as they are matched with it one by one.

    suunnittelu: of the rows of toimenpiteet; it refuses, tells of conflicts and decides for both.
    """

    def __init__(self, suunnittelu, by):
        self.suunnittelu, self.jakso = suunnittelu, suunnittelu.jakso
        mittarit = list_mittarit(self.jakso, suunnittelu.toimiala, by, suunnittelu.omat.values())
        self.mittarit = {mittari.pk: mittari for mittari in mittarit}
        self.by_name, self.seen = defaultdict(list), {}
        for mittari in self.mittarit.values():
            self.by_name[mittari.avain].append(mittari)
        stored = MittariArvo.objects.filter(jakso=self.jakso, mittari__in=self.mittarit)
        self.arvot = {arvo.mittari_id: arvo for arvo in stored}
        self._load_history()

    def _load_history(self):
        self.states, self.latest = {}, {}
        history = MittariArvo.history.filter(jakso=self.jakso.pk, mittari__in=list(self.mittarit))
        for row in history.order_by("history_id").select_related(*KIRJOITTAJA):
            values = told_by(row)
            self.states[row.mittari_id, row.versio, digest_of(values)] = values
            self.latest[row.mittari_id] = row

    def plan_row(self, rivi):
        tunniste = read_mittaritunniste(rivi.tunniste or "")
        mittari = self._find(rivi, tunniste)
        if mittari is None:
            return PlannedRow(rivi, None, None, 1, {}, (), on_pois=True)
        arvo = self.arvot.get(mittari.pk) or MittariArvo(jakso=self.jakso, mittari=mittari)
        changes = self._changes(rivi.kirjaukset[0], self._base(mittari, tunniste), arvo)
        changes = self._unless_told_already(rivi, mittari, changes)
        planned = (_planned(rivi, mittari, arvo, changes),) if changes else ()
        toimiala = self.suunnittelu.toimiala.nimi
        return PlannedRow(rivi, mittari.toimenpide_id or 0, toimiala, 1, {}, (), mittarit=planned)

    def _find(self, rivi, tunniste):
        cell = rivi.cells.get("tunniste", rivi.cell)
        if tunniste and tunniste.jakso != self.jakso.pk:
            return self._refuse(cell, "other_jakso", jakso=self.jakso.nimi)
        if tunniste:
            return self.mittarit.get(tunniste.mittari) or self._refuse(cell, "unknown_mittari")
        found = self.by_name.get(avain(rivi.toimenpide or ""), [])
        if len(found) > 1 and rivi.tavoite:
            found = [mittari for mittari in found if avain(mittari.kohde.nimi) == avain(rivi.tavoite)]
        if len(found) != 1:
            return self._refuse(cell, "unknown_mittari")
        self.suunnittelu.notices.append(issue(rivi.cell, "read_by_name"))
        return found[0]

    def _refuse(self, cell, code, **values):
        self.suunnittelu.errors.append(issue(cell, code, **values))

    def _unless_told_already(self, rivi, mittari, changes):
        """A copied row counts once; two copies that say different things wait for a person."""
        cell, told = self.seen.get(mittari.pk, (rivi.cell, {}))
        self.seen[mittari.pk] = (cell, told) if told else (rivi.cell, changes)
        if not told or not changes:
            return changes
        if changes != told:
            self._refuse(rivi.cell, "copied_row", first=cell)
        return {}

    def _base(self, mittari, tunniste):
        """The value as the row showed it, None where that cannot be known any more."""
        if tunniste is None:
            return None
        return _EMPTY if tunniste.versio == 0 else self.states.get((mittari.pk, tunniste.versio, tunniste.tiiviste))

    def _changes(self, told, base, arvo):
        """{field: (before, after)}; an empty cell erases nothing."""
        changes, now = {}, told_by(arvo)
        cells = {"teksti": told.cells.get("toteutumisaste"), "huomautus": told.cells.get("kommentti")}
        for name, mine in (("teksti", told.raw), ("huomautus", told.kommentti)):
            if not mine:
                continue
            stored = getattr(arvo, name)
            way = self.suunnittelu.settle(cells[name], mine, base and base[name], now[name], self._told(arvo))
            after = f"{stored}\n{mine}" if way == "molemmat" else mine
            if way and len(after) > TEKSTIN_PITUUS:
                self._refuse(cells[name], "too_long", length=len(after), limit=TEKSTIN_PITUUS)
            elif way:
                changes[name] = (stored, after)
        return changes

    def _told(self, arvo):
        return self.latest.get(arvo.mittari_id), arvo.muokattu


def _planned(rivi, mittari, arvo, changes):
    [luettu] = rivi.mittarit
    note = {"huomautus": changes["huomautus"]} if "huomautus" in changes else {}
    cell = rivi.kirjaukset[0].cells.get("toteutumisaste", rivi.cell)
    aika = ("jakso", arvo.jakso.nimi)
    value = (PlannedLuku(aika, arvo.pk, arvo.versio, changes["teksti"], cell),) if "teksti" in changes else ()
    return PlannedMittari(luettu, luettu.cell, mittari.pk, changes=note, arvot=value)
