"""Planned measures and risks -> the same without what would replace a person's own; that is a conflict at its cell."""

from dataclasses import replace

from seuranta.models import MittariArvo, Riski
from seuranta.taulukko.guard import Issue
from seuranta.tiedosto.plan import PlannedMittari, PlannedRow
from strategia.models import Mittari, Tavoitearvo

from .changes import conflict, decisions_of, imported_values
from .target import Target

OSAT = "osat"  # the change of a cell that a person has parted into several measures


class Mittariristiriidat:
    """What the newest import left of each stored row that would change; one query for each kind of row."""

    def __init__(self, rows: list[PlannedRow], others: list[PlannedMittari], target: Target, errors: list[Issue]):
        self.errors, self.decided = errors, decisions_of(target)
        mittarit = [*others, *(mittari for row in rows for mittari in row.mittarit)]
        ids = {
            Mittari: [each.mittari_id for each in mittarit if each.changes],
            Tavoitearvo: [tavoite.id for each in mittarit for tavoite in each.tavoitteet],
            MittariArvo: [arvo.id for each in mittarit for arvo in each.arvot],
            Riski: [riski.riski_id for row in rows for riski in row.riskit],
        }
        self.left = {model: imported_values(model, [pk for pk in pks if pk]) for model, pks in ids.items()}

    def settle_row(self, row: PlannedRow) -> PlannedRow:
        """The row with what may be written. Where its cell is held back, so is the text of that cell."""
        if not row.mittarit and not row.riskit:
            return row
        settled = [self.settle(mittari) for mittari in row.mittarit]
        riskit = [riski for riski in row.riskit if self._may(Riski, riski.riski_id, "teksti", riski.teksti, riski.cell)]
        changes = dict(row.changes)
        if not row.rivi.mittarit and any(map(_is_held, settled, row.mittarit)):
            changes.pop("mittari", None)
        if len(riskit) < len(row.riskit):
            changes.pop("riski", None)
        if changes == row.changes and len(riskit) == len(row.riskit) and tuple(settled) == row.mittarit:
            return row
        return replace(row, changes=changes, mittarit=tuple(filter(None, settled)), riskit=tuple(riskit))

    def settle(self, mittari: PlannedMittari) -> PlannedMittari | None:
        """The measure with what may be written, None if that is nothing."""
        if OSAT in mittari.changes:
            return self._settle_parted(mittari)
        changes = {
            name: pair
            for name, pair in mittari.changes.items()
            if self._may(Mittari, mittari.mittari_id, name, pair, _cell_of(name, mittari.luettu))
        }
        if "nimi" in mittari.changes and "nimi" not in changes:
            changes.pop("laji", None)
        tavoitteet = self._settle_luvut(Tavoitearvo, mittari.tavoitteet)
        arvot = self._settle_luvut(MittariArvo, mittari.arvot)
        is_same = (changes, tavoitteet, arvot) == (mittari.changes, mittari.tavoitteet, mittari.arvot)
        settled = mittari if is_same else replace(mittari, changes=changes, tavoitteet=tavoitteet, arvot=arvot)
        return settled if settled.is_written else None

    def _settle_luvut(self, model, luvut):
        return tuple(luku for luku in luvut if self._may(model, luku.id, "teksti", luku.teksti, luku.cell))

    def _settle_parted(self, mittari):
        cell = mittari.luettu.cell
        if self.decided.get(cell) == "tiedosto":
            return replace(mittari, changes={})
        if cell not in self.decided:
            self.errors.append(conflict(cell, *mittari.changes[OSAT]))
        return None

    def _may(self, model, pk, name, pair, cell):
        """May the change be written: is what it replaces nothing, an import's, or given up by a person?"""
        imported = self.left[model].get(pk)
        if pk is None or pair[0] in (None, "") or (imported and getattr(imported, name) == pair[0]):
            return True
        if self.decided.get(cell) == "tiedosto":
            return True
        already = any(issue.cell == cell and issue.code == "conflict" for issue in self.errors)
        if cell not in self.decided and not already:
            self.errors.append(conflict(cell, *pair))
        return False


def _cell_of(name, luettu):
    return luettu.lahto.cell or luettu.cell if name.startswith("lahto") else luettu.cell


def _is_held(settled, planned):
    return settled is None or (OSAT not in planned.changes and settled.changes != planned.changes)
