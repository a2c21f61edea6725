"""What a report holds of measures, risks and the answers of units: frozen dataclasses of raw values.

Their models are Mittari, Tavoitearvo, MittariArvo, Riski and Osavastaus. Whether a target is reached is frozen as it
was told, for the rule by which it is told may be another next year.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _

from seuranta.tulos import KYLLA_EI, Suunta, Tulos, number_of, read_kylla_ei, show_target, show_value
from strategia.lukuteksti import with_unit as add_unit
from strategia.lukuteksti import write_luku
from strategia.models import Mittari as MittariModel

EI_LAHETETTY = "ei_lahetetty"  # why a row has no score, or a measure no value: a report's own reason
TULOKSET = (Tulos.SAAVUTETTU, Tulos.EI_VIELA, Tulos.EI_VERRATA, Tulos.ARVO_PUUTTUU, EI_LAHETETTY, Tulos.EI_TAVOITETTA)
NAYTETTAVIA = 2  # earlier values that a table has room for
TAVALLISET = {"prosentti": "%", "euro": "€"}  # the unit of a kind that needs none of its own
PUUTTUVAT = (Tulos.ARVO_PUUTTUU, EI_LAHETETTY)  # there is a target, and nothing to compare with it


def tulos_name(tulos: str) -> str:
    """What a frozen tulos is called: "saavutettu", "ei lähetetty"."""
    return _("ei lähetetty") if tulos == EI_LAHETETTY else Tulos(tulos).sana


@dataclass(frozen=True)
class Tavoitearvo:
    """A target: of a year, or without one until further notice. teksti is what was told, verbatim."""

    vuosi: int | None
    teksti: str
    luku: Decimal | None = None
    ala: Decimal | None = None
    yla: Decimal | None = None


@dataclass(frozen=True)
class MittariArvo:
    """A value at one time: of a jakso (its id), a year or a day. huomautus: of a jakso only of the report's own."""

    jakso: int | None
    vuosi: int | None
    paiva: date | None
    teksti: str
    luku: Decimal | None = None
    huomautus: str = ""

    @property
    def aika(self):
        """Equal for the values of one time."""
        return self.jakso, self.vuosi, self.paiva


@dataclass(frozen=True)
class Mittari:
    """A measure as the report tells it. toimiala: who records one that hangs under no toimenpide.

    tavoite: the target in force, tavoitteet: every one. arvo: the value that the report tells, None where there is
    none; aiemmat: those before it, in the order of time. tulos: one of TULOKSET, or "" where it is not told.
    muutos: how the value moved from the one before (Suunta), "" where it cannot be told.
    """

    id: int
    nimi: str
    laji: str
    yksikko: str
    suunta: str
    desimaalit: int | None
    toimiala: str
    lahde: str
    lahto_teksti: str
    lahto_luku: Decimal | None
    lahto_vuosi: int | None
    tavoite: Tavoitearvo | None
    tavoitteet: tuple[Tavoitearvo, ...]
    arvo: MittariArvo | None
    aiemmat: tuple[MittariArvo, ...]
    tulos: str
    muutos: str = ""

    @property
    def mitta(self):
        """Its unit as it is shown; of kyllä/ei the words that it is answered by."""
        if self.laji == KYLLA_EI and not self.yksikko:
            return _("kyllä/ei")
        return self.yksikko or TAVALLISET.get(self.laji, "")

    @property
    def suunta_sanoin(self):
        """ "enemmän on parempi"; "" where there is no better."""
        has_none = self.suunta == MittariModel.Suunta.EI or not self.on_luku
        return "" if has_none else str(MittariModel.Suunta(self.suunta).label)

    @cached_property
    def on_luku(self):
        return self.laji in ("luku", "prosentti", "euro")

    @cached_property
    def lahto(self):
        """The start as a value, None where there is none."""
        return Lahto(self.lahto_teksti, self.lahto_luku, self.lahto_vuosi) if self.lahto_teksti.strip() else None

    @cached_property
    def arvot(self):
        """Every value in the order of time, the report's own last."""
        return (*self.aiemmat, self.arvo) if self.arvo else self.aiemmat

    @cached_property
    def arvo_ajalla(self):
        """{aika: the value of that time}"""
        return {arvo.aika: arvo for arvo in reversed(self.arvot)}

    @property
    def heikkeni(self):
        return self.muutos == Suunta.HEIKKENI

    @property
    def on_pelkka_nimi(self):
        """Has nobody said anything of it but its name?"""
        return not (self.lahto or self.tavoitteet or self.arvot) and self.tulos != EI_LAHETETTY

    def told(self, tulos: str, muutos: str) -> "Mittari":
        """The same with what has been found of it."""
        return replace(self, tulos=tulos, muutos=muutos)

    def number(self, arvo):
        """What a line draws of a value: its number, of kyllä/ei 1 or 0; None where it is neither."""
        if arvo is None:
            return None
        if id(arvo) not in self._numbers:
            said = read_kylla_ei(arvo.teksti) if self.laji == KYLLA_EI else None
            self._numbers[id(arvo)] = number_of(self, arvo) if said is None else int(said)
        return self._numbers[id(arvo)]

    @cached_property
    def _numbers(self):
        """{id() of one of its own values: its number}: each is asked of many places, and read once."""
        return {}

    @cached_property
    def _shown(self):
        return {}

    def show(self, arvo, *, with_unit: bool = False) -> str:
        """A value, a start or a target as it is read; without its unit where that stands beside; "" of None."""
        if arvo is None:
            return ""
        key = id(arvo), with_unit
        if key not in self._shown:
            self._shown[key] = self._write(arvo, with_unit)
        return self._shown[key]

    def _write(self, arvo, with_unit):
        luku = self.number(arvo) if self.on_luku else None
        if luku is not None:
            text = write_luku(luku, self.desimaalit)
            return add_unit(text, self.mitta) if with_unit else text
        return show_target(self, arvo) if isinstance(arvo, Tavoitearvo) else show_value(self, arvo)


@dataclass(frozen=True)
class Lahto:
    """The start of a measure, read like a value."""

    teksti: str
    luku: Decimal | None
    vuosi: int | None


@dataclass(frozen=True)
class Osavastaus:
    """What one unit answered of a toimenpide. muu_toimiala: it is the comment of a toimiala that another leads."""

    nimi: str
    toteutumisaste: int | None
    kommentti: str = ""
    muu_toimiala: bool = False


@dataclass(frozen=True)
class Riski:
    """What may keep its toimenpide or tavoite from coming true: how likely and how grave, 1-5, each may be missing."""

    id: int
    teksti: str
    todennakoisyys: int | None = None
    vaikutus: int | None = None

    @property
    def on_arvioitu(self):
        return bool(self.todennakoisyys or self.vaikutus)

    @cached_property
    def suuruus(self):
        return self.todennakoisyys * self.vaikutus if self.todennakoisyys and self.vaikutus else None


@dataclass(frozen=True)
class Mittaristo:
    """Measures and how many of them are where."""

    mittarit: tuple[Mittari, ...]

    def __bool__(self):
        return bool(self.mittarit)

    @cached_property
    def kpl(self):
        """{tulos: n} of every one of TULOKSET that some measure has."""
        found = Counter(mittari.tulos for mittari in self.mittarit if mittari.tulos)
        return {str(tulos): found[tulos] for tulos in TULOKSET if found[tulos]}

    @property
    def saavutettu(self):
        return self.kpl.get(Tulos.SAAVUTETTU, 0)
