"""The pääkäyttäjä's pages of users: who there are, inviting, what each may do, ending and renewing access."""

import json

from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ..henkilotieto import collect
from ..jarjestys import Jarjestys
from ..models import Kayttaja, Sijaisuus, Tapahtuma
from ..permissions import can_manage_users, can_set_sijainen, lost_toimenpiteet, named_toimenpiteet
from ..sahkoposti import send_after
from ..tapahtuma import record_act
from ..todennus.nollaus import reset_factors
from ..vahvistus import ask_again
from ..vuoro import in_turn
from .forms import KayttajaForm, KutsuForm, OmatTiedotForm
from .tunnus import ViimeinenPaakayttaja, change_user, create_invited, send_invitation, set_active

Laji = Tapahtuma.Laji
SIVULLA = 50


JARJESTETTAVAT = {"nimi": "nimi", "rooli": "rooli", "kirjautunut": "last_login"}


@require_safe
def kayttaja_lista(request):
    if not can_manage_users(request.user, request.user.kunta):
        raise PermissionDenied
    jarjestys = Jarjestys.of(request, JARJESTETTAVAT)
    users = _users_of(request).order_by("-is_active", jarjestys.order_by(JARJESTETTAVAT), "nimi", "pk")
    sijaiset = Prefetch("sijaiset", Sijaisuus.objects.not_over(), to_attr="tulevat_sijaiset")
    users = users.prefetch_related("toimialat", "toimielimet", sijaiset)
    sivu = Paginator(users, SIVULLA).get_page(request.GET.get("sivu"))
    return render(request, "strategia/kayttaja/kayttaja_lista.html", {"sivu": sivu, "jarjestys": jarjestys})


@in_turn
def omat_tiedot(request):
    """One's own name, and which messages come."""
    user = request.user
    form = OmatTiedotForm(request.POST if request.method == "POST" else None, user=user)
    if form.is_valid():
        user.nimi, user.viestivalinnat = form.cleaned_data["nimi"], user.viestivalinnat | form.choices_made()
        user.save(update_fields=["nimi", "viestivalinnat"])
        record_act(request, Laji.MUUTETTU, user, form=form)
        messages.success(request, _("Tietosi on tallennettu."))
        return redirect("strategia:omat-tiedot")
    context = {"form": form, **_sijaisuudet_of(user), "osoite": reverse("strategia:sijaisuus-oma")}
    context["paattyneet"] = Sijaisuus.objects.concerning(user).over_lately()
    return render(request, "strategia/kayttaja/omat_tiedot.html", context, status=form.status)


def _sijaisuudet_of(person):
    shown = Sijaisuus.objects.concerning(person).not_over() if person.kunta_id else ()
    return {"sijaisuudet": shown, "saa_sijaisen": can_set_sijainen(person, person)}


def _users_of(request):
    """The people of the kunta; a superuser is the installation's, not the kunta's to manage."""
    return Kayttaja.objects.filter(kunta=request.user.kunta_id, is_superuser=False)


@require_safe
def omat_tiedot_tiedostona(request):
    return _send_data(request, request.user)


@require_safe
def kayttaja_tiedostona(request, pk):
    """The same of another, for the pääkäyttäjä, who answers for the kunta to the person."""
    return _send_data(request, _load(request, pk))


