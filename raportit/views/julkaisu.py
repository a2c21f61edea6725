"""What the koordinaattori does with a frozen version: publishes it, and tells how it was dealt with."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from seuranta.tarkistus import find_personal_data
from strategia.permissions import can_coordinate
from strategia.vuoro import in_turn

from ..forms import KasittelyForm
from ..models import Kasittely, Raporttiversio
from ..osavuosikatsaus import from_json


def versio_julkaisu(request, pk):
    """What becomes public, or stops being public; on POST it is done."""
    versio = load_for_coordinating(request, pk)
    if request.method == "POST":
        if request.POST.get("toimi") == "julkaise":
            versio.publish(by=request.user)
            messages.success(request, _("Raportti on julkaistu."))
        elif request.POST.get("toimi") == "poista":
            versio.withdraw(by=request.user)
            messages.success(request, _("Raportti on poistettu julkaisusta."))
        return redirect("raportit:versio-detail", versio.pk)
    raportti = from_json(versio.data)
    context = {"versio": versio, "raportti": raportti, "henkilotiedot": _rows_with_personal_data(raportti)}
    context["osoite"] = request.build_absolute_uri(
        reverse("raportit:julkinen-versio", args=[versio.kunta.slug, versio.pk])
    )
    return render(request, "raportit/raportti/versio_julkaisu.html", context)


def load_for_coordinating(request, pk):
    versiot = Raporttiversio.objects.select_related("jakso", "kunta")
    versio = get_object_or_404(versiot, pk=pk, kunta=request.user.kunta_id)
    if not can_coordinate(request.user, versio):
        raise PermissionDenied
    return versio


def _rows_with_personal_data(raportti):
    """The rows whose texts seem to hold an address, a phone number or an identity code."""
    texts = ("toimenpide", "kommentti", "vastuu", "riski", "mittari", "ennuste", "poikkeaman_syy", "korjaavat_toimet")
    return [rivi for rivi in raportti.rivit if any(find_personal_data(getattr(rivi, name)) for name in texts)]


@in_turn
def kasittely_uusi(request, pk):
    """Tell how a body dealt with the version: beside its frozen bytes, never in them."""
    versio = load_for_coordinating(request, pk)
    form = KasittelyForm(
        request.POST if request.method == "POST" else None, instance=Kasittely(versio=versio, kunta=versio.kunta)
    )
    if form.is_valid():
        form.save()
        messages.success(request, _("Käsittely on lisätty."))
        return redirect("raportit:versio-detail", versio.pk)
    status = 422 if form.errors else 200
    return render(request, "raportit/raportti/kasittely_form.html", {"versio": versio, "form": form}, status=status)


@require_POST
def kasittely_poista(request, pk):
    kasittely = get_object_or_404(Kasittely, pk=pk, kunta=request.user.kunta_id)
    if not can_coordinate(request.user, kasittely):
        raise PermissionDenied
    kasittely.delete()
    messages.success(request, _("Käsittely on poistettu."))
    return redirect("raportit:versio-detail", kasittely.versio_id)
