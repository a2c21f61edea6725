"""One toimenpide on the entry page: what is stored, what was there last time, what was just posted."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import ClassVar

from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext, gettext_lazy

from strategia.models import Toimenpide
from strategia.nimet import searchable

from ..models import Ketju, Kirjaus
from .mitta import Mitat

EI_ARVIOIDA = "ei"  # the sixth choice beside 1-5; the reason is asked then


LISAOHJEET = {
    "ennuste": gettext_lazy("Toteutuuko toimenpide suunnitellusti? Julkaistaan raportissa."),
    "poikkeaman_syy": gettext_lazy("Miksi toimenpide ei etene suunnitellusti? Julkaistaan raportissa."),
    "korjaavat_toimet": gettext_lazy("Mitä tehdään ja mihin mennessä? Julkaistaan raportissa."),
}


@dataclass(frozen=True)
class Ristiriita:
    """Who wrote the text that is stored, when, and whether it was this same person in another window.

    is_returned: nobody rewrote it, but it was sent back after the person had opened the page.
    """

    kuka: str
    milloin: datetime
    is_own: bool
    is_returned: bool


@dataclass(frozen=True)
class Lisakentta:
    """What the strategia asks on every row besides: its word, what is in the field and what is stored."""

    nimi: str
    sana: str
    ohje: str
    teksti: str
    tallennettu: str
    yhdistetty: str
    virheet: list[str]

    @property
    def eroaa(self):
        return self.teksti.replace("\r\n", "\n").strip() != self.tallennettu.strip()


@dataclass
class Kirjausrivi:
    """One toimenpide on the entry page: what is stored, what was there last time, and what was just posted."""

    toimenpide: Toimenpide
    kirjaus: Kirjaus
    edellinen: Kirjaus | None
    asteen_nimet: dict  # {score: its confirmed label, or ""}
    lisasanat: dict  # {one of LISAKENTAT that is asked: its word}
    omat: dict  # {field's name: Omasarake}
    prefix: str  # how the names of its fields begin
    kaikkiaan: int = 0  # how many rows the user has in all, where it was asked
    on_sanallinen: bool = False  # the plan is followed in words: a comment is an answer without a score
    asteikko: str = ""  # its buttons as HTML, once they are drawn
    form: object = None  # the KirjausForm of what was posted
    ristiriita: Ristiriita | None = None
    edelliskausi: Kirjaus | None = None  # the last one of the plan before, where this plan has no jakso before
    posted: dict = field(default_factory=dict)
    posted_versio: int | None = None  # what was posted was begun from this one, and is not saved
    mitat: Mitat | None = None  # None where it has no mittari
    osat: list = field(default_factory=list)  # [Yksikko]: the units that answer it
    ketju: Ketju | None = None  # what has been written beside it
    uusi_osa: str = ""  # where the person goes on to write a unit, once its button was pressed
    tallentui: bool = False
    on_kopio: bool = False  # its button for "no change since the last jakso" was pressed
    on_kommentti: ClassVar[bool] = False
    on_kortti: ClassVar[bool] = False  # a card of the mittarit of a tavoite or a painopiste

    def __getitem__(self, name):
        """A template asks for an item before it asks for an attribute: 250 rows of fifty exceptions take their time."""
        return getattr(self, name)

    @property
    def tunnus(self):
        """How buttons and addresses name it."""
        return str(self.toimenpide.pk)

    @property
    def nimi(self):
        return self.toimenpide.nimi

    @property
    def tavoite(self):
        return self.toimenpide.tavoite

    @property
    def painopiste(self):
        return self.toimenpide.tavoite.painopiste

    @property
    def tila(self):
        return self.kirjaus.tila

    @property
    def haku(self):
        """What the words of the filter are looked for in."""
        return searched(self.toimenpide.haku, self.toimenpide.tavoite.nimi, self.kirjaus.haku, self.painopiste.nimi)

    @property
    def aste_nimi(self):
        return self.asteen_nimet.get(self.kirjaus.toteutumisaste, "")

    @cached_property
    def asteet(self):
        """[("1", its label)] for a list of scores."""
        return [(str(aste), nimi) for aste, nimi in self.asteen_nimet.items()]

    @property
    def edellisen_nimi(self):
        return self.asteen_nimet.get(self.edellinen.toteutumisaste, "")

    @property
    def edelliskauden_nimi(self):
        """The label of its score on the scale of its own plan."""
        return self.edelliskausi.jakso.strategia.asteen_nimi(self.edelliskausi.toteutumisaste)

    @property
    def can_copy(self):
        """Is there something in the last period to copy?"""
        last = self.edellinen
        return bool(last and (last.kommentti or last.toteutumisaste or last.syy != Kirjaus.Syy.EI_VASTATTU))

    @property
    def is_sent(self):
        """Folded to one line: sent, and nothing on it waits for the person."""
        return self.kirjaus.tila in Kirjaus.LAHETETYT and not self.is_unsettled

    @property
    def is_unsettled(self):
        return bool(self.errors or self.ristiriita or self.has_unsettled_mitat or self.has_unsettled_osat)

    @property
    def has_unsettled_mitat(self):
        return self.mitat is not None and any(mitta.is_unsettled for mitta in self.mitat.rivit)

    @property
    def has_unsettled_osat(self):
        return any(osa.is_unsettled for osa in self.osat)

    @property
    def is_unsent(self):
        """Saved, but not sent as was asked: it has no score."""
        lacks_aste = self.errors and self.form.lacks_only_aste() and not self.ristiriita
        return bool(lacks_aste) and not self.has_unsettled_mitat and not self.has_unsettled_osat

    @property
    def tulos(self):
        return tell_outcome(self)

    @property
    def lahti(self):
        """Was it sent just now?"""
        return self.tallentui and self.kirjaus.lahetetty == self.kirjaus.muokattu

    @property
    def on_tallennettu(self):
        """Is there something stored?"""
        return bool(self.kirjaus.pk or (self.mitat and any(mitta.arvo.pk for mitta in self.mitat.rivit)))

    def take(self, kirjaus):
        """It is saved: the next save is based on this."""
        self.kirjaus, self.posted_versio, self.tallentui = kirjaus, None, True

    def forget(self):
        """What was posted is settled: the fields show what is stored."""
        self.posted, self.posted_versio = {}, None
        for part in (*(self.mitat.rivit if self.mitat else ()), *self.osat):
            part.posted = {}

    @property
    def errors(self):
        return self.form.errors if self.form else {}

    @property
    def versio(self):
        """What the next save is based on; of what is not saved still the versio that it was begun from."""
        return self.kirjaus.versio if self.posted_versio is None else self.posted_versio

    @property
    def aste(self):
        """The value of the chosen radio button: "1"-"5", "ei" or ""."""
        return self.posted["aste"] if self.posted else aste_of(self.kirjaus)

    @property
    def posted_aste(self):
        """The posted score or reason in words, beside the stored one."""
        if self.aste == EI_ARVIOIDA:
            return Kirjaus.Syy(self.syy or Kirjaus.Syy.EI_ARVIOIDA).label if self.syy in Kirjaus.Syy else ""
        if self.aste.isdecimal():
            return f"{self.aste} {self.asteen_nimet.get(int(self.aste), '')}".strip()
        return Kirjaus.Syy.EI_VASTATTU.label

    @cached_property
    def lyhyt_nimi(self):
        """What its buttons and links say of it to one who does not see where they stand."""
        return Truncator(self.toimenpide.nimi).chars(60)

    @property
    def tilan_nimi(self):
        return Kirjaus.Tila(self.kirjaus.tila).label

    @property
    def tallennettu(self):
        stored = [self.kirjaus] if self.kirjaus.pk or self.mitat is None else []
        stored += [mitta.arvo for mitta in self.mitat.rivit if mitta.arvo.pk] if self.mitat else []
        return tell_saved(max(each.muokattu for each in stored or [self.kirjaus]))

    @property
    def taso(self):
        """The level of its heading: under a tavoite's, or under the painopiste's where the tavoite has no name."""
        return "h4" if self.toimenpide.tavoite.nimi else "h3"

    @property
    def syy(self):
        return self.posted.get("syy") or self.kirjaus.syy

    @property
    def kommentti(self):
        return self.posted.get("kommentti", self.kirjaus.kommentti)

    @property
    def sisainen_huomio(self):
        return self.posted.get("sisainen_huomio", self.kirjaus.sisainen_huomio)

    @property
    def lisakentat(self):
        """[Lisakentta] in order; [] where the strategia asks nothing more."""
        return [*self._poikkeamat, *self._omat]

    @property
    def lisaryhmat(self):
        """[(what is above them, [Lisakentta], are they open?)] as they stand folded on the row, together."""
        groups = (gettext("Ennuste ja poikkeama"), self._poikkeamat), (gettext("Muut tiedot"), self._omat)
        return [
            (lisat[0].sana if len(lisat) == 1 else sana, lisat, any(lisa.teksti or lisa.virheet for lisa in lisat))
            for sana, lisat in groups
            if lisat
        ]

    @property
    def _poikkeamat(self):
        asked = self.lisasanat.items()
        return [self._lisakentta(nimi, sana, LISAOHJEET[nimi], getattr(self.kirjaus, nimi)) for nimi, sana in asked]

    @property
    def _omat(self):
        stored, asked = self.kirjaus.omat, ((nimi, oma) for nimi, oma in self.omat.items() if oma.kysytaan)
        return [self._lisakentta(nimi, oma.otsikko, oma.ohje, stored.get(oma.otsikko, "")) for nimi, oma in asked]

    def _lisakentta(self, nimi, sana, ohje, stored):
        mine = self.posted.get(nimi, stored)
        both = self._joined(f"yhdistetty_{nimi}", stored, mine) if self.ristiriita else ""
        return Lisakentta(nimi, sana, ohje, mine, stored, both, self.errors.get(nimi, []))

    @property
    def yhdistetty(self):
        """Both comments one after the other, or the one that holds the other: where joining begins."""
        return self._joined("yhdistetty", self.kirjaus.kommentti, self.kommentti)

    @property
    def yhdistetty_huomio(self):
        return self._joined("yhdistetty_huomio", self.kirjaus.sisainen_huomio, self.sisainen_huomio)

    def _joined(self, name, theirs, mine):
        """What was joined by hand but not saved stays; a third text that came since then is set before it."""
        by_hand = self.posted.get(name)
        if by_hand and self.posted["nahty"] == str(self.kirjaus.versio):
            return by_hand
        return _join(theirs, by_hand or mine)


def aste_of(kirjaus):
    return aste_value(kirjaus.toteutumisaste, kirjaus.syy)


def aste_value(toteutumisaste, syy):
    if toteutumisaste:
        return str(toteutumisaste)
    return "" if syy == Kirjaus.Syy.EI_VASTATTU else EI_ARVIOIDA


def searched(toimenpide, tavoite, kirjaus, painopiste):
    """The text that words are looked for in, of the two kept ones and of two names."""
    return f"{toimenpide} {searchable(f'{tavoite} {painopiste}')} {kirjaus or ''}"


def _join(theirs, mine):
    theirs, mine = theirs.strip(), mine.replace("\r\n", "\n").strip()
    if mine in theirs:
        return theirs
    return mine if theirs in mine else f"{theirs}\n\n{mine}"


def tell_outcome(row):
    """What became of what was posted on a row or a card, as the page's script knows it."""
    if not row.is_unsettled:
        return "tallennettu"
    parts = (*(row.mitat.rivit if row.mitat else ()), *row.osat)
    if row.ristiriita or any(part.ristiriita for part in parts):
        return "ristiriita"
    return "lahettamatta" if row.is_unsent else "virhe"


def tell_saved(when):
    """When what is stored was saved: the day is told if it is not today."""
    time = timezone.localtime(when)
    is_today = time.date() == timezone.localdate()
    return {
        "paiva": "" if is_today else f" {time.day}.{time.month}.{time.year}",
        "aika": f"{time.hour:02}.{time.minute:02}",
    }
