"""The whole of a report: what it holds, how it is titled, and which of its chapters and columns are told."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.utils.translation import gettext as _

from seuranta.models import Seurantajakso
from strategia.models import Strategia as StrategiaModel

from .arviot import Arviot
from .mittariosat import Mittariosat
from .puitteet import Jakso, Korjaus, Kunta, Numerosarake, Sarake, Strategia
from .runko import ASTEET, Painopiste, Rivi

MUOTOVERSIO = 4  # of the shape of the frozen JSON: what was frozen before it was told is 1
ALWAYS_SHOWN = ("painopiste", "tavoite", "toimenpide", "toteutumisaste", "kommentti")
LYHYT = 3  # toimenpidettä a painopiste on the average
SDG_OSA = "sdg.tavoitteittain"
HEADINGS_NOT_COLUMNS = ("painopiste", "tavoite", "toimialan_tavoite", "koodi")


@dataclass(frozen=True)
class Osavuosikatsaus(Arviot, Mittariosat):
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
    edelliskausi: the name of the jakso of `edelliskaudella`: of another scale, so that nothing is compared with it.
        Empty where no scores are shown.
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
    edelliskausi: str = ""
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

    @property
    def kaikki_rivit(self):
        """Its rows, and those of the previous jakso that it tells of."""
        return (*self.rivit, *self.paattyneet, *self.eivat_mukana)

    @cached_property
    def nayttaa_asteet(self):
        """Are there scores to show? A plan that is followed in words alone has none."""
        return self.strategia.esitys != StrategiaModel.Esitys.EI and any(
            rivi.toteutumisaste or rivi.edellinen or rivi.edelliskaudella for rivi in self.rivit
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
