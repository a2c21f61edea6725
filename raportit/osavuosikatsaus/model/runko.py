"""The rows of a report, under their tavoitteet and painopisteet, and how many have each score."""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _

from seuranta.models import Kirjaus
from strategia.models import OMAN_ALUT, Sitovuus, own_role
from strategia.nimet import normalise

from ..mitattu import EI_LAHETETTY, Mittari, Osavastaus, Riski

ASTEET = (5, 4, 3, 2, 1)  # charts and tables run from the best down
MUUTOKSET = ("nousi", "laski", "ennallaan", "uusi", "ei_arviota")


def is_own(rooli: str) -> bool:
    return rooli.startswith(tuple(OMAN_ALUT.values()))


def syy_name(syy: str) -> str:
    """Why a row has no score, in words; "" where it has one."""
    return _("ei lähetetty") if syy == EI_LAHETETTY else str(Kirjaus.Syy(syy).label) if syy else ""


def sitovuus_name(sitovuus: str) -> str:
    """In words, "" where nobody has told it; of a frozen report, one that is no longer known as it stands."""
    return str(dict(Sitovuus.choices).get(sitovuus, sitovuus))


@dataclass(frozen=True)
class Rivi:
    """One toimenpide in the jakso. edellinen: its score in the previous jakso, None where there was none.

    samana: in how many jaksot in a row, this one the last, the score has been what it is; 0 where there is none.
    omat: {heading: text} of the kunta's own columns that are shown; each is read by its role too (own_role).
    alkuperainen: the score as the kunta's own table has it, where it is not the number itself.
    sitovuus: whom it binds, one of strategia's Sitovuus; told only where the koordinaattori has chosen so.
    voimassa: from when until when it is in force, in words; told only where that is chosen.
    edelliskaudella: in the words of its own scale the score that the row before it had when the term before ended.
    """

    id: int
    koodi: str
    toimenpide: str
    toimialan_tavoite: str
    toimiala: str
    toimielin: str
    vastuu: str
    riski: str
    mittari: str
    sdg: tuple[str, ...]
    toteutumisaste: int | None
    syy: str
    kommentti: str
    edellinen: int | None
    ennuste: str = ""
    poikkeaman_syy: str = ""
    korjaavat_toimet: str = ""
    samana: int = 0
    muut_toimialat: tuple[str, ...] = ()
    osavastaukset: tuple[Osavastaus, ...] = ()
    mittarit: tuple[Mittari, ...] = ()
    riskit: tuple[Riski, ...] = ()
    omat: dict[str, str] = field(default_factory=dict)
    alkuperainen: str = ""
    sitovuus: str = ""
    voimassa: str = ""
    edelliskaudella: str = ""

    def __getattr__(self, name):
        if not is_own(name):
            raise AttributeError(name)
        headings = {own_role(rooli, otsikko): otsikko for otsikko in self.omat for rooli in OMAN_ALUT}
        return self.omat.get(headings.get(name), "")

    @property
    def muutos(self):
        """One of MUUTOKSET. Means something only where the report has a previous jakso."""
        if self.toteutumisaste is None:
            return "ei_arviota"
        if self.edellinen is None:
            return "uusi"
        return ("laski", "ennallaan", "nousi")[(self.askel > 0) - (self.askel < 0) + 1]

    @property
    def askel(self):
        """How many steps the score moved from the previous jakso; 0 where either is missing."""
        return self.toteutumisaste - self.edellinen if self.toteutumisaste and self.edellinen else 0

    def names(self, mittari: Mittari) -> bool:
        """Does its own cell of measures say the name of this one, however it is spaced there?"""
        return normalise(mittari.nimi) in normalise(self.mittari)


@dataclass(frozen=True)
class Tavoite:
    """The rows of a tavoite; where toimielimet are headings, its rows of one of them, so that ids may repeat.

    mittarit, riskit, sdg: its own, not those of its rows; where it repeats they stand in the first one only.
    """

    id: int
    nimi: str
    rivit: tuple[Rivi, ...]
    toimielin: str = ""
    sdg: tuple[str, ...] = ()
    mittarit: tuple[Mittari, ...] = ()
    riskit: tuple[Riski, ...] = ()

    @cached_property
    def kaikki_mittarit(self):
        """[(its row or None, measure)]: its own first, then those of its rows."""
        rows = ((rivi, mittari) for rivi in self.rivit for mittari in rivi.mittarit)
        return [*((None, mittari) for mittari in self.mittarit), *rows]

    @property
    def kaikki_riskit(self):
        """[(its row or None, risk)], as kaikki_mittarit."""
        return [*((None, r) for r in self.riskit), *((rivi, r) for rivi in self.rivit for r in rivi.riskit)]

    @cached_property
    def ryhmat(self):
        """[(toimialan tavoite, rows)] in the plan's order; those without one first, under the tavoite itself."""
        groups = {"": []}
        for rivi in self.rivit:
            groups.setdefault(rivi.toimialan_tavoite, []).append(rivi)
        return [(nimi, rivit) for nimi, rivit in groups.items() if rivit]


@dataclass(frozen=True)
class Painopiste:
    id: int
    nimi: str
    sdg: tuple[str, ...]
    tavoitteet: tuple[Tavoite, ...]
    teksti: str = ""
    mittarit: tuple[Mittari, ...] = ()

    @cached_property
    def kaikki_mittarit(self):
        """[(tavoite or None, row or None, measure)] of all that hang under it, at any level."""
        below = ((tavoite, *each) for tavoite in self.tavoitteet for each in tavoite.kaikki_mittarit)
        return [*((None, None, mittari) for mittari in self.mittarit), *below]

    @cached_property
    def rivit(self):
        return tuple(rivi for tavoite in self.tavoitteet for rivi in tavoite.rivit)

    @cached_property
    def osat(self):
        """[(toimielin or "", [(anchor, tavoite)])] in order: where toimielimet are no headings, one with ""."""
        osat = {}
        for number, tavoite in enumerate(self.tavoitteet):
            repeats = any(earlier.id == tavoite.id for earlier in self.tavoitteet[:number])
            anchor = f"tavoite-{tavoite.id}-{number}" if repeats else f"tavoite-{tavoite.id}"
            osat.setdefault(tavoite.toimielin, []).append((anchor, tavoite))
        return list(osat.items())

    @cached_property
    def jakauma(self):
        return Jakauma(self.nimi, self.rivit)


@dataclass(frozen=True)
class Jakauma:
    """How many rows have each score."""

    nimi: str
    rivit: tuple[Rivi, ...]

    @cached_property
    def kpl(self):
        """{5: n, … 1: n, None: n}"""
        found = Counter(rivi.toteutumisaste for rivi in self.rivit)
        return {aste: found[aste] for aste in (*ASTEET, None)}

    @property
    def yhteensa(self):
        return len(self.rivit)

    @property
    def arviotta(self):
        return self.kpl[None]

    @property
    def arvioitu(self):
        return self.yhteensa - self.arviotta

    @property
    def keskiarvo(self):
        """The mean of the scores to one decimal, half up; None where there is none."""
        total = sum(aste * n for aste, n in self.kpl.items() if aste)
        return Decimal((20 * total + self.arvioitu) // (2 * self.arvioitu)) / 10 if self.arvioitu else None

    @property
    def kommentoitu(self):
        """How many have a comment."""
        return sum(1 for rivi in self.rivit if rivi.kommentti.strip())