def _send_data(request, person):
    content = json.dumps(collect(person), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    if request.method == "GET":
        record_act(request, Laji.HENKILOTIEDOT, person)
    headers = {"Content-Disposition": 'attachment; filename="henkilotiedot.json"'}
    return HttpResponse(content, content_type="application/json; charset=utf-8", headers=headers)


@in_turn
def kayttaja_kutsu(request):
    """Make an account and mail its owner the link to choose a password."""
    if not can_manage_users(request.user, request.user.kunta):
        raise PermissionDenied
    form = KutsuForm(request.POST if request.method == "POST" else None, kunta=request.user.kunta)
    if form.is_valid():
        try:
            user = create_invited(request.user.kunta, by=request.user, **form.cleaned_data)
        except IntegrityError:  # invited at the same moment, it may be in another kunta
            form.add_error("email", form.ON_JO)
        else:
            _invite(request, user)
            return redirect("strategia:kayttaja-lista")
    return render(request, "strategia/kayttaja/kayttaja_kutsu.html", {"form": form}, status=422 if form.errors else 200)


def _invite(request, user):
    send_after(send_invitation, user.pk, request.user.pk)
    messages.success(request, _("Kutsu lähtee osoitteeseen %(email)s.") % {"email": user.email})


def _load(request, pk):
    """A person of the own kunta, for the pääkäyttäjä; others are refused, outsiders do not find them."""
    user = get_object_or_404(_users_of(request).select_related("kunta"), pk=pk)
    if not can_manage_users(request.user, user):
        raise PermissionDenied
    return user


@in_turn
def kayttaja_detail(request, pk):
    """What the person may do, and the access itself."""
    user = _load(request, pk)
    form = KayttajaForm(request.POST if request.method == "POST" else None, kunta=user.kunta, user=user)
    lost = set(lost_toimenpiteet(user).values_list("pk", flat=True)) if request.method == "POST" else set()
    if form.is_valid():
        try:
            change_user(user, by=request.user, **form.cleaned_data)
        except ViimeinenPaakayttaja as refused:
            form.add_error("rooli", str(refused))
        else:
            _stay_in(request, user)
            messages.success(request, _("Käyttäjän %(nimi)s tiedot on tallennettu.") % form.cleaned_data)
            return _lead_on(request, user, lost)
    address = reverse("strategia:sijaisuus-uusi", args=[user.pk])
    context = {"form": form, "kayttaja": user, **_sijaisuudet_of(user), "osoite": address}
    context["vastuulla"] = named_toimenpiteet(user).count()
    return render(request, "strategia/kayttaja/kayttaja_detail.html", context, status=form.status)


def _stay_in(request, user):
    """Whoever changed their own role goes on in this browser alone."""
    if user == request.user:
        update_session_auth_hash(request, Kayttaja.objects.get(pk=user.pk))


def _lead_on(request, user, lost=()):
    """To hand over what the person has just lost, if anything; else to the list.

    Whoever changed their own role may see neither any more. lost: what had been lost before.
    """
    if user == request.user:
        return redirect("raportit:etusivu")
    if lost_toimenpiteet(Kayttaja.objects.get(pk=user.pk)).exclude(pk__in=lost).exists():
        return redirect(f"{reverse('strategia:luovutus', args=[user.pk])}?rivit=irti")
    return redirect("strategia:kayttaja-lista")


@require_POST
def kayttaja_kaytto(request, pk):
    """End the person's access, or renew it."""
    user = _load(request, pk)
    active = request.POST.get("kaytossa") == "1"
    try:
        set_active(user, active, by=request.user)
    except ViimeinenPaakayttaja as refused:
        messages.error(request, str(refused))
        return redirect("strategia:kayttaja-detail", pk)
    if not active and user == request.user:
        logout(request)
    text = _("%(nimi)s pääsee taas kirjautumaan.") if active else _("%(nimi)s ei enää pääse palveluun.")
    messages.success(request, text % {"nimi": user.nimi})
    return _lead_on(request, user)


@require_POST
@in_turn
def kayttaja_kutsu_uudelleen(request, pk):
    user = _load(request, pk)
    if user.is_active and user.has_to_choose_password:
        record_act(request, Laji.KUTSUTTU, user)
        _invite(request, user)
    else:
        messages.warning(request, _("%(nimi)s on jo valinnut salasanan. Kutsua ei lähetetty.") % {"nimi": user.nimi})
    return redirect("strategia:kayttaja-detail", pk)


@require_POST
def kayttaja_tunnistus(request, pk):
    """Take away the second factor of somebody who has lost it. One's own is removed on one's own page."""
    user = _load(request, pk)
    if user == request.user:
        raise PermissionDenied
    ask_again(request)
    if reset_factors(user, by=request.user):
        text = _("Käyttäjän %(nimi)s kaksivaiheinen kirjautuminen on nollattu. Hän saa siitä viestin.")
        messages.success(request, text % {"nimi": user.nimi})
    else:
        messages.warning(request, _("Nollattavaa ei ollut."))
    return redirect("strategia:kayttaja-detail", pk)
