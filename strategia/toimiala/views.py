"""The pääkäyttäjä's pages of toimialat: adding, renaming, ending, joining, splitting."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from ..models import Jasenyys, Toimenpide, Toimiala
from ..permissions import can_manage_users
from ..vuoro import in_turn
from .elinkaari import ToimialallaOnToimenpiteita, join, rename, set_ended, split
from .forms import JakoForm, ToimialanNimiForm, YhdistamisForm


@in_turn
def toimiala_lista(request):
    """The toimialat with how many toimenpiteet and users each has, and the form for a new one."""
    kunta = request.user.kunta
    if not can_manage_users(request.user, kunta):
        raise PermissionDenied
    form = ToimialanNimiForm(request.POST if request.method == "POST" else None, kunta=kunta)
    if form.is_valid():
        last = Toimiala.objects.filter(kunta=kunta).order_by("jarjestys").last()
        nimi = form.cleaned_data["nimi"]
        Toimiala.objects.create(kunta=kunta, nimi=nimi, jarjestys=last.jarjestys + 1 if last else 0)
        messages.success(request, _("Toimiala %(nimi)s on lisätty.") % {"nimi": nimi})
        return redirect("strategia:toimiala-lista")
    toimialat = _count(Toimiala.objects.filter(kunta=kunta))
    context = {
        "form": form,
        "kaytossa": [t for t in toimialat if not t.lopetettu],
        "lopetetut": [t for t in toimialat if t.lopetettu],
    }
    return render(request, "strategia/toimiala/toimiala_lista.html", context, status=422 if form.errors else 200)


def _count(toimialat):
    """The toimialat, each with toimenpiteita and kayttajia: three queries whatever their number."""
    toimialat = list(toimialat)
    toimenpiteita = dict(
        Toimenpide.objects.filter(toimiala__in=toimialat).values_list("toimiala").annotate(Count("pk"))
    )
    active = Jasenyys.objects.filter(toimiala__in=toimialat, kayttaja__is_active=True)
    kayttajia = dict(active.values_list("toimiala").annotate(Count("pk")))
    for toimiala in toimialat:
        toimiala.toimenpiteita = toimenpiteita.get(toimiala.pk, 0)
        toimiala.kayttajia = kayttajia.get(toimiala.pk, 0)
    return toimialat


def _load(request, pk):
    """A toimiala of the own kunta, for the pääkäyttäjä; others are refused, outsiders do not find it."""
    toimiala = get_object_or_404(Toimiala, pk=pk, kunta=request.user.kunta_id)
    if not can_manage_users(request.user, toimiala):
        raise PermissionDenied
    return toimiala


@in_turn
def toimiala_detail(request, pk):
    """Rename the toimiala, and the ways to end it."""
    toimiala = _load(request, pk)
    posted = request.POST if request.method == "POST" else None
    form = ToimialanNimiForm(posted, kunta=request.user.kunta, toimiala=toimiala)
    if form.is_valid():
        rename(toimiala, form.cleaned_data["nimi"])
        messages.success(request, _("Toimialan nimi on nyt %(nimi)s.") % {"nimi": toimiala.nimi})
        return redirect("strategia:toimiala-lista")
    context = {"form": form, "toimiala": _count([toimiala])[0]}
    return render(request, "strategia/toimiala/toimiala_detail.html", context, status=form.status)


@require_POST
@in_turn
def toimiala_lopeta(request, pk):
    """End a toimiala without toimenpiteet, or take an ended one into use again."""
    toimiala = _load(request, pk)
    ended = request.POST.get("kaytossa") != "1"
    try:
        set_ended(toimiala, ended)
    except ToimialallaOnToimenpiteita as refused:
        messages.error(request, str(refused))
        return redirect("strategia:toimiala-detail", pk)
    text = _("Toimiala %(nimi)s on lopetettu.") if ended else _("Toimiala %(nimi)s on taas käytössä.")
    messages.success(request, text % {"nimi": toimiala.nimi})
    return redirect("strategia:toimiala-lista")


@in_turn
def toimiala_jaa(request, pk):
    """Move a part of the toimiala to another, known or new: say first what happens, then do it."""
    toimiala = _load(request, pk)
    form = JakoForm(request.POST if request.method == "POST" else None, toimiala=toimiala)
    if form.is_valid():
        chosen, kohde = form.cleaned_data, form.target
        moved = split(chosen["toimenpiteet"], kohde, people=chosen["kayttajat"], by=request.user)
        messages.success(request, _moved(moved, kohde))
        return redirect("strategia:toimiala-lista")
    context = {"form": form, "toimiala": toimiala}
    return render(request, "strategia/toimiala/toimiala_jaa.html", context, status=422 if form.errors else 200)


def _moved(count, kohde):
    text = ngettext(
        "%(count)s toimenpide siirtyi toimialalle %(kohde)s.",
        "%(count)s toimenpidettä siirtyi toimialalle %(kohde)s.",
        count,
    )
    return text % {"count": count, "kohde": kohde}


@in_turn
def toimiala_yhdista(request, pk):
    """Join the toimiala to another: say first what happens, then do it."""
    toimiala = _load(request, pk)
    form = YhdistamisForm(request.POST if request.method == "POST" else None, toimiala=toimiala)
    if form.is_valid():
        kohde = form.cleaned_data["kohde"]
        messages.success(request, _moved(join(toimiala, kohde, by=request.user), kohde))
        return redirect("strategia:toimiala-lista")
    context = {"form": form, "toimiala": _count([toimiala])[0]}
    return render(request, "strategia/toimiala/toimiala_yhdista.html", context, status=422 if form.errors else 200)
