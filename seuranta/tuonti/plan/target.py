"""Where a municipality's own table goes, and the plan that is made for it."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from seuranta.taulukko.rows import Tiedostorivi
from seuranta.tiedosto.plan import Kohde, Plan, PlannedMittari
from strategia.models import Strategia
from strategia.nimet import avain


@dataclass(frozen=True)
class Target(Kohde):
    """Where a file goes and what a person has decided of it.

    kunta: its name (it may not exist yet). strategia: its name, else the kunta's only one. toimialat: avain of an
    unknown name -> id of the toimiala it means, or None to make it. toimenpiteet: cell of a row -> id of the
    toimenpide it renames. paatettavat: ids of the missing toimenpiteet to end. tilanne: the state's date, given to a
    jakso that the import makes. asteikko: labels 1-5 that have been confirmed. vuodet: cell of a row -> are the years
    that end its name the time it is in force? numerointi: what rows are whose code or name is not what it was:
    "muuttunut" (known by their name), "nimet" (known by their code) or "uudet". luvusta: {laji: {paikka: value}} of
    what was decided of the reading, for the next table alike. muistettu: how it was read by what was decided earlier,
    as Tuonti has it.
    """

    kunta: str
    strategia: str | None = None
    create_toimialat: bool = False
    toimialat: dict = field(default_factory=dict)
    toimenpiteet: dict = field(default_factory=dict)
    paatettavat: tuple[int, ...] = ()
    tilanne: date | None = None
    asteikko: dict = field(default_factory=dict)
    vuodet: dict = field(default_factory=dict)
    numerointi: str = ""
    luvusta: dict = field(default_factory=dict)
    muistettu: dict = field(default_factory=dict)


class Tunnetut(NamedTuple):
    """What the strategia knows of the scores of its tables, by which a sheet that writes words or numbers is read.

    nimet: 1-5 -> the label of its scale. tilasanat, lahdeasteikko: as in Strategia.
    """

    nimet: dict[int, str]
    tilasanat: dict[str, int | None]
    lahdeasteikko: dict[str, int | None]


def known_words(kunta: str, strategia: str | None = None) -> Tunnetut:
    """Of the strategia that the file goes to, empty where that is not known yet. One query."""
    strategiat = list(Strategia.objects.filter(kunta__avain=avain(kunta)))
    named = [s for s in strategiat if strategia and s.avain == avain(strategia)]
    chosen = named or (strategiat if len(strategiat) == 1 else [])
    if not chosen:
        return Tunnetut({}, {}, {})
    labels = {int(aste): sana for aste, sana in chosen[0].asteikko.items()}
    return Tunnetut(labels, chosen[0].tilasanat, chosen[0].lahdeasteikko)


@dataclass(frozen=True)
class Tuontisuunnitelma(Plan):
    """The plan of a table, with the register that its rows were compared with.

    vuodet: the rows whose name ends with years that may be taken as the time in force, decided on or not. kohteet: the
    new measures of no row, for which a painopiste or a tavoite may have to be made. has_mittarit: is any measure or
    risk written?
    """

    register: object = field(default=None, compare=False, repr=False)
    vuodet: tuple[Tiedostorivi, ...] = field(default=(), compare=False, repr=False)
    kohteet: tuple[PlannedMittari, ...] = field(default=(), compare=False, repr=False)
    has_mittarit: bool = field(default=False, compare=False)

    @property
    def mittariluvut(self):
        """How many measures and risks are new, and how many change: {"mittarit": (new, changed), "riskit": …}."""
        mittarit = [*self.mittarit, *(mittari for row in self.rows for mittari in row.mittarit)]
        riskit = [riski for row in self.rows for riski in row.riskit]
        new = {
            "mittarit": sum(mittari.mittari_id is None for mittari in mittarit),
            "riskit": sum(riski.riski_id is None for riski in riskit),
        }
        return {
            "mittarit": (new["mittarit"], len(mittarit) - new["mittarit"]),
            "riskit": (new["riskit"], len(riskit) - new["riskit"]),
        }
