"""Seurantajakso -> Osavuosikatsaus: the report as data, whole in itself, to JSON and back.

A renderer takes an Osavuosikatsaus and asks nothing more of the database: what is frozen at closing gives
the same report for ever. Raw values are stored, figures are computed from them, sentences and pictures are
made by the renderers. Sisäinen huomio and the names of users are never read here.
"""

import json
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from seuranta.models import Kirjaus, Seurantajakso
from strategia.models import SANASTO
from strategia.models import Strategia as StrategiaModel

ASTEET = (5, 4, 3, 2, 1)  # charts and tables run from the best down
MUUTOKSET = ("nousi", "laski", "ennallaan", "uusi", "ei_arviota")
ALWAYS_SHOWN = ("painopiste", "tavoite", "toimenpide", "toteutumisaste", "kommentti")
HEADINGS_NOT_COLUMNS = ("painopiste", "tavoite", "toimialan_tavoite", "koodi")
# A sheet's words over these two name the jakso ("kesä"), so a report takes them from the sanasto.
WORDS_OF_THE_JAKSO = ("toteutumisaste", "kommentti")


@dataclass(frozen=True)
class Kunta:
    id: int
    nimi: str
    virallinen_nimi: str
    genetiivi: str
    muoto: str
    korostusvari: str


@dataclass(frozen=True)
class Strategia:
    """sanasto: {role: heading}, every role; asteikko: {"1" … "5": label}, empty until confirmed."""

    id: int
    nimi: str
    otsikko: str
    sanasto: dict[str, str]
    asteikko: dict[str, str]
    esitys: str

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
    rooli: str
    otsikko: str


@dataclass(frozen=True)
class Rivi:
    """One toimenpide in the jakso. edellinen: its score in the previous jakso, None where there was none."""

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


@dataclass(frozen=True)
class Tavoite:
    id: int
    nimi: str
    rivit: tuple[Rivi, ...]

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

    @cached_property
    def rivit(self):
        return tuple(rivi for tavoite in self.tavoitteet for rivi in tavoite.rivit)

    @property
    def nimetyt_tavoitteet(self):
        return [tavoite for tavoite in self.tavoitteet if tavoite.nimi]

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


