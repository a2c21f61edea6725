"""The koordinaattori's pages of toimielimet: adding, renaming, ending, joining."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from ..models import Toimielin
from ..permissions import can_coordinate
from ..vuoro import in_turn
from .forms import ToimielimenNimiForm, ToimielinYhdistamisForm
from .muuttuminen import ToimielimellaOnToimenpiteita, add, join, rename, set_ended


@in_turn
def toimielin_lista(request):
    """The toimielimet with how many toimenpiteet each has, and the form for a new one."""
    kunta = request.user.kunta
    if not can_coordinate(request.user, kunta):
        raise PermissionDenied
    form = ToimielimenNimiForm(request.POST if request.method == "POST" else None, kunta=kunta)
    if form.is_valid():
        toimielin = add(kunta, form.cleaned_data["nimi"])
        messages.success(request, _("Toimielin %(nimi)s on lisätty.") % {"nimi": toimielin.nimi})
        return redirect("strategia:toimielin-lista")
    counted = list(_counted().filter(kunta=kunta))
    context = {
        "form": form,
        "kaytossa": [each for each in counted if not each.lopetettu],
        "lopetetut": [each for each in counted if each.lopetettu],
    }
    return render(request, "strategia/toimielin/toimielin_lista.html", context, status=422 if form.errors else 200)


def _counted():
    return Toimielin.objects.annotate(toimenpiteita=Count("toimenpiteet"))


def _load(request, pk):
    """A toimielin of the own kunta, for the koordinaattori; others are refused, outsiders do not find it."""
    toimielin = get_object_or_404(_counted(), pk=pk, kunta=request.user.kunta_id)
    if not can_coordinate(request.user, toimielin):
        raise PermissionDenied
    return toimielin


@in_turn
def toimielin_detail(request, pk):
    """Rename the toimielin, and the ways to end it."""
    toimielin = _load(request, pk)
    posted = request.POST if request.method == "POST" else None
    form = ToimielimenNimiForm(posted, kunta=request.user.kunta, toimielin=toimielin)
    if form.is_valid():
        rename(toimielin, form.cleaned_data["nimi"])
        messages.success(request, _("Toimielimen nimi on nyt %(nimi)s.") % {"nimi": toimielin.nimi})
        return redirect("strategia:toimielin-lista")
    context = {"form": form, "toimielin": toimielin}
    return render(request, "strategia/toimielin/toimielin_detail.html", context, status=form.status)


@require_POST
@in_turn
def toimielin_lopeta(request, pk):
    """End a toimielin without toimenpiteet, or take an ended one into use again."""
    toimielin = _load(request, pk)
    ended = request.POST.get("kaytossa") != "1"
    try:
        set_ended(toimielin, ended)
    except ToimielimellaOnToimenpiteita as refused:
        messages.error(request, str(refused))
        return redirect("strategia:toimielin-detail", pk)
    text = _("Toimielin %(nimi)s on lopetettu.") if ended else _("Toimielin %(nimi)s on taas käytössä.")
    messages.success(request, text % {"nimi": toimielin.nimi})
    return redirect("strategia:toimielin-lista")


@in_turn
def toimielin_yhdista(request, pk):
    """Join the toimielin to another: say first what happens, then do it."""
    toimielin = _load(request, pk)
    form = ToimielinYhdistamisForm(request.POST if request.method == "POST" else None, toimielin=toimielin)
    if form.is_valid():
        kohde = form.cleaned_data["kohde"]
        count = join(toimielin, kohde, by=request.user)
        text = ngettext(
            "%(n)s toimenpide siirtyi toimielimelle %(kohde)s.",
            "%(n)s toimenpidettä siirtyi toimielimelle %(kohde)s.",
            count,
        )
        messages.success(request, text % {"n": count, "kohde": kohde})
        return redirect("strategia:toimielin-lista")
    context = {"form": form, "toimielin": toimielin}
    return render(request, "strategia/toimielin/toimielin_yhdista.html", context, status=422 if form.errors else 200)
