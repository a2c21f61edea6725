"""Osavuosikatsaus -> PDF/UA-1 and PDF/A-2a in one file, from the partials that the HTML page shows."""

import atexit
import hashlib
import re
import threading
from base64 import b64decode
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from django.contrib.staticfiles import finders

from strategia import varit

from ..osavuosikatsaus import Osavuosikatsaus
from ..osavuosikatsaus.rinnakkain import Vertailu
from .tuloste import patient_gc, render_print

LOGO = "data:image/png;base64,"  # the kunta's logo travels in the report itself
OMAT = "https://static.invalid/"  # an address that leads nowhere, so that only our own fetcher can answer it

TUNTEMATON = "□"  # stands for a letter that no font has
# What turns the direction of writing: on paper a text would read otherwise than it is written.
_TURNING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_LINES = dict.fromkeys((0x2028, 0x2029), "\n")
# The bullets of a Word list are letters of its own symbol font; the rest of such letters say nothing to anybody else.
_BULLETS = {0xF0B7: "•", 0xF0A7: "▪"}
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_ONE_AT_A_TIME = threading.Lock()  # the fonts are shared by the threads of a process


def render_pdf(raportti: Osavuosikatsaus | Vertailu) -> bytes:
    """The report, or a comparison, as a PDF in Finnish: tagged, accessible (PDF/UA-1), for the archive (PDF/A-2a).

    Equal reports give equal bytes.

    Costs some milliseconds a row; the first one of a process also reads the fonts. One at a time: the fonts
    are shared. Raises FileNotFoundError when a stylesheet or font of ours is missing.
    """
    page = render_print(raportti, merkit_tekstina=True)
    html = _PRIVATE.sub(TUNTEMATON, page.translate(_TURNING | _LINES | _BULLETS))
    identifier = hashlib.sha256(html.encode()).digest()[:16]
    while True:
        try:
            return _draw(html, _colours(raportti.kunta.korostusvari), identifier)
        except TuntemattomatMerkit as unknown:
            if ord(TUNTEMATON) in unknown.merkit:
                raise  # our own font is not in use: another try would end the same
            html = html.translate(dict.fromkeys(unknown.merkit, TUNTEMATON))


class TuntemattomatMerkit(Exception):
    """merkit: code points that no font here can draw. PDF/UA and PDF/A forbid the empty glyph in their place."""

    def __init__(self, merkit):
        super().__init__(merkit)
        self.merkit = merkit


def _finish(document, pdf):
    from .pdf_tagit import fix_bytes, mend

    if unknown := {code for font in document.fonts.values() for code in font.missing}:
        raise TuntemattomatMerkit(unknown)
    mend(document, pdf)
    fix_bytes(pdf)


def _draw(html, css, identifier):
    # Imported here: it takes half a second and needs Pango, and most of the site does without either.
    from weasyprint import CSS

    from .pdf_ladonta import PdfSivu

    with _ONE_AT_A_TIME, patient_gc():
        stylesheet, fonts = _load_look()
        return PdfSivu(html, OMAT, _make_fetcher()).write_pdf(
            stylesheets=[stylesheet, CSS(string=css)],
            font_config=fonts,
            pdf_variant="pdf/a-2a",
            pdf_identifier=identifier,
            finisher=_finish,
        )


@cache
def _load_look():
    """The stylesheet and the fonts that it names, read once for all renders of this process."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    from .pdf_ladonta import shorten

    fetcher, fonts = _make_fetcher(), FontConfiguration()
    stylesheet = CSS(url=OMAT + "css/print.css", url_fetcher=fetcher, font_config=fonts)
    shorten()
    if fetcher.missing:
        raise FileNotFoundError(f"PDF:n osia puuttuu: {', '.join(fetcher.missing)}")
    atexit.register(_load_look.cache_clear)  # the fonts' own clean-up fails once the interpreter is closing
    return stylesheet, fonts


_TRIAL = """<html lang="fi"><head><title>.</title></head><body>
<h1>Otsikko</h1><h2>Osa</h2><p>Teksti <b>lihavoituna</b>.</p>
<table class="toimenpiteet"><thead><tr><th scope="col">Teko</th></tr></thead>
<tbody><tr><td class="aste"><b>5</b></td></tr></tbody></table></body></html>"""


def warm_up() -> None:
    """Load what every render needs by drawing a page, where children will share it: a quarter of a second to each."""
    _draw(_TRIAL, "", bytes(16))


def _make_fetcher():
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class StaticFetcher(URLFetcher):
        """Serves our own static files and refuses everything else.

        WeasyPrint turns what is raised here into a warning and goes on, which suits a refused address. Its
        FatalURLFetchingError would stop it, but is a BaseException that passes every `except Exception` of a
        worker; so a missing file of ours is noted and told after the render.
        """

        def __init__(self):
            super().__init__(allowed_protocols=["https"], allow_redirects=False)
            self.missing = []

        def fetch(self, url, headers=None):
            if url.startswith(LOGO):
                return URLFetcherResponse(url, b64decode(url.removeprefix(LOGO)), {"Content-Type": "image/png"})
            if not url.startswith(OMAT):
                raise ValueError("Vain omat tiedostot kelpaavat.")
            name = unquote(url.removeprefix(OMAT))
            path = finders.find(name)
            if not path:
                self.missing.append(name)
                raise FileNotFoundError(name)
            kind = "text/css" if name.endswith(".css") else "font/woff2"
            return URLFetcherResponse(url, Path(path).read_bytes(), {"Content-Type": kind})

    return StaticFetcher()


def _colours(korostusvari):
    """The rules that put the kunta's colour in place of our blue, always readable."""
    if not korostusvari:
        return ""
    korostus, kannen_teksti = varit.accent(korostusvari), varit.text_on(korostusvari)
    return f"""
        @page kansi {{ background: {korostusvari} }}
        .kansi {{ background: {korostusvari}; color: {kannen_teksti} }}
        .kansi .viiva {{ background: {kannen_teksti} }}
        h2, h3, .tavoite h4:not(.ryhma), caption, td > a {{ color: {korostus} }}
        .avainluvut b, .aste b, .merkki, .sisallys a::after {{ color: {korostus} }}
        thead th, .avainluvut li {{ border-color: {korostus} }}
        @page {{ @top-left {{ color: {korostus} }} @bottom-right {{ color: {korostus} }} }}
    """
