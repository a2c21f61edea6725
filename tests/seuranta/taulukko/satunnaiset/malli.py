"""The parts of a random table: what is drawn, what is written into cells, and what a right reading holds."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from .asteikot import Asteikko


@dataclass
class Solu:
    """A cell to be written. `muoto`: a number format; `alas`, `oikealle`: how many further cells a merge covers."""

    arvo: object = None
    tayte: str = ""
    muoto: str = ""
    alas: int = 0
    oikealle: int = 0


@dataclass
class Sarake:
    """A column.

    `luokka`: taso, alin, koodi, numero, toimiala, vastuu, toimielin, mittari, lahto, tavoitearvo, toteuma, vuosiarvo,
    suunta, oma, aikarasti, aste, rasti or kommentti. `tieto`: the level's depth, the own column's kind, the option of
    an x, the year. `on_tuttu`: whether its heading was left as it is.
    """

    luokka: str
    otsikko: tuple
    on_tuttu: bool = True
    jakso: int | None = None
    tieto: object = None

    @property
    def lehti(self):
        return self.otsikko[-1]


@dataclass
class Teko:
    """What one row of the table says. `asteet`, `kommentit`: one for each jakso; `arvot`: column -> value."""

    tasot: tuple
    nimi: str
    koodi: str | None
    toimiala: str | None
    vastuu: str | None
    toimielin: str | None
    asteet: list
    kommentit: list
    arvot: dict = field(default_factory=dict)
    jatko: str | None = None


@dataclass
class Suunnitelma:
    """What was drawn of a table's form."""

    kieli: str
    muoto: str
    osuus: float
    asteikko: Asteikko
    jaksot: list
    jaksotapa: str
    tasoja: int
    alin: str
    ylin: str  # how the highest level is told: sarake, vali, valilehti
    yksikot: tuple
    yksikkotapa: str  # sarake, vali, valilehti, ei
    toisto: str  # joka, kerran, yhdistetty
    kaksikielinen: str  # "", vinoviiva, rivit
    vuosi: int
    omia: int
    mittarit: str
    ensi_sarake: int
    luokat: tuple  # classes of the upper levels
    kuvaus: dict = field(default_factory=dict)


@dataclass
class Rivitotuus:
    """What a right reading holds of one row. Each entry names the cells it stands in.

    `tasot`: (text, class or None where only order tells, cell). `kentat`: (field or None, text, cell). `asteet`:
    (right scores, is asked, cells) for each jakso; `kommentit`: (parts, cells). `omat`: (heading, Solu, cell).
    `luvut`: (list of the measure or None, Solu, cell).
    """

    nimi: str
    solu: str
    solut: list
    tasot: list
    kentat: list
    asteet: list
    kommentit: list
    omat: list
    luvut: list


@dataclass
class Totuus:
    """What a right reading holds.

    `koodit`: questions that must be asked, `sallitut`: that may be; `summat`: cells of no row; `otsikot`: cells of
    headings; `kaikki`: every filled cell; `kopiot`: sheets that repeat another's rows.
    """

    rivit: list
    jaksoja: int
    tunnukset: list
    koodit: set
    summat: list
    otsikot: set
    kaikki: dict
    sallitut: set = field(default_factory=set)
    kopiot: set = field(default_factory=set)


@dataclass
class Taulu:
    """One random table: its name and bytes, its truth, and in words what it is (`kuvaus`).

    The bytes are written when asked for: that takes twice as long as all the rest, and many ask for the truth alone.
    """

    nimi: str
    write: Callable[[], bytes] = field(repr=False)
    totuus: Totuus
    kuvaus: dict
    siemen: object = None

    @cached_property
    def tavut(self) -> bytes:
        return self.write()
