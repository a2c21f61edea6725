"""Osavuosikatsaus + rows -> the columns and cells of a toimenpide table, ready for the template.

One row costs one template variable: a report of thousands of rows repeats a few dozen different marks and
changes, so each of them is rendered once and remembered.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext as _

from seuranta.models import Kirjaus

from . import charts
from .osavuosikatsaus import Osavuosikatsaus
from .yhteenveto import aste_name, muutos_name

# Millimetres that a column asks for; the fixed ones do not give way when room is short.
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
PORTRAIT, LANDSCAPE = 178, 265  # millimetres between the margins
SMALLER = 0.9  # the letters of a turned page
TIGHT = 1.15  # how much more than the page the columns may ask before the page is turned
LETTER, PADDING, LONGEST_WORD = 1.66, 3.2, 32  # millimetres a letter, a cell's padding, letters kept whole
LONGEST_IN_COMMENT = 24  # one odd word of a comment does not make its column wide
_BREAKS = re.compile(r"[\s/-]+")  # where a line may break
LINE_LIMIT = 24  # lines; a taller row may break across pages


@dataclass(frozen=True)
class Sarake:
    rooli: str
    otsikko: str
    leveys: int  # per cent


@dataclass(frozen=True)
class Taulukko:
    """The table of one report: the roles in order, and the words of its extra columns (muutos, syy).

    osoite: the address of a toimenpide's page with 0 for its id, on a page that leads there; a file has no links.
    """

    raportti: Osavuosikatsaus
    roolit: tuple[str, ...]
    osoite: str = ""

    @cached_property
    def sarakkeet(self):
        widths = _share_widths(self._needed_widths, self._page)
        return [Sarake(rooli, self._headings[rooli], widths[rooli]) for rooli in self.roolit]

    @cached_property
    def _headings(self):
        own = {sarake.rooli: sarake.otsikko for sarake in self.raportti.sarakkeet}
        return own | {"muutos": _("Muutos"), "syy": _("Syy")}

    @cached_property
    def on_vaaka(self):
        """Are there too many columns for an upright page?"""
        asked = sum(max(ASKED[rooli], self._needed(rooli, LONGEST_WORD, LETTER)) for rooli in self.roolit)
        return asked > PORTRAIT * TIGHT

    @property
    def palkin_leveys(self):
        """CSS pixels of a bar from margin to margin."""
        return round(self._page / 25.4 * 96)

    @property
    def _page(self):
        return LANDSCAPE if self.on_vaaka else PORTRAIT

    @property
    def _letter(self):
        return LETTER * SMALLER if self.on_vaaka else LETTER

    @property
    def _needed_widths(self):
        """{role: millimetres that keep its words whole}; if they do not fit the page, the longest words break first."""
        for longest in range(LONGEST_WORD, 1, -1):
            needed = {rooli: self._needed(rooli, longest, self._letter) for rooli in self.roolit}
            if sum(needed.values()) <= self._page:
                break
        return needed

    def _needed(self, rooli, longest, letter):
        if rooli in (*FIXED, "syy"):
            return ASKED[rooli]
        return PADDING + letter * max((n for n in self._word_lengths[rooli] if n <= longest), default=0)

    @cached_property
    def _word_lengths(self):
        return {rooli: self._lengths_of(rooli) for rooli in self.roolit if rooli not in (*FIXED, "syy")}

    def _lengths_of(self, rooli):
        texts = (rivi.sdg if rooli == "sdg" else (getattr(rivi, rooli),) for rivi in self.raportti.rivit)
        lengths = {len(word) for parts in texts for text in parts for word in _BREAKS.split(text)}
        return {n for n in lengths if rooli != "kommentti" or n <= LONGEST_IN_COMMENT}

    def rivit(self, rivit):
        """[(is it a tall row, its cells as HTML)]"""
        return [(self._is_tall(rivi), self._cells(rivi)) for rivi in rivit]

    def _cells(self, rivi):
        return format_html("{}" * len(self.roolit), *(self._cell(rivi, rooli) for rooli in self.roolit))

    def _is_tall(self, rivi):
        return any(
            self._lines(getattr(rivi, sarake.rooli), sarake.leveys) > LINE_LIMIT
            for sarake in self.sarakkeet
            if sarake.rooli not in (*FIXED, "syy", "sdg")
        )

    def _lines(self, text, width):
        per_line = max((width * self._page / 100 - PADDING) / self._letter, 1)
        return len(text) / per_line + text.count("\n")

    def _cell(self, rivi, rooli):
        if rooli == "toimenpide":
            koodi = format_html('<span class="koodi">{}</span> ', rivi.koodi) if rivi.koodi else ""
            if self.osoite:
                osoite = self.osoite.replace("/0/", f"/{rivi.id}/")
                return format_html('<th scope="row"><a href="{}">{}{}</a></th>', osoite, koodi, rivi.toimenpide)
            return format_html('<th scope="row">{}{}</th>', koodi, rivi.toimenpide)
        if rooli == "toteutumisaste":
            return self._remember("aste", rivi.toteutumisaste, rivi.syy)
        if rooli == "muutos":
            return self._remember("muutos", rivi.muutos, rivi.edellinen, rivi.toteutumisaste)
        text = getattr(rivi, rooli)
        if rooli == "syy":
            text = Kirjaus.Syy(text).label
        elif rooli == "sdg":
            text = "\n".join(text)
        # On a narrow screen, where a row becomes a card, the heading stands before each text.
        return format_html('<td data-label="{}">{}</td>', self._headings[rooli], text)

    @cached_property
    def _remembered(self):
        return {}

    def _remember(self, kind, *key):
        if (kind, key) not in self._remembered:
            self._remembered[kind, key] = getattr(self, f"_render_{kind}")(*key)
        return self._remembered[kind, key]

    def _render_aste(self, aste, syy):
        strategia = self.raportti.strategia
        nimi = aste_name(strategia, aste) if aste else Kirjaus.Syy(syy).label
        context = {"aste": aste, "nimi": nimi, "otsikko": self._headings["toteutumisaste"]}
        if aste:
            context |= {
                "esitys": strategia.esitys,
                "ruudut": charts.mark(aste),
                "vari": charts.accent(self.raportti.kunta.korostusvari),
                "valo": charts.VALOT[aste],
            }
        return render_to_string("raportit/osavuosikatsaus/aste.html", context)

    def _render_muutos(self, muutos, edellinen, aste):
        context = {"muutos": muutos, "nimi": muutos_name(muutos), "edellinen": edellinen, "aste": aste}
        context["otsikko"] = self._headings["muutos"]
        return render_to_string("raportit/osavuosikatsaus/muutos.html", context)


def _share_widths(needed, page):
    """{role: millimetres needed} -> {role: per cent}, 100 in all: what is left over is shared by what they ask."""
    free = [rooli for rooli in needed if rooli not in FIXED]
    rest, asked = page - sum(needed.values()), sum(ASKED[rooli] for rooli in free)
    wide = {rooli: mm + (rest * ASKED[rooli] / asked if rooli in free else 0) for rooli, mm in needed.items()}
    widths = {rooli: int(100 * mm / page) for rooli, mm in wide.items()}
    widths[max(free, key=wide.get)] += 100 - sum(widths.values())
    return widths
