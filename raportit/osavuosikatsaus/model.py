"""What an Osavuosikatsaus is: frozen dataclasses of raw values, and the figures computed from them."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _

from seuranta.models import Kirjaus, Seurantajakso
from strategia.models import LISAKENTAT, OMAN_ALUT, Sitovuus, own_role
from strategia.models import Strategia as StrategiaModel
from strategia.nimet import normalise

from .mitattu import EI_LAHETETTY, Mittari, Mittaristo, Osavastaus, Riski

MUOTOVERSIO = 4  # of the shape of the frozen JSON: what was frozen before it was told is 1
ASTEET = (5, 4, 3, 2, 1)  # charts and tables run from the best down
MUUTOKSET = ("nousi", "laski", "ennallaan", "uusi", "ei_arviota")
ALWAYS_SHOWN = ("painopiste", "tavoite", "toimenpide", "toteutumisaste", "kommentti")
KORKEA = 700  # letters in a quarter of a page's width
RIVILLA = 40  # letters of a value before and now, told in one line
JUMISSA = 3  # jaksot with the same score that make a toimenpide stand still
LYHYT = 3  # toimenpidettä a painopiste on the average
VASTAAMATTA = {Kirjaus.Syy.EI_VASTATTU, EI_LAHETETTY}  # nobody gave a reason
SDG_OSA = "sdg.tavoitteittain"
HEADINGS_NOT_COLUMNS = ("painopiste", "tavoite", "toimialan_tavoite", "koodi")


def is_own(rooli: str) -> bool:
    return rooli.startswith(tuple(OMAN_ALUT.values()))


def syy_name(syy: str) -> str:
    """Why a row has no score, in words; "" where it has one."""
    return _("ei lähetetty") if syy == EI_LAHETETTY else str(Kirjaus.Syy(syy).label) if syy else ""


def sitovuus_name(sitovuus: str) -> str:
    """In words, "" where nobody has told it; of a frozen report, one that is no longer known as it stands."""
    return str(dict(Sitovuus.choices).get(sitovuus, sitovuus))


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

    @property
    def kertoo_keskiarvon(self):
        """A mean is of numbers: where words or lights are shown there is none to read it by."""
        return self.nayta_keskiarvo and self.esitys == StrategiaModel.Esitys.NUMEROT

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
class Rivi:
    """One toimenpide in the jakso. edellinen: its score in the previous jakso, None where there was none.

    samana: in how many jaksot in a row, this one the last, the score has been what it is; 0 where there is none.
    omat: {heading: text} of the kunta's own columns that are shown; each is read by its role too (own_role).
    alkuperainen: the score as the kunta's own table has it, where it is not the number itself.
    sitovuus: whom it binds, one of strategia's Sitovuus; told only where the koordinaattori has chosen so.
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


