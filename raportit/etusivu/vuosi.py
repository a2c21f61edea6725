"""Jaksot + their days -> one year as a line: bars of jaksot, marks of deadlines and meetings, and today.

Lengths are SVG user units, one of which is a CSS pixel at the size the picture is drawn for. The lists below it tell
the same in words.
"""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from seuranta.kalenteri.tapahtumat import Kalenterimerkinta
from seuranta.models import Seurantajakso

LEVEYS, RIVI, YLA = 1130, 18, 14  # the whole line, a row of labels, and what is left above them
KIRJAIN, VALI, KIRJAIMIA = 7.2, 14, 48  # the width of a letter at most, what keeps two labels apart, letters of one
TULEVIA = 6


@dataclass(frozen=True)
class Jaksopalkki:
    x: float
    leveys: float
    nimi: str
    on_suljettu: bool


@dataclass(frozen=True)
class Merkki:
    """A day above the line. taso: on which row its label stands, the lowest 0; loppuun: does the label end at it?"""

    x: float
    taso: int
    teksti: str
    laji: str
    on_mennyt: bool
    loppuun: bool


@dataclass(frozen=True)
class Tulevapaiva:
    """A day in the lists: how far it is, in words."""

    tapahtuma: Kalenterimerkinta
    paassa: str


@dataclass(frozen=True)
class Vuosi:
    vuosi: int
    palkit: list[Jaksopalkki]
    merkit: list[Merkki]
    tanaan: float
    tulevat: list[Tulevapaiva]
    kaikki: list[Kalenterimerkinta]

    @property
    def leveys(self):
        return LEVEYS

    @property
    def viiva(self):
        """The height of the line itself: under as many rows of labels as there are."""
        return YLA + RIVI * (2 + max((merkki.taso for merkki in self.merkit), default=0))

    @property
    def korkeus(self):
        return self.viiva + 58

    @property
    def kuukaudet(self):
        return [(_place(date(self.vuosi, month, 1)), str(MONTHS[month]).removesuffix("kuu")) for month in range(1, 13)]

    @property
    def nimet(self):
        """[(mark, the height of its label)]"""
        return [(merkki, self.viiva - RIVI * (1 + merkki.taso)) for merkki in self.merkit]

    @property
    def tanaan_viivat(self):
        """[(from what height, to what)]: the line of today, broken where a label stands in its way."""
        crossed = sorted(y for merkki, y in self.nimet if _is_over(merkki, self.tanaan))
        edges = [2, *(edge for y in crossed for edge in (y - RIVI // 2, y + RIVI // 2)), self.viiva]
        return [(above, below) for above, below in zip(edges[::2], edges[1::2], strict=True) if above < below]


def build_year(jaksot: list[Seurantajakso], events: list[Kalenterimerkinta], today: date) -> Vuosi:
    """The year of today; the coming days may be of the next year too."""
    year = today.year
    mine = [each for each in events if each.pvm.year == year]
    coming = [Tulevapaiva(each, _how_far((each.pvm - today).days)) for each in events if each.pvm >= today]
    return Vuosi(year, _bars(jaksot, year), _marks(mine, today), _place(today), coming[:TULEVIA], mine)


def _place(day):
    """Where a day is on the line of its year."""
    first, next_first = date(day.year, 1, 1), date(day.year + 1, 1, 1)
    return round(LEVEYS * (day - first).days / (next_first - first).days, 1)


def _bars(jaksot, year):
    first, last, found = date(year, 1, 1), date(year, 12, 31), []
    for jakso in jaksot:
        if jakso.alkaa and jakso.paattyy and jakso.alkaa <= last and jakso.paattyy >= first:
            begins, ends = _place(max(jakso.alkaa, first)), _place(min(jakso.paattyy, last))
            found.append(Jaksopalkki(begins, round(max(ends - begins - 3, 1), 1), jakso.nimi, jakso.is_closed))
    return found


def _marks(events, today):
    """Each label on the lowest row where it meets no other, and no line from a day down to the year's own.

    Of those that begin at their day the last comes first, so that the earlier stand higher and no line crosses a label.
    """
    labels = [_label_of(each, today) for each in events]
    order = [*(each for each in reversed(labels) if not each.loppuun), *(each for each in labels if each.loppuun)]
    rows, placed = [], {}
    for merkki in order:
        begins, ends = _reach(merkki)
        level = next((n for n, taken in enumerate(rows) if all(e < begins or b > ends for b, e in taken)), len(rows))
        rows += [[] for _row in range(level + 1 - len(rows))]
        rows[level].append((begins, ends))
        for below in rows[:level]:
            below.append((merkki.x, merkki.x))
        placed[merkki] = level
    return [replace(merkki, taso=placed[merkki]) for merkki in labels]


def _label_of(event, today):
    x, text = _place(event.pvm), f"{event.pvm:%-d.%-m.} {event.lyhyt}"[:KIRJAIMIA]
    return Merkki(x, 0, text, event.laji, event.pvm < today, loppuun=x + KIRJAIN * len(text) > LEVEYS)


def _reach(merkki):
    """From where to where its label goes."""
    width = KIRJAIN * len(merkki.teksti) + VALI
    return (merkki.x - width, merkki.x) if merkki.loppuun else (merkki.x, merkki.x + width)


def _is_over(merkki, x):
    begins, ends = _reach(merkki)
    return begins < x < ends


def _how_far(days):
    if days == 0:
        return _("tänään")
    return ngettext("huomenna", "%(n)s päivän päästä", days) % {"n": days}
