"""The risks of a plan as a list and a matrix, and their forms."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from strategia.models import Strategia, StrateginenTavoite, Toimenpide
from strategia.permissions import answerable_toimialat, can_coordinate, can_edit_riski, sees_closed_only
from strategia.teksti import read_id
from strategia.vuoro import in_turn

from ..models import Riski, Seurantajakso, SuljettuJakso
from .forms import RiskiForm
from .taulu import ASTEET, build_matrix, number_rows

SIVULLA = 100
SUUNNITELMA = "suunnitelma"
KOHTEET = {
    "toimenpide": Toimenpide.objects.select_related("tavoite__painopiste__strategia"),
    "tavoite": StrateginenTavoite.objects.select_related("painopiste__strategia"),
}


@require_safe
def riski_lista(request, pk):
    """The risks of the plan, the greatest first, and the matrix of those whose size is known."""
    strategia = get_object_or_404(Strategia, pk=pk, kunta=request.user.kunta_id)
    jaksot = Seurantajakso.objects.visible_to(request.user).filter(strategia=strategia)
    chosen = request.GET.get("jakso", "")
    riskit = number_rows(_choose(_visible(request.user, strategia), chosen), SIVULLA)
    sivu = Paginator(riskit, SIVULLA).get_page(request.GET.get("sivu"))
    _tell_who_edits(sivu, request.user)
    context = {
        **{"strategia": strategia, "sivu": sivu, "matriisi": build_matrix(riskit), "asteet": ASTEET},
        **{"jaksot": jaksot, "valittu": chosen, "sana": strategia.sana("riski")},
        "kokoa_vailla": sum(riski.suuruus is None for riski in riskit),
    }
    return render(request, "seuranta/riski/riski_lista.html", context)


def _tell_who_edits(riskit, user):
    """The risks with .may_edit: can_edit_riski by one query."""
    own = set(answerable_toimialat(user).values_list("pk", flat=True))
    for riski in riskit:
        records_it = riski.toimenpide_id is not None and riski.toimenpide.toimiala_id in own
        riski.may_edit = can_coordinate(user, riski) or records_it


def _visible(user, strategia):
    """Those that the user may read; a councillor none where the report does not publish them."""
    if sees_closed_only(user) and "riski" in strategia.piilotetut:
        return Riski.objects.none()
    mine = Riski.objects.visible_to(user).filter(strategia=strategia)
    return mine.select_related("jakso", "toimenpide__toimiala", "tavoite").in_order()


def _choose(riskit, chosen):
    if chosen == SUUNNITELMA:
        return riskit.filter(jakso=None)
    number = read_id(chosen)
    return riskit if number is None else riskit.filter(jakso=number)


@in_turn
def riski_uusi(request, pk, taso):
    """A new risk of a toimenpide or a tavoite."""
    kohde = get_object_or_404(KOHTEET[taso], pk=pk, kunta=request.user.kunta_id)
    if not can_edit_riski(request.user, kohde):
        raise PermissionDenied
    painopiste = kohde.painopiste if taso == "tavoite" else kohde.tavoite.painopiste
    return _edit(request, Riski(kunta_id=kohde.kunta_id, strategia=painopiste.strategia, **{taso: kohde}))


@in_turn
def riski_muokkaa(request, pk):
    """A risk; it can be taken away while its jakso takes what the user writes."""
    riskit = Riski.objects.select_related("strategia", "toimenpide", "tavoite", "jakso")
    riski = get_object_or_404(riskit, pk=pk, kunta=request.user.kunta_id)
    if not can_edit_riski(request.user, riski.kohde):
        raise PermissionDenied
    if request.method == "POST" and "poista" in request.POST:
        return _remove(request, riski)
    return _edit(request, riski)


def _edit(request, riski):
    strategia, is_new = riski.strategia, riski._state.adding
    form = RiskiForm(request.POST if request.method == "POST" else None, instance=riski, user=request.user)
    if form.is_valid():
        try:
            Riski.objects.store(form.instance, by=request.user)
        except SuljettuJakso as refused:
            form.add_error("jakso", str(refused))
        else:
            messages.success(request, _("Riski on tallennettu."))
            return redirect(f"{_list_of(strategia)}#riski-{form.instance.pk}")
    stored = None if is_new else Riski.objects.get(pk=riski.pk)
    context = {"form": form, "strategia": strategia, "kohde": riski.kohde, "riski": stored}
    return render(request, "seuranta/riski/riski_form.html", context, status=form.status)


def _remove(request, riski):
    try:
        Riski.objects.remove(riski, by=request.user)
    except SuljettuJakso as refused:
        messages.error(request, str(refused))
        return redirect("seuranta:riski-muokkaa", riski.pk)
    messages.success(request, _("Riski on poistettu."))
    return redirect(_list_of(riski.strategia))


def _list_of(strategia):
    return reverse("seuranta:riski-lista", args=[strategia.pk])
