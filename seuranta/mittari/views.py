"""One mittari: its values over time, and who changed what of them and of what is aimed at."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from strategia.models import Mittari
from strategia.permissions import can_edit_mittari, can_follow_mittari, can_import

from ..toimenpide.sarjat import describe_mittarit


@require_safe
def mittari_detail(request, pk):
    """As on the page of its toimenpide; one that hangs under none has no other page that tells its history."""
    found = Mittari.objects.select_related(
        "strategia", "toimiala", "toimenpide__tavoite__painopiste", "tavoite__painopiste", "painopiste"
    )
    mittari = get_object_or_404(found.prefetch_related("tavoitteet"), pk=pk, kunta=request.user.kunta_id)
    follows = can_follow_mittari(request.user, mittari)
    hidden = set() if follows else mittari.strategia.piilotetut
    sarjat = describe_mittarit([mittari], request.user, follows=follows, hidden=hidden)
    if not sarjat:
        raise Http404
    context = {
        "mittari": mittari,
        "strategia": mittari.strategia,
        "sarja": sarjat[0],
        "edits": can_edit_mittari(request.user, mittari),
        "may_open_tuonti": can_import(request.user, mittari),
    }
    return render(request, "seuranta/mittari/mittari_detail.html", context)
