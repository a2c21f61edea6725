"""What comes out of reading a file: frozen, and JSON-able with `Luettu.to_dict` (`Luettu.from_dict` reads it)."""

from dataclasses import MISSING, asdict, dataclass, field, fields
from types import MappingProxyType

from ..guard import Issue
from ..layout import Kysymys, Skip, Vaihtoehto
from .grid import Valilehdenalku


@dataclass(frozen=True)
class Mittariluku:
    """A value of a measure: the cell's text, its number if it is one, and when: a year, a jakso or a day (ISO)."""

    teksti: str
    luku: float | None = None
    vuosi: int | None = None
    jakso: str | None = None
    paiva: str | None = None
    cell: str = ""


@dataclass(frozen=True)
class Luettumittari:
    """A measure as read: MITTARI of the contract. `laji`: luku, prosentti, euro, kylla_ei or teksti.

    `suunta`: its arrow or word of change, verbatim. `painopiste`, `tavoite`: whose it is, where it is of no row.
    """

    nimi: str
    laji: str = "teksti"
    yksikko: str | None = None
    lahto: Mittariluku | None = None
    tavoitteet: tuple[Mittariluku, ...] = ()
    arvot: tuple[Mittariluku, ...] = ()
    suunta: str | None = None
    cell: str = ""
    painopiste: str | None = None
    tavoite: str | None = None


@dataclass(frozen=True)
class Luettusarake:
    """A column as read: `second` the next best role and `margin` how far it is. `why`, `becomes`: a line in Finnish.

    `kirjain`: its letter. `otsikko`: all its header texts joined. `role`: one of the roles of --sarake. `jakso`: its
    jakso's name. `is_chosen`: a person said so.
    """

    kirjain: str
    otsikko: str
    role: str
    second: str = ""
    margin: float = 0.0
    why: str = ""
    becomes: str = ""
    jakso: str | None = None
    is_chosen: bool = False


@dataclass(frozen=True)
class Luettuvalilehti:
    """A sheet as read. `otsikkorivit`: its first header's rows, () for none. `luettu`: were rows read of it?

    `why`: what its rows were taken for, or why they were not read, a line in Finnish. `nimi_on`: the role of its name.
    """

    nimi: str
    otsikkorivit: tuple[int, ...] = ()
    sarakkeet: tuple[Luettusarake, ...] = ()
    riveja: int = 0
    luettu: bool = True
    why: str = ""
    nimi_on: str = ""


@dataclass(frozen=True)
class Kirjausarvo:
    """A toimenpide's values in one jakso.

    `toteutumisaste` 1-5 or None; then `syy` says why: ei_vastattu, ei_arvioida, alkaa_myohemmin or luovuttu.
    `raw`: a faulty score as it was written. `alkuperainen`: what the source's score cell shows where that is not the
    number itself. `omat`: own columns of the kirjaus, heading -> text. `cells`: field -> source cell.
    `own_cells`: source cell -> heading of an own column. `joined`: each further cell whose text was added to a field ->
    that field. What only some sheets have is None.
    """

    jakso: str
    toteutumisaste: int | None
    syy: str
    kommentti: str | None
    sisainen_huomio: str | None
    raw: str | None
    cells: dict[str, str]
    ennuste: str | None = None
    poikkeaman_syy: str | None = None
    korjaavat_toimet: str | None = None
    alkuperainen: str | None = None
    omat: dict[str, str] = field(default_factory=dict)
    own_cells: dict[str, str] = field(default_factory=dict)
    joined: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Tiedostorivi:
    """A toimenpide as read. A faulty value is None and named in the errors.

    `voimassa`: {"alkaa", "paattyy"} as ISO days or None, of columns of their own; `nimen_vuodet`: years that end the
    name, which may mean it. `muut_toimialat`: the units after the first of a cell that lists several. `omat`: own
    columns of the toimenpide, heading -> text. `cell`: the toimenpide's cell. `cells`: field -> source cell, for values
    carried down the cell they came from; `own_cells` as of a Kirjausarvo. `joined`: as of a Kirjausarvo;
    `blanks`: each level's own cell that holds white space -> its field. `tunniste`: how a vastaustaulukko of our own
    names the row; `yksikko`: the unit whose answer a row of it is ("" where its cell is blank).
    """

    cell: str
    painopiste: str | None
    tavoite: str | None
    toimialan_tavoite: str | None
    koodi: str | None
    toimenpide: str | None
    toimielin: str | None
    toimiala: str | None
    vastuu: str | None
    riski: str | None
    mittari: str | None
    sdg: tuple[str, ...]
    kirjaukset: tuple[Kirjausarvo, ...]
    cells: dict[str, str]
    voimassa: dict[str, str | None] | None = None
    nimen_vuodet: tuple[int, int] | None = None
    tunniste: str | None = None
    muut_toimialat: tuple[str, ...] = ()
    mittarit: tuple[Luettumittari, ...] = ()
    omat: dict[str, str] = field(default_factory=dict)
    own_cells: dict[str, str] = field(default_factory=dict)
    joined: dict[str, str] = field(default_factory=dict)
    blanks: dict[str, str] = field(default_factory=dict)
    yksikko: str | None = None

    @property
    def vuosina(self) -> str:
        """The time in force as its years: "2024–2026", "2024", ""."""
        days = (self.voimassa or {}).values()
        return "–".join(dict.fromkeys(day[:4] for day in days if day))


