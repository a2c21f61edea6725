"""The keys of the interface: made, shown once and ended by the pääkäyttäjä."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ..models import Avain, Tapahtuma
from ..permissions import can_manage_avaimet
from ..tapahtuma import record_act
from ..vahvistus import ask_again
from ..vuoro import in_turn
from .forms import AvainForm

Laji = Tapahtuma.Laji


@in_turn
def avain_lista(request):
    """The kunta's keys. A new one is in the answer to its POST and nowhere else: only its digest is stored."""
    kunta = request.user.kunta
    if not can_manage_avaimet(request.user, kunta):
        raise PermissionDenied
    form, new = AvainForm(request.POST if request.method == "POST" else None, kunta=kunta), None
    if form.is_valid():
        ask_again(request)
        new = Avain.objects.make(kunta, form.cleaned_data["nimi"], by=request.user)
        record_act(request, Laji.AVAIN_TEHTY, new[0])
        form = AvainForm(kunta=kunta)
    avaimet = Avain.objects.filter(kunta=kunta).select_related("tekija", "lopettaja")
    context = {"form": form, "uusi": new, "avaimet": avaimet}
    return render(request, "strategia/avain/avain_lista.html", context, status=422 if form.errors else 200)


@require_POST
@in_turn
def avain_lopeta(request, pk):
    avain = get_object_or_404(Avain, pk=pk, kunta=request.user.kunta_id)
    if not can_manage_avaimet(request.user, avain):
        raise PermissionDenied
    if avain.lopetettu is None:
        avain.end(by=request.user)
        record_act(request, Laji.AVAIN_LOPETETTU, avain)
    messages.success(request, _("Avainta %(nimi)s ei enää voi käyttää.") % {"nimi": avain})
    return redirect("strategia:avain-lista")
