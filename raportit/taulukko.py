"""Osavuosikatsaus + rows -> the columns and cells of a toimenpide table, ready for the template.

One row costs one template variable: a report of thousands of rows repeats a few dozen different marks and
changes, so each of them is rendered once and remembered.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from seuranta.models import Kirjaus

from . import charts
from .osavuosikatsaus import Osavuosikatsaus
from .yhteenveto import aste_name, muutos_name

# Millimetres on a page of 178: what a column asks for, and whether it gives way when room is short.
ASKED = {
    "toimenpide": 54,
    "toimielin": 26,
    "toimiala": 26,
    "vastuu": 30,
    "riski": 34,
    "mittari": 36,
    "sdg": 24,
    "toteutumisaste": 25,
    "muutos": 17,
    "syy": 30,
    "kommentti": 52,
}
FIXED = ("toteutumisaste", "muutos")
PAGE = 178
LETTER, PADDING, LONGEST_WORD = 1.75, 3.2, 32  # millimetres a letter, a cell's padding, letters kept whole
_BREAKS = re.compile(r"[\s/-]+")  # where a line may break
LINE_LIMIT = 24  # lines; a taller row may break across pages


@dataclass(frozen=True)
class Sarake:
    rooli: str
    otsikko: str
    leveys: int  # per cent


@dataclass(frozen=True)
class Taulukko:
    """The table of one report: the roles in order, and the words of its extra columns (muutos, syy)."""

    raportti: Osavuosikatsaus
    roolit: tuple[str, ...]

    @cached_property
    def sarakkeet(self):
        headings = {sarake.rooli: sarake.otsikko for sarake in self.raportti.sarakkeet}
        headings |= {"muutos": _("Muutos"), "syy": _("Syy")}
        widths = _share_widths({rooli: self._asked(rooli) for rooli in self.roolit})
        return [Sarake(rooli, headings[rooli], widths[rooli]) for rooli in self.roolit]

    def _asked(self, rooli):
        if rooli in (*FIXED, "syy"):
            return ASKED[rooli]
        texts = (rivi.sdg if rooli == "sdg" else (getattr(rivi, rooli),) for rivi in self.raportti.rivit)
        lengths = (len(part) for parts in texts for text in parts for part in _BREAKS.split(text))
        return max(ASKED[rooli], PADDING + LETTER * max((n for n in lengths if n <= LONGEST_WORD), default=0))

    def rivit(self, rivit):
        """[(is it a tall row, its cells as HTML)]"""
        return [(self._is_tall(rivi), self._cells(rivi)) for rivi in rivit]

    def _cells(self, rivi):
        return format_html_join("", "{}", ((self._cell(rivi, rooli),) for rooli in self.roolit))

    def _is_tall(self, rivi):
        return any(
            self._lines(getattr(rivi, sarake.rooli), sarake.leveys) > LINE_LIMIT
            for sarake in self.sarakkeet
            if sarake.rooli not in (*FIXED, "syy", "sdg")
        )

    def _lines(self, text, width):
        per_line = max((width * PAGE / 100 - PADDING) / LETTER, 1)
        return len(text) / per_line + text.count("\n")

    def _cell(self, rivi, rooli):
        if rooli == "toimenpide":
            koodi = format_html('<span class="koodi">{}</span> ', rivi.koodi) if rivi.koodi else ""
            return format_html('<th scope="row">{}{}</th>', koodi, rivi.toimenpide)
        if rooli == "toteutumisaste":
            return self._remember("aste", rivi.toteutumisaste, rivi.syy)
        if rooli == "muutos":
            return self._remember("muutos", rivi.muutos, rivi.edellinen, rivi.toteutumisaste)
        if rooli == "syy":
            return format_html("<td>{}</td>", Kirjaus.Syy(rivi.syy).label)
        if rooli == "sdg":
            return format_html("<td>{}</td>", "\n".join(rivi.sdg))
        return format_html("<td>{}</td>", getattr(rivi, rooli))

    @cached_property
    def _remembered(self):
        return {}

    def _remember(self, kind, *key):
        if (kind, key) not in self._remembered:
            self._remembered[kind, key] = getattr(self, f"_render_{kind}")(*key)
        return self._remembered[kind, key]

    def _render_aste(self, aste, syy):
        strategia = self.raportti.strategia
        context = {"aste": aste, "nimi": aste_name(strategia, aste) if aste else Kirjaus.Syy(syy).label}
        if aste:
            context |= {
                "esitys": strategia.esitys,
                "ruudut": charts.mark(aste),
                "vari": charts.accent(self.raportti.kunta.korostusvari),
                "valo": charts.VALOT[aste],
                # Two scores share a light: without words of its own the score is told in number too.
                "valo_on_likiarvo": aste in (2, 4) and not strategia.asteen_nimi(aste),
            }
        return render_to_string("raportit/osavuosikatsaus/aste.html", context)

    def _render_muutos(self, muutos, edellinen, aste):
        context = {"muutos": muutos, "nimi": muutos_name(muutos), "edellinen": edellinen, "aste": aste}
        return render_to_string("raportit/osavuosikatsaus/muutos.html", context)


def _share_widths(asked):
    """{role: millimetres asked} -> {role: per cent}, 100 in all; the fixed columns get what they ask."""
    fixed = {rooli: round(100 * mm / PAGE) for rooli, mm in asked.items() if rooli in FIXED}
    free = {rooli: mm for rooli, mm in asked.items() if rooli not in FIXED}
    room, total = 100 - sum(fixed.values()), sum(free.values())
    widths = fixed | {rooli: int(room * mm / total) for rooli, mm in free.items()}
    widest = max(free, key=free.get)
    widths[widest] += 100 - sum(widths.values())
    return widths
