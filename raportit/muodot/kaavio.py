"""Osavuosikatsaus -> a chart on a picture of its own, for slides: SVG, and the same as PNG."""

import textwrap
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from lxml import etree

from strategia import varit

from ..osavuosikatsaus import Jakauma, Osavuosikatsaus, readable
from ..osavuosikatsaus.yhteenveto import aste_title, bar_title, distribution_title
from . import palkki
from .svg import render_png

KAAVIOT = ("painopisteet", "toimialat", "toimielimet")  # their names in addresses
LEVEYS, YLA, RIVI = 1280, 150, 62  # SVG units: width, height above the rows and of a row
NIMI, LUKU, PALKKI = 60, 470, 500  # where a name begins, a count ends and a bar begins
KIRJAIMIA, RIVEJA = 38, 2  # of a name
KIRJAIN, SELITTEEN_RIVI = 9.2, 34  # the width of a letter of the legend at most, and the height of its line


@dataclass(frozen=True)
class Palkki:
    nimi: list[tuple[str, float]]  # (a line, its y)
    kpl: int
    y: float
    palat: list[palkki.Pala]


def list_charts(raportti: Osavuosikatsaus) -> dict[str, tuple[str, list[Jakauma]]]:
    """{chart's name in addresses: (its title, its bars)}; {} when nothing has been scored."""
    if not raportti.nayttaa_asteet:
        return {}
    found = {
        KAAVIOT[0]: (distribution_title(raportti.strategia, "painopiste"), raportti.painopisteittain),
        KAAVIOT[1]: (distribution_title(raportti.strategia, "toimiala"), raportti.toimialoittain),
        KAAVIOT[2]: (distribution_title(raportti.strategia, "toimielin"), raportti.toimielimittain),
    }
    return {name: (otsikko, jakaumat) for name, (otsikko, jakaumat) in found.items() if jakaumat}


def render_svg(raportti: Osavuosikatsaus, nimi: str) -> str:
    """The chart as SVG 1280 wide, as high as its bars need. KeyError for a chart that there is not."""
    otsikko, jakaumat = list_charts(raportti)[nimi]
    selite = _place_legend(raportti, YLA + RIVI * len(jakaumat) + 20)
    context = {
        "otsikko": otsikko,
        "alaotsikko": f"{raportti.kunta.virallinen_nimi or raportti.kunta.nimi} · {raportti.jakson_otsikko}",
        "kuvaus": "; ".join(f"{j.nimi}: {bar_title(raportti.strategia, j)}" for j in jakaumat),
        "leveys": LEVEYS,
        "korkeus": selite[-1][1] + 50,
        "vari": varit.accent(raportti.kunta.korostusvari),
        "palkit": [_place(jakauma, YLA + RIVI * number) for number, jakauma in enumerate(jakaumat)],
        "selite": selite,
        "luonnos": _("Luonnos") if raportti.on_luonnos else "",
    }
    return readable(render_to_string("raportit/muodot/kaavio.svg", context))


def _place(jakauma, y):
    lines = textwrap.wrap(jakauma.nimi or _("Nimetön"), KIRJAIMIA, max_lines=RIVEJA, placeholder=" …")
    first = y + (25 if len(lines) == 1 else 14)
    nimi = [(line, first + 22 * number) for number, line in enumerate(lines)]
    palat = palkki.stack(jakauma.kpl, LEVEYS - NIMI - PALKKI)
    return Palkki(nimi, jakauma.yhteensa, y, palat)


def _place_legend(raportti, y):
    """[(x, y, colour, words)]: as many on a line as fit."""
    placed, x = [], NIMI
    for aste in raportti.asteikon_asteet:
        words = textwrap.shorten(aste_title(raportti.strategia, aste), 60, placeholder=" …")
        width = round(26 + KIRJAIN * len(words) + 24)
        if x + width > LEVEYS - NIMI and x > NIMI:
            x, y = NIMI, y + SELITTEEN_RIVI
        placed.append((x, y, palkki.VARIT[aste], words))
        x += width
    return placed


def render_chart_png(raportti: Osavuosikatsaus, nimi: str) -> bytes:
    """The same picture as PNG, 2560 pixels wide."""
    return render_png(etree.fromstring(render_svg(raportti, nimi).encode()), tarkkuus=2)