@dataclass(frozen=True)
class Luettu:
    """A file as read: status ok, row_errors or reject (then `reason`, and its sentences as the only error).

    `title`: the first title line. `headings`: role -> the sheet's own word. `columns`: (role, heading, jakso or
    None) in the sheet's order; `above`: what stands above each of these headings. `labels`: 1-5 -> the sheet's
    words for it. `esitys`: numerot, sanat, liikennevalo, ei.
    `questions`: what may be read in two ways; each of its cells is told in the errors too, with its code and sentence.
    `mittarit`: the measures of no row. `reading`: sheet by sheet what was read and why, for the page. `scale`: the
    source's number -> 1-5 where its scale is another. `ruudukot`: the first rows of each sheet, of a refused file too,
    if any of its sheets is a table. `siirtyneet`: (a row's cell, the cell from which it may be shifted back).
    """

    status: str
    reason: str | None
    rows: tuple[Tiedostorivi, ...] = ()
    errors: tuple[Issue, ...] = ()
    notices: tuple[Issue, ...] = ()
    skipped: tuple[Skip, ...] = ()
    title: str | None = None
    headings: dict[str, str] | None = None
    columns: tuple[tuple[str, str, str | None], ...] = ()
    jaksot: tuple[str, ...] = ()
    labels: dict[int, str] | None = None
    esitys: str = "ei"
    questions: tuple[Kysymys, ...] = ()
    above: tuple[str, ...] = ()
    mittarit: tuple[Luettumittari, ...] = ()
    reading: tuple[Luettuvalilehti, ...] = ()
    scale: dict[int, int | None] | None = None
    ruudukot: tuple[Valilehdenalku, ...] = ()
    siirtyneet: tuple[tuple[str, str], ...] = ()

    def to_dict(self) -> dict:
        """Of dictionaries and lists only, as JSON takes it: ten times quicker than dataclasses.asdict."""
        return {
            **vars(self),
            "rows": [_told(rivi) for rivi in self.rows],
            "mittarit": [asdict(mittari) for mittari in self.mittarit],
            "reading": [asdict(sheet) for sheet in self.reading],
            **{name: [vars(each) for each in getattr(self, name)] for name in _FLAT},
            "questions": [{**vars(q), "answers": [vars(answer) for answer in q.answers]} for q in self.questions],
        }

    @classmethod
    def from_dict(cls, told: dict) -> "Luettu":
        """The same Luettu from what JSON made of it: lists for tuples and texts for the numbers of the scale."""
        return cls(
            **{
                **told,
                "rows": tuple(_rivi(rivi) for rivi in told["rows"]),
                "errors": tuple(Issue(**issue) for issue in told["errors"]),
                "notices": tuple(Issue(**issue) for issue in told["notices"]),
                "skipped": tuple(make_quickly(Skip, skip) for skip in told["skipped"]),
                "columns": tuple(tuple(column) for column in told["columns"]),
                "jaksot": tuple(told["jaksot"]),
                "questions": tuple(_kysymys(question) for question in told["questions"]),
                "above": tuple(told["above"]),
                "siirtyneet": tuple(map(tuple, told["siirtyneet"])),
                "labels": {int(score): word for score, word in (told["labels"] or {}).items()},
                "mittarit": tuple(map(read_mittari, told["mittarit"])),
                "reading": tuple(map(_valilehti, told["reading"])),
                "ruudukot": tuple(map(Valilehdenalku.from_dict, told["ruudukot"])),
                "scale": {int(number): score for number, score in (told["scale"] or {}).items()} or None,
            }
        )


