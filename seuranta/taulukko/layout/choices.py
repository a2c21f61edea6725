"""Options, clicks and a remembered lukutapa -> Choices: what a person has said of a table, fixed before it is read."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

OMA, OMA_KIRJAUS, POIS = "oma", "oma.kirjaus", "pois"
# "mittari.suunta": arrows. A role "" is POIS too, as in the choices of earlier files.
MITTARI_ROLES = ("mittari.lahto", "mittari.tavoite", "mittari.arvo", "mittari.suunta")
VOIMASSA_ROLES = ("voimassa.alkaa", "voimassa.paattyy")
SHEET_NAME = "*"  # as the column of a role: what the sheet's own name is


@dataclass(frozen=True)
class Choices:
    """What a person has said of how a table is read; all of it is optional, and JSON-able with `to_dict`.

    headers: sheet's name ("" any) -> its header row, 0 where it has none. sheets: the names of those taken, () all.
    roles: "Taul1!E", "E" or a heading -> role; one role given to two texts joins them; "*" (or "Taul1!*") is the
    sheet's own name. words: a word or sign as the cell has it -> 1-5, or None for no status. scale: the source's
    number -> 1-5 (None: no status). year: of days without one. percents: "lahin" or "mittari". numbering: "muuttunut"
    or "uudet". units: "yksi" or "useita". parts: "yhdista" or "riveiksi" (lines with an answer of their own).
    remembered: the names of the fields above that come from a remembered lukutapa.
    """

    headers: Mapping[str, int] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()
    roles: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, int | None] = field(default_factory=dict)
    scale: Mapping[int, int | None] = field(default_factory=dict)
    year: int | None = None
    percents: str = ""
    numbering: str = ""
    units: str = ""
    parts: str = ""
    remembered: tuple[str, ...] = ()

    def to_dict(self) -> dict:
        """Only what has been said, as JSON takes it; the numbers of the scale are texts there."""
        told = {each.name: getattr(self, each.name) for each in fields(self) if getattr(self, each.name)}
        if "scale" in told:
            told["scale"] = {str(number): score for number, score in told["scale"].items()}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in told.items()}

    @classmethod
    def from_dict(cls, told: Mapping) -> "Choices":
        """The same Choices from what JSON made of it; what it does not know is a bug and raises."""
        values = {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}
        if "scale" in values:
            values["scale"] = {int(number): score for number, score in values["scale"].items()}
        return cls(**values)

    def with_patch(self, patch: Mapping) -> "Choices":
        """These with an answer's `choices` on top: dictionaries are joined, other values replaced."""
        told = self.to_dict()
        for name, value in patch.items():
            told[name] = {**told.get(name, {}), **value} if isinstance(value, Mapping) else value
        return Choices.from_dict(told)
