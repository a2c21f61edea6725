"""A long report as pages: on the first what concerns all of it, each painopiste on one of its own.

A page of thousands of rows takes a phone seconds. Files hold the whole report, whatever its length.
"""

from dataclasses import dataclass

from .model import Osavuosikatsaus
from .rajaus import Rajaus, rajaa

PITKA = 1_000  # rows and measures


@dataclass(frozen=True)
class Raporttisivu:
    """What a page shows of a report. on_osissa: its painopisteet are links. The pages beside a part, "" for none."""

    raportti: Osavuosikatsaus
    on_osissa: bool = False
    on_osa: bool = False
    edellinen: str = ""
    seuraava: str = ""


def open_page(raportti: Osavuosikatsaus, rajaus: Rajaus | None) -> Raporttisivu:
    """The page of what the rajaus keeps, None for no limit; a part is whole."""
    is_long = _is_long(raportti)
    if rajaus is None:
        return Raporttisivu(raportti, on_osissa=is_long)
    shown = rajaa(raportti, rajaus)
    if not is_long or rajaus != Rajaus(painopiste=rajaus.painopiste):
        return Raporttisivu(shown)
    names = [painopiste.nimi for painopiste in raportti.painopisteet if painopiste.nimi]
    place = names.index(rajaus.painopiste)
    before, after = names[:place][-1:], names[place + 1 : place + 2]
    return Raporttisivu(shown, on_osa=True, edellinen="".join(before), seuraava="".join(after))


def _is_long(raportti):
    return len(raportti.painopisteet) > 1 and sum(map(_count, raportti.painopisteet)) > PITKA


def _count(painopiste):
    under = (len(t.mittarit) + len(t.rivit) + sum(len(r.mittarit) for r in t.rivit) for t in painopiste.tavoitteet)
    return len(painopiste.mittarit) + sum(under)
