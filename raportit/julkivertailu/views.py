"""Published reports side by side: two jaksot of a kunta, and the kunnat of the installation that have said yes."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from strategia.sivumuisti import keep_pages

from ..julkinen.julkisuus import find_kunta
from .kunnittain import list_legend, list_shared
from .rinnan import choose, compare, keep_changed, list_heads, vertautuu
from .sivuittain import split_rows

MUUTOKSET = ("nousi", "laski", "ennallaan", "uusi", "poistui")


@keep_pages
@require_safe
def julkinen_vertailu(request, slug):
    """Two published jaksot of the kunta by painopiste and toimenpide; the address tells which, and what of them."""
    kunta = find_kunta(slug)
    heads = list_heads(kunta) if kunta else []
    pair = choose(kunta, heads, request.GET.get("ennen", ""), request.GET.get("nyt", "")) if len(heads) > 1 else None
    if kunta is None or (pair is None and len(heads) > 1):
        raise Http404
    kunta.logo = None  # not saved: the logo has no public address
    muutos = request.GET.get("muutos") if request.GET.get("muutos") in MUUTOKSET else ""
    context = {"kunta": kunta, "slug": slug, "paat": heads, "muutos": muutos}
    context["monta"] = len({head.strategia for head in heads}) > 1
    if pair:
        ennen, nyt = pair
        context |= {"ennen": ennen, "nyt": nyt, "parit": compare(ennen, nyt)}
        rajatut = keep_changed(context["parit"], muutos)
        context["sivu"], context["rajatut"] = split_rows(rajatut, "rivit", request.GET.get("sivu"))
        context["vertautuu"] = vertautuu(ennen, nyt)
        context["nayttaa"] = ennen.tiedot["nayttaa_asteet"] and nyt.tiedot["nayttaa_asteet"]
    return render(request, "raportit/julkivertailu/vertailu.html", context)


@keep_pages
@require_safe
def kuntavertailu(request):
    """The painopisteet that the kunnat share by name, of those that let themselves be compared."""
    sivu, yhteiset = split_rows(list_shared(), "kunnat", request.GET.get("sivu"))
    context = {"yhteiset": yhteiset, "sivu": sivu, "selite": list_legend()}
    return render(request, "raportit/julkivertailu/kunnat.html", context)
