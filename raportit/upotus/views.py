"""Parts of the newest published report on the kunta's own site: in a frame, or as a picture of a chart."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from strategia.sahkoposti import absolute_url
from strategia.sivumuisti import KYSYTTAVA, TIEDOSTON, keep_pages, without_query
from strategia.sivustot import list_sivustot

from ..avoin.aineisto import Laji
from ..avoin.vastaus import answer_with, etag_of, tell_missing, tell_withdrawn
from ..avoin.versiot import find_newest, find_version
from ..julkinen.julkisuus import find_kunta
from ..muodot.kaavio import KAAVIOT, list_charts, render_chart_png, render_svg
from ..tallenne.nakyma import show_publicly
from ..tunnukset import read_tunnukset
from .mittarin_arvot import list_values
from .upottaja import open_to_frames

KUVAT = {"png": ("image/png", render_chart_png), "svg": ("image/svg+xml", render_svg)}
KORKEUS = {"yhteenveto": 420, "painopiste": 560, "mittari": 320}  # CSS pixels of a frame; it scrolls where it is short


@keep_pages
@require_safe
def upotus_ohje(request, slug):
    """What can be put on another site, each with the lines that do it."""
    kunta = find_kunta(slug)
    if kunta is None:
        raise Http404
    kunta.logo = None  # not saved: the logo has no public address
    versio = find_newest(slug)
    raportti = show_publicly(versio).raportti if versio else None
    context = {
        "kunta": kunta,
        "slug": slug,
        "sivustot": list_sivustot(kunta.upottajat),
        "osat": list(_list_parts(slug, versio, raportti)) if versio else [],
        "kaaviot": list(_list_charts(slug, raportti)) if versio else [],
    }
    return render(request, "raportit/upotus/upotus_ohje.html", context)


def _list_parts(slug, versio, raportti):
    """{title, address, height} of each frame."""
    tunnukset = read_tunnukset(versio)

    def part(laji, title, *tunnus):
        path = reverse(f"raportit:upotus-{laji}", args=[slug, *tunnus])
        return {"otsikko": title, "osoite": absolute_url(path), "korkeus": KORKEUS[laji]}

    yield part("yhteenveto", raportti.otsikko)
    for painopiste in raportti.painopisteet:
        yield part("painopiste", painopiste.nimi, tunnukset[Laji.PAINOPISTE, painopiste.id])
    for *_place, mittari in raportti.kerrottavat:
        yield part("mittari", mittari.nimi, tunnukset[Laji.MITTARI, mittari.id])


def _list_charts(slug, raportti):
    for nimi, (otsikko, _jakaumat) in list_charts(raportti).items():
        for muoto in KUVAT:
            path = reverse("raportit:upotus-uusin-kaavio", args=[slug, nimi, muoto])
            yield {"otsikko": otsikko, "muoto": muoto.upper(), "osoite": absolute_url(path)}


@open_to_frames
def upotus_yhteenveto(request, slug):
    """The figures and the bars of the painopisteet."""
    return _show(request, slug, "yhteenveto")


@open_to_frames
def upotus_painopiste(request, slug, tunnus):
    """One painopiste: its bar and its rows."""
    return _show(request, slug, "painopiste", (Laji.PAINOPISTE, tunnus))


@open_to_frames
def upotus_mittari(request, slug, tunnus):
    """One measure and its values in time."""
    return _show(request, slug, "mittari", (Laji.MITTARI, tunnus))


def _show(request, slug, laji, asked=None):
    versio = find_newest(slug)
    if versio is None:
        raise Http404
    raportti = show_publicly(versio).raportti
    osa = _find_part(versio, raportti, asked) if asked else None
    context = {
        "kunta": versio.kunta,
        "raportti": raportti,
        "osa": osa,
        "arvot": list_values(raportti, osa) if laji == "mittari" else [],
        "lahde": absolute_url(reverse("raportit:julkinen-versio", args=[slug, versio.tunnus])),
    }
    return render(request, f"raportit/upotus/{laji}.html", context)


def _find_part(versio, raportti, asked):
    """The painopiste or the measure that the tunnus names, of those that the report tells."""
    laji, tunnus = asked
    told = raportti.painopisteet if laji == Laji.PAINOPISTE else [each for *_place, each in raportti.kerrottavat]
    tunnukset = read_tunnukset(versio)
    found = [each for each in told if tunnukset[laji, each.id] == tunnus]
    if not found:
        raise Http404
    return found[0]


@without_query
@keep_pages
@require_safe
def upotus_kaavio(request, slug, nimi, muoto, tunnus=None):
    """A chart of a public version, or of the newest one, as a picture: the same for whoever asks."""
    if muoto not in KUVAT or nimi not in KAAVIOT:
        return tell_missing()
    versio, withdrawn = find_version(slug, tunnus) if tunnus else (find_newest(slug), None)
    if versio is None:
        return tell_withdrawn(withdrawn) if withdrawn else tell_missing()
    nakyma = show_publicly(versio)
    if nimi not in list_charts(nakyma.raportti):
        return tell_missing()
    content_type, draw = KUVAT[muoto]
    etag = etag_of(versio.sha256, nakyma.avain, nimi, muoto)
    age = TIEDOSTON if tunnus else KYSYTTAVA
    return answer_with(request, etag, content_type, age, lambda: draw(nakyma.raportti, nimi))
