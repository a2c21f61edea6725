"""What a plan is made of: where a file goes, what each row becomes, and why it may not be written."""

import hashlib
import json
from collections import Counter
from dataclasses import MISSING, dataclass, field, fields, replace
from datetime import date
from functools import cached_property
from operator import attrgetter

from seuranta.taulukko.guard import Issue
from seuranta.taulukko.rows import Kysymys, Luettu, Tiedostorivi
from seuranta.taulukko.rows.model import Luettumittari
from seuranta.taulukko.rows.sentences import issue

from ..models import KOMMENTIN_PITUUS, Kirjaus

OTHER_PLAN = "other_plan"  # the question where a file goes: of no cell, and never left out
ILMAN_PAINOPISTETTA = "Ilman painopistettä"  # holds the rows of a sheet that knows no painopiste


@dataclass(frozen=True, kw_only=True)
class Kohde:
    """What a person has decided of the rows of a file, of either flow.

    ristiriidat: cell -> "tiedosto" to replace what a person has saved, "nykyinen" to keep it, "molemmat" for both texts
    one after the other. ohitetut: cells whose faulty values are left out. skip_errors: all faulty values are left out;
    questions it does not answer.
    """

    ristiriidat: dict = field(default_factory=dict)
    ohitetut: tuple[str, ...] = ()
    skip_errors: bool = False


@dataclass(frozen=True)
class PlannedKirjaus:
    """What one row says of one jakso. changes: {field: (before, after)}, empty when nothing changes."""

    jakso: str
    kirjaus_id: int | None
    versio: int
    changes: dict


@dataclass(frozen=True)
class PlannedLuku:
    """A target or a value of a measure that is made or changes.

    aika: ("jakso", its name), ("vuosi", a year or None) or ("paiva", ISO day). teksti: (before, after).
    """

    aika: tuple[str, str | int | None]
    id: int | None
    versio: int
    teksti: tuple[str, str]
    cell: str


@dataclass(frozen=True)
class PlannedMittari:
    """What becomes of a measure that the file tells. changes: as in PlannedKirjaus, of a known one.

    alkuperainen: its cell. jarjestys: its place under what it hangs under. tavoitteet, arvot: those that change.
    """

    luettu: Luettumittari
    alkuperainen: str
    mittari_id: int | None = None
    kerta: int = 1
    jarjestys: int = 1
    changes: dict = field(default_factory=dict)
    tavoitteet: tuple[PlannedLuku, ...] = ()
    arvot: tuple[PlannedLuku, ...] = ()

    @property
    def is_written(self):
        return self.mittari_id is None or bool(self.changes or self.tavoitteet or self.arvot)

    @property
    def painopiste(self):
        """Of one that is of no row: its painopiste, and its tavoite or ""."""
        return self.luettu.painopiste or ILMAN_PAINOPISTETTA

    @property
    def tavoite(self):
        return self.luettu.tavoite or ""


@dataclass(frozen=True)
class PlannedRiski:
    """What becomes of a risk that the file tells. teksti: (before, after)."""

    riski_id: int | None
    teksti: tuple[str, str]
    cell: str
    jarjestys: int = 1


@dataclass(frozen=True)
class PlannedOsa:
    """What becomes of a unit's answer, or of a toimiala's comment. changes: as in PlannedKirjaus."""

    nimi: str
    osa_id: int | None
    versio: int
    changes: dict
    on_kommentti: bool = False


