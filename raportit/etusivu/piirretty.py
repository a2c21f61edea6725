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
from ..tallenne.nakyma import show_publicly
from .kokonaiskuva import build_kokonaiskuva, find_newest

_piirretyt = LocMemCache("etusivujen kuvat", {"TIMEOUT": 3600, "OPTIONS": {"MAX_ENTRIES": 100}})  # seconds


def draw_kokonaiskuva(versiot: list[Raporttiversio], user, toimielimet=()) -> dict[str, str] | None:
    """{"kuva", "korjaukset"} as HTML; None where there is nothing to show. toimielimet: see build_kokonaiskuva."""
    newest = find_newest(versiot)
    if newest is None:
        return None
    nakyma = "" if audits(user) else show_publicly(newest).avain
    seen = (newest.pk, newest.sha256, newest.tila, newest.korvaava, nakyma, sorted(toimielimet), get_language())
    key = hashlib.sha256(repr(seen).encode()).hexdigest()
    return _piirretyt.get_or_set(key, lambda: _draw([newest], user, toimielimet))


def _draw(versiot, user, toimielimet):
    kuva = build_kokonaiskuva(versiot, user, toimielimet)
    context = {"kuva": kuva, "raportti": kuva.raportti, "versio": kuva.versio}
    return {
        "kuva": render_to_string("raportit/etusivu/_kuva.html", context),
        "korjaukset": render_to_string("raportit/etusivu/_korjaukset.html", context),
    }
