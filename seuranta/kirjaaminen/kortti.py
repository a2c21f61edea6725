"""The card of the mittarit of a tavoite or a painopiste on the entry page, beside the rows of toimenpiteet."""

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from django.utils.text import Truncator
from django.utils.translation import gettext_lazy

from strategia.models import Painopiste, StrateginenTavoite

from ..models import Kirjaus
from .mitta import Mitat
from .rivi import tell_outcome, tell_saved


@dataclass
class Mittarikortti:
    """The mittarit of a tavoite or a painopiste that the user records. Each has a state of its own."""

    kohde: StrateginenTavoite | Painopiste
    prefix: str
    mitat: Mitat
    on_kopio: ClassVar[bool] = False
    on_kommentti: ClassVar[bool] = False
    on_kortti: ClassVar[bool] = True
    osat: ClassVar[tuple] = ()

    def __getitem__(self, name):
        """See Kirjausrivi."""
        return getattr(self, name)

    @property
    def tunnus(self):
        return self.prefix

    @property
    def tavoite(self):
        return self.kohde if isinstance(self.kohde, StrateginenTavoite) else None

    @property
    def painopiste(self):
        return self.kohde.painopiste if self.tavoite else self.kohde

    @property
    def nimi(self):
        return self.kohde.nimi or self.painopiste.nimi

    @cached_property
    def lyhyt_nimi(self):
        return Truncator(self.nimi).chars(60)

    @property
    def otsikko(self):
        return gettext_lazy("Tavoitteen mittarit") if self.tavoite else gettext_lazy("Painopisteen mittarit")

    @property
    def taso(self):
        return "h4" if self.tavoite and self.kohde.nimi else "h3"

    @property
    def tila(self):
        return state_of([mitta.tila for mitta in self.mitat.rivit])

    @property
    def tilan_nimi(self):
        return Kirjaus.Tila(self.tila).label

    @property
    def is_sent(self):
        return self.tila in Kirjaus.LAHETETYT and not self.is_unsettled

    @property
    def on_tallennettu(self):
        """Is there something stored?"""
        return any(mitta.arvo.pk for mitta in self.mitat.rivit)

    @property
    def tallentui(self):
        return any(mitta.tallentui for mitta in self.mitat.rivit)

    @property
    def lahti(self):
        """Was something of it sent just now?"""
        return any(mitta.tallentui and mitta.arvo.lahetetty == mitta.arvo.muokattu for mitta in self.mitat.rivit)

    @property
    def is_unsettled(self):
        return any(mitta.is_unsettled for mitta in self.mitat.rivit)

    @property
    def is_unsent(self):
        """Is all that was posted saved, and something of it not sent?"""
        waiting = [mitta for mitta in self.mitat.rivit if mitta.is_unsettled]
        return bool(waiting) and all(mitta.is_unsent for mitta in waiting)

    @property
    def ristiriita(self):
        return next((mitta.ristiriita for mitta in self.mitat.rivit if mitta.ristiriita), None)

    @property
    def errors(self):
        return next((mitta.errors for mitta in self.mitat.rivit if mitta.errors), {})

    @property
    def posted(self):
        return any(mitta.posted for mitta in self.mitat.rivit)

    @property
    def tulos(self):
        return tell_outcome(self)

    @property
    def tallennettu(self):
        return tell_saved(max(mitta.arvo.muokattu for mitta in self.mitat.rivit if mitta.arvo.pk))

    @property
    def palautukset(self):
        """[(mittari's name, why it came back)]"""
        returned = (mitta for mitta in self.mitat.rivit if mitta.tila == Kirjaus.Tila.PALAUTETTU)
        return [(mitta.mittari.nimi, mitta.arvo.palautuksen_syy) for mitta in returned]

    @property
    def has_value(self):
        return any(mitta.teksti.strip() for mitta in self.mitat.rivit)

    def forget(self):
        for mitta in self.mitat.rivit:
            mitta.posted = {}


def state_of(tilat):
    """The state of a card by those of its mittarit: what waits for the person comes first."""
    tilat, palautettu = set(tilat), Kirjaus.Tila.PALAUTETTU
    if palautettu in tilat:
        return palautettu
    if len(tilat) == 1:
        return Kirjaus.Tila(*tilat)
    return Kirjaus.Tila.LAHETETTY if tilat <= set(Kirjaus.LAHETETYT) else Kirjaus.Tila.LUONNOS
