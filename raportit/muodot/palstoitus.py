"""Osavuosikatsaus + roles -> the columns of a toimenpide table: how wide each is, and how the page stands.

What a column needs is measured from the words that it holds, for a broken word is what a reader trips over first.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from math import ceil

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..osavuosikatsaus import Osavuosikatsaus
from ..osavuosikatsaus.model import is_own
from ..osavuosikatsaus.yhteenveto import aste_name

EDELLISKAUDELLA = gettext_lazy("Edellisellä kaudella")  # the heading of a score of another scale

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
SMALL = 0.9  # the letters of a heading and of a mark's label, beside those of the text: smaller but bolder
# How wide a letter is beside the average one; the rest, capitals too, are CAPITAL.
LETTERS = {
    letter: width
    for letters, width in (("ijl.,:;'!", 0.54), ("f-()", 0.65), ("rt/", 0.74), ("szcvxy", 0.96), ("mwMW", 1.76))
    for letter in letters
}
CAPITAL, MEASURED = 1.15, 200  # the second: words of a column, the longest of them
EVENNESS = 0.5  # 1: a column gets room as its texts are long; 0: all the same


@dataclass(frozen=True)
class Palsta:
    rooli: str
    otsikko: str
    leveys: int  # per cent


@dataclass(frozen=True)
class Palstoitus:
    """The columns of a table, and how they stand: measured once, before anything is drawn.

    otsikot: {role: heading}, of other roles too. sivu: millimetres between the margins. kirjain: those of a letter.
    palkin_leveys: CSS pixels of a bar from margin to margin.
    """

    roolit: tuple[str, ...]
    palstat: list[Palsta]
    otsikot: dict[str, str]
    on_vaaka: bool  # too many columns for an upright page
    on_tiivis: bool  # its letters are smaller
    sivu: int
    kirjain: float
    palkin_leveys: int


def fit_columns(raportti: Osavuosikatsaus, roolit, *, on_pysty=False) -> Palstoitus:
    """The columns of one report's table, in the order of its roles, and the words of its extra columns (muutos, syy).

    on_pysty: its part of the report stands upright, so it must fit there.
    """
    roolit = tuple(roolit)
    mitat = _Mitat(raportti, roolit, on_pysty)
    widths = _share_widths(mitat.needed_widths(), {rooli: mitat.weight_of(rooli) for rooli in roolit})
    return Palstoitus(
        roolit,
        palstat=[Palsta(rooli, mitat.otsikot[rooli], widths[rooli]) for rooli in roolit],
        otsikot=mitat.otsikot,
        on_vaaka=mitat.on_vaaka,
        on_tiivis=mitat.on_tiivis,
        sivu=mitat.sivu,
        kirjain=mitat.kirjain,
        palkin_leveys=round(mitat.sivu / 25.4 * 96),
    )


@dataclass(frozen=True)
class _Mitat:
    """What the words of the report ask of its columns."""

    raportti: Osavuosikatsaus
    roolit: tuple[str, ...]
    on_pysty: bool

    @cached_property
    def otsikot(self):
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
    def sivu(self):
        return LANDSCAPE if self.on_vaaka else PORTRAIT

    @property
    def kirjain(self):
        return LETTER * SMALLER if self.on_tiivis else LETTER

    def needed_widths(self):
        """{role: per cents that keep its words whole}; if they are over 100, the longest words break first."""
        for longest in range(LONGEST_WORD, 1, -1):
            needed = {r: ceil(100 * self._needed(r, longest, self.kirjain) / self.sivu) for r in self.roolit}
            if sum(needed.values()) <= 100:
                break
        return needed

    def _needed(self, rooli, longest, letter):
        """Millimetres that keep whole the words of its texts, its heading and the labels of its marks."""
        is_score = rooli in ("toteutumisaste", "edellinen")
        small = _word_lengths(self.otsikot[rooli]) | (self._label_lengths if is_score else set())
        words = [n * SMALL * LETTER for n in small if n <= LONGEST_WORD]
        if rooli not in (*FIXED, "syy"):
            words += [n * letter for n in self._lengths_of(rooli) if n <= longest]
        least = ASKED[rooli] if rooli in (*FIXED, "syy") else 0
        return max(least, PADDING + max(words, default=0))

    @property
    def _label_lengths(self):
        """Those of the words of the scores in use, measured once for every table of the report."""
        measured, raportti = self.raportti.mitat, self.raportti
        if "asteet" not in measured:
            used = {aste for rivi in raportti.rivit for aste in (rivi.toteutumisaste, rivi.edellinen) if aste}
            measured["asteet"] = _word_lengths(" ".join(aste_name(raportti.strategia, aste) for aste in used))
        return measured["asteet"]

    def weight_of(self, rooli):
        """How much room its texts ask for beside the others: the long ones count for more, empty cells not at all."""
        measured, key = self.raportti.mitat, f"{rooli}: paino"
        if key not in measured:
            rows = self.raportti.rivit if rooli in TEKSTIT or is_own(rooli) else ()
            squares = [len(text) ** 2 for rivi in rows if (text := getattr(rivi, rooli))]
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
