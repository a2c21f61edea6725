"""Open data: the files of a kunta's published reports, their schema, and the page that tells what there is."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from strategia.kaikille import open_to_all
from strategia.sivumuisti import KYSYTTAVA, TIEDOSTON, keep_pages, without_query

from ..julkinen.julkisuus import find_kunta
from ..tallenne.nakyma import show_publicly
from . import aineistotiedosto
from .aineisto import read_aineisto
from .dcat import JAKELUT, describe
from .kuvaukset import MITTARIN_KENTAT, RIVIN_KENTAT
from .osoite import LISENSSI, file_url, newest_url, schema_url
from .skeema import json_schema
from .syote import render_feed
from .vastaus import answer_with, etag_of, tell_missing, tell_withdrawn
from .versiot import find_newest, find_version, list_versions


@keep_pages
@require_safe
def avoin_data(request, slug):
    """What there is of a kunta, where it is, and what each field means in three languages."""
    kunta = find_kunta(slug)
    if kunta is None:
        raise Http404
    kunta.logo = None  # not saved: the logo has no public address
    context = {
        "kunta": kunta,
        "slug": slug,
        "uusin": find_newest(slug),
        "versiot": list_versions(kunta),
        "taulut": (("rivit", RIVIN_KENTAT), ("mittarit", MITTARIN_KENTAT)),
        "jaettavat": [(muoto, title) for muoto, (_word, _media, title) in JAKELUT.items()],
        "lisenssi": LISENSSI,
        "uusimmat": [(muoto, newest_url(slug, muoto)) for muoto in aineistotiedosto.MUODOT],
        "skeema": schema_url(),
    }
    return render(request, "raportit/avoin/avoin_data.html", context)


@open_to_all
@require_safe
def avoin_skeema(request):
    """The JSON Schema of the data: it names no kunta."""
    content = aineistotiedosto.as_json(json_schema())
    return answer_with(request, etag_of(content), "application/schema+json", TIEDOSTON, lambda: content)


@open_to_all
@without_query
@keep_pages
@require_safe
def avoin_dcat(request, slug):
    """What a catalogue harvests of a kunta: DCAT-AP."""
    kunta = find_kunta(slug)
    if kunta is None:
        return tell_missing()
    content = aineistotiedosto.as_json(describe(kunta, list_versions(kunta)))
    return answer_with(request, etag_of(content), "application/ld+json", KYSYTTAVA, lambda: content)


@without_query
@keep_pages
@require_safe
def avoin_syote(request, slug):
    """An Atom feed of a kunta's published reports."""
    kunta = find_kunta(slug)
    if kunta is None:
        raise Http404
    newest_first = sorted(list_versions(kunta), key=lambda versio: versio.julkaistu or versio.luotu, reverse=True)
    content = render_feed(kunta, newest_first)
    return answer_with(request, etag_of(content), "application/atom+xml; charset=utf-8", KYSYTTAVA, lambda: content)


@open_to_all
@without_query
@keep_pages
@require_safe
def avoin_uusin(request, slug, muoto, strategia=None):
    """The newest published report of the strategia, or of the plan that the address names."""
    versio = find_newest(slug, strategia) if muoto in aineistotiedosto.MUODOT else None
    return _send(request, versio, muoto, KYSYTTAVA) if versio else tell_missing()


@open_to_all
@without_query
@keep_pages
@require_safe
def avoin_versio(request, slug, tunnus, muoto):
    """A published report for good; one that is withdrawn says so, one that is not published is not there."""
    if muoto not in aineistotiedosto.MUODOT:
        return tell_missing()
    versio, withdrawn = find_version(slug, tunnus)
    if versio is None:
        return tell_withdrawn(withdrawn) if withdrawn else tell_missing()
    return _send(request, versio, muoto, TIEDOSTON)


def _send(request, versio, muoto, age):
    nakyma = show_publicly(versio)
    etag = etag_of(versio.sha256, versio.julkaistu, nakyma.avain, versio.kunta.slug, muoto)
    links = []
    if nakyma.uudempi:
        links.append(f'<{file_url(versio.kunta.slug, nakyma.uudempi.tunnus, muoto)}>; rel="latest-version"')
    if muoto == "json":
        links.append(f'<{schema_url()}>; rel="describedby"; type="application/schema+json"')
    if muoto.endswith("csv"):
        url = file_url(versio.kunta.slug, versio.tunnus, f"{muoto}{aineistotiedosto.LISAYS}")
        links.append(f'<{url}>; rel="describedby"; type="application/csvm+json"')

    def draw():
        return aineistotiedosto.render(read_aineisto(nakyma), muoto)

    return answer_with(request, etag, aineistotiedosto.MUODOT[muoto], age, draw, links)
