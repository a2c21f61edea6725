"""Taulu + what the reader made of it -> right, asked or wrong in silence.

A difference is *asked* only when an error or an open question stands at one of its own cells or covers its column; a
refused file is asked, for nothing of it is taken. A question that need not have been asked makes the table asked, a
question that must be and is not makes it silent. Strict where the truth is plain, open where only a person could tell.
"""

import re
import unicodedata
from dataclasses import dataclass, field

from seuranta.taulukko.soluviite import Soluviite

TASOT = ("painopiste", "tavoite", "toimialan_tavoite")
YKSIKOT = ("toimiala", "toimielin", "vastuu")
OIKEIN, KYSYTTY, HILJAA = "oikein", "kysytty", "hiljaa"


@dataclass
class Tuomio:
    """`lopputulos`: oikein, kysytty or hiljaa.

    `viat`: (what differs, its cells, is it asked); `turhat`: needless questions.
    """

    lopputulos: str
    viat: list = field(default_factory=list)
    turhat: list = field(default_factory=list)

    @property
    def hiljaiset(self):
        return [what for what, _cells, is_asked in self.viat if not is_asked]


def judge(taulu, luettu) -> Tuomio:
    if luettu.status == "reject":
        return Tuomio(KYSYTTY, turhat=[(luettu.reason, "")])
    tuomari = _Tuomari(taulu.totuus, luettu)
    tuomari.compare()
    needless = tuomari.needless()
    if any(not is_asked for _what, _cells, is_asked in tuomari.viat):
        return Tuomio(HILJAA, tuomari.viat, needless)
    return Tuomio(KYSYTTY if tuomari.viat or needless else OIKEIN, tuomari.viat, needless)


def key(value) -> str:
    """For comparing: NFC, no white space, hyphens, full stops or case."""
    return re.sub(
        r"[\s\u00ad•.,\-–]+", "", unicodedata.normalize("NFC", str(value if value is not None else ""))
    ).casefold()


def shown(solu) -> set:
    """The cell as a person may see it: as it is, as Finnish Excel shows it."""
    value = solu.arvo
    if hasattr(value, "year"):
        return {f"{value.day}.{value.month}.{value.year}", f"{value:%d.%m.%Y}"}
    if isinstance(value, int | float) and solu.muoto == "0 %":
        return {f"{round(value * 100)} %", f"{round(value * 100)}%"}
    if isinstance(value, float):
        return {str(value).replace(".", ","), f"{value:g}".replace(".", ","), str(value)}
    return {str(value)}


