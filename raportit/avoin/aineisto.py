"""Nakyma -> Aineisto: the public form of a version as two flat tables, a value for each of KENTAT in each row.

Made of nothing but the public form; rows and measures are named by the tunnus that they have in every installation.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.utils import translation

from seuranta.solut import readable

from ..models import JaadytettyTunnus
from ..muodot.csv import list_mittaririvit
from ..muodot.xlsx import flatten
from ..osavuosikatsaus import Osavuosikatsaus
from ..osavuosikatsaus.model import is_own
from ..tallenne.nakyma import Nakyma
from ..tunnukset import read_tunnukset
from .kuvaukset import LUKU, MITTARIN_KENTAT, RIVIN_KENTAT, TEKSTI, Kuvattu

Laji = JaadytettyTunnus.Laji
Arvo = str | int | Decimal | date | None
OMA = "oma: "  # before the heading of a column of the kunta's own


@dataclass(frozen=True)
class Aineistotaulu:
    """A flat table: each row has a value of each field, in their order."""

    nimi: str
    kentat: tuple[Kuvattu, ...]
    rivit: list[list[Arvo]]


@dataclass(frozen=True)
class Aineisto:
    """What is told of a public version. tunnukset: {(laji, frozen id): tunnus}."""

    nakyma: Nakyma
    tunnukset: dict

    @property
    def raportti(self) -> Osavuosikatsaus:
        return self.nakyma.raportti

    @cached_property
    def rivit(self) -> Aineistotaulu:
        own = [sarake for sarake in self.raportti.sarakkeet if is_own(sarake.rooli)]
        omat = tuple(Kuvattu(f"{OMA}{each.otsikko}", TEKSTI, each.otsikko, "", "") for each in own)
        places = [
            (painopiste.id, tavoite.id)
            for painopiste in self.raportti.painopisteet
            for tavoite in painopiste.tavoitteet
            for _rivi in tavoite.rivit
        ]
        rows = []
        for place, tiedot in zip(places, flatten(self.raportti), strict=True):
            told = tiedot | self._name_place(*place, tiedot["id"])
            told["tunnus"] = told["toimenpide_tunnus"]
            roles = [*(kentta.nimi for kentta in RIVIN_KENTAT), *(each.rooli for each in own)]
            rows.append([_flat(told[rooli]) for rooli in roles])
        return Aineistotaulu("rivit", RIVIN_KENTAT + omat, rows)

    @cached_property
    def mittarit(self) -> Aineistotaulu:
        with translation.override("fi"):  # the words of the open data are the same for every reader
            columns, lines = list_mittaririvit(self.raportti)
            rows = [[self._tell(kentta, rivi, columns) for kentta in MITTARIN_KENTAT] for rivi in lines]
        return Aineistotaulu("mittarit", MITTARIN_KENTAT, rows)

    def _name_place(self, painopiste, tavoite=None, toimenpide=None):
        asked = {Laji.PAINOPISTE: painopiste, Laji.TAVOITE: tavoite, Laji.TOIMENPIDE: toimenpide}
        return {f"{laji.value}_tunnus": str(self.tunnukset[laji, pk]) if pk else None for laji, pk in asked.items()}

    def _tell(self, kentta, rivi, columns):
        if kentta.nimi == "tunnus":
            return str(self.tunnukset[Laji.MITTARI, rivi.mittari.id])
        if kentta.nimi.endswith("_tunnus"):
            hangs_on = (each and each.id for each in (rivi.painopiste, rivi.tavoite, rivi.toimenpide))
            return self._name_place(*hangs_on)[kentta.nimi]
        read = columns.get(OTSIKOT[kentta.nimi])
        told = read(rivi) if read else None
        if kentta.tyyppi == LUKU:
            return Decimal(told) if told else None
        return _flat(told or "") if kentta.tyyppi == TEKSTI else told or None


def _flat(value) -> Arvo:
    if isinstance(value, tuple):
        value = "; ".join(value)
    return readable(value).replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else value


OTSIKOT = {
    "lahtoarvo": "Lähtöarvo", "lahtoarvo_lukuna": "Lähtöarvo lukuna", "lahtovuosi": "Lähtövuosi",
    "mittari": "Mittari", "yksikko": "Yksikkö", "suunta": "Suunta", "lahde": "Lähde",
    "jakso": "Jakso", "vuosi": "Vuosi", "paiva": "Päivä", "arvo": "Arvo", "arvo_lukuna": "Arvo lukuna",
    "tavoitearvo": "Tavoite", "tavoitearvo_lukuna": "Tavoite lukuna", "tavoitevuosi": "Tavoitevuosi",
    "tulos": "Tulos", "huomautus": "Huomautus",
}  # fmt: skip


def read_aineisto(nakyma: Nakyma) -> Aineisto:
    """The data of a version that is public."""
    return Aineisto(nakyma, read_tunnukset(nakyma.versio))
