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
from ..kirjaaminen.sivutus import split_pages
from ..models import Joukkokirjaus, PoistettuKohde, Seurantajakso, SuljettuJakso
from .rivit import list_sendable, list_unanswered, read_rows
from .teot import list_acts

JAAVIA = 50  # rows that cannot be sent, listed with why
SIVU = "sivu"  # sends the rows of the page alone


@in_turn
def samoin(request, pk):
    """The rows that can be sent as they were, listed; a button that sends them, and one that takes them back."""
    jakso = get_object_or_404(Seurantajakso.objects.open_to(request.user).select_related("strategia"), pk=pk)
    if request.method == "POST":
        try:
            return _undo(request, jakso) if "kumoa" in request.POST else _send(request, jakso)
        except SuljettuJakso as closed:
            raise Http404 from closed
    context = {"jakso": jakso, "teot": list_acts(jakso, request.user), **_page_of(request, jakso)}
    return render(request, "seuranta/samoin/samoin.html", context)


def _page_of(request, jakso):
    """A page of the rows that can be sent, how many there are in all, and the first of those that cannot."""
    lahtevat, jaavat = list_unanswered(jakso, request.user)
    sivut = split_pages(lahtevat)
    number = read_id(request.GET.get("sivu", "")) or 1
    sivu = sivut[number - 1] if number <= len(sivut) else sivut[0]
    shown = jaavat[:JAAVIA]
    read = read_rows(jakso, request.user, [*sivu.rows, *shown])
    return {
        "lahtevia": len(lahtevat),
        "rivit": ",".join(row.tunniste for row in lahtevat),
        "sivut": list(enumerate(sivut, 1)),
        "sivu": sivut.index(sivu) + 1,
        "sivun_rivit": ",".join(row.tunniste for row in sivu.rows),
        "rows": [read[row.pk] for row in sivu.rows if row.pk in read],
        "jaavat": [(read[row.pk], row.syy) for row in shown if row.pk in read],
        "nakymatta": len(jaavat) - len(shown),
    }


def _send(request, jakso):
    """Of the rows that were told, or of those that the page showed, those that are as they were then."""
    if request.POST.get("kirjaaja", str(request.user.pk)) != str(request.user.pk):
        raise PermissionDenied  # another signed in meanwhile in the same browser
    told = "sivun_rivit" if request.POST.get("vahvista") == SIVU else "rivit"
    seen = set(request.POST.get(told, "").split(","))
    chosen = list_sendable(jakso, request.user, seen)
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
