"""The front page: what a person has to do now."""

from django.shortcuts import redirect, render

from seuranta.kirjaaminen.lue import count_progress
from seuranta.models import Seurantajakso
from strategia.models import Strategia
from strategia.permissions import administers, approves, audits, coordinates, records

from ..models import Raporttiversio

ETUSIVUN_RAPORTIT = 5


def etusivu(request):
    """What the user has to do now, and the newest reports."""
    user = request.user
    if not user.kunta_id:
        return redirect("admin:index")
    jaksot = Seurantajakso.objects.open_to(user).select_related("strategia") if records(user) else []
    return render(
        request,
        "raportit/etusivu/etusivu.html",
        {
            "tehtavat": [{"jakso": jakso, **count_progress(jakso, user)} for jakso in jaksot],
            "records": records(user),
            "coordinates": coordinates(user),
            "administers": administers(user),
            "approves": approves(user),
            "strategia": Strategia.objects.filter(kunta=user.kunta_id).exists,  # asked only where nothing is open
            "versiot": Raporttiversio.objects.of(user)
            .with_replacing(public=not audits(user))
            .order_by("-luotu")[:ETUSIVUN_RAPORTIT],
        },
    )