@dataclass(frozen=True)
class Osavuosikatsaus:
    """versio None: a draft. edellinen: the jakso that the scores are compared with, None when it is the first.

    sarakkeet: the columns of the tables in the kunta's order, painopiste and tavoite among them.
    toimialat, toimielimet: those in use, in the kunta's order.
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

    @property
    def otsikko(self):
        """The printed title."""
        return self.strategia.otsikko or _("Strategian seuranta")

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

    @property
    def on_luonnos(self):
        return self.versio is None

    @cached_property
    def rivit(self):
        return tuple(rivi for painopiste in self.painopisteet for rivi in painopiste.rivit)

    @cached_property
    def nayttaa_asteet(self):
        """Are there scores to show? A plan that is followed in words alone has none."""
        return self.strategia.esitys != StrategiaModel.Esitys.EI and any(
            rivi.toteutumisaste or rivi.edellinen for rivi in self.rivit
        )

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
    def syyt(self):
        """{syy: how many rows have no score for this reason}, in the order of Kirjaus.Syy."""
        found = Counter(rivi.syy for rivi in self.arviotta)
        return {syy: found[syy] for syy in Kirjaus.Syy.values if found[syy]}

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
    def taulukon_sarakkeet(self):
        """The columns of a toimenpide table: those in use, without what is a heading or stands with the name."""
        return tuple(s for s in self.sarakkeet if s.rooli not in HEADINGS_NOT_COLUMNS and self.is_used(s.rooli))

    def is_used(self, rooli):
        """Has any row something to show in the column of this role?"""
        if rooli == "toteutumisaste":
            return self.nayttaa_asteet
        if rooli == "tavoite":
            return any(tavoite.nimi for painopiste in self.painopisteet for tavoite in painopiste.tavoitteet)
        return rooli in ALWAYS_SHOWN or any(getattr(rivi, rooli) for rivi in self.rivit)


def build(jakso: Seurantajakso, *, koottu: datetime, versio: int | None = None) -> Osavuosikatsaus:
    """The report of the jakso as it stands now; versio None marks it a draft.

    Every kirjaus counts, whatever its tila. The number of queries does not depend on the number of rows.
    """
    strategia, edellinen = jakso.strategia, jakso.edellinen()
    toimenpiteet = list(jakso.toimenpiteet().select_related("toimielin"))
    painopisteet = _build_tree(toimenpiteet, _kirjaukset(jakso), _kirjaukset(edellinen))
    rivit = [rivi for painopiste in painopisteet for rivi in painopiste.rivit]
    return Osavuosikatsaus(
        kunta=_copy(Kunta, strategia.kunta),
        strategia=_freeze_strategia(strategia),
        jakso=_copy(Jakso, jakso),
        edellinen=edellinen and _copy(Jakso, edellinen),
        koottu=timezone.localtime(koottu),
        versio=versio,
        sarakkeet=_list_columns(strategia, rivit),
        toimialat=_names_in_order(t.toimiala for t in toimenpiteet),
        toimielimet=_names_in_order(t.toimielin for t in toimenpiteet),
        painopisteet=painopisteet,
    )


def _kirjaukset(jakso):
    """{toimenpide's id: (toteutumisaste, syy, kommentti)}"""
    rows = jakso.kirjaukset.values_list("toimenpide_id", "toteutumisaste", "syy", "kommentti") if jakso else ()
    return {toimenpide: tuple(rest) for toimenpide, *rest in rows}


def _build_tree(toimenpiteet, kirjaukset, edelliset):
    tree = {}
    for toimenpide in toimenpiteet:
        tavoite = toimenpide.tavoite
        rivi = _build_rivi(toimenpide, kirjaukset.get(toimenpide.pk), edelliset.get(toimenpide.pk))
        tree.setdefault(tavoite.painopiste, {}).setdefault(tavoite, []).append(rivi)
    return tuple(
        Painopiste(
            id=painopiste.pk,
            nimi=painopiste.nimi,
            sdg=_texts(painopiste.sdg),
            tavoitteet=tuple(Tavoite(t.pk, t.nimi, tuple(rivit)) for t, rivit in tavoitteet.items()),
        )
        for painopiste, tavoitteet in tree.items()
    )


def _build_rivi(toimenpide, kirjaus, edellinen):
    aste, syy, kommentti = kirjaus or (None, Kirjaus.Syy.EI_VASTATTU.value, "")
    return Rivi(
        id=toimenpide.pk,
        koodi=toimenpide.koodi,
        toimenpide=toimenpide.nimi,
        toimialan_tavoite=toimenpide.toimialan_tavoite,
        toimiala=toimenpide.toimiala.nimi if toimenpide.toimiala else "",
        toimielin=toimenpide.toimielin.nimi if toimenpide.toimielin else "",
        vastuu=toimenpide.vastuu,
        riski=toimenpide.riski,
        mittari=toimenpide.mittari,
        sdg=_texts(toimenpide.sdg),
        toteutumisaste=aste,
        syy=syy,
        kommentti=kommentti,
        edellinen=edellinen[0] if edellinen else None,
    )


def _texts(values):
    return tuple(str(value) for value in values)


def _copy(cls, obj):
    """The dataclass filled from the fields of the same names."""
    return cls(**{name: getattr(obj, name) for name in cls.__dataclass_fields__})


def _freeze_strategia(strategia):
    return Strategia(
        id=strategia.pk,
        nimi=strategia.nimi,
        otsikko=strategia.otsikko,
        sanasto={rooli: strategia.sana(rooli) for rooli in SANASTO},
        asteikko={aste: nimi for aste, nimi in strategia.asteikko.items() if nimi},
        esitys=strategia.esitys,
    )


def _list_columns(strategia, rivit):
    """The kunta's own columns in their order; after them in place those its sheet did not have but rows use."""
    columns = {}
    for sarake in strategia.sarakkeet:
        rooli = sarake["rooli"]
        if rooli in SANASTO and rooli not in columns:
            own = "" if rooli in WORDS_OF_THE_JAKSO else sarake.get("otsikko", "")
            columns[rooli] = own or strategia.sana(rooli)
    order = list(columns)
    for place, rooli in enumerate(SANASTO):
        if rooli == "koodi" and strategia.sarakkeet:
            continue  # its own table writes the code before the name
        if rooli in columns or not (rooli in ALWAYS_SHOWN or any(getattr(rivi, rooli) for rivi in rivit)):
            continue
        before = [earlier for earlier in list(SANASTO)[:place] if earlier in order]
        order.insert(order.index(before[-1]) + 1 if before else 0, rooli)
        columns[rooli] = strategia.sana(rooli)
    return tuple(Sarake(rooli, columns[rooli]) for rooli in order)


def _names_in_order(objects):
    found = {obj.pk: (obj.jarjestys, obj.nimi) for obj in objects if obj}
    return tuple(nimi for _jarjestys, nimi in sorted(found.values()))


# What neither XML nor HTML can hold; a sheet's cell sometimes does.
_UNREADABLE = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(127, 160), 0xFFFE, 0xFFFF), "\ufffd")


def readable(text: str) -> str:
    """The text with control characters replaced: one of them never stops a report."""
    return text.translate(_UNREADABLE)


def to_json(raportti: Osavuosikatsaus) -> str:
    """The whole report as one JSON object: sorted keys, so that equal reports are equal texts."""
    return json.dumps(
        asdict(raportti), sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=lambda day: day.isoformat()
    )


def from_json(text: str) -> Osavuosikatsaus:
    """The report that to_json wrote; from_json(to_json(x)) == x."""
    data = json.loads(text)
    return Osavuosikatsaus(
        kunta=Kunta(**data["kunta"]),
        strategia=Strategia(**data["strategia"]),
        jakso=_read_jakso(data["jakso"]),
        edellinen=data["edellinen"] and _read_jakso(data["edellinen"]),
        koottu=datetime.fromisoformat(data["koottu"]),
        versio=data["versio"],
        sarakkeet=tuple(Sarake(**sarake) for sarake in data["sarakkeet"]),
        toimialat=tuple(data["toimialat"]),
        toimielimet=tuple(data["toimielimet"]),
        painopisteet=tuple(_read_painopiste(painopiste) for painopiste in data["painopisteet"]),
    )


def _read_jakso(data):
    dates = {name: data[name] and date.fromisoformat(data[name]) for name in ("alkaa", "paattyy")}
    return Jakso(**{**data, **dates})


def _read_painopiste(data):
    tavoitteet = tuple(
        Tavoite(t["id"], t["nimi"], tuple(Rivi(**{**rivi, "sdg": tuple(rivi["sdg"])}) for rivi in t["rivit"]))
        for t in data["tavoitteet"]
    )
    return Painopiste(data["id"], data["nimi"], tuple(data["sdg"]), tavoitteet)
