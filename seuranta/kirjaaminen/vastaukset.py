"""Seurantajakso in viimeistely + who answered it -> the own rows to be read, with what has been edited in them."""

from django.core.paginator import Paginator

from strategia.permissions import is_bound_to_toimialat, own_toimenpiteet

from ..models import Seurantajakso
from .lue import build_rows

SIVULLA = 150  # rows


def list_finishing(user):
    """The jaksot whose answers the user may read but write no more: those in viimeistely of who coordinates none."""
    if not is_bound_to_toimialat(user):
        return Seurantajakso.objects.none()
    return Seurantajakso.objects.visible_to(user).filter(tila=Seurantajakso.Tila.VIIMEISTELYSSA)


def read_page(jakso, user, number):
    """(Django's page of ids, its rows) in the plan's order; the same queries whatever the number of rows."""
    own = jakso.toimenpiteet() & own_toimenpiteet(user)
    page = Paginator(own.values_list("pk", flat=True), SIVULLA).get_page(number)
    return page, build_rows(jakso, user, only=list(page.object_list))
