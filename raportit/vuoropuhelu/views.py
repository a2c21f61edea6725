"""What people ask of a published toimenpide, and what the koordinaattori answers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from strategia.kunta.forms import PalauteForm
from strategia.kunta.palaute import send_feedback
from strategia.kunta.palautemaara import refuse_many
from strategia.models import Palaute, Tapahtuma
from strategia.permissions import can_coordinate
from strategia.sahkoposti import send_after
from strategia.sivumuisti import follow_moved
from strategia.tapahtuma import record_act
from strategia.vuoro import in_turn

from ..julkinen.julkisuus import find_kunta
from ..julkinen.kohteet import read_kohde
from ..models import JulkinenRivi
from .forms import VastausForm
from .vastausviesti import send_answer

OMALTA = "same-origin"  # what a browser says of a form of our own pages
ANSA = "kotisivu"  # a field that no person sees: who fills it in is a program, is thanked, and nothing is kept


@csrf_exempt  # here, not in the middleware: see below
@follow_moved
@login_not_required
def toimenpide_palaute(request, slug, tunnus):
    """A message about one published toimenpide to its koordinaattori: no account; another site cannot send it.

    The toimenpide's page is kept for everybody and holds no token: the browser says that the form is of our own page.
    One that says nothing needs a token, which the form of this page has.
    """
    is_ours = request.headers.get("Sec-Fetch-Site") == OMALTA
    return (_ask if is_ours else csrf_protect(_ask))(request, slug, tunnus)


def _ask(request, slug, tunnus):
    kunta = find_kunta(slug)
    kohde = read_kohde(kunta, JulkinenRivi.Laji.TOIMENPIDE, tunnus) if kunta else None
    if kohde is None:
        raise Http404
    form = PalauteForm(request.POST if request.method == "POST" else None)
    liikaa = refuse_many(request, kunta) if form.is_valid() else ""
    if liikaa:
        form.add_error(None, liikaa)
    elif form.is_valid():
        _keep(request, form, kunta, kohde.nyt)
        return redirect(f"{request.path}?kiitos=1")
    context = {"kunta": kunta, "slug": slug, "rivi": kohde.nyt, "form": form, "kiitos": "kiitos" in request.GET}
    status = 429 if liikaa else 422 if form.errors else 200
    return render(request, "raportit/vuoropuhelu/toimenpide_palaute.html", context, status=status)


def _keep(request, form, kunta, rivi):
    if request.POST.get(ANSA):
        return
    sivu = reverse("raportit:julkinen-kohde", args=[kunta.slug, rivi.laji, rivi.tunnus])
    told = {"kunta": kunta, "toimenpide": rivi.tunnus, "sivu": sivu, "aihe": rivi.nimi}
    for name, value in told.items():
        setattr(form.instance, name, value)
    send_after(send_feedback, form.save().pk)


@in_turn
def palaute_vastaa(request, pk):
    """One message: the koordinaattori answers it, to be seen by everybody or not, or puts it aside."""
    palaute = get_object_or_404(Palaute, pk=pk, kunta=request.user.kunta_id)
    if not can_coordinate(request.user, palaute):
        raise PermissionDenied
    form = VastausForm(request.POST if "vastaus" in request.POST else None, instance=palaute)
    if request.POST.get("toimi") == "kasitelty":
        return _put_aside(request, palaute)
    if form.is_valid():
        return _answer(request, palaute, form)
    if form.errors:
        palaute = Palaute.objects.get(pk=pk)
    context = {"palaute": palaute, "form": form}
    return render(request, "raportit/vuoropuhelu/palaute_vastaa.html", context, status=form.status)


def _put_aside(request, palaute):
    """Read, and no answer is needed: the address is forgotten at once."""
    if not palaute.kasitelty:
        palaute.kasitelty, palaute.sahkoposti = timezone.now(), ""
        palaute.save(update_fields=["kasitelty", "sahkoposti"])
        record_act(request, Tapahtuma.Laji.MUUTETTU, palaute, mihin=_("käsitelty"))
    messages.success(request, _("Palaute on merkitty käsitellyksi."))
    return redirect("strategia:palaute-lista")


def _answer(request, palaute, form):
    """The first answer goes to who asked, too."""
    is_first = palaute.kasitelty is None
    palaute.kasitelty = palaute.kasitelty or timezone.now()
    form.save()
    if is_first and palaute.sahkoposti:
        send_after(send_answer, palaute.pk)
    mihin = _("vastattu, näkyy kaikille") if palaute.nakyy else _("vastattu")
    record_act(request, Tapahtuma.Laji.MUUTETTU, palaute, mihin=mihin)
    messages.success(request, _("Vastaus on tallennettu."))
    return redirect("strategia:palaute-lista")