@dataclass(frozen=True)
class Osavuosikatsaus:
    """versio None: a draft. edellinen: the jakso that the scores are compared with, None when it is the first.

    sarakkeet: the columns of the tables in the kunta's order, painopiste and tavoite among them.
    toimialat, toimielimet: those in use, in the kunta's order.
    avaus: the koordinaattori's opening text. kokous: the meeting it was closed for, in words.
    paattyneet: the rows of the previous jakso whose toimenpide had ended before this one began.
    eivat_mukana: the other rows of the previous jakso that this one does not ask.
    rajaus: what the report has been cut to, in words; empty when it is whole.
    piilotetut: the roles of the columns that the koordinaattori chose not to publish.
    julkinen: is this the form for the council and the public, without what is hidden? See julkinen.py.
    korvaava: the number of the public version that has taken this one's place, None where there is none.
    mittarisarakkeet: the columns of the tables of measures; empty where there are none.
    aiemmat: the jaksot before this one that its measures have values of, the earliest first.
    osat: the roles of the parts that are there only where the koordinaattori has chosen them.
    lukusarakkeet: the columns of numbers that the kunta's own table has of its measures.
    """

    kunta: Kunta
    strategia: Strategia
    jakso: Jakso
    edellinen: Jakso | None
    koottu: datetime
    versio: int | None
    sarakkeet: tuple[Sarake, ...]
    toimialat: tuple[str, ...]
    toimielimet: tuple[str, ...]
    painopisteet: tuple[Painopiste, ...]
    avaus: str = ""
    kokous: str = ""
    paattyneet: tuple[Rivi, ...] = ()
    eivat_mukana: tuple[Rivi, ...] = ()
    rajaus: tuple[str, ...] = ()
    korjaus: Korjaus | None = None
    muotoversio: int = MUOTOVERSIO
    piilotetut: tuple[str, ...] = ()
    julkinen: bool = False
    korvaava: int | None = None
    mittarisarakkeet: tuple[Sarake, ...] = ()
    aiemmat: tuple[Jakso, ...] = ()
    osat: tuple[str, ...] = ()
    lukusarakkeet: tuple[Numerosarake, ...] = ()
    tiiviste: str = field(default="", compare=False)  # of the frozen text that this was read from; not in the text

    @property
    def otsikko(self):
        """The printed title."""
        return self.strategia.otsikko or _("Strategian seuranta")

    @property
    def strategian_nimi(self):
        """The name of the strategia where it says more than the title does, else ""."""
        nimi = self.strategia.nimi.strip()
        return "" if nimi.casefold() in f"strategia {self.otsikko}".casefold() else nimi

    @property
    def jakson_otsikko(self):
        """The name of the jakso, with its type before it unless the name tells it: "Tilinpäätös, 2023"."""
        tyyppi = Seurantajakso.Tyyppi(self.jakso.tyyppi)
        if tyyppi == Seurantajakso.Tyyppi.MUU or tyyppi.label.casefold() in self.jakso.nimi.casefold():
            return self.jakso.nimi
        return f"{tyyppi.label.capitalize()}, {self.jakso.nimi}"

    @property
    def tilanne(self):
        """The day the answers describe, or None."""
        return self.jakso.paattyy

    @cached_property
    def mitat(self):
        """What a renderer has measured of the texts and may use again; empty at first."""
        return {}

    @property
    def on_luonnos(self):
        return self.versio is None

    @cached_property
    def rivit(self):
        return tuple(rivi for painopiste in self.painopisteet for rivi in painopiste.rivit)

    @cached_property
    def mittaristo(self):
        """Every measure that it holds, at any level."""
        return Mittaristo(tuple(each for p in self.painopisteet for _t, _r, each in p.kaikki_mittarit))

    @cached_property
    def kerrottavat(self):
        """[(painopiste, tavoite or None, row or None, measure)] that its tables tell of.

        One of which nobody has said anything but the name that its row's own column has is told there.
        """
        found = []
        if self.mittarisarakkeet:
            in_column = any(sarake.rooli == "mittari" for sarake in self.taulukon_sarakkeet)
            for painopiste in self.painopisteet:
                for tavoite, rivi, mittari in painopiste.kaikki_mittarit:
                    if not (in_column and rivi and mittari.on_pelkka_nimi and rivi.names(mittari)):
                        found.append((painopiste, tavoite, rivi, mittari))
        return found

    @cached_property
    def kerrottava_mittaristo(self):
        return Mittaristo(tuple(mittari for *_place, mittari in self.kerrottavat))

    @cached_property
    def nayttaa_tulokset(self):
        """Is it told whether the targets are reached?"""
        is_shown = any(sarake.rooli == "mittarit.tulos" for sarake in self.mittarisarakkeet)
        return is_shown and bool(self.kerrottava_mittaristo.kpl)

    @cached_property
    def kerrottavat_riskit(self):
        """[(number, risk, painopiste, tavoite, row or None)] of the chapter of risks, the greatest first.

        One that its row's own column tells in the same words, and that has no numbers, is told there.
        """
        if "riskit" in self.piilotetut:
            return []
        in_column = any(sarake.rooli == "riski" for sarake in self.taulukon_sarakkeet)
        found = [
            (riski, painopiste, tavoite, rivi)
            for painopiste in self.painopisteet
            for tavoite in painopiste.tavoitteet
            for rivi, riski in tavoite.kaikki_riskit
            if not (in_column and rivi and not riski.on_arvioitu and riski.teksti in rivi.riski)
        ]
        found.sort(key=lambda each: -(each[0].suuruus or 0))
        return [(number, *each) for number, each in enumerate(found, 1)]

    @cached_property
    def riskimatriisi(self):
        """[(likelihood, [(effect, [numbers of the risks])])] from the likeliest down; [] when none has both."""
        numbers = {}
        for number, riski, *_place in self.kerrottavat_riskit:
            if riski.suuruus:
                numbers.setdefault((riski.todennakoisyys, riski.vaikutus), []).append(number)
        scale = range(1, 6)
        return [(t, [(v, numbers.get((t, v), [])) for v in scale]) for t in reversed(scale)] if numbers else []

    @cached_property
    def riskit(self):
        """Every risk that it holds, the greatest first; then in the plan's order."""
        own = [riski for p in self.painopisteet for tavoite in p.tavoitteet for riski in tavoite.kaikki_riskit]
        return tuple(sorted((riski for _rivi, riski in own), key=lambda riski: -(riski.suuruus or 0)))

    @property
    def kaikki_rivit(self):
        """Its rows, and those of the previous jakso that it tells of."""
        return (*self.rivit, *self.paattyneet, *self.eivat_mukana)

    @cached_property
    def nayttaa_asteet(self):
        """Are there scores to show? A plan that is followed in words alone has none."""
        return self.strategia.esitys != StrategiaModel.Esitys.EI and any(
            rivi.toteutumisaste or rivi.edellinen for rivi in self.rivit
        )

    @cached_property
    def asteikon_asteet(self):
        """The scores of the scale as it is shown, None for what has none.

        A scale of words or lights that names three has only those three, and what is used besides.
        """
        asteet, kpl = ASTEET, self.jakauma.kpl
        if self.strategia.asteikko and self.strategia.esitys in (
            StrategiaModel.Esitys.SANAT,
            StrategiaModel.Esitys.LIIKENNEVALO,
        ):
            asteet = tuple(aste for aste in ASTEET if self.strategia.asteen_nimi(aste) or kpl[aste])
        return (*asteet, None) if self.arviotta else asteet

    @property
    def on_lyhyt(self):
        """Are the painopisteet so short that a page for each would be nearly empty?"""
        return len(self.rivit) <= LYHYT * len(self.painopisteet)

    @cached_property
    def luvut(self):
        """{chapter: is it in the report?} of those that can be left out: chosen, and with something to tell."""
        told = {
            "mittarit": self.nayttaa_tulokset,
            # What to look at first: moves, what has ended or is not asked, those standing still.
            "muutokset": self.nayttaa_muutokset or bool(self.pysyneet or self.paattyneet or self.eivat_mukana),
            "poikkeamat": bool(self.poikkeamat),
            "arviotta": bool(self.arviotta) and self.nayttaa_asteet,
            "sdg": SDG_OSA in self.osat,  # is left out by not being chosen
        }
        return {name: is_there and f"luku.{name}" not in self.piilotetut for name, is_there in told.items()}

    @property
    def nayttaa_muutokset(self):
        return self.edellinen is not None and self.nayttaa_asteet

    @cached_property
    def jakauma(self):
        return Jakauma(self.strategia.nimi, self.rivit)

    @cached_property
    def painopisteittain(self):
        return [painopiste.jakauma for painopiste in self.painopisteet]

    @cached_property
    def toimialoittain(self):
        return self._group_by("toimiala", self.toimialat)

    @cached_property
    def toimielimittain(self):
        return self._group_by("toimielin", self.toimielimet)

    def _group_by(self, rooli, nimet):
        """[Jakauma] of each name, last those without one (nimi ""); [] when no row has a name."""
        groups = {nimi: [] for nimi in (*nimet, "")}
        for rivi in self.rivit:
            groups[getattr(rivi, rooli)].append(rivi)
        return [Jakauma(nimi, tuple(rivit)) for nimi, rivit in groups.items() if rivit] if nimet else []

    @cached_property
    def arviotta(self):
        """The rows without a score, in the plan's order."""
        return tuple(rivi for rivi in self.rivit if rivi.toteutumisaste is None)

    @cached_property
    def perustellut(self):
        """Those of them that have a reason somebody gave; who was not answered for stands in its own table alone."""
        given = self.syyt.keys() - VASTAAMATTA
        return tuple(rivi for rivi in self.arviotta if rivi.syy in given)

    @cached_property
    def syyt(self):
        """{syy: how many rows have no score for this reason}, in the order of Kirjaus.Syy."""
        found = Counter(rivi.syy for rivi in self.arviotta)
        return {syy: found[syy] for syy in (*Kirjaus.Syy.values, EI_LAHETETTY) if found[syy]}

    @cached_property
    def muutokset(self):
        """{muutos: n} of every one of MUUTOKSET; every row is in one of them."""
        found = Counter(rivi.muutos for rivi in self.rivit)
        return {muutos: found[muutos] for muutos in MUUTOKSET}

    @cached_property
    def laskeneet(self):
        """The rows whose score fell, the steepest first."""
        return sorted((rivi for rivi in self.rivit if rivi.askel < 0), key=lambda rivi: rivi.askel)

    @cached_property
    def isoimmat_nousut(self):
        """The rows whose score rose two steps or more, the steepest first."""
        return sorted((rivi for rivi in self.rivit if rivi.askel > 1), key=lambda rivi: -rivi.askel)

    @cached_property
    def pysyneet(self):
        """The rows not done yet whose score has been the same for JUMISSA jaksot or more, the longest first."""
        found = (rivi for rivi in self.rivit if rivi.samana >= JUMISSA and rivi.toteutumisaste != ASTEET[0])
        return sorted(found, key=lambda rivi: -rivi.samana)

    @cached_property
    def poikkeamat(self):
        """The rows that tell of a deviation, a forecast or corrective measures."""
        return tuple(rivi for rivi in self.rivit if any(getattr(rivi, rooli) for rooli in LISAKENTAT))

    @cached_property
    def lisakentat(self):
        """The roles of LISAKENTAT in which somebody has written something."""
        return [rooli for rooli in LISAKENTAT if any(getattr(rivi, rooli) for rivi in self.rivit)]

    @cached_property
    def taulukon_sarakkeet(self):
        """The columns of a toimenpide table: those in use, without what is a heading or stands with the name."""
        return tuple(
            s
            for s in self.sarakkeet
            if s.rooli not in HEADINGS_NOT_COLUMNS and not s.valiotsikko and self.is_used(s.rooli)
        )

    def is_used(self, rooli):
        """Has any row something to show in the column of this role?"""
        if rooli == "toteutumisaste":
            return self.nayttaa_asteet
        if rooli == "tavoite":
            return any(tavoite.nimi for painopiste in self.painopisteet for tavoite in painopiste.tavoitteet)
        if rooli == "kommentti" and not self.nayttaa_asteet:
            return any(rivi.kommentti for rivi in self.rivit)
        return rooli in ALWAYS_SHOWN or any(getattr(rivi, rooli) for rivi in self.rivit)
