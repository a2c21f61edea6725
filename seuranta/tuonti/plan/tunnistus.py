"""Rows of a file + the toimenpiteet of the register -> which row is which: by code with name, by name, or a question.

A code counts only with its name. The same code with another name, or the same name in its tavoite with another code, is
a question for a person: history is never moved in silence. A running number is no code.
"""

from collections import Counter, defaultdict
from typing import NamedTuple

from seuranta.taulukko.guard import Issue
from seuranta.taulukko.layout import Kysymys, Vaihtoehto
from strategia.nimet import koodin_avain

CODE_CHANGED = "code_changed"
MUUTTUNUT, NIMET, UUDET = "muuttunut", "nimet", "uudet"


class Tunnus(NamedTuple):
    """What a row is known by: its cell, the id of its tavoite (None for a new one), its names as keys, its code."""

    cell: str
    tavoite: int | None
    places: tuple  # (painopiste's avain, tavoite's avain): a new tavoite has no id yet
    avain: str
    koodi: str


class Tunnistettu(NamedTuple):
    """The toimenpide that a row means, None for a new one; its order among rows alike; is a person asked about it?"""

    toimenpide: object
    kerta: int
    on_kysytty: bool = False
    uusi_nimi: bool = False  # is its code known, by another name?


def recognise(rows: list[Tunnus], known, *, chosen: dict, numerointi: str) -> list[Tunnistettu]:
    """The rows in order. known: Toimenpidetieto of the strategia, in order. chosen: {cell: toimenpide} by a person."""
    tunnistaja = _Tunnistaja(rows, known, numerointi)
    tunnistaja.take(chosen)
    return tunnistaja.recognise()


class _Tunnistaja:
    """Matches in three rounds, so that a doubtful row takes no toimenpide that another row surely is."""

    def __init__(self, rows, known, numerointi):
        self.rows, self.numerointi, self.found = rows, numerointi, {}
        self.claimed = set()
        own, stored = (_codes([each.koodi for each in many]) for many in (rows, known))
        self.codes = {row.cell: own.get(row.koodi, "") for row in rows}
        self.stored = {each.pk: stored.get(each.koodi, "") for each in known}
        self.by_name, self.by_code = defaultdict(list), defaultdict(list)
        self.kerrat = Counter()
        for each in known:
            self.by_name[each.tavoite_id, each.avain].append(each)
            if self.stored[each.pk]:
                self.by_code[self.stored[each.pk]].append(each)
            place = (each.tavoite_id, each.avain, each.koodi)
            self.kerrat[place] = max(self.kerrat[place], each.kerta)

    def take(self, chosen):
        for row in self.rows:
            if chosen.get(row.cell):
                self._claim(row, chosen[row.cell])

    def recognise(self):
        for find in (self._same, self._moved) if self.stored else ():
            for row in self.rows:
                if row.cell not in self.found and (toimenpide := find(row)):
                    self._claim(row, toimenpide)
        for row in self.rows:
            if row.cell not in self.found:
                self._claim(row, *self._look_closer(row))
        return [self._in_order(row) for row in self.rows]

    def _claim(self, row, toimenpide, on_kysytty=False, uusi_nimi=False):
        if toimenpide:
            self.claimed.add(toimenpide.pk)
        self.found[row.cell] = (toimenpide, on_kysytty, uusi_nimi)

    def _free(self, candidates):
        return [each for each in candidates if each.pk not in self.claimed]

    def _same(self, row):
        """The name in its tavoite with the same code, or with none in both; of several alike the first."""
        for each in self.by_name.get((row.tavoite, row.avain), ()):
            if each.pk not in self.claimed and self.stored[each.pk] == self.codes[row.cell]:
                return each
        return None

    def _moved(self, row):
        """The only one of its code, with its name, under another tavoite."""
        alike = self.by_code.get(self.codes[row.cell], ())
        only = alike[0] if len(alike) == 1 else None
        return only if only and only.avain == row.avain and self._free([only]) else None

    def _look_closer(self, row):
        """(the toimenpide or None, is it asked, by another name): by its name, where no code says otherwise."""
        code = self.codes[row.cell]
        namesake = next(iter(self._free(self.by_name.get((row.tavoite, row.avain), ()))), None)
        alike = self.by_code.get(code, ()) if code else ()
        owner = alike[0] if len(alike) == 1 and self._free(alike) else None
        is_recoded = bool(code and namesake and self.stored[namesake.pk])
        if not (owner or is_recoded):
            return namesake, False, False
        answers = {MUUTTUNUT: namesake, NIMET: owner, UUDET: None}
        return answers.get(self.numerointi, namesake), self.numerointi not in answers, bool(owner and not is_recoded)

    def _in_order(self, row):
        """A new one comes after those alike, whether they are in the register or above in the file."""
        toimenpide, on_kysytty, uusi_nimi = self.found[row.cell]
        if toimenpide:
            return Tunnistettu(toimenpide, toimenpide.kerta, on_kysytty, uusi_nimi)
        place = (row.tavoite or row.places, row.avain, row.koodi)
        self.kerrat[place] += 1
        return Tunnistettu(None, self.kerrat[place], on_kysytty, uusi_nimi)


