"""The database -> Register: all that the kunta already has, by the keys that files use."""

from collections import defaultdict
from dataclasses import replace
from functools import cache, cached_property
from typing import NamedTuple

from django.utils import timezone

from seuranta.models import Kirjaus, Seurantajakso
from seuranta.taulukko.guard import Issue
from seuranta.taulukko.pituudet import shorten
from seuranta.taulukko.rows import Kysymys, Tiedostorivi
from seuranta.tiedosto.plan import ILMAN_PAINOPISTETTA, OTHER_PLAN, Puuttuva
from strategia.models import (
    NIMEN_PITUUS,
    Kirjoitusasu,
    MuuToimiala,
    Painopiste,
    Strategia,
    StrateginenTavoite,
    Toimenpide,
    Toimiala,
    Toimielin,
)
from strategia.nimet import avain

from .tallennetut import Kirjaustieto, Rivinpaikka, Toimenpidetieto, read_stored
from .tunnistus import Tunnus, ask_codes, recognise


class Tunnettu(NamedTuple):
    """A row of a file beside what the register knows of it.

    toimenpide: the one that it means, None for a new one; kerta: its order among rows alike, from 1. toimiala,
    toimielin: as the register calls them, or as a new one will be called. nimet: {toimiala, toimielin or tavoite: its
    name as the toimenpide has it now}. on_siirtynyt: does it stand under another tavoite than until now? kirjaukset:
    what is stored, in the order of the row's own. muut_toimialat: as toimiala, those after the first.
    """

    rivi: Tiedostorivi
    toimenpide: Toimenpidetieto | None
    kerta: int
    toimiala: str | None
    toimielin: str | None
    nimet: dict[str, str]
    on_siirtynyt: bool
    kirjaukset: list[Kirjaustieto]
    muut_toimialat: tuple[str, ...] = ()


