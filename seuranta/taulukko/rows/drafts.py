"""Rows in the making: what the lines of a table fill in, field by field, with the cells it came from."""

from dataclasses import dataclass, field

from ..guard import Issue
from ..layout import Kysymys, Skip
from ..layout.scores import EI_VASTATTU, Arvio
from .model import Luettumittari


@dataclass
class Kirjausluonnos:
    """A Kirjausarvo in the making; `jakso` is a name. `joined`: a role's other cells; `own_cells`: cell -> heading."""

    jakso: str
    arvio: Arvio = Arvio(None, EI_VASTATTU)
    kommentti: str | None = None
    sisainen_huomio: str | None = None
    raw: str | None = None
    alkuperainen: str | None = None
    lisat: dict[str, str] = field(default_factory=dict)
    omat: dict[str, str] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    joined: dict[str, str] = field(default_factory=dict)
    own_cells: dict[str, str] = field(default_factory=dict)

    @property
    def says(self) -> bool:
        return bool(
            self.arvio.score or self.arvio.error or self.arvio.syy != EI_VASTATTU
            or self.kommentti or self.sisainen_huomio or self.lisat or self.omat
        )  # fmt: skip


@dataclass
class Luonnos:
    """A Tiedostorivi in the making: field -> text, field -> cell, and its kirjaukset by the jakso's name.

    `joined`: every further cell whose text was added to a role. `blanks`: a level's own cell of white space.
    """

    cell: str
    texts: dict[str, str] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    kirjaukset: dict[str, Kirjausluonnos] = field(default_factory=dict)
    voimassa: dict[str, str | None] | None = None
    nimen_vuodet: tuple[int, int] | None = None
    muut_toimialat: tuple[str, ...] = ()
    mittarit: list[Luettumittari] = field(default_factory=list)
    omat: dict[str, str] = field(default_factory=dict)
    joined: dict[str, str] = field(default_factory=dict)
    blanks: dict[str, str] = field(default_factory=dict)
    own_cells: dict[str, str] = field(default_factory=dict)

    def name_cell(self, role: str, cell: str) -> None:
        """The role's cell, or one more whose text was added to it."""
        if self.cells.setdefault(role, cell) != cell:
            self.joined[cell] = role


@dataclass
class Luentatulos:
    """What the lines gave: drafts in order, and all that has to be told. `asked`: (code, key) -> its cells."""

    drafts: list[Luonnos] = field(default_factory=list)
    errors: list[Issue] = field(default_factory=list)
    notices: list[Issue] = field(default_factory=list)
    skipped: list[Skip] = field(default_factory=list)
    asked: dict[tuple, "Kysely"] = field(default_factory=dict)
    siirtyneet: list[tuple[str, str]] = field(default_factory=list)

    def ask(self, code: str, key: str, cell: str, make) -> None:
        """One more cell of the question (code, key); `make(cells)` -> its Kysymys, called once when all are known."""
        self.asked.setdefault((code, key), Kysely(make)).cells.append(cell)

    def questions(self) -> list[Kysymys]:
        return [kysely.make(tuple(dict.fromkeys(kysely.cells))) for kysely in self.asked.values()]


@dataclass
class Kysely:
    """The cells of a question that is still being gathered."""

    make: object
    cells: list[str] = field(default_factory=list)
