"""What comes out of reading a file: frozen, and JSON-able with `Luettu.to_dict` (`Luettu.from_dict` reads it)."""

from dataclasses import dataclass

from ..guard import Issue
from ..layout import Kysymys, Skip, Vaihtoehto


@dataclass(frozen=True)
class Kirjausarvo:
    """A toimenpide's values in one jakso.

    `toteutumisaste` 1-5 or None; then `syy` says why: ei_vastattu, ei_arvioida, alkaa_myohemmin or luovuttu.
    `raw`: a faulty score as it was written. `cells`: field -> source cell. What only some sheets have is None.
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


@dataclass(frozen=True)
class Tiedostorivi:
    """A toimenpide as read. A faulty value is None and named in the errors.

    `voimassa`: the first and the last year in force, of a column of their own; `nimen_vuodet`: those that end the name,
    which may mean it. `cell`: the toimenpide's cell. `cells`: field -> source cell, for values carried down the cell
    they came from. `tunniste`: how a vastaustaulukko of our own names the row.
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
    voimassa: tuple[int, int] | None = None
    nimen_vuodet: tuple[int, int] | None = None
    tunniste: str | None = None


@dataclass(frozen=True)
class Luettu:
    """A file as read: status ok, row_errors or reject (then `reason`, and its sentences as the only error).

    `title`: the first title line. `headings`: role -> the sheet's own word. `columns`: (role, heading, jakso or
    None) in the sheet's order; `above`: what stands above each of these headings. `labels`: 1-5 -> the sheet's
    words for it. `esitys`: numerot, sanat, liikennevalo, ei.
    `questions`: columns that may be read in two ways, each told in the notices too (`needs_decision`).
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

    def to_dict(self) -> dict:
        """Of dictionaries and lists only, as JSON takes it: ten times quicker than dataclasses.asdict."""
        return {
            **vars(self),
            "rows": [{**vars(rivi), "kirjaukset": [vars(k) for k in rivi.kirjaukset]} for rivi in self.rows],
            **{name: [vars(each) for each in getattr(self, name)] for name in ("errors", "notices", "skipped")},
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
                "labels": {int(score): word for score, word in (told["labels"] or {}).items()},
            }
        )


def _rivi(told):
    kirjaukset = tuple(make_quickly(Kirjausarvo, kirjaus) for kirjaus in told["kirjaukset"])
    years = {name: told[name] and tuple(told[name]) for name in ("voimassa", "nimen_vuodet")}
    return make_quickly(Tiedostorivi, {**told, "sdg": tuple(told["sdg"]), "kirjaukset": kirjaukset, **years})


def make_quickly(cls, values: dict):
    """An object of a frozen dataclass from all its fields: a file has many, and `__init__` sets them one by one."""
    made = object.__new__(cls)
    made.__dict__.update(values)
    return made


def _kysymys(told):
    return Kysymys(**{**told, "answers": tuple(Vaihtoehto(**answer) for answer in told["answers"])})
