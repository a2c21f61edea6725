"""A version's public form -> which of the files that its page offers first are there, and what is being made."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from ..models import Raporttiversio
from . import jono
from .nakyma import Nakyma
from .syke import anybody_works
from .tallenteet import is_public_stored

TARJOTUT = {"pdf": "PDF", "docx": "Word", "xlsx": "Excel"}


@dataclass(frozen=True)
class Tiedosto:
    nimi: str
    osoite: str
    on_valmis: bool


@dataclass(frozen=True)
class Valmius:
    """tyo: how the making is getting on; None where all is there, or nobody works and each is made when asked for."""

    versio: Raporttiversio
    tiedostot: tuple[Tiedosto, ...]
    tyo: jono.Tyo | None

    @property
    def on_valmis(self):
        return all(each.on_valmis for each in self.tiedostot)

    @property
    def epaonnistui(self):
        return self.tyo is not None and self.tyo.tila == "epaonnistui"

    @property
    def on_tekeilla(self):
        return self.tyo is not None and not self.epaonnistui and not self.tyo.jumissa


def look_at_files(nakyma: Nakyma, *, again: bool = False) -> Valmius:
    """The report itself is ready at once: its page is drawn of what was frozen."""
    pk = nakyma.versio.pk
    files = [Tiedosto(_("Raportti"), reverse("raportit:versio-detail", args=[pk]), on_valmis=True)]
    for muoto, nimi in TARJOTUT.items():
        osoite = reverse("raportit:versio-lataa-julkinen", args=[pk, muoto])
        files.append(Tiedosto(nimi, osoite, is_public_stored(nakyma, muoto)))
    if all(each.on_valmis for each in files) or not anybody_works():
        return Valmius(nakyma.versio, tuple(files), tyo=None)
    return Valmius(nakyma.versio, tuple(files), jono.ask_public(nakyma, again=again, kiire=False))
