"""The plans of a kunta side by side: the front page over them, their names and years, toimenpiteet shown in two."""

from copy import copy

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..models import Mittari, Strategia, Tapahtuma, Toimenpide, ToimenpideLinkki
from ..permissions import can_coordinate
from ..poistaminen import Riippuu, list_hanging, remove
from ..tapahtuma import record_act
from ..teksti import read_id
from ..vuoro import in_turn
from .forms import LinkkiForm, StrategiaForm, TiedotForm
from .kopioitu import OMAT_OSAT, is_copy, list_made, remove_copy

Laji = Tapahtuma.Laji


@require_safe
def strategia_lista(request):
    """The plans of the kunta; straight to the only one where there is just one."""
    found = Strategia.objects.filter(kunta=request.user.kunta_id).annotate(
        toimenpiteita=_count(Toimenpide, "tavoite__painopiste__strategia"),
        linkitettyja=_count(ToimenpideLinkki, "tavoite__painopiste__strategia"),
        mittareita=_count(Mittari, "strategia"),
    )
    strategiat = list(found)
    if len(strategiat) == 1:
        return redirect("strategia:strategia-detail", strategiat[0].pk)
    context = {"strategiat": strategiat, "edits": can_coordinate(request.user, request.user.kunta)}
    return render(request, "strategia/suunnitelmat/strategia_lista.html", context)


def _count(model, path):
    """How many rows of the model the plan has: a query inside the query, so that no count multiplies another."""
    rows = model.objects.filter(**{path: OuterRef("pk")}).order_by().values(path)
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)


@in_turn
def strategia_uusi(request):
    """A new plan beside the others: its levels and jaksot are its own."""
    if not can_coordinate(request.user, request.user.kunta):
        raise PermissionDenied
    strategia = Strategia(kunta=request.user.kunta)
    form = StrategiaForm(request.POST if request.method == "POST" else None, instance=strategia)
    if form.is_valid():
        return _saved(request, form, Laji.LISATTY)
    return render(request, "strategia/suunnitelmat/strategia_form.html", {"form": form}, status=form.status)


@in_turn
def strategia_muokkaa(request, pk):
    """What the plan is called, its levels and its scores, and how those are shown; a preview saves nothing."""
    stored = get_object_or_404(Strategia, pk=pk, kunta=request.user.kunta_id)
    if not can_coordinate(request.user, stored):
        raise PermissionDenied
    if "poista" in request.POST:
        return _remove_plan(request, stored)
    if request.method == "POST":  # its columns may be another's at this moment
        strategia = Strategia.objects.select_for_update().get(pk=pk)
        form = TiedotForm(request.POST, instance=strategia)
        previews = "esikatsele" in request.POST
        if form.is_valid() and not previews:
            return _saved(request, form, Laji.MUUTETTU)
        status = 200 if previews else form.status
    else:
        form, status = TiedotForm(instance=Strategia.objects.get(pk=pk)), 200
    context = {"form": form, "strategia": stored, **_hangs_on(stored)}
    return render(request, "strategia/suunnitelmat/strategia_tiedot.html", context, status=status)


def _hangs_on(strategia):
    """What keeps it from being deleted; on_kopio: are its rows copies, which go with it?"""
    hanging = list_hanging(strategia, own=OMAT_OSAT)
    if not hanging or not is_copy(strategia):
        return {"riippuu": hanging}
    return {"riippuu": list_made(strategia), "on_kopio": True}


def _remove_plan(request, strategia):
    gone = copy(strategia)  # deleted, a row has no id
    try:
        remove_copy(strategia) if is_copy(strategia) else remove(strategia, own=OMAT_OSAT)
    except Riippuu:
        messages.error(request, _("Suunnitelmaa ei poistettu: siinä on jo jotakin."))
        return redirect("strategia:strategia-muokkaa", strategia.pk)
    record_act(request, Laji.POISTETTU, gone)
    messages.success(request, _("%(nimi)s on poistettu.") % {"nimi": strategia.nimi})
    return redirect("strategia:strategia-lista")


def _saved(request, form, laji):
    saved = form.save()
    record_act(request, laji, saved, form=form)
    messages.success(request, _("%(nimi)s on tallennettu.") % {"nimi": saved.nimi})
    return redirect("strategia:strategia-detail", saved.pk)


@in_turn
def toimenpide_linkit(request, pk):
    """Where else the toimenpide is shown: links added and taken away. It is recorded in its own plan alone."""
    toimenpiteet = Toimenpide.objects.select_related("tavoite__painopiste__strategia")
    toimenpide = get_object_or_404(toimenpiteet, pk=pk, kunta=request.user.kunta_id)
    if not can_coordinate(request.user, toimenpide):
        raise PermissionDenied
    if request.method == "POST" and "poista" in request.POST:
        return _remove(request, toimenpide)
    form = LinkkiForm(request.POST if request.method == "POST" else None, toimenpide=toimenpide)
    if form.is_valid():
        link = form.save()
        record_act(request, Laji.MUUTETTU, toimenpide, mihin=link.tavoite.painopiste.strategia)
        told = {"suunnitelma": link.tavoite.painopiste.strategia.nimi}
        messages.success(request, _("Toimenpide näkyy myös suunnitelmassa %(suunnitelma)s.") % told)
        return redirect(request.path)
    links = toimenpide.linkit.select_related("tavoite__painopiste__strategia")
    strategia = toimenpide.tavoite.painopiste.strategia
    context = {"form": form, "toimenpide": toimenpide, "strategia": strategia, "linkit": links}
    return render(request, "strategia/suunnitelmat/toimenpide_linkit.html", context, status=422 if form.errors else 200)


def _remove(request, toimenpide):
    link = get_object_or_404(toimenpide.linkit, pk=read_id(request.POST["poista"]))
    link.delete()
    record_act(request, Laji.MUUTETTU, toimenpide, mista=link.tavoite.painopiste.strategia)
    messages.success(request, _("Toimenpide ei näy enää siinä suunnitelmassa."))
    return redirect(request.path)
