"""What a plan asks and its toimenpiteet one by one; how it is going is told in seuranta/eteneminen/."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..models import Strategia, Tapahtuma, Toimenpide
from ..permissions import can_coordinate, sees_closed_only
from ..tapahtuma import record_act
from ..ulkopuoliset import tell_outsiders
from ..vuoro import in_turn
from .forms import LisakenttaForm, LopetusForm, ToimenpideForm
from .tavoitteittain import list_goals

Laji = Tapahtuma.Laji


@in_turn
def strategia_kirjaus(request, pk):
    """What a kirjaus of the strategia asks besides the score and the comment."""
    strategia = get_object_or_404(Strategia, pk=pk, kunta=request.user.kunta_id)
    if not can_coordinate(request.user, strategia):
        raise PermissionDenied
    form = LisakenttaForm(request.POST if request.method == "POST" else None, strategia=strategia)
    if form.is_valid():
        form.save()
        record_act(request, Laji.ASETUS, strategia, form=form)
        messages.success(request, _("Kirjauksen kentät on tallennettu."))
        return redirect("strategia:strategia-detail", pk)
    context = {"strategia": strategia, "form": form}
    return render(request, "strategia/suunnitelma/strategia_kirjaus.html", context, status=form.status)


@require_safe
def strategia_sdg(request, pk):
    """The plan by the UN's goals; a councillor is not shown the goals where the report does not publish them."""
    strategia = get_object_or_404(Strategia, pk=pk, kunta=request.user.kunta_id)
    is_hidden = sees_closed_only(request.user) and "sdg" in strategia.piilotetut
    goals, others = ([], []) if is_hidden else list_goals(strategia)
    context = {
        "strategia": strategia,
        "sana": _words_of(strategia),
        "maalit": [goal for goal in goals if goal.count],
        "puuttuvat": [goal for goal in goals if not goal.count],
        "muut": others,
    }
    return render(request, "strategia/suunnitelma/strategia_sdg.html", context)


def _words_of(strategia):
    return {rooli: strategia.sana(rooli) for rooli in ("painopiste", "tavoite", "toimenpide", "toimiala", "vastuu")}


@in_turn
def toimenpide_uusi(request, pk):
    """A new toimenpide in the strategia."""
    strategia = get_object_or_404(Strategia, pk=pk, kunta=request.user.kunta_id)
    if not can_coordinate(request.user, strategia):
        raise PermissionDenied
    return _edit(request, Toimenpide(), strategia)


@in_turn
def toimenpide_muokkaa(request, pk):
    toimenpide = _load(request, pk)
    return _edit(request, toimenpide, toimenpide.tavoite.painopiste.strategia)


def _load(request, pk):
    """A toimenpide of the own kunta, for the koordinaattori; others are refused, outsiders do not find it."""
    toimenpide = get_object_or_404(
        Toimenpide.objects.select_related("tavoite__painopiste__strategia"), pk=pk, kunta=request.user.kunta_id
    )
    if not can_coordinate(request.user, toimenpide):
        raise PermissionDenied
    return toimenpide


def _edit(request, toimenpide, strategia):
    is_new = toimenpide.pk is None
    form = ToimenpideForm(request.POST if request.method == "POST" else None, instance=toimenpide, strategia=strategia)
    if form.is_valid():
        saved = form.save_by(request.user)
        record_act(request, Laji.LISATTY if is_new else Laji.MUUTETTU, saved, form=form)
        text = _("Toimenpide on lisätty.") if is_new else _("Muutokset on tallennettu.")
        messages.success(request, text)
        if warning := tell_outsiders([saved]):
            messages.warning(request, warning)
        return redirect("seuranta:toimenpide-detail", saved.pk)
    context = {
        "form": form,
        "strategia": strategia,
        "toimenpide": None if is_new else Toimenpide.objects.get(pk=toimenpide.pk),  # as stored, not as posted
    }
    return render(request, "strategia/suunnitelma/toimenpide_form.html", context, status=form.status)


@in_turn
def toimenpide_lopeta(request, pk):
    """End the toimenpide: say first what happens, then do it."""
    toimenpide = _load(request, pk)
    form = LopetusForm(request.POST if request.method == "POST" else None, toimenpide=toimenpide)
    if form.is_valid():
        toimenpide.voimassa_asti = form.cleaned_data["voimassa_asti"]
        toimenpide._history_user = request.user
        toimenpide.save()
        day = toimenpide.voimassa_asti
        record_act(request, Laji.LOPETETTU, toimenpide, mihin=f"{day:%-d.%-m.%Y}")
        messages.success(request, _("Toimenpide on voimassa %(pvm)s asti.") % {"pvm": f"{day:%-d.%-m.%Y}"})
        return redirect("seuranta:toimenpide-detail", pk)
    context = {"form": form, "toimenpide": toimenpide}
    return render(request, "strategia/suunnitelma/toimenpide_lopeta.html", context, status=422 if form.errors else 200)
