"""Values of mittarit that were sent back -> whose they are.

Those of a toimenpide come back with its kirjaus; these hang under a tavoite or a painopiste, with a state of their own.
"""

from strategia.models import Kayttaja

from ..models import Kirjaus, MittariArvo
from .rivit import Vastausmittari


def list_returned_values(tilanne, mittarit) -> list[Vastausmittari]:
    """Those of these mittarit (ids) whose value of the jakso still waits to be completed."""
    return [rivi for rivi in tilanne.mittarit if rivi.is_returned and rivi.mittari.pk in mittarit]


def owners_of(rivit, *, by):
    """{person: [Vastausmittari]}: who sent the value last, if they may still record it, else who answers for it."""
    sent = MittariArvo.history.filter(id__in=[rivi.arvo.pk for rivi in rivit], tila=Kirjaus.Tila.LAHETETTY)
    last = dict(sent.order_by("history_id").values_list("id", "history_user"))
    people, found = Kayttaja.objects.in_bulk(set(last.values()) - {None}), {}
    for rivi in rivit:
        writer = people.get(last.get(rivi.arvo.pk))
        for owner in [writer] if writer in rivi.vastaajat else rivi.vastaajat:
            if owner != by:
                found.setdefault(owner, []).append(rivi)
    return found
