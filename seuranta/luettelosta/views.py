"""A strategia begun without a file: its painopisteet, tavoitteet and toimenpiteet pasted as a list, then previewed."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render

from strategia.koko import SUURIN, takes
from strategia.models import Strategia
from strategia.permissions import can_coordinate

from .forms import LuetteloForm
from .taulukko import send_list

SANAT = ("painopiste", "tavoite", "toimenpide")


@takes(tekstit=SUURIN)
def strategia_luettelo(request, pk):
    """Nothing is written here: a list that can be read waits in the preview."""
    strategia = get_object_or_404(Strategia.objects.select_related("kunta"), pk=pk, kunta=request.user.kunta_id)
    if not can_coordinate(request.user, strategia):
        raise PermissionDenied
    form = LuetteloForm(request.POST if request.method == "POST" else None)
    status = 422 if form.errors else 200
    if form.is_valid():
        luettu, tuonti = send_list(form.rivit, strategia, by=request.user)
        if tuonti:
            return redirect(tuonti)
        form.add_error(None, luettu.errors[0].fi)
        status = 503 if luettu.reason == "busy" else 422
    context = {"form": form, "strategia": strategia, "sana": {rooli: strategia.sana(rooli) for rooli in SANAT}}
    return render(request, "seuranta/luettelosta/strategia_luettelo.html", context, status=status)
