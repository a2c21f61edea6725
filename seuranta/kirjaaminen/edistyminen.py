"""Seurantajakso + user -> how far the user's own list is, for the front page."""

from collections import Counter

from django.db.models import Count, Exists, FilteredRelation, OuterRef, Q, Subquery

from strategia.permissions import own_toimenpiteet

from ..models import Kirjaus, Osavastaus
from .mitat import list_card_states


def count_progress(jakso, user, *, with_mitat=False):
    """{"kaikki", "lahetetty", "odottaa", "samoin"}: of the user's own rows all, those sent, those not yet approved, and
    those not answered that may be sent as they were in the jakso before.

    One query, whatever the number of rows: the front page is opened more often than any other. Where the plan has
    mittarit (with_mitat) one more: their cards are rows of the list too.
    """
    own = jakso.toimenpiteet().order_by() & own_toimenpiteet(user)
    own = own.annotate(vastaus=FilteredRelation("kirjaukset", condition=Q(kirjaukset__jakso=jakso)))
    before = Subquery(jakso.edelliset().values("pk")[:1])  # a scalar: see build_rows
    own = own.annotate(ennen=FilteredRelation("kirjaukset", condition=Q(kirjaukset__jakso=before)))
    by_tila = own.values_list("vastaus__tila").annotate(
        rivit=Count("pk"), samoin=Count("pk", filter=_is_to_repeat(jakso.strategia))
    )
    counts = Counter(list_card_states(jakso, user) if with_mitat else ())
    samoin = 0
    for tila, rows, to_repeat in by_tila:
        counts[tila] += rows
        samoin += to_repeat
    return {
        "kaikki": counts.total(),
        "lahetetty": sum(counts[tila] for tila in Kirjaus.LAHETETYT),
        "samoin": samoin,
        "odottaa": counts[Kirjaus.Tila.LAHETETTY],
    }


def _is_to_repeat(strategia):
    """As seuranta.samoin chooses its rows: nothing is said of it yet, and what was sent before was an answer."""
    is_unanswered = Q(vastaus=None) | Q(vastaus__tila=Kirjaus.Tila.EI_VASTATTU)
    was_answer = Q(ennen__toteutumisaste__isnull=False) | ~Q(ennen__syy__in=("", Kirjaus.Syy.EI_VASTATTU))
    if strategia.is_in_words:
        was_answer |= ~Q(ennen__kommentti="")
    has_units = Exists(Osavastaus.objects.filter(kirjaus=OuterRef("ennen__pk"), toimiala=None))
    return is_unanswered & Q(ennen__tila__in=Kirjaus.LAHETETYT) & was_answer & ~has_units
