"""Osavuosikatsaus -> the picture that a shared link to the kunta's public pages carries: PNG of 1200 x 630 pixels."""

import textwrap

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from lxml import etree

from strategia import varit

from ..osavuosikatsaus import Osavuosikatsaus, readable
from ..osavuosikatsaus.yhteenveto import aste_title
from . import palkki
from .svg import render_png

LEVEYS, KORKEUS, REUNA = 1200, 630, 70  # pixels
KIRJAIMIA, RIVEJA, NIMI = 38, 2, 76  # letters of a line of the heading, its lines, letters of a line below it


def render_share_png(raportti: Osavuosikatsaus) -> bytes:
    """Without a word that the public form does not tell."""
    kunta = raportti.kunta
    otsikko = _("Näin %(kunta)s strategia etenee") % {"kunta": kunta.genetiivi} if kunta.genetiivi else raportti.otsikko
    lines = textwrap.wrap(otsikko, KIRJAIMIA, max_lines=RIVEJA, placeholder=" …")
    kaikki = raportti.jakauma.yhteensa
    kpl = raportti.jakauma.kpl if raportti.nayttaa_asteet else {}
    context = {
        "vari": varit.accent(kunta.korostusvari),
        "kunta": textwrap.shorten(kunta.virallinen_nimi or kunta.nimi, NIMI, placeholder=" …"),
        "otsikko": [(line, 200 + 72 * number) for number, line in enumerate(lines)],
        "jakso": textwrap.shorten(raportti.jakson_otsikko, NIMI, placeholder=" …"),
        "maara": ngettext("%(n)s toimenpide", "%(n)s toimenpidettä", kaikki) % {"n": kaikki},
        "palat": palkki.stack(kpl, LEVEYS - 2 * REUNA),
        "selite": [
            (REUNA + (LEVEYS - 2 * REUNA) // 6 * number, palkki.VARIT[aste], _short(raportti, aste))
            for number, aste in enumerate(kpl)
            if kpl[aste]
        ],
    }
    return render_png(etree.fromstring(readable(render_to_string("raportit/muodot/jakokuva.svg", context)).encode()), 1)


def _short(raportti, aste):
    return textwrap.shorten(aste_title(raportti.strategia, aste), 16, placeholder="…")
