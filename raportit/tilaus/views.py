"""New reports by e-mail: asked for, confirmed and ended without an account; what a GET opens changes nothing."""

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from strategia.permissions import can_see_palvelu
from strategia.sahkoposti import send_after
from strategia.sivumuisti import follow_moved

from ..julkinen.julkisuus import find_kunta
from ..julkinen.kohteet import find_newest_head
from ..models import Tilaus, Tilausviesti
from .forms import TilausForm
from .tilaukset import confirm, find_tilaus, subscribe, tunniste_of
from .tilausviestit import send_confirmation

ANSA = "kotisivu"  # a field that no person sees
NAYTETAAN = 50


@follow_moved
@login_not_required
def tilaus_uusi(request, slug):
    """Ask for the reports. The answer is the same whether the address has asked before or not."""
    kunta = _load_kunta(slug)
    form = TilausForm(request.POST if request.method == "POST" else None)
    liikaa = form.is_valid() and not ratelimit.consume(request, action="tilaus")
    if liikaa:
        form.add_error(None, _("Tästä osoitteesta on tullut jo monta tilausta. Yritä tunnin kuluttua uudelleen."))
    elif form.is_valid():
        _ask(request, kunta, form.cleaned_data["sahkoposti"])
        return redirect(f"{request.path}?kiitos=1")
    context = {"kunta": kunta, "slug": slug, "form": form, "kiitos": "kiitos" in request.GET}
    context["paa"] = find_newest_head(kunta)
    status = 429 if liikaa else 422 if form.errors else 200
    return render(request, "raportit/tilaus/tilaus_uusi.html", context, status=status)


def _load_kunta(slug):
    kunta = find_kunta(slug)
    if kunta is None:
        raise Http404
    kunta.logo = None  # not saved: the logo has no public address
    return kunta


def _ask(request, kunta, osoite):
    """Nobody gets more than a few messages a day by it, whoever asks of however many kunnat.

    That is not told, for it would tell of others.
    """
    if request.POST.get(ANSA):
        return
    tunniste = tunniste_of(osoite)
    keys = {"tilausosoite": f"{kunta.pk}:{tunniste}", "tilaaja": tunniste}
    if all(ratelimit.consume(request, action=action, key=key) for action, key in keys.items()):
        send_after(send_confirmation, subscribe(kunta, osoite).pk)


@follow_moved
@login_not_required
def tilaus_oma(request, slug, avain):
    """A button that confirms the subscription, or one that ends it; the press does it."""
    kunta = _load_kunta(slug)
    tilaus, toimi = find_tilaus(kunta, avain), request.POST.get("toimi")
    tehty = ""
    if tilaus and toimi == "lopeta":
        tilaus.delete()
        tilaus, tehty = None, "lopetettu"
    elif tilaus and toimi == "vahvista":
        confirm(tilaus)
        tilaus, tehty = find_tilaus(kunta, avain), "vahvistettu"
    context = {"kunta": kunta, "slug": slug, "tilaus": tilaus, "tehty": tehty}
    return render(request, "raportit/tilaus/tilaus_oma.html", context)


@csrf_exempt  # a mail reader's own button presses it (RFC 8058): the address alone tells whose it is
@login_not_required
def tilaus_lopeta(request, slug, avain):
    """End the subscription by one POST, whether it is there any more or not; a GET leads to the page of the button."""
    if request.method != "POST":
        return redirect("raportit:tilaus-oma", slug, avain)
    kunta = _load_kunta(slug)
    Tilaus.objects.filter(kunta=kunta, avain=avain).delete()
    context = {"kunta": kunta, "slug": slug, "tilaus": None, "tehty": "lopetettu"}
    return render(request, "raportit/tilaus/tilaus_oma.html", context)


@require_safe
def tilaus_lista(request):
    """How many have subscribed and what did not leave, for the pääkäyttäjä: no address is told to anybody."""
    kunta = request.user.kunta
    if not can_see_palvelu(request.user, kunta):
        raise PermissionDenied
    counts = Tilaus.objects.filter(kunta=kunta).aggregate(
        voimassa=Count("pk", Q(vahvistettu__isnull=False)), vahvistamatta=Count("pk", Q(vahvistettu=None))
    )
    viestit = Tilausviesti.objects.filter(kunta=kunta)
    failed = viestit.filter(tila=Tilausviesti.Tila.EPAONNISTUI).select_related("versio__jakso").defer("versio__data")
    context = {"kunta": kunta, **counts, "epaonnistuneet": failed[:NAYTETAAN]}
    context["lahetetty"] = viestit.filter(tila=Tilausviesti.Tila.LAHETETTY).count()
    return render(request, "raportit/tilaus/tilaus_lista.html", context)
