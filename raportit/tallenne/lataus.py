"""The bytes of a report on their way to a reader."""

import logging

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy

from strategia.nimet import file_name
from strategia.tapahtuma import record_download

from ..muodot import MUODOT
from . import jono
from .luonnokset import draft_bytes, render_draft
from .tallenteet import TallennePuuttuu, public_bytes, stored_bytes

# The ways to have a report beside the PDF, and what the pages call them.
MUUT_MUODOT = {
    **{"docx": "Word", "xlsx": "Excel", "pptx": "PowerPoint", "html": "HTML", "csv": "CSV"},
    "mitat.csv": gettext_lazy("CSV, mittarit"),
    "json": "JSON",
}

logger = logging.getLogger(__name__)


def name_links(links, raportti):
    """[(what a page calls it, its address)] of {muoto: address}; of measures where the report tells of some."""
    told = [muoto for muoto in MUUT_MUODOT if muoto in links and (muoto != "mitat.csv" or raportti.kerrottavat)]
    named = [(MUUT_MUODOT[muoto], muoto) for muoto in told]
    return [(nimi, links[muoto]) for nimi, muoto in named]


def check_format(muoto, muodot=MUODOT):
    if muoto not in muodot:
        raise Http404


def send_version(request, versio, muoto):
    """The stored file of a frozen version; a page that says so when it has been lost."""
    try:
        content = stored_bytes(versio, muoto)
    except TallennePuuttuu:
        return _tell_lost(request, versio, muoto)
    record_download(request, versio, muoto)
    return send_file(content, muoto, f"{versio.jakso.nimi}-versio-{versio.numero}")


def send_public(request, nakyma, muoto):
    """The public form's stored file."""
    try:
        content = public_bytes(nakyma, muoto)
    except TallennePuuttuu:
        return _tell_lost(request, nakyma.versio, muoto)
    record_download(request, nakyma.versio, muoto)
    return send_file(content, muoto, f"{nakyma.versio.jakso.nimi}-versio-{nakyma.versio.numero}")


def _tell_lost(request, versio, muoto):
    """Only a backup brings it back: the operator finds it in the log."""
    told = "Raporttiversion %s tiedosto (%s) puuttuu tai on muuttunut. Palauta se varmuuskopiosta."
    logger.error(told, versio.pk, muoto)
    return render(request, "raportit/tallenne/tallenne_puuttuu.html", {"versio": versio}, status=503)


def send_file(content, muoto, name):
    return HttpResponse(
        content,
        content_type=MUODOT[muoto].content_type,
        headers={"Content-Disposition": content_disposition_header(True, file_name(name, muoto))},
    )


def asks_again(request):
    """Has the reader pressed "Yritä uudelleen"? An address that is only opened starts no failed work again."""
    return request.method == "POST" and "uudelleen" in request.POST


PAIVITYS = 5  # seconds between two looks at how a file is getting on


def show_progress(request, *, otsikko, lataa, tyo):
    """A page that looks again by itself, with no script, until `lataa` (the file's address) is there.

    By a header and not by a meta element: a stuck or failed task is not looked at again, and neither is a ready file.
    """
    if request.method == "POST":
        return redirect(request.path)
    context = {"otsikko": otsikko, "lataa": lataa, "tyo": tyo}
    response = render(request, "raportit/tallenne/valmistuu.html", context)
    if tyo and tyo.tila != "epaonnistui" and not tyo.jumissa:
        response.headers["Refresh"] = str(PAIVITYS)
    return response


def show_kept(request, kunta_id, tiiviste, muoto, *, otsikko, name):
    """The progress of what was put aside for the queue, and then the file."""
    if "heti" in request.GET:
        render_draft(kunta_id, tiiviste, muoto)
    content = draft_bytes(kunta_id, tiiviste, muoto)
    if content and ("lataa" in request.GET or "heti" in request.GET):
        record_download(request, None, f"{otsikko} ({muoto})")
        return send_file(content, muoto, name)
    tyo = None if content else jono.ask(jono.render_luonnos, kunta_id, tiiviste, muoto, again=asks_again(request))
    return show_progress(request, otsikko=otsikko, lataa="?lataa" if content else "", tyo=tyo)