@dataclass(frozen=True)
class PlannedRow:
    """One row of the file and what becomes of it. changes as in PlannedKirjaus, of the toimenpide itself.

    voimassa: the first and the last day in force. muut_toimialat: as the register calls them, or as new ones will be
    called. mittarit, riskit, osat: those that are made or change. on_pois: nothing becomes of it, whatever it says.
    tavoite: "" for the nameless one. change: "new", "changed" or "same".
    """

    rivi: Tiedostorivi
    toimenpide_id: int | None
    toimiala: str | None
    kerta: int
    changes: dict
    kirjaukset: tuple[PlannedKirjaus, ...]
    voimassa: tuple[date | None, date | None] = (None, None)
    muut_toimialat: tuple[str, ...] = ()
    mittarit: tuple[PlannedMittari, ...] = ()
    riskit: tuple[PlannedRiski, ...] = ()
    osat: tuple[PlannedOsa, ...] = ()
    on_pois: bool = False
    painopiste: str = field(init=False)
    tavoite: str = field(init=False)
    change: str = field(init=False)

    def __post_init__(self):
        hung = self.mittarit or self.riskit or self.osat
        is_changed = bool(self.changes or hung) or any(k.changes for k in self.kirjaukset)
        told = vars(self)  # it is frozen once it is made
        told["painopiste"] = self.rivi.painopiste or ILMAN_PAINOPISTETTA
        told["tavoite"] = self.rivi.tavoite or ""
        told["change"] = "new" if self.toimenpide_id is None else "changed" if is_changed else "same"

    @classmethod
    def make(cls, **values):
        """The same as of its constructor, for the thousands of a file. Fields without a default are not optional."""
        row = object.__new__(cls)
        object.__setattr__(row, "__dict__", {**_OLETUKSET, **values})
        row.__post_init__()
        return row


_OLETUKSET = {each.name: each.default for each in fields(PlannedRow) if each.init and each.default is not MISSING}


@dataclass(frozen=True)
class Puuttuva:
    """A toimenpide of the plan that the file lacks; ended only if a person chooses so."""

    id: int
    nimi: str
    toimiala: str


@dataclass(frozen=True)
class Plan:
    """What a file would write, and why it may not. Each flow has its own, with what its writer needs besides.

    mittarit: those of no row that are made or change. missing: the toimenpiteet that the file lacks. ended: those of
    them that end with it. kysymykset: what only the register knows to ask; each of their cells is an error too, and no
    leaving out answers it.

    Told once it is made, for its pages ask again and again: questions, what may be read in two ways and nobody has
    answered yet (the file is not guessed); single, the errors that no question is about; unsettled, those of them that
    still wait for a person's decision of their own; is_other, does it wait to be told where the file goes; waiting, how
    many decisions it waits for; row_at, {cell: the place in `rows` of the row that was read from it}, where something
    is told of cells; counts.
    """

    target: Kohde
    luettu: Luettu
    rows: tuple[PlannedRow, ...] = ()
    mittarit: tuple[PlannedMittari, ...] = ()
    errors: tuple[Issue, ...] = ()
    refusal: str | None = None
    strategia: str | None = None
    missing: tuple[Puuttuva, ...] = ()
    ended: tuple[Puuttuva, ...] = ()
    kysymykset: tuple[Kysymys, ...] = ()
    kunta_id: int | None = field(default=None, compare=False)
    strategia_id: int | None = field(default=None, compare=False)
    questions: tuple[Kysymys, ...] = field(init=False, compare=False, repr=False)
    single: tuple[Issue, ...] = field(init=False, compare=False, repr=False)
    unsettled: tuple[Issue, ...] = field(init=False, compare=False, repr=False)
    is_other: bool = field(init=False, compare=False, repr=False)
    waiting: int = field(init=False, compare=False, repr=False)
    row_at: dict[str, int] = field(init=False, compare=False, repr=False)
    counts: dict[str, int] = field(init=False, compare=False, repr=False)

    def __post_init__(self):
        questions = (*self.luettu.questions, *self.kysymykset)
        asked = {(question.code, cell) for question in questions for cell in (question.cell, *question.cells)}
        single = tuple(issue for issue in self.errors if (issue.code, issue.cell) not in asked)
        ohitetut = self.target.ohitetut
        unsettled = tuple(issue for issue in single if issue.code == OTHER_PLAN or issue.cell not in ohitetut)
        by_change = Counter(row.change for row in self.rows)
        told = {
            "questions": questions,
            "single": single,
            "unsettled": unsettled,
            "is_other": any(issue.code == OTHER_PLAN for issue in self.errors),
            "waiting": len(unsettled) + len(questions),
            "row_at": self._places() if self.errors or self.luettu.notices else {},
            "counts": {**{c: by_change[c] for c in ("new", "changed", "same")}, "errors": len(self.errors)},
        }
        for name, value in told.items():
            object.__setattr__(self, name, value)  # it is frozen once it is made

    def _places(self):
        return {cell: place for place, row in enumerate(self.rows) for cell in _cells_of(row.rivi)}

    @property
    def status(self):
        if self.refusal:
            return "reject"
        return "row_errors" if self.errors or self.questions else "ok"

    @property
    def is_writable(self):
        if self.is_other or self.questions:
            return False
        return self.status == "ok" or (self.status == "row_errors" and self.target.skip_errors) or self.is_settled

    @property
    def is_settled(self):
        return self.refusal is None and not self.waiting

    @cached_property
    def fingerprint(self):
        """sha256 over what would be written and over the versions it would replace."""
        content = [
            self.strategia,
            self.strategia_id,
            [p.id for p in self.ended],
            len(self.rows),
            [_written(row) for row in self.rows if row.change != "same"],
            self.mittarit,
        ]
        # Sorted: PostgreSQL gives the stored rows' keys back in an order of its own.
        return hashlib.sha256(json.dumps(content, default=str, sort_keys=True).encode()).hexdigest()


