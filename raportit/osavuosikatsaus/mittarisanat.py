"""The measures of a report in words: how many reached their target, what each column and each time is called."""

from collections import Counter
from datetime import date
from itertools import accumulate

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from seuranta.tulos import Tulos
from strategia.luvut import luku

from .mitattu import EI_LAHETETTY, Mittari, MittariArvo, Mittaristo, tulos_name
from .model import Osavuosikatsaus
from .yhteenveto import NBSP

MERKIT = {Tulos.SAAVUTETTU: "✓", Tulos.EI_VIELA: "○"}  # the rest, of which nothing can be told, have a dash
LASKI, VIIVA = "▼", "–"


def count_mittarit(mittaristo: Mittaristo) -> str:
    """ "5 mittarista 2 on saavuttanut tavoitteensa. Ei vielä 2, arvo puuttuu 1." """
    n, reached, kpl = len(mittaristo.mittarit), mittaristo.saavutettu, mittaristo.kpl
    if not kpl:  # what is reached is not told
        return ngettext("Yksi mittari.", "%(n)s mittaria.", n) % {"n": luku(n)}
    if n == 1:
        return _("Yksi mittari: %(tulos)s.") % {"tulos": tulos_name(next(iter(kpl)))}
    told = {"n": luku(n), "saavutettu": luku(reached)}
    if set(kpl) == {Tulos.EI_TAVOITETTA}:
        return _("%(n)s mittaria, joille ei ole asetettu tavoitetta.") % told
    if reached == n:
        return _("Kaikki %(n)s mittaria ovat saavuttaneet tavoitteensa.") % told
    first = (
        _("%(n)s mittarista %(saavutettu)s on saavuttanut tavoitteensa.")
        if reached
        else _("%(n)s mittarista yksikään ei ole saavuttanut tavoitettaan.")
    ) % told
    rest = [f"{tulos_name(tulos)}{NBSP}{luku(each)}" for tulos, each in kpl.items() if tulos != Tulos.SAAVUTETTU]
    words = ", ".join(rest)
    return f"{first} {words[:1].upper()}{words[1:]}."


def tulos_mark(mittari: Mittari) -> str:
    """The mark beside the word: a tick, a ring, a triangle when it is farther than it was, else a dash."""
    if mittari.tulos == Tulos.EI_VIELA and mittari.heikkeni:
        return LASKI
    return MERKIT.get(mittari.tulos, VIIVA)


def tulos_title(mittari: Mittari) -> str:
    """ "ei vielä, heikkeni": what has been reached, and that it is farther than it was; "" where it is not told."""
    if not mittari.tulos:
        return ""
    name = tulos_name(mittari.tulos)
    return f"{name}, {_('heikkeni')}" if mittari.tulos == Tulos.EI_VIELA and mittari.heikkeni else name


def value_or_reason(mittari: Mittari) -> str:
    """The value that the report tells, with its unit, or why there is none."""
    shown = mittari.show(mittari.arvo, with_unit=True)
    return shown or (tulos_name(EI_LAHETETTY) if mittari.tulos == EI_LAHETETTY else VIIVA)


def unit_line(mittari: Mittari) -> str:
    """What stands under its name: "%, enemmän on parempi"."""
    parts = [mittari.mitta, mittari.suunta_sanoin]
    told = ", ".join(part for part in parts if part)
    source = _("Lähde: %(lahde)s") % {"lahde": mittari.lahde} if mittari.lahde else ""
    return "\n".join(part for part in (told, source) if part)


class Ajannimet:
    """What the times of a report's values are called: the state date of a jakso, or its name; a year; a day."""

    def __init__(self, raportti: Osavuosikatsaus):
        jaksot = (*raportti.aiemmat, raportti.jakso)
        days = Counter(jakso.paattyy for jakso in jaksot)
        self.nykyinen = (raportti.jakso.id, None, None)
        # A jakso without an end day stands where the order of jaksot has it.
        known = accumulate((jakso.paattyy or date.min for jakso in jaksot), max)
        self._order = {jakso.id: (day, 1, place) for place, (jakso, day) in enumerate(zip(jaksot, known, strict=True))}
        self._jaksot = {j.id: _day(j.paattyy) if j.paattyy and days[j.paattyy] == 1 else j.nimi for j in jaksot}

    def name(self, aika) -> str:
        jakso, vuosi, paiva = aika
        return self._jaksot[jakso] if jakso else str(vuosi) if vuosi else _day(paiva)

    def of(self, arvo: MittariArvo) -> str:
        return self.name(arvo.aika)

    def place(self, aika):
        """What a time sorts by; a year stands where it is over."""
        jakso, vuosi, paiva = aika
        return self._order[jakso] if jakso else (paiva or date(vuosi, 12, 31), 0, 0)


def _day(day):
    return f"{day.day}.{day.month}.{day.year}"
