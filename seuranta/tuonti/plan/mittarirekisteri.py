"""The database -> the stored measures and risks of a strategia, by what they hang under; only what is needed."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from seuranta.models import MittariArvo, Riski
from strategia.models import MITTARIN_KOHTEET, Mittari, Tavoitearvo
from strategia.nimet import avain


class Mittaritieto(NamedTuple):
    """A stored measure as a file is compared with it."""

    pk: int
    kerta: int
    nimi: str
    avain: str
    laji: str
    yksikko: str
    lahto_teksti: str
    lahto_vuosi: int | None
    alkuperainen: str


class Riskitieto(NamedTuple):
    """A stored risk of the whole plan."""

    pk: int
    teksti: str
    alkuperainen: str


class Lukutieto(NamedTuple):
    """A stored target, or a stored value."""

    pk: int
    teksti: str
    alkuperainen: str
    versio: int = 0


class Mittarirekisteri:
    """What is stored of measures and risks. tavoitteet, arvot: {(measure's id, when): Lukutieto}."""

    def __init__(self, strategia, read: Iterable[tuple]):
        """read: the measures of the file, by which it is known whether targets and values are asked for."""
        self.mittarit, self.riskit = defaultdict(list), defaultdict(list)
        self.tavoitteet, self.arvot = {}, {}
        if strategia is None:
            return
        self._load_mittarit(strategia)
        self._load_riskit(strategia)
        told = [mittari for mittarit in read for mittari in mittarit]
        if self.mittarit and any(mittari.tavoitteet for mittari in told):
            rows = Tavoitearvo.objects.filter(mittari__strategia=strategia)
            self.tavoitteet = self._by_time(rows, "vuosi", "pk", "teksti", "alkuperainen")
        if self.mittarit and any(mittari.arvot for mittari in told):
            rows = MittariArvo.objects.filter(mittari__strategia=strategia)
            for name in ("jakso_id", "vuosi", "paiva"):
                asked = rows.filter(**{f"{name}__isnull": False})
                self.arvot |= self._by_time(asked, name, "pk", "teksti", "alkuperainen", "versio")

    def _load_mittarit(self, strategia):
        kohteet = [f"{name}_id" for name in MITTARIN_KOHTEET]
        rows = Mittari.objects.filter(strategia=strategia).order_by("jarjestys", "pk")
        for row in rows.values_list(*kohteet, *Mittaritieto._fields):
            under, told = row[: len(kohteet)], row[len(kohteet) :]
            kohde = next((name, pk) for name, pk in zip(MITTARIN_KOHTEET, under, strict=True) if pk)
            self.mittarit[kohde].append(Mittaritieto._make(told))

    def _load_riskit(self, strategia):
        rows = Riski.objects.filter(strategia=strategia, jakso=None, toimenpide__isnull=False)
        for toimenpide, *told in rows.order_by("jarjestys", "pk").values_list("toimenpide_id", *Riskitieto._fields):
            self.riskit[toimenpide].append(Riskitieto._make(told))

    def _by_time(self, rows, name, *fields):
        word = name.removesuffix("_id")
        return {
            (mittari, (word, when)): Lukutieto(*told)
            for mittari, when, *told in rows.values_list("mittari_id", name, *fields)
        }

    def mittarit_of(self, taso, pk) -> list[Mittaritieto]:
        return self.mittarit.get((taso, pk), [])

    def riskit_of(self, toimenpide_id) -> list[Riskitieto]:
        return self.riskit.get(toimenpide_id, [])

    @staticmethod
    def time_of(aika, register):
        """When, as it is stored: a jakso by its id; None for one that the import makes."""
        name, value = aika
        if name == "jakso":
            known = register.jaksot.get(avain(value))
            return (name, known.pk) if known else None
        return (name, date.fromisoformat(value)) if name == "paiva" else aika
