"""Values of mittarit that were sent back -> the rows that a message tells of, and whose they are.

Those of a toimenpide come back with its kirjaus; these hang under a tavoite or a painopiste, with a state of their own.
"""

from dataclasses import dataclass
from datetime import date

from strategia.models import Kayttaja

from ..models import Kirjaus, MittariArvo
from .tilanne import answerers_of_mittarit


@dataclass(frozen=True)
class Arvorivi:
    """A value that waits to be completed, as a message tells of it."""

    arvo: MittariArvo
    maaraaika: date | None

    @property
    def mittari(self):
        return self.arvo.mittari

    @property
    def nimi(self):
        return f"{self.mittari.nimi} ({self.mittari.kohde})"

    @property
    def tilan_nimi(self):
        return self.arvo.get_tila_display()

    @property
    def syy(self):
        return " ".join(self.arvo.palautuksen_syy.split())

    @property
    def prefix(self):
        """Its card on the entry page."""
        return f"g{self.mittari.tavoite_id}" if self.mittari.tavoite_id else f"p{self.mittari.painopiste_id}"


def list_returned_values(jakso, mittarit) -> list[Arvorivi]:
    """Those of these mittarit (ids) whose value of the jakso still waits to be completed."""
    if not mittarit:
        return []
    waiting = MittariArvo.objects.filter(jakso=jakso, mittari__in=mittarit, tila=Kirjaus.Tila.PALAUTETTU)
    related = ("mittari__tavoite__painopiste", "mittari__painopiste", "mittari__toimiala")
    rows = waiting.select_related(*related).order_by("mittari__jarjestys", "mittari")
    return [Arvorivi(arvo, jakso.maaraaika(arvo.mittari.toimiala)) for arvo in rows]


def owners_of(jakso, rivit, *, by):
    """{person: [Arvorivi]}: who sent the value last, if they may still record it, else who answers for its mittari."""
    answerers = answerers_of_mittarit(jakso, [rivi.mittari for rivi in rivit])
    sent = MittariArvo.history.filter(id__in=[rivi.arvo.pk for rivi in rivit], tila=Kirjaus.Tila.LAHETETTY)
    last = dict(sent.order_by("history_id").values_list("id", "history_user"))
    people, found = Kayttaja.objects.in_bulk(set(last.values()) - {None}), {}
    for rivi in rivit:
        writer, own = people.get(last.get(rivi.arvo.pk)), answerers[rivi.mittari.pk]
        for owner in [writer] if writer in own else own:
            if owner != by:
                found.setdefault(owner, []).append(rivi)
    return found
