"""Signing in at the kunta's own provider, and the pääkäyttäjä's page of what its groups give here."""

from collections import defaultdict

from allauth.account.utils import get_next_redirect_url
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ..models import Kayttaja, Tapahtuma, Tunnistaja, Tunnistajaryhma, TunnistajaryhmanToimiala, Ulkotunnus
from ..permissions import can_manage_users
from ..sahkoposti import absolute_url
from ..tapahtuma import record
from ..vahvistus import ask_again
from ..vuoro import in_turn
from .forms import TunnistajaryhmaForm, TyoosoiteForm, ValinnatForm
from .tarjoaja import EiVastaa, authorization_origin, find_by_domain, find_tarjoaja, list_slugs, tarjoaja_of
from .tulija import has_come_from, note_refusal, unlink
from .vaitteet import Evatty
from .yhteys import come_back, lead_there


@login_not_required
def kertakirjautuminen(request):
    """Which kunta's? By the address, so that no list tells who uses this; the only one of the installation at once."""
    slugs, form = list_slugs(), TyoosoiteForm(request.POST if request.method == "POST" else None)
    if not slugs:
        raise Http404
    slug = slugs[0] if len(slugs) == 1 else form.is_valid() and find_by_domain(form.cleaned_data["email"])
    if slug:
        return redirect(_with_next(request, reverse("kertakirjautuminen_kunta", args=[slug])))
    if form.is_valid():
        form.add_error("email", _("Tällä osoitteella ei ole kertakirjautumista. Kirjaudu salasanalla."))
    context = {"form": form, "next": get_next_redirect_url(request)}
    return render(request, "strategia/kertakirjautuminen/valinta.html", context, status=422 if form.errors else 200)


def _with_next(request, address):
    next_url = get_next_redirect_url(request)
    return f"{address}?{urlencode({'next': next_url})}" if next_url else address


@login_not_required
def kertakirjautuminen_kunta(request, slug):
    """The kunta's sign-in page."""
    if request.user.is_authenticated:
        return redirect(get_next_redirect_url(request) or "raportit:etusivu")
    return _lead(request, _load(slug))


def kertakirjautuminen_vahvistus(request, slug):
    """Where one who has signed in shows anew who one is, before something that asks for it."""
    if request.user.kunta is None or request.user.kunta.slug != slug:
        raise Http404
    return _lead(request, _load(slug), vahvistaja=request.user)


def _lead(request, tarjoaja, vahvistaja=None):
    """The page whose button leads to the provider."""
    next_url = get_next_redirect_url(request)
    try:
        if request.method == "POST":
            return lead_there(request, tarjoaja, next_url=next_url, vahvistaja=vahvistaja)
        origin = authorization_origin(tarjoaja)
    except EiVastaa as silent:
        return _tell(request, silent, 503)
    context = {"kunta": tarjoaja.kunta, "next": next_url, "vahvistaja": vahvistaja, "rivi": tarjoaja.rivi}
    page = render(request, "strategia/kertakirjautuminen/kirjaudu.html", context)
    page._csp_update = {"form-action": [origin]}  # django-csp: the answer to the form leads there
    return page


def _load(slug):
    tarjoaja = find_tarjoaja(slug)
    if tarjoaja is None:
        raise Http404
    return tarjoaja


@login_not_required
@require_GET
def kertakirjautuminen_paluu(request, provider_id):
    """Back from the provider. The only GET that changes anything: it signs in, and sets the role by the groups."""
    tarjoaja = _load(provider_id)
    try:
        return come_back(request, tarjoaja)
    except Evatty as refused:
        note_refusal(tarjoaja, refused)
        return _tell(request, refused, 403)
    except EiVastaa as silent:
        return _tell(request, silent, 503)


def _tell(request, reason, status):
    return render(request, "strategia/kertakirjautuminen/evatty.html", {"syy": str(reason)}, status=status)