_FLAT = ("errors", "notices", "skipped", "ruudukot")


def _told(rivi):
    told = {**_filled_fields(rivi), "kirjaukset": [_filled_fields(kirjaus) for kirjaus in rivi.kirjaukset]}
    return {**told, "mittarit": [asdict(mittari) for mittari in rivi.mittarit]} if rivi.mittarit else told


def _filled_fields(each):
    empty = TYHJAT[type(each)]
    return {name: value for name, value in vars(each).items() if value or value != empty[name]}


def _rivi(told):
    made = {name: tuple(told[name]) for name in ("sdg", "muut_toimialat", "nimen_vuodet") if told.get(name)}
    made["kirjaukset"] = tuple(_filled(Kirjausarvo, kirjaus) for kirjaus in told.get("kirjaukset", ()))
    if "mittarit" in told:
        made["mittarit"] = tuple(map(read_mittari, told["mittarit"]))
    return _filled(Tiedostorivi, told, made)


def _filled(cls, told, made=MappingProxyType({})):
    """The object of what `_filled_fields` left of it, with dictionaries of its own."""
    values = {**TYHJAT[cls], **told, **made}
    for name in _DICTS[cls]:
        if name not in told:
            values[name] = {}
    return make_quickly(cls, values)


def read_mittari(told):
    luvut = {name: tuple(Mittariluku(**luku) for luku in told[name]) for name in ("tavoitteet", "arvot")}
    lahto = Mittariluku(**told["lahto"]) if told["lahto"] else None
    return Luettumittari(**{**told, **luvut, "lahto": lahto})


def _valilehti(told):
    sarakkeet = tuple(Luettusarake(**sarake) for sarake in told["sarakkeet"])
    return Luettuvalilehti(**{**told, "otsikkorivit": tuple(told["otsikkorivit"]), "sarakkeet": sarakkeet})


def make_quickly(cls, values: dict):
    """An object of a frozen dataclass from all its fields: a file has many, and `__init__` sets them one by one."""
    made = object.__new__(cls)
    object.__setattr__(made, "__dict__", values)
    return made


def _list_empty(cls, **given):
    """{field: its value where nothing is said}"""
    made = {each.name: None if each.default is MISSING else each.default for each in fields(cls)}
    return made | {each.name: {} for each in fields(cls) if each.default_factory is dict} | given


TYHJAT = {  # class -> {field: its value where it says nothing}
    Kirjausarvo: _list_empty(Kirjausarvo, syy="", cells={}),
    Tiedostorivi: _list_empty(Tiedostorivi, sdg=(), kirjaukset=(), cells={}),
}
_DICTS = {cls: [name for name, value in empty.items() if value == {}] for cls, empty in TYHJAT.items()}


def _kysymys(told):
    answers = tuple(Vaihtoehto(**answer) for answer in told["answers"])
    return Kysymys(**{**told, "answers": answers, "cells": tuple(told["cells"])})
