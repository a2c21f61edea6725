"""What has changed after closing, over a jakso or a year: the page and its tables."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from strategia.permissions import can_audit
from strategia.tapahtuma import record_download
from strategia.teksti import read_id

from ..tallenne.lataus import send_file
from .historiasta import list_all_changes
from .jalkimuutos import choose
from .julkiset import list_public_changes
from .muutostaulukko import TAULUKOT, headings

NIMET = {"xlsx": "Excel", "csv": "CSV"}
SIVULLA = 100


@require_safe
def muutos_lista(request):
    """From the history of every save to who may audit; to others from what the versions tell in public."""
    kohde = _chosen(request)
    links = {muoto: reverse("raportit:muutos-lataa", args=[muoto]) for muoto in NIMET}
    context = {
        "kohde": kohde,
        "sivu": Paginator(_list_changes(request.user, kohde), SIVULLA).get_page(request.GET.get("sivu")),
        "otsikot": headings(),
        "audits": can_audit(request.user, request.user.kunta),
        "taulukot": [(nimi, f"{links[muoto]}?{kohde.kysely}") for muoto, nimi in NIMET.items()],
    }
    return render(request, "raportit/muutokset/muutos_lista.html", context)


@require_safe
def muutos_lataa(request, muoto):
    """The same as a file; 404 where the address names no jakso and no year."""
    kohde = _chosen(request)
    if muoto not in TAULUKOT or not request.GET:
        raise Http404
    content = TAULUKOT[muoto](_list_changes(request.user, kohde), kohde.nimi)
    record_download(request, None, f"muutokset {kohde.nimi} ({muoto})")
    return send_file(content, muoto, f"muutokset {kohde.nimi}")


def _chosen(request):
    """What the address asks for; 404 where the reader knows no such jakso or year."""
    asked = {name: request.GET[name] for name in ("jakso", "vuosi") if name in request.GET}
    numbers = {name: read_id(text) for name, text in asked.items()}
    kohde = None if None in numbers.values() else choose(request.user, **numbers)
    if kohde is None:
        raise Http404
    return kohde


def _list_changes(user, kohde):
    if can_audit(user, user.kunta):
        return list_all_changes(kohde.valitut)
    return list_public_changes(kohde.valitut, user)
