"""Many rows at once as they were in the jakso before: looked at, sent, taken back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from strategia.teksti import read_id
from strategia.vuoro import in_turn

from ..kirjaaminen.kerro import same_message
from ..kirjaaminen.kopio import copy_of_last
from ..models import Joukkokirjaus, PoistettuKohde, Seurantajakso, SuljettuJakso
from .rivit import list_unanswered, tunniste
from .teot import list_acts


@in_turn
def samoin(request, pk):
    """The rows that can be sent as they were, listed; a button that sends them, and one that takes them back."""
    jakso = get_object_or_404(Seurantajakso.objects.open_to(request.user).select_related("strategia"), pk=pk)
    rows, others = list_unanswered(jakso, request.user)
    if request.method == "POST":
        try:
            return _undo(request, jakso) if "kumoa" in request.POST else _send(request, jakso, rows)
        except SuljettuJakso as closed:
            raise Http404 from closed
    context = {
        "jakso": jakso,
        "rows": rows,
        "rivit": ",".join(map(tunniste, rows)),
        "others": others,
        "teot": list_acts(jakso, request.user),
    }
    return render(request, "seuranta/samoin/samoin.html", context)


def _send(request, jakso, rows):
    """Of the rows that the page showed those that are as it showed them."""
    if request.POST.get("kirjaaja", str(request.user.pk)) != str(request.user.pk):
        raise PermissionDenied  # another signed in meanwhile in the same browser
    seen = set(request.POST.get("rivit", "").split(","))
    chosen = [row for row in rows if tunniste(row) in seen]
    try:
        vastaukset = {row.toimenpide: copy_of_last(row) for row in chosen}
        act, conflicts = Joukkokirjaus.objects.send(jakso, vastaukset, by=request.user) if chosen else (None, [])
    except PoistettuKohde:
        messages.warning(request, _("Toimenpiteitä on poistettu sillä välin, eikä mitään lähetetty. Katso uudelleen."))
        return redirect("seuranta:samoin", jakso.pk)
    sent = len(chosen) - len(conflicts)
    _tell(request, sent, len(seen - {""}) - sent)
    return redirect("seuranta:samoin", jakso.pk)


def _tell(request, sent, left):
    if sent:
        messages.success(request, same_message(sent))
    if left:
        text = ngettext(
            "%(n)s riviä ei lähetetty: siihen on jo vastattu tai se on muuttunut sillä välin.",
            "%(n)s riviä ei lähetetty: niihin on jo vastattu tai ne ovat muuttuneet sillä välin.",
            left,
        )
        messages.warning(request, text % {"n": left})


def _undo(request, jakso):
    own = Joukkokirjaus.objects.filter(jakso=jakso, tekija=request.user).select_related("jakso")
    act = get_object_or_404(own, pk=read_id(request.POST["kumoa"]))
    count = Joukkokirjaus.objects.undo(act, by=request.user)
    if count:
        text = ngettext("%(n)s rivi on taas vastaamatta.", "%(n)s riviä on taas vastaamatta.", count)
        messages.success(request, text % {"n": count})
    return redirect("seuranta:samoin", jakso.pk)
