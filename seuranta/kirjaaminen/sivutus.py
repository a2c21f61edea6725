"""The rows of the entry page in the plan's order -> its pages: by painopiste, and within one that is too large."""

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.utils.text import Truncator

from .paikka import Paikka, is_unanswered

ENINTAAN = 150  # rows: their fields fit one POST, and a slow telephone still opens the page
NIMEN_ENINTAAN = 40


@dataclass(frozen=True, eq=False)
class Sivunosa:
    """Rows of one painopiste in a row: all of them, or those from the number `alku` on."""

    rows: list[Paikka]
    alku: int
    is_whole: bool

    @property
    def painopiste(self):
        return Truncator(self.rows[0].painopiste.nimi).chars(NIMEN_ENINTAAN)

    @property
    def nimi(self):
        if self.is_whole:
            return self.painopiste
        last = self.alku + len(self.rows) - 1
        return f"{self.painopiste} {self.alku}–{last}" if last > self.alku else f"{self.painopiste} {last}"


@dataclass(frozen=True, eq=False)
class Sivu:
    """What one page holds; of the rows that the filter lets through the page of each is one."""

    osat: list[Sivunosa]

    @cached_property
    def rows(self):
        return [row for osa in self.osat for row in osa.rows]

    @property
    def nimi(self):
        """Of many painopisteet the first and the last."""
        names = list(dict.fromkeys(osa.nimi for osa in self.osat))
        return ", ".join(names) if len(names) <= 2 else f"{names[0]} – {names[-1]}"

    @property
    def jatkuu(self):
        """What its name begins with and the one before it has told already: the painopiste that goes on."""
        return f"{self.osat[0].painopiste} " if self.osat[0].alku > 1 else ""

    @property
    def loput(self):
        return self.nimi.removeprefix(self.jatkuu)

    @property
    def vastaamatta(self):
        return sum(is_unanswered(row) for row in self.rows)


def split_pages(rows):
    """[Sivu], one at least. What fits one page whole is not cut, and what fits the page before goes there."""
    pages = [[]]
    for osa in _pieces(rows):
        if sum(len(each.rows) for each in pages[-1]) + len(osa.rows) > ENINTAAN:
            pages.append([])
        pages[-1].append(osa)
    return [Sivu(osat) for osat in pages]


def _pieces(rows):
    for _painopiste, group in groupby(rows, key=lambda row: row.painopiste.pk):
        whole = list(group)
        for start in range(0, len(whole), ENINTAAN):
            yield Sivunosa(whole[start : start + ENINTAAN], start + 1, is_whole=len(whole) <= ENINTAAN)


def find_page(pages, rows, pk):
    """The page of the toimenpide `pk`; if the filter hides it, of what is next of all `rows`; else the first page."""
    order = [row.pk for row in rows]
    if pk not in order:
        return pages[0]
    there_or_after = set(order[order.index(pk) :])
    return next((sivu for sivu in pages if any(row.pk in there_or_after for row in sivu.rows)), pages[-1])


def rows_with(sivu, rows, unsettled):
    """The rows of the page in the order of `rows`, and with them those that wait for the person.

    One that has moved to another page since it was opened is shown here: its text is on no other. What has been
    saved makes room for it.
    """
    waiting = {row.prefix for row in unsettled}
    room = ENINTAAN - len(unsettled)
    settled = [row.prefix for row in sivu.rows if row.prefix not in waiting][: max(room, 0)]
    return [row for row in rows if row.prefix in waiting.union(settled)]


def next_beyond(pages, sivu):
    """The first unanswered row after the page, or before it where there is none after; None if there is none."""
    here = pages.index(sivu)
    others = (row for each in (*pages[here + 1 :], *pages[:here]) for row in each.rows)
    return next(filter(is_unanswered, others), None)
