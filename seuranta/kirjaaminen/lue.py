"""Seurantajakso + user -> the rows of the entry page, as they are stored."""

from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, Subquery

from strategia.models import Vastuuhenkilo
from strategia.permissions import is_bound_to_toimialat, own_toimenpiteet

from ..models import Kirjaus, Seurantajakso
from .rivi import Kirjausrivi


def build_rows(jakso, user, *, only=None):
    """The user's own rows of the jakso in the plan's order, or of `only` these ids; two queries for any number."""
    now, before = _now_and_before(jakso, only)
    mine = Vastuuhenkilo.objects.filter(toimenpide=OuterRef("pk"), kayttaja=user)
    toimenpiteet = (jakso.toimenpiteet() & own_toimenpiteet(user)).annotate(on_oma=Exists(mine))
    if only is not None:
        toimenpiteet = toimenpiteet.filter(pk__in=only)
    strategia = jakso.strategia
    words = {"asteen_nimet": strategia.asteen_nimet, "lisasanat": strategia.lisasanat}
    words["on_sanallinen"] = strategia.is_in_words
    return [
        Kirjausrivi(
            toimenpide=toimenpide,
            kirjaus=now.get(toimenpide.pk) or Kirjaus(jakso=jakso, toimenpide=toimenpide),
            edellinen=before.get(toimenpide.pk),
            prefix=f"t{toimenpide.pk}",
            **words,
        )
        for toimenpide in toimenpiteet
    ]


def _now_and_before(jakso, only):
    """{toimenpide's id: kirjaus} of the jakso, and the same of the one before it.

    The one before is a scalar: an OR beside an IN would make PostgreSQL read the rows of every kunta.
    """
    last = Subquery(jakso.edelliset().values("pk")[:1])
    kirjaukset = Kirjaus.objects.filter(Q(jakso=jakso) | Q(jakso=last)).annotate(jakson_nimi=F("jakso__nimi"))
    if only is not None:
        kirjaukset = kirjaukset.filter(toimenpide__in=only)
    now, before = {}, {}
    for kirjaus in kirjaukset:
        if kirjaus.jakso_id == jakso.pk:
            kirjaus.jakso = jakso  # known already: the page asks its words of it
            now[kirjaus.toimenpide_id] = kirjaus
        else:
            before[kirjaus.toimenpide_id] = kirjaus
    return now, before


def list_reworded(user):
    """[Kirjaus] of the user's own toimiala whose texts viimeistely has changed, jakso by jakso in plan order."""
    if not is_bound_to_toimialat(user):
        return []
    kirjaukset = Kirjaus.objects.filter(
        jakso__tila=Seurantajakso.Tila.VIIMEISTELYSSA,
        toimenpide__in=own_toimenpiteet(user),
    ).exclude(kirjaajan_kommentti=None, kirjaajan_lisat={})
    order = ("tavoite__painopiste__jarjestys", "tavoite__jarjestys", "jarjestys", "pk")
    kirjaukset = kirjaukset.select_related("jakso__strategia", "toimenpide")
    return list(kirjaukset.order_by("jakso__jarjestys", *(f"toimenpide__{name}" for name in order)))


def count_progress(jakso, user):
    """{"kaikki", "lahetetty", "odottaa"}: of the user's own rows all, those sent, and those not yet approved.

    One query, whatever the number of rows: the front page is opened more often than any other.
    """
    own = jakso.toimenpiteet().order_by() & own_toimenpiteet(user)
    own = own.annotate(vastaus=FilteredRelation("kirjaukset", condition=Q(kirjaukset__jakso=jakso)))
    return own.aggregate(
        kaikki=Count("pk"),
        lahetetty=Count("vastaus", filter=Q(vastaus__tila__in=Kirjaus.LAHETETYT)),
        odottaa=Count("vastaus", filter=Q(vastaus__tila=Kirjaus.Tila.LAHETETTY)),
    )
