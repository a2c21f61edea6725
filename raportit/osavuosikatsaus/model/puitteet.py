"""What stands around the rows: whose report of which jakso, its columns, and what a correction changed."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from .runko import Rivi

KORKEA = 700  # letters in a quarter of a page's width
RIVILLA = 40  # letters of a value before and now, told in one line


@dataclass(frozen=True)
class Kunta:
    id: int
    nimi: str
    virallinen_nimi: str
    genetiivi: str
    muoto: str
    korostusvari: str
    logo: str = ""  # a data: address of a PNG


@dataclass(frozen=True)
class Strategia:
    """sanasto: {role: heading}, every role; asteikko: {"1" … "5": label}, empty until confirmed.

    nayta_keskiarvo: has the koordinaattori chosen to tell the mean of the scores?
    """

    id: int
    nimi: str
    otsikko: str
    sanasto: dict[str, str]
    asteikko: dict[str, str]
    esitys: str
    nayta_keskiarvo: bool = False

    def asteen_nimi(self, aste):
        """The confirmed label of a score, or ""."""
        return self.asteikko.get(str(aste), "") if aste else ""


@dataclass(frozen=True)
class Jakso:
    id: int
    nimi: str
    tyyppi: str
    alkaa: date | None
    paattyy: date | None


@dataclass(frozen=True)
class Sarake:
    """A column under its heading. taulukossa, yla: the heading in the kunta's own sheet and the one above it.

    sanoin: its sheet writes scores with their words. valiotsikko: a heading over rows, not a column.
    """

    rooli: str
    otsikko: str
    taulukossa: str = ""
    yla: str = ""
    sanoin: bool = False
    valiotsikko: bool = False


@dataclass(frozen=True)
class Numerosarake:
    """A column of the kunta's own table that holds numbers of its measures, of a year or of a jakso (its id).

    rooli: one of MITTARIN_LUVUT. jalkeen: the role after whose column it stands.
    """

    rooli: str
    otsikko: str
    yla: str = ""
    vuosi: int | None = None
    jakso: int | None = None
    jalkeen: str = ""

    def text_of(self, rivi: "Rivi") -> str:
        """What stands in it on the row, as it was told; of several measures a line each."""
        return "\n".join(teksti for mittari in rivi.mittarit for teksti in self._texts_of(mittari) if teksti)

    def _texts_of(self, mittari):
        return {
            "mittari.lahto": [mittari.lahto_teksti],
            "mittari.tavoite": [tavoite.teksti for tavoite in mittari.tavoitteet if tavoite.vuosi == self.vuosi],
            "mittari.arvo": [
                arvo.teksti for arvo in mittari.arvot if (arvo.jakso, arvo.vuosi) == (self.jakso, self.vuosi)
            ],
        }[self.rooli]


@dataclass(frozen=True)
class Muutos:
    """One value that a correction changed, as texts; "" where there was none.

    piilossa: there was a value before, but it is not told.
    """

    kohde: str
    tieto: str
    ennen: str
    nyt: str
    piilossa: bool = False

    @property
    def ennen_sanoin(self):
        """What stood there before, or that it is not told."""
        return _("Vanhaa tekstiä ei näytetä.") if self.piilossa else self.ennen

    @property
    def lyhyesti(self):
        """What it was and is, where both are short, a score for example; else ""."""
        is_told = self.ennen and self.nyt and not self.piilossa and len(self.ennen + self.nyt) <= RIVILLA
        return f"{self.ennen} → {self.nyt}" if is_told else ""

    @property
    def on_korkea(self):
        """Is its row so tall that it may break across pages?"""
        return max(len(self.ennen), len(self.nyt)) > KORKEA


@dataclass(frozen=True)
class Korjaus:
    """What a corrected version says of itself: which version it corrects, why, and every change."""

    versio: int
    syy: str
    muutokset: tuple[Muutos, ...]
