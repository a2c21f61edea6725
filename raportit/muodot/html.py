"""Osavuosikatsaus -> one HTML file that needs nothing else: its styles and fonts travel inside it."""

import base64
import re
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from ..osavuosikatsaus import Osavuosikatsaus

TYYLIT = ("css/base.css", "css/raportti.css")
_FONT = re.compile(r'url\("\.\./(fonts/[\w.-]+\.woff2)"\)')
_STYLE_GOES_HERE = "</head>"


def render_html(raportti: Osavuosikatsaus) -> bytes:
    """The report as an accessible page to keep and to send (UTF-8, about half a megabyte, most of it fonts).

    The file is opened from a disk, never served by us as a page: there our CSP would refuse its styles.
    """
    page = render_to_string("raportit/muodot/tiedosto.html", {"raportti": raportti})
    style = f"<style>{_read_styles()}</style>\n{_STYLE_GOES_HERE}"
    return page.replace(_STYLE_GOES_HERE, style, 1).encode()


def _read_styles():
    css = "\n".join(Path(finders.find(name)).read_text() for name in TYYLIT)
    return _FONT.sub(lambda match: f'url("data:font/woff2;base64,{_encode(match[1])}")', css)


def _encode(name):
    return base64.b64encode(Path(finders.find(name)).read_bytes()).decode()
