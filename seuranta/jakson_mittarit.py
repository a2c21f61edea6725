"""Seurantajakso -> the mittarit that are followed in it."""

from django.db.models import Exists, OuterRef

from strategia.models import Mittari

from .models import MittariArvo


def mittarit_of(jakso):
    """The mittarit of this jakso: those followed in it, and those that have a value of it."""
    mine = Mittari.objects.filter(kunta=jakso.kunta_id, strategia=jakso.strategia_id)
    if not jakso.alkaa and not jakso.paattyy:
        return mine
    valued = mine.filter(Exists(MittariArvo.objects.filter(jakso=jakso, mittari=OuterRef("pk"))))
    return mine.in_force(jakso.alkaa, jakso.paattyy) | valued
