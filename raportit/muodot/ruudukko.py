"""Osavuosikatsaus + rows -> the columns and cells of a toimenpide table, ready for the template.

Rows are written by hand, for a template would take ten times as long; a report of thousands of rows repeats a few
dozen different marks and changes, so each of them is rendered once by its template and remembered.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from operator import attrgetter

from django.template.loader import render_to_string
from django.utils.html import escape, format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from strategia import varit
from strategia.linkit import linkify
from strategia.models import RAPORTIN_OSAT
from strategia.valot import VALOT

from ..osavuosikatsaus import Osavuosikatsaus, syy_name
from ..osavuosikatsaus.model import is_own, sitovuus_name
from ..osavuosikatsaus.yhteenveto import aste_name, aste_title, muutos_name
from . import palkki

# Millimetres that a column asks for; the fixed ones do not give way when room is short.
ASKED = {
    "toimenpide": 54,
    "toimielin": 26,
    "toimiala": 26,
    "vastuu": 30,
    "riski": 34,
    "mittari": 36,
    "sdg": 24,
    "toteutumisaste": 24.9,
    "muutos": 17,
    "edellinen": 26,
    "edelliskaudella": 26,
    "samana": 17,
    "syy": 30,
    "kommentti": 52,
    "ennuste": 34,
    "poikkeaman_syy": 38,
    "korjaavat_toimet": 38,
}
OWN_ASKED = 34  # a column of the kunta's own
PITKAT = ("kommentti", "ennuste", "poikkeaman_syy", "korjaavat_toimet")
TEKSTIT = ("toimenpide", "toimielin", "toimiala", "vastuu", "riski", "mittari", *PITKAT)
FIXED = ("toteutumisaste", "muutos", "edellinen", "samana")
PORTRAIT, LANDSCAPE = 178, 265  # millimetres between the margins
SMALLER = 0.9  # the letters of a dense table, beside those of the text
FILLED = 0.97  # the part of the page that words may take before the letters are smaller
TIGHT = 1.15  # how much more than the page the columns may ask before the page is turned
LETTER, PADDING, LONGEST_WORD = 1.66, 3.2, 32  # millimetres a letter, a cell's padding, letters kept whole
LONGEST_IN_COMMENT = 28  # one odd word of a long text does not make its column wide
_BREAKS = re.compile(r"[\s/-]+")  # where a line may break
LINE_LIMIT = 24  # lines; a taller row may break across pages
SMALL = 0.9  # the letters of a heading and of a mark's label, beside those of the text: smaller but bolder
# How wide a letter is beside the average one; the rest, capitals too, are CAPITAL.
LETTERS = {
    letter: width
    for letters, width in (("ijl.,:;'!", 0.54), ("f-()", 0.65), ("rt/", 0.74), ("szcvxy", 0.96), ("mwMW", 1.76))
    for letter in letters
}
CAPITAL, MEASURED = 1.15, 200  # the second: words of a column, the longest of them
EVENNESS = 0.5  # 1: a column gets room as its texts are long; 0: all the same

EDELLISKAUDELLA = gettext_lazy("Edellisellä kaudella")  # the heading of a score of another scale
MERKIT = ("toteutumisaste", "muutos", "edellinen")  # drawn, each by its own template
_TABLE_ENDS = format_html("</{}></{}></{}>", "tbody", "table", "div")


@dataclass(frozen=True)
class Palsta:
    rooli: str
    otsikko: str
    leveys: int  # per cent


@dataclass(frozen=True)
class Ruudukko:
    """The table of one report: the roles in order, and the words of its extra columns (muutos, syy).

    osoite: the address of a toimenpide's page with 0 for its id, on a page that leads there; a file has no links.
    on_pysty: its part of the report stands upright, so it must fit there. merkit_tekstina: its marks are letters.
    """

    raportti: Osavuosikatsaus
    roolit: tuple[str, ...]
    osoite: str = ""
    on_pysty: bool = False
    merkit_tekstina: bool = False

    @cached_property
    def sarakkeet(self):
        weights = {rooli: self._weight_of(rooli) for rooli in self.roolit}
        widths = _share_widths(self._needed_widths, weights)
        return [Palsta(rooli, self._headings[rooli], widths[rooli]) for rooli in self.roolit]

    @cached_property
    def _headings(self):
        own = {sarake.rooli: sarake.otsikko for sarake in self.raportti.sarakkeet}
        extra = {"muutos": _("Muutos"), "syy": _("Syy"), "edellinen": _("Edellisellä jaksolla"), "samana": _("Jaksoja")}
        extra["edelliskaudella"] = str(EDELLISKAUDELLA)
        return self.raportti.strategia.sanasto | own | extra

    @cached_property
    def on_vaaka(self):
        """Are there too many columns for an upright page?"""
        asked = sum(
            max(ASKED.get(rooli, OWN_ASKED), self._needed(rooli, LONGEST_WORD, LETTER)) for rooli in self.roolit
        )
        return not self.on_pysty and asked > PORTRAIT * TIGHT

    @cached_property
    def on_tiivis(self):
        """Do its longest words take the whole page, so that only smaller letters leave them and long texts room?"""
        needed = sum(self._needed(rooli, LONGEST_WORD, LETTER) for rooli in self.roolit)
        return self.on_vaaka or needed > PORTRAIT * FILLED

    @property
    def palkin_leveys(self):
        """CSS pixels of a bar from margin to margin."""
        return round(self._page / 25.4 * 96)

    @property
    def _page(self):
        return LANDSCAPE if self.on_vaaka else PORTRAIT

    @property
    def _letter(self):
        return LETTER * SMALLER if self.on_tiivis else LETTER

    @property
    def _needed_widths(self):
        """{role: per cents that keep its words whole}; if they are over 100, the longest words break first."""
        for longest in range(LONGEST_WORD, 1, -1):
            needed = {r: ceil(100 * self._needed(r, longest, self._letter) / self._page) for r in self.roolit}
            if sum(needed.values()) <= 100:
                break
        return needed

    def _needed(self, rooli, longest, letter):
        """Millimetres that keep whole the words of its texts, its heading and the labels of its marks."""
        is_score = rooli in ("toteutumisaste", "edellinen")
        small = _word_lengths(self._headings[rooli]) | (self._label_lengths if is_score else set())
        words = [n * SMALL * LETTER for n in small if n <= LONGEST_WORD]
        if rooli not in (*FIXED, "syy"):
            words += [n * letter for n in self._lengths_of(rooli) if n <= longest]
        least = ASKED[rooli] if rooli in (*FIXED, "syy") else 0
        return max(least, PADDING + max(words, default=0))

    @cached_property
    def _label_lengths(self):
        strategia = self.raportti.strategia
        used = {rivi.toteutumisaste for rivi in self.raportti.rivit} | {rivi.edellinen for rivi in self.raportti.rivit}
        return _word_lengths(" ".join(aste_name(strategia, aste) for aste in used if aste))

    def _weight_of(self, rooli):
        """How much room its texts ask for beside the others: the long ones count for more, empty cells not at all."""
        if rooli not in TEKSTIT and not is_own(rooli):
            return 0
        measured, key = self.raportti.mitat, f"{rooli}: paino"
        if key not in measured:
            squares = [len(text) ** 2 for rivi in self.raportti.rivit if (text := getattr(rivi, rooli))]
            measured[key] = (sum(squares) / max(len(squares), 1)) ** (EVENNESS / 2)
        return measured[key]

    def _lengths_of(self, rooli):
        """The lengths of the words in this column, measured once for every table of the report."""
        measured = self.raportti.mitat
        if rooli not in measured:
            texts = (" ".join(rivi.sdg) if rooli == "sdg" else getattr(rivi, rooli) for rivi in self.raportti.rivit)
            lengths = _word_lengths("\n".join(texts))  # one split: the texts may be a megabyte
            measured[rooli] = {n for n in lengths if rooli not in PITKAT or n <= LONGEST_IN_COMMENT}
        return measured[rooli]

    def html(self, rivit):
        """The whole table of these rows, filled in at one go: a format_html for each row takes nearly twice as long."""
        frame = "".join(self._tall_frame if self._is_tall(rivi) else self._frame for rivi in rivit)
        rows = format_html(frame, *[read(rivi) for rivi in rivit for read in self._values])
        return self._head + rows + _TABLE_ENDS

    @cached_property
    def _head(self):
        return render_to_string("raportit/osavuosikatsaus/taulukko.html", {"taulukko": self})

    @cached_property
    def _frame(self):
        """The markup of a row with {} for the value of each column; a mark brings its own cell."""
        return f"<tr>{''.join(map(self._cell_frame, self.roolit))}</tr>\n"

    @cached_property
    def _tall_frame(self):
        return self._frame.replace("<tr>", '<tr class="korkea">', 1)

    def _cell_frame(self, rooli):
        if rooli == "toimenpide":
            return '<th scope="row">{}</th>'
        if rooli in MERKIT:
            return "{}"
        # On a narrow screen, where a row becomes a card, the heading stands before each text.
        heading = escape(self._headings[rooli]).replace("{", "{{").replace("}", "}}")
        return f'<td data-label="{heading}">{{}}</td>'

    def _is_tall(self, rivi):
        for read, per_line in self._measured:
            text = read(rivi)
            if len(text) > LINE_LIMIT and len(text) / per_line + text.count("\n") > LINE_LIMIT:
                return True
        return False

    @cached_property
    def _measured(self):
        """[(row -> its text in a column, how many letters go on a line there)]"""
        return [
            (
                self._readers.get(sarake.rooli) or attrgetter(sarake.rooli),
                max((sarake.leveys * self._page / 100 - PADDING) / self._letter, 1),
            )
            for sarake in self.sarakkeet
            if sarake.rooli not in (*FIXED, "syy", "sdg")
        ]

    @property
    def _readers(self):
        """What makes a row tall beside its own texts."""
        return {"kommentti": lambda rivi: "\n".join((rivi.kommentti, *(osa.kommentti for osa in rivi.osavastaukset)))}

    @cached_property
    def _values(self):
        """[row -> what stands in its cell], one for each column."""
        return [getattr(self, f"_value_of_{rooli}", None) or _reader_of(rooli) for rooli in self.roolit]

    def _value_of_toimenpide(self, rivi):
        text = rivi.toimenpide
        if rivi.koodi:
            text = format_html('<span class="koodi">{}</span> {}', rivi.koodi, text)
        if self.osoite:
            text = format_html('<a href="{}">{}</a>', self.osoite.replace("/0/", f"/{rivi.id}/"), text)
        told = (("sitovuus", rivi.sitovuus and sitovuus_name(rivi.sitovuus)), ("toimenpide.voimassa", rivi.voimassa))
        for osa, sana in told:
            if sana:
                text = format_html("{}\n{}: {}", text, RAPORTIN_OSAT[osa], sana)
        return text if "kommentti" in self.roolit else self._with_osat(text, rivi)

    def _value_of_kommentti(self, rivi):
        return self._with_osat(_linked(rivi.kommentti), rivi)

    def _with_osat(self, text, rivi):
        """The text, and under it what each unit answered: its name, its score and its comment."""
        if not rivi.osavastaukset:
            return text
        lines = [format_html("<b>{}</b>{}{}", osa.nimi, *self._osan_teksti(osa)) for osa in rivi.osavastaukset]
        return format_html("{}\n" * len(lines) + "{}", *([text] if text else []), *lines, *([] if text else [""]))

    def _osan_teksti(self, osa):
        score = aste_title(self.raportti.strategia, osa.toteutumisaste) if osa.toteutumisaste else ""
        return f"{' ' if score else ''}{score}{': ' if osa.kommentti else ''}", _linked(osa.kommentti)

    def _value_of_toimiala(self, rivi):
        """Who leads, and under it who else takes part."""
        if not rivi.muut_toimialat or "muut_toimialat" in self.raportti.piilotetut:
            return rivi.toimiala
        return _("%(toimiala)s\nmyös %(muut)s") % {"toimiala": rivi.toimiala, "muut": ", ".join(rivi.muut_toimialat)}

    def _value_of_toteutumisaste(self, rivi):
        return self._remember("aste", rivi.toteutumisaste, rivi.syy)

    def _value_of_muutos(self, rivi):
        return self._remember("muutos", rivi.muutos, rivi.edellinen, rivi.toteutumisaste)

    def _value_of_edellinen(self, rivi):
        return self._remember("edellinen", rivi.edellinen)

    def _value_of_syy(self, rivi):
        return syy_name(rivi.syy)

    def _value_of_sdg(self, rivi):
        return "\n".join(rivi.sdg)

    @cached_property
    def _remembered(self):
        return {}

    def _remember(self, kind, *key):
        if (kind, key) not in self._remembered:
            self._remembered[kind, key] = getattr(self, f"_render_{kind}")(*key)
        return self._remembered[kind, key]

    def _render_edellinen(self, aste):
        return self._render_score(aste, _("Ei arviota"), self._headings["edellinen"])

    def _render_aste(self, aste, syy):
        return self._render_score(aste, syy_name(syy), self._headings["toteutumisaste"])

    def _render_score(self, aste, missing, otsikko):
        strategia = self.raportti.strategia
        context = {"aste": aste, "nimi": aste_name(strategia, aste) if aste else missing, "otsikko": otsikko}
        if aste:
            context |= {
                "esitys": strategia.esitys,
                "ruudut": palkki.mark(aste),
                "ruudut_tekstina": self.merkit_tekstina and palkki.mark_as_text(aste),
                "vari": varit.accent(self.raportti.kunta.korostusvari),
                "valo": VALOT[aste],
            }
        return render_to_string("raportit/osavuosikatsaus/aste.html", context)

    def _render_muutos(self, muutos, edellinen, aste):
        context = {"muutos": muutos, "nimi": muutos_name(muutos), "edellinen": edellinen, "aste": aste}
        context["otsikko"] = self._headings["muutos"]
        return render_to_string("raportit/osavuosikatsaus/muutos.html", context)


def _reader_of(rooli):
    """row -> its text in a column without a reader of its own; addresses in what a person wrote of it are links."""
    read = attrgetter(rooli)
    return (lambda rivi: _linked(read(rivi))) if rooli in PITKAT else read


def _linked(text):
    """Looked at here first: of a report's thousands of texts nearly none has an address."""
    return linkify(text) if text and "://" in text else text


def _word_lengths(text):
    """How long its words are in average letters, as they are drawn: "ll" is not as wide as "mm"."""
    words = sorted(set(_BREAKS.split(text)), key=len)
    short = {len(word) for word in words[:-MEASURED]}  # they decide nothing, and a long report has thousands of them
    return short | {sum(LETTERS.get(letter, CAPITAL) for letter in word) for word in words[-MEASURED:]}


def _share_widths(needed, weights):
    """{role: per cents needed}, {role: its weight} -> {role: per cents}, 100 in all.

    What is left over goes to those that have less than their weight's share of it.
    """
    wide, free = dict(needed), {rooli for rooli in needed if weights[rooli]}
    while free:
        room = 100 - sum(width for rooli, width in wide.items() if rooli not in free)
        share = room / sum(weights[rooli] for rooli in free)
        enough = {rooli for rooli in free if needed[rooli] > weights[rooli] * share}
        if not enough:
            wide |= {rooli: weights[rooli] * share for rooli in free}
            break
        free -= enough
    widths = {rooli: int(width) for rooli, width in wide.items()}
    widest = max((rooli for rooli in needed if rooli not in FIXED), key=wide.get)
    widths[widest] += 100 - sum(widths.values())
    return widths
