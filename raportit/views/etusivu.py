"""The front page, and the page of parts for those who build pages."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render

from seuranta.kirjaaminen.lue import count_progress
from seuranta.models import Seurantajakso
from strategia.forms import PalauteForm
from strategia.models import Strategia
from strategia.permissions import HYVAKSYVAT, KOORDINOIVAT, TOIMIALAN_ROOLIT, can_import

from ..esimerkki import build_example
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


def tyyli(request):
    """Every part of the visual language in every state, for those who build pages and test them."""
    if not can_import(request.user, request.user):
        raise PermissionDenied
    form = PalauteForm({"viesti": "", "sahkoposti": "ei osoite"})
    context = {
        "form": form,
        "sivu": Paginator(range(100), 25).get_page(2),
        "raportti": build_example(),
        "valot": build_example(esitys="liikennevalo"),
    }
    return render(request, "raportit/tyyli/tyyli.html", context)