def _codes(koodit):
    """{code as written: its key}; {} where they only number the rows."""
    keys = {koodi: koodin_avain(koodi) for koodi in koodit if koodi}
    return {} if _is_running(keys.values(), sum(map(bool, koodit))) else keys


def _is_running(keys, count):
    """1…n in any order, some perhaps left out: whole numbers without a leading zero, none far past the rows."""
    return all(key.isdecimal() and not key.startswith("0") and int(key) <= 2 * count for key in keys)


def ask_codes(pairs) -> tuple[tuple[Kysymys, ...], list[Issue]]:
    """The one question of all rows that are asked about, and an error at each of their cells.

    pairs: (Tiedostorivi, its Tunnistettu).
    """
    asked = [(rivi, tunnistettu) for rivi, tunnistettu in pairs if tunnistettu.on_kysytty]
    if not asked:
        return (), []
    cells = [rivi.cells.get("koodi", rivi.cell) for rivi, _osuma in asked]
    fi, en = _sentences(len(asked), only_names=all(tunnistettu.uusi_nimi for _rivi, tunnistettu in asked))
    answers = tuple(Vaihtoehto(*told, choices={"numbering": value}) for value, told in _ANSWERS.items())
    question = Kysymys(cells[0], CODE_CHANGED, fi, en, answers, cells=tuple(cells))
    return (question,), [Issue(cell, CODE_CHANGED, fi, en) for cell in cells]


def _sentences(count, *, only_names):
    rows = "1 rivi" if count == 1 else f"{count} riviä"
    what, what_en = ("Nimet ovat muuttuneet", "names") if only_names else ("Numerointi on muuttunut", "numbering")
    how = "sama koodi on eri nimellä" if only_names else "sama nimi on eri koodilla tai sama koodi eri nimellä"
    fi = (
        f"{what}, {rows}: {how} kuin aiemmin. Ovatko ne samoja toimenpiteitä vai uusia (komennolla --numerointi "
        "muuttunut, nimet tai uudet)?"
    )
    en = (
        f"The {what_en} has changed on {count} rows: a known name has another code, or a known code another name. "
        "Are they the same measures or new ones (--numerointi muuttunut, nimet or uudet)?"
    )
    return fi, en


_ANSWERS = {
    MUUTTUNUT: (
        "Numerointi on muuttunut: rivit tunnetaan nimestä, ja niiden koodi vaihtuu",
        "The numbering has changed: rows are known by name and get a new code",
    ),
    NIMET: (
        "Nimiä on muutettu: rivit tunnetaan koodista, ja niiden nimi vaihtuu",
        "Names have been edited: rows are known by code and get a new name",
    ),
    UUDET: ("Rivit ovat uusia toimenpiteitä", "The rows are new measures"),
}