@in_turn
def ryhma_lista(request):
    """What the kunta has chosen, and what its groups give."""
    kunta = request.user.kunta
    if not can_manage_users(request.user, kunta):
        raise PermissionDenied
    rivi = Tunnistaja.objects.filter(kunta=kunta).first() or Tunnistaja(kunta=kunta)
    posted = request.POST if request.method == "POST" else None
    form = ValinnatForm(posted, instance=rivi, may_close=has_come_from(request, request.user))
    if form.is_valid():
        ask_again(request)
        form.save()
        record(Tapahtuma.Laji.ASETUS, by=request.user, kunta=kunta, kohde=form.instance, mihin=form.instance.sanoin())
        messages.success(request, _("Kertakirjautumisen asetukset on tallennettu."))
        return redirect("strategia:ryhma-lista")
    context = {"form": form, **_told_of(kunta)}
    return render(request, "strategia/kertakirjautuminen/ryhma_lista.html", context, status=form.status)


def _told_of(kunta):
    """What the page shows beside its form."""
    return {
        "tarjoaja": tarjoaja_of(kunta),
        "tallennettu": Tunnistaja.objects.filter(kunta=kunta).first(),
        "ryhmat": _groups_of(kunta),
        "osoite": absolute_url(reverse("kertakirjautuminen_kunta", args=[kunta.slug])),
        "paluuosoite": absolute_url(reverse("openid_connect_callback", args=[kunta.slug])),
        "liitettyja": Ulkotunnus.objects.filter(kunta=kunta).count(),
    }


def _groups_of(kunta):
    """[(the group, [its toimialat])]: two queries, whether or not there are any."""
    toimialat = defaultdict(list)
    for row in TunnistajaryhmanToimiala.objects.filter(kunta=kunta).select_related("toimiala"):
        toimialat[row.ryhma_id].append(row.toimiala)
    return [(ryhma, toimialat[ryhma.pk]) for ryhma in Tunnistajaryhma.objects.filter(kunta=kunta)]


@require_POST
def tunnus_irrota(request, pk):
    """The person of the kunta is linked no more: the provider has given them another identity."""
    user = get_object_or_404(Kayttaja, pk=pk, kunta=request.user.kunta_id, is_superuser=False)
    if not can_manage_users(request.user, user):
        raise PermissionDenied
    unlink(user, by=request.user)
    messages.success(request, _("Kunnan tunnus on irrotettu. Uusi liittyy, kun henkilö kirjautuu sillä."))
    return redirect("strategia:kayttaja-detail", pk)


@in_turn
def ryhma_uusi(request):
    if not can_manage_users(request.user, request.user.kunta):
        raise PermissionDenied
    return _edit(request, Tunnistajaryhma(kunta=request.user.kunta))


@in_turn
def ryhma_muokkaa(request, pk):
    return _edit(request, _load_ryhma(request, pk))


def _load_ryhma(request, pk):
    ryhma = get_object_or_404(Tunnistajaryhma, pk=pk, kunta=request.user.kunta_id)
    if not can_manage_users(request.user, ryhma):
        raise PermissionDenied
    return ryhma


def _edit(request, ryhma):
    before, is_new = ryhma.sanoin(), ryhma.pk is None
    form = TunnistajaryhmaForm(request.POST if request.method == "POST" else None, instance=ryhma)
    if form.is_valid():
        ask_again(request)
        form.save()
        laji = Tapahtuma.Laji.LISATTY if is_new else Tapahtuma.Laji.MUUTETTU
        record(laji, by=request.user, kunta=ryhma.kunta, kohde=ryhma, mista=before, mihin=ryhma.sanoin())
        messages.success(request, _("Ryhmä on tallennettu. Se vaikuttaa, kun henkilö seuraavan kerran kirjautuu."))
        return redirect("strategia:ryhma-lista")
    context = {"form": form, "ryhma": ryhma}
    return render(request, "strategia/kertakirjautuminen/ryhma_form.html", context, status=form.status)


@require_POST
def ryhma_poista(request, pk):
    ryhma = _load_ryhma(request, pk)
    ask_again(request)
    with transaction.atomic():
        record(Tapahtuma.Laji.POISTETTU, by=request.user, kunta=ryhma.kunta, kohde=ryhma, mista=ryhma.sanoin())
        ryhma.delete()
    messages.success(request, _("Ryhmä %(ryhma)s ei enää anna mitään.") % {"ryhma": ryhma})
    return redirect("strategia:ryhma-lista")