class _Tuomari:
    def __init__(self, totuus, luettu):
        self.totuus, self.luettu, self.viat = totuus, luettu, []
        self.questions = [*luettu.errors, *luettu.questions]
        self.codes = {question.code for question in self.questions}
        self._collect()

    def _collect(self):
        """Cells and columns that an error or an open question covers."""
        self.cells, self.columns = set(), set()
        for question in self.questions:
            for cell in {question.cell, *getattr(question, "cells", ())}:
                self._cover(cell)
            for answer in getattr(question, "answers", ()):
                roles = getattr(answer, "choices", None) or {}
                roles = roles.get("roles", {}) if isinstance(roles, dict) else getattr(roles, "roles", {})
                for column in [*(getattr(answer, "columns", None) or {}), *roles]:
                    self._cover(column)

    def _cover(self, cell):
        place = Soluviite.parse(cell or "")
        self.cells.add(cell)
        if place and (not place.row or cell in self.totuus.otsikot):
            self.columns.add((place.sheet, place.column))

    def covers(self, cells):
        for cell in cells:
            if cell in self.cells:
                return True
            place = Soluviite.parse(cell or "")
            if place and ({(place.sheet, place.column), ("", place.column)} & self.columns):
                return True
        return False

    def fault(self, what, *cells):
        self.viat.append((what, cells, self.covers(cells)))

    # --- rows

    def compare(self):
        by_row = {}
        for rivi in self.luettu.rows:
            if _row_of(rivi.cell)[0] in self.totuus.kopiot:
                continue
            by_row.setdefault(_row_of(rivi.cell), []).append(rivi)
        jaksoja = {len(rivi.kirjaukset) for rivi in self.luettu.rows}
        if jaksoja - {self.totuus.jaksoja}:
            cells = [cell for truth in self.totuus.rivit[:1] for _s, _a, cells in truth.asteet for cell in cells]
            self.fault(f"jaksoja {sorted(jaksoja)}, oikein {self.totuus.jaksoja}: {list(self.luettu.jaksot)}", *cells)
        found = set()
        for truth in self.totuus.rivit:
            place = next((_row_of(cell) for cell in truth.solut if _row_of(cell) in by_row), None)
            if place is None:
                self.fault(f"rivi puuttuu: {truth.nimi!r}", *truth.solut)
                continue
            found.add(place)
            self._row(truth, by_row[place][0], len(by_row[place]))
        for place, rivit in by_row.items():
            if place not in found and not any(place == _row_of(c) for truth in self.totuus.rivit for c in truth.solut):
                self.fault(f"ylimääräinen rivi {rivit[0].cell}: {rivit[0].toimenpide!r}", rivit[0].cell)
        self._totals()
        self._order()
        for code in self.totuus.koodit - self.codes:
            self.viat.append((f"kysymättä: {code}", (), False))

    def _row(self, truth, rivi, count):
        if count > 1:
            self.fault(f"{rivi.cell}: {count} riviä yhdestä", rivi.cell)
        if key(rivi.toimenpide) != key(truth.nimi):
            self.fault(f"toimenpide {rivi.toimenpide!r}, oikein {truth.nimi!r}", truth.solu, rivi.cell)
        self._levels(truth, rivi)
        for field_, text, cell in truth.kentat:
            self._field(rivi, field_, text, cell)
        if len(rivi.kirjaukset) == self.totuus.jaksoja:
            for kirjaus, status, comment in zip(rivi.kirjaukset, truth.asteet, truth.kommentit, strict=False):
                self._status(rivi, kirjaus, *status)
                self._comment(kirjaus, *comment)
        for column, solu, cell in truth.omat:
            self._own(rivi, column, solu, cell)
        for column, solu, cell in truth.luvut:
            self._number(rivi, column, solu, cell)

    def _levels(self, truth, rivi):
        """Each level in its own field, or in their order where a heading names no level."""
        have = [key(getattr(rivi, name)) for name in TASOT]
        wanted = [key(text) for text, _class, _cell in truth.tasot]
        own = [key(text) for _name, text in _own_entries(rivi)]
        is_free = any(luokka is None for _text, luokka, _cell in truth.tasot)
        for (text, luokka, cell), want in zip(truth.tasot, wanted, strict=True):
            right = have[TASOT.index(luokka)] == want if luokka else want in have
            right = right or (luokka is not None and is_free and want in have)
            if not right and not (luokka is None and len(wanted) > 3 and want in own):
                self.fault(
                    f"{rivi.cell} taso {luokka or '?'} {text!r} ei ole {have}", cell, *self._sources(rivi, TASOT)
                )
        if [each for each in have if each in wanted] != [each for each in wanted if each in have]:
            self.fault(f"{rivi.cell} tasot väärässä järjestyksessä: {have}", *(cell for *_x, cell in truth.tasot))
        extra = [text for text in have if text and text not in wanted]
        if extra:
            self.fault(f"{rivi.cell} tasona on {extra}", *self._sources(rivi, TASOT))

    def _sources(self, rivi, fields):
        return [rivi.cells[name] for name in fields if name in rivi.cells]

    def _field(self, rivi, field_, text, cell):
        if text is None:
            return
        want = {key(text)} | ({key(f"{text}".split(" / ")[0])} if "several_toimialat" in self.totuus.koodit else set())
        fields = {"yksikko": YKSIKOT, None: (*YKSIKOT, "koodi", "mittari", "riski")}.get(field_, (field_,))
        values = {key(getattr(rivi, name)) for name in fields}
        if field_ is None:
            values |= {key(own) for _name, own in _own_entries(rivi)}
        ok = any(w in value for w in want for value in values) if field_ == "mittari" else want & values
        is_left_open = "several_toimialat" in self.totuus.koodit and " / " in f"{text}" and self.covers([cell])
        if not ok and not is_left_open:
            self.fault(f"{rivi.cell} {field_ or 'sarake'} {text!r} puuttuu", cell)

    def _status(self, rivi, kirjaus, scores, is_asked, cells):
        have = kirjaus.toteutumisaste
        if is_asked and not self.covers(cells):
            self.fault(f"{rivi.cell} {kirjaus.jakso}: aste {have} kysymättä", *cells)
        elif have not in scores:  # what was read of a column that is asked about is asked too
            source = kirjaus.cells.get("toteutumisaste", "")
            self.fault(f"{rivi.cell} {kirjaus.jakso}: aste {have}, oikein {scores}", *cells, source)

    def _comment(self, kirjaus, parts, cells):
        have = key(kirjaus.kommentti)
        if any(key(part) not in have for part in parts):
            self.fault(f"{kirjaus.jakso}: kommentti {kirjaus.kommentti!r}, oikein {parts}", *cells)
        elif have and not parts:
            self.fault(
                f"{kirjaus.jakso}: kommentti {kirjaus.kommentti!r} tyhjän paikalla", *cells, *kirjaus.cells.values()
            )
        elif sum(len(key(part)) for part in parts) != len(have):
            self.fault(f"{kirjaus.jakso}: kommentissa muutakin: {kirjaus.kommentti!r}", *cells, *kirjaus.cells.values())

    def _own(self, rivi, column, solu, cell):
        """Kept as an own column under its heading; what is told by its heading alone (x) by heading or value."""
        heading = key(column.lehti)
        for name, text in _own_entries(rivi):
            if column.luokka == "aikarasti" and (heading in key(name) or heading in key(text)):
                return
            if heading in key(name) and key(text) in {key(form) for form in shown(solu)}:
                return
        if column.tieto == "aika" and cell in _all_cells(rivi):
            return  # a span of years may be read as the validity
        if not column.on_tuttu and cell in _all_cells(rivi) and not self._is_told_as_score(rivi, cell):
            texts = {
                key(getattr(rivi, name)) for name in ("riski", "vastuu", "toimiala", "toimielin", "koodi", "mittari")
            }
            if texts & {key(form) for form in shown(solu)}:
                return  # under a word that means nothing a person or a code may be taken for what it looks like
        self.fault(f"{rivi.cell} oma sarake {column.lehti!r} {solu.arvo!r} puuttuu", cell)

    def _is_told_as_score(self, rivi, cell):
        return any(cell in kirjaus.cells.values() for kirjaus in rivi.kirjaukset)

    def _number(self, rivi, column, solu, cell):
        """A measure's value: in its list of the measure, under an unknown heading anywhere in the row."""
        forms = {key(form) for form in shown(solu)}
        lists = {"tavoitearvo": ("tavoitteet",), "lahto": ("lahto",), "toteuma": ("arvot",), "vuosiarvo": ("arvot",)}
        wanted = lists[column.luokka] if column.on_tuttu else ("tavoitteet", "lahto", "arvot")
        for mittari in getattr(rivi, "mittarit", ()):
            for name in wanted:
                values = getattr(mittari, name) or ()
                for value in [values] if name == "lahto" and values else values:
                    if key(getattr(value, "teksti", "")) in forms or _same(getattr(value, "luku", None), solu.arvo):
                        return
        elsewhere = [rivi.mittari, *(text for _name, text in _own_entries(rivi))]
        if not column.on_tuttu and any(key(text) in forms for text in elsewhere):
            return
        self.fault(f"{rivi.cell} mittarin {column.luokka} {column.lehti!r} {solu.arvo!r} puuttuu", cell)

    def _totals(self):
        told = {skip.cell for skip in self.luettu.skipped}
        for cell in self.totuus.summat:
            if cell not in told:
                self.fault(f"summa {cell} ei ole ohitettujen joukossa", cell)

    def _order(self):
        """The jaksot bear the names of their headings, in order."""
        names = [label for label in self.totuus.tunnukset if label]
        if len(names) < 2 or len(self.luettu.jaksot) != len(names):
            return
        for label, name in zip(names, self.luettu.jaksot, strict=True):
            parts = re.findall(r"\d+|[^\W\d_]+", label.casefold())
            have = re.findall(r"\d+|[^\W\d_]+", name.casefold())
            short = {"ovk": "osavuosikatsaus", "ovk1": "i", "ovk2": "ii"}
            if parts and not any(part in have or short.get(part) in have for part in parts[-2:]):
                self.fault(f"jakso {name!r}, oikein {label!r}")

    # --- what was asked in vain

    def needless(self):
        """Questions that the truth does not call for: each once by code and sentence."""
        asked_cells = {
            cell for truth in self.totuus.rivit for status in truth.asteet if status[1] for cell in status[2]
        }
        found = {}
        for question in self.questions:
            if question.code not in self.totuus.koodit | self.totuus.sallitut and question.cell not in asked_cells:
                found.setdefault((question.code, question.fi), question.cell)
        return [(code, cell, fi) for (code, fi), cell in found.items()]


def _row_of(cell):
    place = Soluviite.parse(cell)
    return (place.sheet, place.row)


def _own_entries(rivi):
    for holder in (rivi, *rivi.kirjaukset):
        yield from (getattr(holder, "omat", None) or {}).items()


def _all_cells(rivi):
    cells = set(getattr(rivi, "all_cells", ()) or {rivi.cell, *rivi.cells.values()})
    for kirjaus in rivi.kirjaukset:
        cells |= set(kirjaus.cells.values())
    return cells


def _same(number, value):
    return number is not None and isinstance(value, int | float) and abs(number - value) < 1e-9