class Register:
    """All that the kunta already has, by the keys that files use; its rows once `load_stored` has read them."""

    def __init__(self, kunta, target, title):
        self.kunta_id, self.target = (kunta.pk if kunta else None), target
        self.strategia, self.strategia_nimi = self._choose_strategia(target.strategia, title)
        self._load_names()
        self.jaksot = {j.avain: j for j in self._rows(Seurantajakso, strategia=self.strategia)}

    def _rows(self, model, **scope):
        """The rows of the kunta or strategia; what does not exist yet has none, and is not asked for."""
        return model.objects.filter(**scope) if all(scope.values()) else model.objects.none()

    def _choose_strategia(self, nimi, title):
        """The strategia of that name, else the kunta's only one, else a new one named after the title."""
        mine = list(self._rows(Strategia, kunta=self.kunta_id))
        wanted = nimi or ((title or "Strategia") if len(mine) != 1 else mine[0].nimi)
        wanted = wanted.capitalize() if wanted.isupper() else wanted
        is_long = len(wanted) > NIMEN_PITUUS
        wanted = shorten(wanted, NIMEN_PITUUS) if is_long else wanted
        found = next((s for s in mine if s.avain == avain(wanted)), None)
        self.is_shortened = is_long and found is None
        return found, found.nimi if found else wanted

    def _load_names(self):
        self.toimialat = {t.avain: t for t in self._rows(Toimiala, kunta=self.kunta_id)}
        self.nimet = {Toimiala: {t.pk: t.nimi for t in self.toimialat.values()}}
        self.has_toimialat = bool(self.toimialat)
        self.toimielimet = {t.avain: t for t in self._rows(Toimielin, kunta=self.kunta_id)}
        self.nimet[Toimielin] = {t.pk: t.nimi for t in self.toimielimet.values()}
        self.painopisteet = {p.avain: p for p in self._rows(Painopiste, strategia=self.strategia)}
        tavoitteet = list(self._rows(StrateginenTavoite, painopiste__strategia=self.strategia))
        self.tavoitteet = {(t.painopiste_id, t.avain): t for t in tavoitteet}
        names = {p.pk: p.nimi for p in self.painopisteet.values()}
        self.nimet[StrateginenTavoite] = {t.pk: f"{names[t.painopiste_id]} / {t.nimi}" for t in tavoitteet}
        self._load_spellings()

    def _load_spellings(self):
        """What a name stands for; of a painopiste and a tavoite, which others were joined into, in this strategia."""
        self.asut = defaultdict(dict)
        tavoitteet = {tavoite.pk: tavoite for tavoite in self.tavoitteet.values()}
        painopisteet = {painopiste.pk: painopiste for painopiste in self.painopisteet.values()}
        for asu in self._rows(Kirjoitusasu, kunta=self.kunta_id).select_related("toimiala", "toimielin"):
            if target := asu.toimiala or asu.toimielin or painopisteet.get(asu.painopiste_id):
                self.asut[type(target)][asu.avain] = target
            elif target := tavoitteet.get(asu.tavoite_id):
                self.asut[StrateginenTavoite][target.painopiste_id, asu.avain] = target

    def read_joined(self, luettu):
        """The file with the names of painopisteet and tavoitteet that were joined into others as those others' names.

        A notice tells it of each name, once.
        """
        if not (self.asut[Painopiste] or self.asut[StrateginenTavoite]):
            return luettu
        notices = {}
        rows = tuple(self._with_names(rivi, rivi.cells, notices) for rivi in luettu.rows)
        mittarit = tuple(self._with_names(mittari, {}, notices) for mittari in luettu.mittarit)
        return replace(luettu, rows=rows, mittarit=mittarit, notices=(*luettu.notices, *notices.values()))

    def _with_names(self, told, cells, notices):
        """A row or a measure of the file by the names that are."""
        key = avain(told.painopiste or ILMAN_PAINOPISTETTA)
        painopiste = self.painopisteet.get(key) or self.asut[Painopiste].get(key)
        if painopiste is None:
            return told
        place = (painopiste.pk, avain(told.tavoite or ""))
        tavoite = None if place in self.tavoitteet else self.asut[StrateginenTavoite].get(place)
        meant = {"painopiste": painopiste} if key not in self.painopisteet else {}
        meant |= {"tavoite": tavoite} if tavoite else {}
        for name, target in meant.items():
            notices.setdefault((name, getattr(told, name)), _joined(cells.get(name, ""), getattr(told, name), target))
        return replace(told, **{name: target.nimi for name, target in meant.items()}) if meant else told

    def load_stored(self, names):
        """The toimenpiteet in order, and the kirjaukset of the jaksot of these names.

        With the strategia's other jaksot, of many years, nothing is compared.
        """
        toimenpiteet = self._rows(Toimenpide, tavoite__painopiste__strategia=self.strategia).order_by("pk")
        kirjaukset = self._rows(Kirjaus, jakso__in=self.jaksot_of(names))
        self.by_id, self.kirjaukset = read_stored(toimenpiteet, kirjaukset)
        self.matched = set()

    @cached_property
    def scored(self):
        """{(jakso's id, toimenpide's id)} of every score of the strategia. One query, where a time in force asks it."""
        kirjaukset = self._rows(Kirjaus, jakso__in=list(self.jaksot.values()))
        return set(kirjaukset.exclude(toteutumisaste=None).values_list("jakso_id", "toimenpide_id"))

    def jaksot_of(self, names):
        return [self.jaksot[avain(nimi)] for nimi in names if avain(nimi) in self.jaksot]

    def ask_where(self, found):
        """[the question] whether this is another plan: nobody has said where it goes, and few of its rows are known."""
        known, nimi = sum(row.toimenpide is not None for row in found), self.strategia_nimi
        if self.target.strategia or self.target.numerointi or not self.by_id or known * 3 >= len(found):
            return []
        fi = (
            f"Tiedoston {len(found)} rivistä {known} on strategiassa ”{nimi}”, ja strategiassa on {len(self.by_id)} "
            "toimenpidettä. Onko tiedosto uusi strategia vai lisäys tähän? Komennolle sen kertoo --strategia."
        )
        en = (
            f"Of the file's {len(found)} rows {known} are in the strategy “{nimi}”, which has {len(self.by_id)} "
            "measures. Is it a new strategy or an addition to this one? Tell the command with --strategia."
        )
        return [Issue("", OTHER_PLAN, fi, en)]

    def list_ends(self, names):
        """{id of a jakso, or its name in the file: (name, end day)}; of one that the import makes the state's day."""
        known = {jakso.pk: (jakso.nimi, jakso.paattyy) for jakso in self.jaksot.values()}
        state = self.target.tilanne if len(names) == 1 else None
        found = ((nimi, self.jaksot.get(avain(nimi))) for nimi in names)
        return known | {nimi: (nimi, jakso.paattyy if jakso else state) for nimi, jakso in found}

    def find_rows(self, rivit) -> tuple[list[Tunnettu], list[Issue], tuple[Kysymys, ...]]:
        """The rows beside what is known of them, the errors that only the register knows, and what it asks."""
        place_of = cache(self._place_of)  # a file repeats its levels
        paikat = [place_of(rivi.painopiste, rivi.tavoite) for rivi in rivit]
        tunnistetut = self._recognise(rivit, paikat)
        questions, asked = ask_codes(zip(rivit, tunnistetut, strict=True))
        found, errors, muut = [], [], self._muut_toimialat(rivit)
        for rivi, paikka, tunnistettu in zip(rivit, paikat, tunnistetut, strict=True):
            toimenpide = tunnistettu.toimenpide
            toimielin = self.find_toimielin(rivi.toimielin) if rivi.toimielin else None
            found.append(
                Tunnettu(
                    rivi,
                    toimenpide,
                    tunnistettu.kerta,
                    self._name_of(rivi.toimiala, rivi, errors) if rivi.toimiala else None,
                    toimielin.nimi if toimielin else rivi.toimielin,
                    self._names_now(toimenpide, muut) if toimenpide else {},
                    bool(toimenpide) and paikka.tavoite_id != toimenpide.tavoite_id,
                    self._kirjaukset_of(toimenpide, rivi.kirjaukset),
                    self._name_muut(rivi, errors) if rivi.muut_toimialat else (),
                )
            )
        return found, [*asked, *errors], questions

    def _recognise(self, rivit, paikat):
        """Which toimenpide each row means; those taken are not missing."""
        tunnukset = [
            Tunnus(rivi.cell, paikka.tavoite_id, paikka.avaimet, avain(rivi.toimenpide), rivi.koodi or "")
            for rivi, paikka in zip(rivit, paikat, strict=True)
        ]
        chosen = {cell: self.by_id.get(pk) for cell, pk in self.target.toimenpiteet.items()}
        tunnistetut = recognise(tunnukset, self.by_id.values(), chosen=chosen, numerointi=self.target.numerointi)
        self.matched = {tunnistettu.toimenpide.pk for tunnistettu in tunnistetut if tunnistettu.toimenpide}
        return tunnistetut

    def _place_of(self, painopiste, tavoite):
        avaimet = (avain(painopiste or ILMAN_PAINOPISTETTA), avain(tavoite or ""))
        above = self.painopisteet.get(avaimet[0])
        known = self.tavoitteet.get((above.pk, avaimet[1])) if above else None
        return Rivinpaikka(avaimet, known.pk if known else None)

    def _name_muut(self, rivi, errors):
        """The names of the units after the first, each once."""
        names = [self._name_of(nimi, rivi, errors) for nimi in rivi.muut_toimialat]
        return tuple(dict.fromkeys(filter(None, names)))

    def _name_of(self, nimi, rivi, errors):
        """The register's name of a toimiala of the row; a new name while new ones are taken; None with an error."""
        key = avain(nimi)
        if known := self._toimiala_of(key):
            return known.nimi
        if not self.has_toimialat or self.target.create_toimialat or self.target.toimialat.get(key, 0) is None:
            return nimi
        errors.append(self._unknown_toimiala(rivi, nimi))
        return None

    def find_toimiala(self, nimi):
        """By its own name, by a spelling decided earlier, or by what a person has just decided."""
        return self._toimiala_of(avain(nimi))

    def _toimiala_of(self, key):
        own = self.toimialat.get(key)
        if own and not own.lopetettu:
            return own
        # An ended toimiala that was joined to another stands in old files for that other.
        return self.asut[Toimiala].get(key) or self._by_id(self.target.toimialat.get(key)) or own

    def _by_id(self, pk):
        return next((t for t in self.toimialat.values() if t.pk == pk), None)

    def _unknown_toimiala(self, rivi, nimi):
        cell = rivi.cells.get("toimiala", rivi.cell)
        parts = [p.strip() for p in nimi.replace(";", ",").replace("/", ",").replace("\n", ",").split(",")]
        if len(parts) > 1 and sum(bool(self.find_toimiala(p)) for p in parts) > 1:
            return Issue(
                cell,
                "several_toimialat",
                f"Solussa on monta toimialaa: ”{nimi}”. Valitse niistä yksi vastuulliseksi.",
                f"The cell names several units: “{nimi}”. Choose the one responsible.",
            )
        return Issue(
            cell,
            "unknown_toimiala",
            f"Toimialaa ”{nimi}” ei ole rekisterissä. Korjaa nimi, yhdistä se olemassa olevaan tai luo uusi toimiala.",
            f"The unit “{nimi}” is not in the register. Correct it, join it to a known one or create it.",
            nimi,
        )

    def find_toimielin(self, nimi):
        """By its own name, or by a spelling: an ended one that was joined to another stands for that other."""
        own = self.toimielimet.get(avain(nimi))
        return own if own and not own.lopetettu else self.asut[Toimielin].get(avain(nimi)) or own

    def _muut_toimialat(self, rivit):
        """{toimenpide's id: the names of its other toimialat}; asked for only where a row of the file has some."""
        found = defaultdict(list)
        if any(rivi.muut_toimialat for rivi in rivit):
            stored = self._rows(MuuToimiala, toimenpide__tavoite__painopiste__strategia=self.strategia)
            for toimenpide, toimiala in stored.order_by("pk").values_list("toimenpide_id", "toimiala_id"):
                found[toimenpide].append(self.nimet[Toimiala][toimiala])
        return found

    def _names_now(self, toimenpide, muut):
        return {
            "muut_toimialat": tuple(muut.get(toimenpide.pk, ())),
            "toimiala": self.nimet[Toimiala].get(toimenpide.toimiala_id, ""),
            "toimielin": self.nimet[Toimielin].get(toimenpide.toimielin_id, ""),
            "tavoite": self.nimet[StrateginenTavoite].get(toimenpide.tavoite_id, ""),
        }

    def _kirjaukset_of(self, toimenpide, arvot):
        if toimenpide is None:
            return [_NO_KIRJAUS] * len(arvot)
        known = (self.jaksot.get(avain(arvo.jakso)) for arvo in arvot)
        return [self.kirjaukset.get((j.pk, toimenpide.pk), _NO_KIRJAUS) if j else _NO_KIRJAUS for j in known]

    def unmatched(self, toimialat):
        """[Puuttuva] of the toimenpiteet in force that the file lacks.

        A file of some toimialat says nothing about the others.
        """
        today = timezone.localdate()
        in_force = (t for t in self.by_id.values() if t.voimassa_asti is None or t.voimassa_asti >= today)
        absent = (t for t in in_force if t.pk not in self.matched)
        rows = (Puuttuva(t.pk, t.nimi, self.nimet[Toimiala].get(t.toimiala_id, "")) for t in absent)
        return tuple(row for row in rows if not toimialat or not row.toimiala or row.toimiala in toimialat)


_NO_KIRJAUS = Kirjaustieto()


def _joined(cell, text, target):
    fi = f"”{text}” luettiin samaksi kuin ”{target.nimi}”, johon se on yhdistetty."
    en = f"“{text}” was read as “{target.nimi}”, to which it has been joined."
    return Issue(cell, "spelling_joined", fi, en)
