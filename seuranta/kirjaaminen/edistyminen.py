"""Seurantajakso + user -> how far the user's own list is, for the front page."""

from django.db.models import Count, FilteredRelation, Q

from strategia.permissions import own_toimenpiteet

from ..models import Kirjaus
from .mitat import list_card_states


def count_progress(jakso, user, *, with_mitat=False):
    """{"kaikki", "lahetetty", "odottaa"}: of the user's own rows all, those sent, and those not yet approved.

    One query, whatever the number of rows: the front page is opened more often than any other. Where the plan has
    mittarit (with_mitat) one more: their cards are rows of the list too.
    """
    own = jakso.toimenpiteet().order_by() & own_toimenpiteet(user)
    own = own.annotate(vastaus=FilteredRelation("kirjaukset", condition=Q(kirjaukset__jakso=jakso)))
    counts = own.aggregate(
        kaikki=Count("pk"),
        lahetetty=Count("vastaus", filter=Q(vastaus__tila__in=Kirjaus.LAHETETYT)),
        odottaa=Count("vastaus", filter=Q(vastaus__tila=Kirjaus.Tila.LAHETETTY)),
    )
    cards = list_card_states(jakso, user) if with_mitat else []
    return {
        "kaikki": counts["kaikki"] + len(cards),
        "lahetetty": counts["lahetetty"] + sum(tila in Kirjaus.LAHETETYT for tila in cards),
        "odottaa": counts["odottaa"] + cards.count(Kirjaus.Tila.LAHETETTY),
    }
