"""The front page: what a person has to do now."""

from django.shortcuts import redirect, render

from seuranta.kirjaaminen.lue import count_progress
from seuranta.models import Seurantajakso
from strategia.models import Strategia
from strategia.permissions import HYVAKSYVAT, KOORDINOIVAT, TOIMIALAN_ROOLIT

from ..models import Raporttiversio

ETUSIVUN_RAPORTIT = 5


def etusivu(request):
    """What the user has to do now, and the newest reports."""
    user = request.user
    if not user.kunta_id:
        return redirect("admin:index")
    coordinates = user.rooli in KOORDINOIVAT
    records = coordinates or user.rooli in TOIMIALAN_ROOLIT
    jaksot = Seurantajakso.objects.open_to(user).select_related("strategia") if records else []
    return render(
        request,
        "raportit/etusivu/etusivu.html",
        {
            "tehtavat": [{"jakso": jakso, **count_progress(jakso, user)} for jakso in jaksot],
            "records": records,
            "coordinates": coordinates,
            "approves": user.rooli in HYVAKSYVAT,
            "strategia": Strategia.objects.filter(kunta=user.kunta_id).exists,  # asked only where nothing is open
            "versiot": Raporttiversio.objects.of(user).order_by("-luotu")[:ETUSIVUN_RAPORTIT],
        },
    )
