"""What a column may be, and a table: its parts and its columns with their roles."""

from dataclasses import dataclass, field

from .choices import MITTARI_ROLES, OMA, OMA_KIRJAUS, POIS, VOIMASSA_ROLES
from .parts import Osa
from .todiste import Todiste
from .words import LISAT

LEVELS = ("painopiste", "tavoite", "toimialan_tavoite")
TOIMENPIDE_ROLES = (
    *LEVELS, "koodi", "toimenpide", "toimielin", "toimiala", "vastuu", "riski", "mittari", "sdg", "voimassa",
    *VOIMASSA_ROLES,
)  # fmt: skip
KIRJAUS_ROLES = ("jakso", "toteutumisaste", "syy", "kommentti", *LISAT, "sisainen_huomio")
ROLES = (*TOIMENPIDE_ROLES, *KIRJAUS_ROLES, *MITTARI_ROLES, OMA, OMA_KIRJAUS, POIS)
OWN = (OMA, OMA_KIRJAUS)


@dataclass
class Tiedostosarake:
    """A column: its role, its heading and all header texts over it, top to bottom.

    `second`: the next best role, `margin` how far behind it is. `is_chosen`: a person said so. `by_colour`: "own" (the
    cell's own fill), "row" (the row's), or "" ; `by_percent`: 100: 0.75 is 75 per cent; 1: 75 is; 0: no per cent.
    `marks`: the score that an x here stands for, where the column is one of several under one status. `unit`: columns
    read as one (the first of them), as the x of several columns or an own column of many. `alone`: no other table's.
    """

    column: int
    role: str
    heading: str
    path: tuple[str, ...] = ()
    jakso: int | None = None
    second: str = ""
    margin: float = 0.0
    is_chosen: bool = False
    by_colour: str = ""
    by_percent: int = 0
    marks: int | None = None
    group: tuple[int, ...] = ()
    is_formula: bool = False  # left out: it works out what stands on its row
    key: str = ""  # of an own column: its heading in `omat`
    why: str = ""


@dataclass
class Taulu:
    """Parts read as one table. `spellings`: every header text over a column on any page.

    `jakso`: the period that its sheet is named by, where every sheet of the file is a period; else "". `evidence`: of
    each column. `is_flat`: each row names its own jakso.
    """

    parts: list[Osa]
    columns: list[Tiedostosarake]
    spellings: dict[int, list[str]] = field(default_factory=dict)
    is_flat: bool = False
    jakso: str = ""
    evidence: dict[int, Todiste] = field(default_factory=dict)
    scale: object = None

    def of_role(self, *roles: str) -> list[Tiedostosarake]:
        return [column for column in self.columns if column.role in roles]

    def cell(self, column: int) -> str:
        return self.parts[0].cell(column)
