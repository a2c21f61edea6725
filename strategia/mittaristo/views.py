"""The mittarit of a plan: all of them on one page, and the koordinaattori's forms."""

from copy import copy

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import Mittari, Painopiste, Strategia, StrateginenTavoite, Tapahtuma, Toimenpide
from ..permissions import can_edit_mittari, sees_closed_only
from ..tapahtuma import record_act
from ..teksti import read_id
from ..vuoro import in_turn
from .forms import MittariForm, TekstinJakoForm
from .luettelo import (
    ALAS,
    YLOS,
    MittarillaOnArvoja,
    group_mittarit,
    in_plan_order,
    make_of_texts,
    move,
    page_of,
    remove,
)

SIVULLA = 100

KOHTEET = {  # where a mittari may hang -> its rows with the strategia that they belong to
    "toimenpide": Toimenpide.objects.select_related("tavoite__painopiste__strategia"),
    "tavoite": StrateginenTavoite.objects.select_related("painopiste__strategia"),
    "painopiste": Painopiste.objects.select_related("strategia"),
}

Laji = Tapahtuma.Laji


@in_turn
def mittari_lista(request, pk):
    """Every mittari of the plan in the plan's order; who edits moves them up and down."""
    strategia = get_object_or_404(Strategia, pk=pk, kunta=request.user.kunta_id)
    edits = can_edit_mittari(request.user, strategia)
    if request.method == "POST":
        if not edits:
            raise PermissionDenied
        return _move_posted(request, strategia)
    words = {rooli: strategia.sana(rooli) for rooli in ("painopiste", "tavoite", "toimenpide", "mittari", "toimiala")}
    hidden = strategia.piilotetut
    kept = hidden if sees_closed_only(request.user) else set()
    shown = Mittari.objects.none() if "mittarit" in kept else in_plan_order(strategia)
    sivu = Paginator(shown, SIVULLA).get_page(request.GET.get("sivu"))
    groups = group_mittarit(sivu)
    context = {"strategia": strategia, "ryhmat": groups, "edits": edits, "sana": words, "sivu": sivu}
    context |= {"nayttaa": {name: f"mittarit.{name}" not in kept for name in ("lahto", "tavoite")}}
    context |= {"on_sivut": "mittarit" not in hidden, "sarakkeita": 2 + sum(context["nayttaa"].values()) + edits}
    return render(request, "strategia/mittaristo/mittari_lista.html", context)


def _move_posted(request, strategia):
    """The pressed button names the mittari: ylos=mittari-5."""
    step = YLOS if "ylos" in request.POST else ALAS
    number = (request.POST.get("ylos") or request.POST.get("alas") or "").removeprefix("mittari-")
    mittari = get_object_or_404(Mittari, pk=read_id(number), strategia=strategia)
    if move(mittari, step):
        record_act(request, Laji.MUUTETTU, mittari, mihin=_("järjestys"))
    return redirect(_place_of(mittari))


@in_turn
def mittari_uusi(request, pk, taso):
    """A new mittari under a toimenpide, a tavoite or a painopiste."""
    kohde = _load(request, KOHTEET[taso], pk)
    strategia = _strategia_of(taso, kohde)
    return _edit(request, Mittari(kunta_id=kohde.kunta_id, strategia=strategia, **{taso: kohde}))


@in_turn
def mittari_muokkaa(request, pk):
    """The mittari with its targets; one of which no value has been told can be taken away."""
    mittari = _load(request, Mittari.objects.select_related("strategia", "toimenpide", "tavoite", "painopiste"), pk)
    if request.method == "POST" and "poista" in request.POST:
        return _remove(request, mittari)
    return _edit(request, mittari)


def _load(request, queryset, pk):
    """A row of the own kunta, for who edits the mittarit; others are refused, outsiders do not find it."""
    row = get_object_or_404(queryset, pk=pk, kunta=request.user.kunta_id)
    if not can_edit_mittari(request.user, row):
        raise PermissionDenied
    return row


