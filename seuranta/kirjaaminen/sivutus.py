"""The rows of the entry page in the plan's order -> its pages: by painopiste, and within one that is too large."""

from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, groupby

from django.utils.text import Truncator

from .paikka import Paikka, is_unanswered

ENINTAAN = 150  # rows and mittarit: their fields fit one POST, and a slow telephone still opens the page
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
        if pages[-1] and sum(_weigh(each.rows) for each in pages[-1]) + _weigh(osa.rows) > ENINTAAN:
            pages.append([])
        pages[-1].append(osa)
    return [Sivu(osat) for osat in pages]


def _pieces(rows):
    for _painopiste, group in groupby(rows, key=lambda row: row.painopiste.pk):
        parts = list(_cut(list(group)))
        start = 1
        for part in parts:
            yield Sivunosa(part, start, is_whole=len(parts) == 1)
            start += len(part)


def _cut(rows):
    """As many rows at a time as fit; one that alone is too heavy is alone."""
    part, weight = [], 0
    for row in rows:
        if part and weight + row.paino > ENINTAAN:
            yield part
            part, weight = [], 0
        part.append(row)
        weight += row.paino
    yield part


def _weigh(rows):
    return sum(row.paino for row in rows)


def find_page(pages, rows, tunnus):
    """The page of the row of this name; if the filter hides it, of what is next of all `rows`; else the first page."""
    order = [row.tunnus for row in rows]
    if str(tunnus) not in order:
        return pages[0]
    there_or_after = set(order[order.index(str(tunnus)) :])
    return next((sivu for sivu in pages if any(row.tunnus in there_or_after for row in sivu.rows)), pages[-1])


def rows_with(sivu, rows, unsettled):
    """The rows of the page in the order of `rows`, and with them those that wait for the person.

    One that has moved to another page since it was opened is shown here: its text is on no other. What has been
    saved makes room for it.
    """
    waiting = {row.prefix for row in unsettled}
    weights = accumulate(
        (row.paino for row in sivu.rows if row.prefix not in waiting),
        initial=_weigh(row for row in rows if row.prefix in waiting),
    )
    settled = [row.prefix for row in sivu.rows if row.prefix not in waiting]
    fit = {prefix for prefix, weight in zip(settled, list(weights)[1:], strict=True) if weight <= ENINTAAN}
    return [row for row in rows if row.prefix in waiting | fit] or sivu.rows


def next_beyond(pages, sivu):
    """The first unanswered row after the page, or before it where there is none after; None if there is none."""
    here = pages.index(sivu)
    others = (row for each in (*pages[here + 1 :], *pages[:here]) for row in each.rows)
    return next(filter(is_unanswered, others), None)
