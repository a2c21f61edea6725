"""The koordinaattori's pages of painopisteet and tavoitteet: adding, renaming, moving, ordering, joining."""

from copy import copy

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import Painopiste, Strategia, StrateginenTavoite, Tapahtuma
from ..permissions import can_coordinate
from ..tapahtuma import record_act
from ..teksti import read_id
from ..vuoro import in_turn
from .forms import PainopisteForm, TasonYhdistamisForm, TavoiteForm
from .puu import ALAS, YLOS, EiTyhja, list_structure, move, remove_empty
from .yhdistaminen import EiYhdisty, join, suggest_alike

Laji = Tapahtuma.Laji


def _load(request, queryset, pk):
    """A row of the own kunta, for the koordinaattori; others are refused, outsiders do not find it."""
    row = get_object_or_404(queryset, pk=pk, kunta=request.user.kunta_id)
    if not can_coordinate(request.user, row):
        raise PermissionDenied
    return row


@in_turn
def strategia_rakenne(request, pk):
    """Painopisteet and their tavoitteet in order; each can be moved up and down."""
    strategia = _load(request, Strategia.objects.all(), pk)
    if request.method == "POST":
        return _move_posted(request, strategia)
    words = {rooli: strategia.sana(rooli) for rooli in ("painopiste", "tavoite")}
    painopisteet = list_structure(strategia)
    alike = [suggest_alike(painopisteet), *(suggest_alike(painopiste.rivit) for painopiste in painopisteet)]
    context = {
        "strategia": strategia,
        "painopisteet": painopisteet,
        "sana": words,
        "samankaltaiset": [pair for pairs in alike for pair in pairs],
    }
    return render(request, "strategia/rakenne/strategia_rakenne.html", context)


def _move_posted(request, strategia):
    """The pressed button names the row: ylos=painopiste-3, alas=tavoite-5."""
    step = YLOS if "ylos" in request.POST else ALAS
    laji, _dash, number = (request.POST.get("ylos") or request.POST.get("alas") or "").partition("-")
    pk = read_id(number)
    if laji == "painopiste":
        row = get_object_or_404(Painopiste, pk=pk, strategia=strategia)
    else:
        tavoitteet = StrateginenTavoite.objects.select_related("painopiste")
        row = get_object_or_404(tavoitteet, pk=pk, painopiste__strategia=strategia)
    if move(row, step):
        record_act(request, Laji.MUUTETTU, row, mihin=_("järjestys"))
    return redirect(f"{request.path}#{laji}-{pk}")


@in_turn
def painopiste_uusi(request, pk):
    strategia = _load(request, Strategia.objects.all(), pk)
    return _edit(request, strategia, PainopisteForm, Painopiste(strategia=strategia, kunta_id=strategia.kunta_id))


@in_turn
def painopiste_muokkaa(request, pk):
    painopiste = _load(request, Painopiste.objects.select_related("strategia"), pk)
    return _edit(request, painopiste.strategia, PainopisteForm, painopiste)


@in_turn
def tavoite_uusi(request, pk):
    painopiste = _load(request, Painopiste.objects.select_related("strategia"), pk)
    tavoite = StrateginenTavoite(painopiste=painopiste, kunta_id=painopiste.kunta_id)
    return _edit(request, painopiste.strategia, TavoiteForm, tavoite)


@in_turn
def tavoite_muokkaa(request, pk):
    tavoite = _load(request, StrateginenTavoite.objects.select_related("painopiste__strategia"), pk)
    return _edit(request, tavoite.painopiste.strategia, TavoiteForm, tavoite)


def _edit(request, strategia, form_class, row):
    """One painopiste or tavoite: its name and place; an empty one can be taken away."""
    stored = row.pk and type(row).objects.filter(pk=row.pk).first()
    if request.method == "POST" and "poista" in request.POST and stored:
        return _remove(request, strategia, stored)
    form = form_class(request.POST if request.method == "POST" else None, instance=row, strategia=strategia)
    if form.is_valid():
        saved = form.save()
        record_act(request, Laji.MUUTETTU if stored else Laji.LISATTY, saved, form=form)
        messages.success(request, _("%(nimi)s on tallennettu.") % {"nimi": saved.nimi or _("Ilman tavoitetta")})
        return redirect("strategia:strategia-rakenne", strategia.pk)
    taso = "painopiste" if form_class is PainopisteForm else "tavoite"
    context = {"form": form, "strategia": strategia, "rivi": stored, "sana": strategia.sana(taso)}
    context["yhdista"] = f"strategia:{taso}-yhdista"
    return render(request, "strategia/rakenne/rakenne_form.html", context, status=form.status)


@in_turn
def rakenne_yhdista(request, pk, model):
    """Join a painopiste, or a tavoite, to another beside it: say first what happens, then do it."""
    above = "strategia" if model is Painopiste else "painopiste__strategia"
    row = _load(request, model.objects.select_related(above), pk)
    strategia = row.strategia if model is Painopiste else row.painopiste.strategia
    posted = request.POST if request.method == "POST" else None
    form = TasonYhdistamisForm(posted, row=row, initial={"kohde": read_id(request.GET.get("kohde", ""))})
    if form.is_valid():
        try:
            return _tell_joined(request, strategia, row, form.target)
        except EiYhdisty as refused:
            form.add_error(None, refused.args[0])
    sana = strategia.sana("painopiste" if model is Painopiste else "tavoite")
    context = {"form": form, "strategia": strategia, "rivi": row, "sana": sana, "on_painopiste": model is Painopiste}
    return render(request, "strategia/rakenne/rakenne_yhdista.html", context, status=form.status)


def _tell_joined(request, strategia, row, target):
    nimi, kohde = row.nimi or _("Ilman tavoitetta"), target.nimi or _("Ilman tavoitetta")
    gone = copy(row)
    count = join(row, target, by=request.user)
    record_act(request, Laji.YHDISTETTY, gone, mista=nimi, mihin=kohde)
    text = ngettext(
        "”%(nimi)s” on yhdistetty: ”%(kohde)s”. Siirtyi %(count)s toimenpide.",
        "”%(nimi)s” on yhdistetty: ”%(kohde)s”. Siirtyi %(count)s toimenpidettä.",
        count,
    )
    messages.success(request, text % {"nimi": nimi, "kohde": kohde, "count": count})
    return redirect("strategia:strategia-rakenne", strategia.pk)


def _remove(request, strategia, row):
    gone = copy(row)
    try:
        remove_empty(row)
    except EiTyhja:
        text = _("Alla on vielä toimenpiteitä, mittareita tai riskejä. Siirrä tai poista ne ensin.")
        messages.error(request, text)
    else:
        record_act(request, Laji.POISTETTU, gone)
        messages.success(request, _("%(nimi)s on poistettu.") % {"nimi": row.nimi or _("Ilman tavoitetta")})
    return redirect("strategia:strategia-rakenne", strategia.pk)
