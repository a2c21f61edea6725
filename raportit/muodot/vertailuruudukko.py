"""Vertailu -> the columns of its table on paper: how wide a jakso is, and whether the page is turned."""

from dataclasses import dataclass
from functools import cached_property

from ..osavuosikatsaus.rinnakkain import Vertailu
from .palstoitus import LANDSCAPE, LETTER, PADDING, PORTRAIT
from .ruudukko import LINE_LIMIT

# Per cents of the width that a jakso gets, by how many they are; the toimenpide has the rest.
LEVEYDET = {2: 22, 3: 18, 4: 15, 5: 13, 6: 11}
LEVEYDET_KOMMENTEIN = {2: 36, 3: 25, 4: 20, 5: 16, 6: 14}
PYSTYSSA, PYSTYSSA_KOMMENTEIN = 4, 2  # columns of jaksot that an upright page has room for


@dataclass(frozen=True)
class Vertailuruudukko:
    """The table of one comparison."""

    vertailu: Vertailu

    @cached_property
    def leveys(self):
        """Per cents of the table's width that a jakso has."""
        widths = LEVEYDET_KOMMENTEIN if self.vertailu.nayttaa_kommentit else LEVEYDET
        return widths[len(self.vertailu.raportit)]

    @cached_property
    def on_vaaka(self):
        """Are there too many columns for an upright page?"""
        room = PYSTYSSA_KOMMENTEIN if self.vertailu.nayttaa_kommentit else PYSTYSSA
        return len(self.vertailu.raportit) > room

    def is_tall(self, rivi):
        """May the row break across pages?"""
        return self.vertailu.nayttaa_kommentit and any(self._lines(s.kommentti) > LINE_LIMIT for s in rivi.solut)

    def _lines(self, text):
        """How many lines of a cell the text takes."""
        page = LANDSCAPE if self.on_vaaka else PORTRAIT
        return len(text) / ((self.leveys * page / 100 - PADDING) / LETTER) + text.count("\n")
