"""Versions + their reader -> the front page's picture of the newest, drawn once for all who see it alike.

A whole report is read for it. What was frozen never changes, so what was drawn is kept in the process's memory under
all that tells what is seen: the frozen text's hash, what of it is public now, and the reader's own toimielimet.
"""

import hashlib

from django.core.cache.backends.locmem import LocMemCache
from django.template.loader import render_to_string
from django.utils.translation import get_language

from strategia.permissions import audits

from ..models import Raporttiversio
from ..muodot.pdf_sivut import count_pages
from ..tallenne.nakyma import show_publicly
from ..tallenne.tallenteet import TallennePuuttuu, public_bytes, public_digest
from .kokonaiskuva import build_kokonaiskuva, find_newest

_piirretyt = LocMemCache("etusivujen kuvat", {"TIMEOUT": 3600, "OPTIONS": {"MAX_ENTRIES": 100}})  # seconds


def draw_kokonaiskuva(versiot: list[Raporttiversio], user, toimielimet=()) -> dict[str, str] | None:
    """{"kuva", "korjaukset"} as HTML; None where there is nothing to show. toimielimet: see build_kokonaiskuva."""
    newest = find_newest(versiot)
    if newest is None:
        return None
    julkinen = show_publicly(newest)
    nakyma, pdf = "" if audits(user) else julkinen.avain, public_digest(julkinen, "pdf")
    seen = (newest.pk, newest.sha256, newest.tila, newest.korvaava, nakyma, pdf, sorted(toimielimet), get_language())
    key = hashlib.sha256(repr(seen).encode()).hexdigest()
    return _piirretyt.get_or_set(key, lambda: _draw([newest], user, toimielimet, _count_pages(julkinen, pdf)))


def _count_pages(nakyma, pdf):
    """Of the file that the page's PDF link gives; 0 where it is not made yet, or is lost."""
    try:
        return count_pages(public_bytes(nakyma, "pdf")) if pdf else 0
    except TallennePuuttuu:
        return 0


def _draw(versiot, user, toimielimet, sivuja):
    kuva = build_kokonaiskuva(versiot, user, toimielimet)
    context = {"kuva": kuva, "raportti": kuva.raportti, "versio": kuva.versio, "sivuja": sivuja}
    return {
        "kuva": render_to_string("raportit/etusivu/_kuva.html", context),
        "korjaukset": render_to_string("raportit/etusivu/_korjaukset.html", context),
    }
