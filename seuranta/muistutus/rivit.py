"""What a person is to answer in a jakso: toimenpiteet, and mittarit of no toimenpide; in numbers and words."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import FilteredRelation, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from strategia.models import Kayttaja, Mittari, Toimenpide

from ..jakson_mittarit import mittarit_of
from ..models import Kirjaus, MittariArvo


class _Vastattava:
    """Whatever has a `vastaus` with a tila, or none yet."""

    @cached_property
    def tila(self):
        return (self.vastaus and self.vastaus.tila) or Kirjaus.Tila.EI_VASTATTU

    @property
    def is_sent(self):
        return self.tila in Kirjaus.LAHETETYT

    @property
    def is_approved(self):
        return self.tila == Kirjaus.Tila.HYVAKSYTTY

    @property
    def is_untouched(self):
        return self.tila == Kirjaus.Tila.EI_VASTATTU

    @property
    def is_returned(self):
        return self.tila == Kirjaus.Tila.PALAUTETTU

    @property
    def tilan_nimi(self):
        return Kirjaus.Tila(self.tila).label

    @property
    def syy(self):
        """Why it came back."""
        return " ".join(self.vastaus.palautuksen_syy.split()) if self.is_returned else ""


@dataclass(frozen=True)
class Vastausrivi(_Vastattava):
    """One expected toimenpide, its kirjaus if there is one, who answers for it and until when."""

    toimenpide: Toimenpide
    kirjaus: Kirjaus | None
    vastaajat: tuple[Kayttaja, ...]
    maaraaika: date | None

    @property
    def vastaus(self):
        return self.kirjaus

    @property
    def toimiala(self):
        return self.toimenpide.toimiala

    @property
    def nimi(self):
        return " ".join(f"{self.toimenpide.koodi} {self.toimenpide.nimi}".split())

    @property
    def kohta(self):
        """Its place on the entry page, after the page's address."""
        return f"?rivi={self.toimenpide.pk}#t{self.toimenpide.pk}"


@dataclass(frozen=True)
class Vastausmittari(_Vastattava):
    """One mittari of no toimenpide, as Vastausrivi: its value is answered by itself, on a card of the entry page."""

    mittari: Mittari
    arvo: MittariArvo | None
    vastaajat: tuple[Kayttaja, ...]
    maaraaika: date | None

    @property
    def vastaus(self):
        return self.arvo

    @property
    def toimiala(self):
        return self.mittari.toimiala

    @property
    def nimi(self):
        return f"{self.mittari.nimi} ({self.mittari.kohde})"

    @property
    def kohta(self):
        mine = self.mittari
        card = f"g{mine.tavoite_id}" if mine.tavoite_id else f"p{mine.painopiste_id}"
        return f"?rivi={card}#{card}"


def read_mittarit(jakso):
    """{mittari of no toimenpide: its value of the jakso or None}; one query."""
    found = mittarit_of(jakso).filter(toimenpide=None).defer("haku", "alkuperainen")
    found = found.annotate(nyt=FilteredRelation("arvot", condition=Q(arvot__jakso=jakso)))
    found = found.select_related("nyt", "toimiala", "tavoite__painopiste", "painopiste").order_by("jarjestys", "pk")
    return {mittari: getattr(mittari, "nyt", None) for mittari in found}  # not there if none is


def ids_of(rivit):
    """The fields of an Ilmoitusviesti that keep what it tells of."""
    return {
        "toimenpiteet": [rivi.toimenpide.pk for rivi in rivit if isinstance(rivi, Vastausrivi)],
        "mittarit": [rivi.mittari.pk for rivi in rivit if isinstance(rivi, Vastausmittari)],
    }


def count_in_words(rivit):
    """2 toimenpidettä ja 1 mittari: of the two only what there is."""
    n, m = (len(ids) for ids in ids_of(rivit).values())
    parts = [ngettext("%(n)d toimenpide", "%(n)d toimenpidettä", n) % {"n": n}] if n else []
    parts += [ngettext("%(n)d mittari", "%(n)d mittaria", m) % {"n": m}] if m else []
    return _(" ja ").join(parts)
