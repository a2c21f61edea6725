"""The meetings of a jakso, and the deadlines and meetings as a calendar of one's own."""

from copy import copy

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from strategia.kavija import client_address
from strategia.models import Kalenteriavain, Tapahtuma
from strategia.permissions import can_coordinate
from strategia.sahkoposti import absolute_url
from strategia.tapahtuma import record_act
from strategia.vuoro import in_turn
from strategia.yritykset import LiianMonta, count_wrong_key

from ..models import Kokous
from ..pyynto import load_for_coordinating
from .forms import KokousForm
from .ics import render_calendar
from .tahti import AVAIMELLA, OSOITTEESTA, wait_of
from .tapahtumat import list_events

Laji = Tapahtuma.Laji


@in_turn
def kokous_uusi(request, pk):
    """When a toimielin is to deal with the report of the jakso; of a closed one too."""
    jakso = load_for_coordinating(request, pk)
    posted = request.POST if request.method == "POST" else None
    form = KokousForm(posted, instance=Kokous(jakso=jakso, kunta=jakso.kunta))
    if form.is_valid():
        record_act(request, Laji.LISATTY, form.save())
        messages.success(request, _("Kokous on lisätty."))
        return redirect("seuranta:jakso-detail", jakso.pk)
    context = {"jakso": jakso, "form": form}
    return render(request, "seuranta/kalenteri/kokous_form.html", context, status=422 if form.errors else 200)


@require_POST
@in_turn
def kokous_poista(request, pk):
    kokous = get_object_or_404(Kokous, pk=pk, kunta=request.user.kunta_id)
    if not can_coordinate(request.user, kokous):
        raise PermissionDenied
    gone = copy(kokous)  # deleted, a row has no id
    kokous.delete()
    record_act(request, Laji.POISTETTU, gone)
    messages.success(request, _("Kokous on poistettu."))
    return redirect("seuranta:jakso-detail", kokous.jakso_id)


@in_turn
def kalenteri(request):
    """The address of one's own calendar: made, shown once, and ended."""
    if not request.user.kunta_id:
        raise PermissionDenied
    address = ""
    if request.method == "POST" and "lopeta" in request.POST:
        if Kalenteriavain.objects.filter(kayttaja=request.user).delete()[0]:
            record_act(request, Laji.AVAIN_LOPETETTU, request.user, mihin=_("kalenteri"))
        messages.success(request, _("Kalenterin osoite ei enää toimi."))
        return redirect("seuranta:kalenteri")
    if request.method == "POST":
        key = Kalenteriavain.objects.make(request.user)
        record_act(request, Laji.AVAIN_TEHTY, request.user, mihin=_("kalenteri"))
        address = absolute_url(f"{reverse('seuranta:kalenteri-ics')}?avain={key}")
    avain = Kalenteriavain.objects.filter(kayttaja=request.user).first()
    context = {"osoite": address, "avain": avain, "tapahtumat": list_events(request.user)}
    return render(request, "seuranta/kalenteri/kalenteri.html", context)


def _refuse_key(request):
    """As any address that is not there; after many wrong keys, that there have been too many."""
    try:
        count_wrong_key(client_address(request))
    except LiianMonta as full:
        return HttpResponse(status=429, headers={"Retry-After": str(full.odota)})
    raise Http404


@login_not_required
@require_safe
def kalenteri_ics(request):
    """The calendar of whoever's key this is; without one the address looks as any that is not there. No session."""
    reader = Kalenteriavain.objects.reader_of(request.GET.get("avain", ""))
    whose = (f"avain-{reader.pk}", AVAIMELLA) if reader else (f"osoite-{client_address(request)}", OSOITTEESTA)
    if wait := wait_of(*whose):
        return _tell_too_often(wait)
    if reader is None:
        return _refuse_key(request)
    content = render_calendar(list_events(reader), str(reader.kunta))
    headers = {"Cache-Control": "private, no-store", "Content-Disposition": 'inline; filename="kalenteri.ics"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


def _tell_too_often(wait):
    """In plain text: a program reads it, not a person."""
    text = _("Kalenteria on haettu liian usein. Yritä myöhemmin uudelleen.")
    headers = {"Cache-Control": "private, no-store", "Retry-After": str(wait)}
    return HttpResponse(f"{text}\n", status=429, content_type="text/plain; charset=utf-8", headers=headers)
