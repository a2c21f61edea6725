"""The page of parts, for those who build pages."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from strategia.kunta.forms import PalauteForm
from strategia.permissions import can_import

from .esimerkki import build_example


@require_safe
def tyyli(request):
    """Every part of the visual language in every state, for those who build pages and test them."""
    if not can_import(request.user, request.user.kunta):
        raise PermissionDenied
    form = PalauteForm({"viesti": "", "sahkoposti": "ei osoite"})
    context = {
        "form": form,
        "sivu": Paginator(range(100), 25).get_page(2),
        "raportti": build_example(),
        "valot": build_example(esitys="liikennevalo"),
    }
    return render(request, "raportit/tyyli/tyyli.html", context)
