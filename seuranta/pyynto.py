"""Request -> what it is about, or its refusal."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from strategia.permissions import can_coordinate

from .models import Seurantajakso


def load_for_coordinating(request, pk, *, may=can_coordinate, lock=False):
    """The jakso, for the koordinaattori; others in the kunta are refused, outsiders do not find it.

    may: the act's own predicate, where it has one. lock: for the rest of the transaction nobody moves or closes it.
    """
    jaksot = Seurantajakso.objects.visible_to(request.user).select_related("strategia__kunta", "kunta")
    jakso = get_object_or_404(jaksot.select_for_update(of=("self",)) if lock else jaksot, pk=pk)
    if not may(request.user, jakso):
        raise PermissionDenied
    return jakso