def _strategia_of(taso, kohde):
    if taso == "painopiste":
        return kohde.strategia
    return kohde.painopiste.strategia if taso == "tavoite" else kohde.tavoite.painopiste.strategia


def _edit(request, mittari):
    stored = mittari.pk and Mittari.objects.annotate(arvoja=Count("arvot")).filter(pk=mittari.pk).first()
    form = MittariForm(request.POST if request.method == "POST" else None, instance=mittari)
    if form.is_valid():
        is_new = not stored
        saved = form.save_by(request.user)
        record_act(request, Laji.LISATTY if is_new else Laji.MUUTETTU, saved, form=form)
        messages.success(request, _("Mittari %(nimi)s on tallennettu.") % {"nimi": saved.nimi})
        for sentence in form.list_incomparable():
            messages.warning(request, sentence)
        return redirect(_place_of(saved))
    context = {"form": form, "strategia": mittari.strategia, "kohde": mittari.kohde, "mittari": stored}
    return render(request, "strategia/mittaristo/mittari_form.html", context, status=form.status)


def _remove(request, mittari):
    gone = copy(mittari)  # deleted, a row has no id
    try:
        remove(mittari, by=request.user)
    except MittarillaOnArvoja:
        text = _("Mittarilla on arvoja, eikä sitä voi poistaa. Päätä sen seuranta: täytä Seurataan asti.")
        messages.error(request, text)
        return redirect("strategia:mittari-muokkaa", mittari.pk)
    record_act(request, Laji.POISTETTU, gone)
    messages.success(request, _("Mittari %(nimi)s on poistettu.") % {"nimi": mittari.nimi})
    return redirect(_list_of(mittari.strategia))


def _list_of(strategia):
    return reverse("strategia:mittari-lista", args=[strategia.pk])


def _place_of(mittari):
    number = page_of(mittari, SIVULLA)
    return f"{_list_of(mittari.strategia)}{f'?sivu={number}' if number > 1 else ''}#mittari-{mittari.pk}"


@in_turn
def mittari_jaa(request, pk):
    """A mittari that is a text made into several, each of its own kind; the first keeps its values and history."""
    texts = Mittari.objects.filter(laji=Mittari.Laji.TEKSTI)
    mittari = _load(request, texts.select_related("strategia", "toimenpide", "tavoite", "painopiste"), pk)
    taso = next(name for name in KOHTEET if getattr(mittari, f"{name}_id"))
    return _split(request, {taso: mittari.kohde}, mittari.alkuperainen or mittari.nimi, first=mittari)


@in_turn
def toimenpide_mittareiksi(request, pk):
    """The text of a toimenpide's mittari made into mittarit of their own; the text itself stays as it is."""
    toimenpide = _load(request, KOHTEET["toimenpide"], pk)
    return _split(request, {"toimenpide": toimenpide}, toimenpide.mittari)


def _split(request, kohde, teksti, first=None):
    [(taso, row)] = kohde.items()
    strategia = _strategia_of(taso, row) if first is None else first.strategia
    form = TekstinJakoForm(request.POST if request.method == "POST" else None, teksti=teksti)
    if form.is_valid():
        made = make_of_texts(kohde, form.cleaned_data["osat"], by=request.user, first=first)
        if made:
            record_act(request, Laji.JAETTU, first or row, mihin=", ".join(str(each) for each in made))
        told = ngettext("Tekstistä tuli %(n)s mittari.", "Tekstistä tuli %(n)s mittaria.", len(made))
        messages.success(request, told % {"n": len(made)} if made else _("Nämä ovat jo mittareina."))
        return redirect(_place_of(made[0]) if made else _list_of(strategia))
    context = {"form": form, "strategia": strategia, "kohde": row, "teksti": teksti}
    return render(request, "strategia/mittaristo/mittari_jaa.html", context, status=422 if form.errors else 200)