def _cells_of(rivi):
    own = {rivi.cell, *rivi.cells.values(), *rivi.joined, *rivi.blanks, *rivi.own_cells}
    for mittari in rivi.mittarit:
        luvut = (*mittari.tavoitteet, *mittari.arvot, *filter(None, [mittari.lahto]))
        own |= {mittari.cell, *(luku.cell for luku in luvut)} - {""}
    return own.union(*((*k.cells.values(), *k.joined, *k.own_cells) for k in rivi.kirjaukset))


# Of a new row what is written; where in the file it stood is not.
_EI_UUDESTA = {"cell", "cells", "own_cells", "joined", "blanks", "kirjaukset", "voimassa"}
_UUDESTA = attrgetter(*(each.name for each in fields(Tiedostorivi) if each.name not in _EI_UUDESTA))


def _written(row):  # in lists: of thousands of rows dictionaries are dear to make and to sort
    kirjaukset = [(each.jakso, each.kirjaus_id, each.versio, each.changes) for each in row.kirjaukset if each.changes]
    new = (*_UUDESTA(row.rivi), row.voimassa) if row.toimenpide_id is None else None
    known_as = [row.toimenpide_id, row.toimiala, row.muut_toimialat, row.kerta]
    return [row.rivi.cell, *known_as, new, row.changes, kirjaukset, row.mittarit, row.riskit, row.osat]


def drop_too_long(rows, errors: list[Issue]) -> tuple[PlannedRow, ...]:
    """Without the texts that are longer than their field, alone or with what is stored: errors at their cells."""
    return tuple(_fitting(row, errors) if any(map(_too_long, row.kirjaukset)) else row for row in rows)


def _too_long(kirjaus):
    return {
        n: pair for n, pair in kirjaus.changes.items() if isinstance(pair[1], str) and len(pair[1]) > KOMMENTIN_PITUUS
    }


def _fitting(row, errors):
    fitting = []
    for arvo, kirjaus in zip(row.rivi.kirjaukset, row.kirjaukset, strict=True):
        too_long = _too_long(kirjaus)
        for name, (before, after) in too_long.items():
            cell = arvo.cells.get(name) or arvo.cells["toteutumisaste"]  # a faulty score is kept as it was written
            way = "too_long/together" if before else "too_long"
            errors.append(issue(cell, way, length=len(after), limit=KOMMENTIN_PITUUS))
        changes = {name: pair for name, pair in kirjaus.changes.items() if name not in too_long}
        fitting.append(replace(kirjaus, changes=changes))
    return replace(row, kirjaukset=tuple(fitting))


def shown(name, value):
    """A value of a kirjaus as a person reads it: a reason by its words, not by what is stored."""
    return str(Kirjaus.Syy(value).label) if name == "syy" and value else value


class SuunnitelmaMuuttui(Exception):
    """The register changed between the plan that was shown and the write. Carries the new plan."""

    def __init__(self, plan):
        super().__init__("Tiedot muuttuivat esikatselun jälkeen.")
        self.plan = plan
