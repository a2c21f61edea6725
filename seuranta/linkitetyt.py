"""A plan -> the toimenpiteet of other plans that stand in it, each with the kirjaus nearest in time, read-only."""

import datetime
from dataclasses import dataclass

from strategia.models import Strategia, StrateginenTavoite, Toimenpide, ToimenpideLinkki

from .models import Kirjaus


@dataclass(frozen=True)
class Linkitetty:
    """One toimenpide where it stands in this plan, and what its own plan last told of it (None: nothing yet)."""

    tavoite: StrateginenTavoite
    toimenpide: Toimenpide
    strategia: Strategia  # where it is recorded, in whose words and on whose scale
    kirjaus: Kirjaus | None

    @property
    def asteen_nimi(self):
        """The recording plan's own label of the score, "" where it has none."""
        return self.strategia.asteen_nimi(self.kirjaus.toteutumisaste) if self.kirjaus else ""


def list_linkitetyt(strategia, kirjaukset, day: datetime.date | None = None) -> list[Linkitetty]:
    """The linked toimenpiteet in the order of this plan; two queries.

    kirjaukset: those that the reader may see, of any plan. day: the state that is told, by default today; of two
    kirjaukset as near the earlier is told, and one of which nobody knows the time only where there is no other.
    """
    own = ToimenpideLinkki.objects.filter(tavoite__painopiste__strategia=strategia)
    links = own.select_related("tavoite__painopiste", "toimenpide__tavoite__painopiste__strategia").order_by(
        "tavoite__painopiste__jarjestys", "tavoite__jarjestys", "jarjestys", "pk"
    )
    nearest = nearest_kirjaukset(kirjaukset, [link.toimenpide_id for link in links], day)
    return [
        Linkitetty(
            link.tavoite,
            link.toimenpide,
            link.toimenpide.tavoite.painopiste.strategia,
            nearest.get(link.toimenpide_id),
        )
        for link in links
    ]


def nearest_kirjaukset(kirjaukset, toimenpiteet, day=None):
    """{toimenpide's id: the one of these kirjaukset whose jakso is nearest to the day}; one query."""
    day = day or datetime.date.today()
    found = {}
    for kirjaus in kirjaukset.filter(toimenpide__in=toimenpiteet).select_related("jakso") if toimenpiteet else ():
        key = _distance(kirjaus.jakso, day)
        if kirjaus.toimenpide_id not in found or key < found[kirjaus.toimenpide_id][0]:
            found[kirjaus.toimenpide_id] = key, kirjaus
    return {pk: kirjaus for pk, (_key, kirjaus) in found.items()}


def _distance(jakso, day):
    when = jakso.ajankohta
    if when is None:
        return 1, 0, datetime.date.max, -jakso.jarjestys
    return 0, abs((when[0] - day).days), when[0], -jakso.jarjestys
