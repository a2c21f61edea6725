"""A stand-in for given dates: set by the person oneself or by the pääkäyttäjä, ended by either."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ..models import Kayttaja, Sijaisuus, Tapahtuma
from ..permissions import can_end_sijaisuus, can_set_sijainen
from ..tapahtuma import record_act
from ..vuoro import in_turn
from .forms import SijaisuusForm
from .sijaisviesti import tell


@in_turn
def sijaisuus_oma(request):
    return _set(request, request.user)


@in_turn
def sijaisuus_uusi(request, pk):
    """Of another: the pääkäyttäjä's."""
    own = Kayttaja.objects.filter(kunta=request.user.kunta_id, is_superuser=False)
    person = get_object_or_404(own, pk=pk)
    if person == request.user and can_set_sijainen(request.user, person):
        return redirect("strategia:sijaisuus-oma")
    return _set(request, person)


def _set(request, person):
    if not can_set_sijainen(request.user, person):
        raise PermissionDenied
    form = SijaisuusForm(request.POST if request.method == "POST" else None, sijaistettava=person)
    if form.is_valid():
        made = form.save(by=request.user)
        days = {name: date_format(getattr(made, name), "j.n.Y") for name in ("alkaa", "paattyy")}
        record_act(
            request, Tapahtuma.Laji.SIJAINEN, person, mihin=f"{made.sijainen}, {days['alkaa']}–{days['paattyy']}"
        )
        told = {"sijainen": made.sijainen, "kenen": person, **days}
        text = _("%(sijainen)s on sijaisena %(alkaa)s–%(paattyy)s: %(kenen)s.") % told
        text += " " + (_("Hän saa siitä viestin.") if tell(made, by=request.user) else _("Hän ei halua siitä viestiä."))
        messages.success(request, text)
        return _back(request, person)
    context = {"form": form, "kayttaja": person, "on_oma": person == request.user}
    return render(request, "strategia/sijaisuus/sijaisuus_uusi.html", context, status=422 if form.errors else 200)


def _back(request, person):
    if person == request.user:
        return redirect("strategia:omat-tiedot")
    return redirect("strategia:kayttaja-detail", person.pk)


@require_POST
@in_turn
def sijaisuus_lopeta(request, pk):
    own = Sijaisuus.objects.filter(kunta=request.user.kunta_id).select_related("sijainen", "sijaistettava")
    sijaisuus = get_object_or_404(own, pk=pk)
    if not can_end_sijaisuus(request.user, sijaisuus.sijaistettava):
        raise PermissionDenied
    if sijaisuus.paattyy >= timezone.localdate():
        told = {"mista": sijaisuus.sijainen}
        sijaisuus.end()
        record_act(request, Tapahtuma.Laji.SIJAISUUS_PAATETTY, sijaisuus.sijaistettava, **told)
    messages.success(request, _("%(sijainen)s ei ole enää sijaisena.") % {"sijainen": sijaisuus.sijainen})
    return _back(request, sijaisuus.sijaistettava)
