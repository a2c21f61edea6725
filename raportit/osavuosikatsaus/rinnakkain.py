"""Two or more frozen reports of a strategia -> one table: a row for each toimenpide, a column for each jakso."""

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from strategia.luvut import luku

from . import Osavuosikatsaus, Rivi, syy_name
from .yhteenveto import aste_title, muutos_name

VERRATTAVIA = 6  # that a page has room for side by side
MUUTTUI = ("nousi", "laski")


@dataclass(frozen=True)
class Jaksosolu:
    """One toimenpide in one jakso: what is shown, and how it moved from the column before ("" where it cannot)."""

    teksti: str
    muutos: str = ""
    aste: int | None = None
    kommentti: str = ""


@dataclass(frozen=True)
class Vertailurivi:
    id: int
    koodi: str
    nimi: str
    solut: tuple[Jaksosolu, ...]

    @property
    def muuttui(self):
        return any(solu.muutos in MUUTTUI for solu in self.solut)


@dataclass(frozen=True)
class Vertailutavoite:
    nimi: str
    rivit: tuple[Vertailurivi, ...]


@dataclass(frozen=True)
class Vertailupainopiste:
    id: int
    nimi: str
    tavoitteet: tuple[Vertailutavoite, ...]

    @property
    def rivit(self):
        return [rivi for tavoite in self.tavoitteet for rivi in tavoite.rivit]


@dataclass(frozen=True)
class Vertailu:
    """raportit: from the earliest jakso to the latest. A toimenpide is the same by its id, whatever it was called.

    nayttaa_kommentit: are the comments shown under the scores? edeltajat: {id of a toimenpide: id of the one that it
    continues}, where the jaksot are of two plans; a score moves over their border only where the scale is the same.
    """

    raportit: tuple[Osavuosikatsaus, ...]
    nayttaa_kommentit: bool = False
    edeltajat: dict[int, int] = field(default_factory=dict)

    # --- what a file says of itself, as an Osavuosikatsaus does

    on_luonnos = False  # only what is frozen is compared

    @property
    def uusin(self):
        return self.raportit[-1]

    @property
    def kunta(self):
        return self.uusin.kunta

    @property
    def strategia(self):
        return self.uusin.strategia

    @property
    def strategian_nimi(self):
        return self.strategia.nimi

    @property
    def otsikko(self):
        return _("Jaksot rinnakkain")

    @property
    def jakson_otsikko(self):
        """The names of two; of more, for a title of one line, the first and the last."""
        names = {"eka": self.raportit[0].jakso.nimi, "vika": self.uusin.jakso.nimi, "n": len(self.raportit)}
        if len(self.raportit) == 2:
            return _("%(eka)s ja %(vika)s") % names
        return _("%(eka)s – %(vika)s, %(n)s jaksoa") % names

    @property
    def tiedostonimi(self):
        """A name of a file for at most six jaksot, however long their names are."""
        return "-".join(raportti.jakso.nimi[:40] for raportti in self.raportit)

    @property
    def koottu(self):
        return max(raportti.koottu for raportti in self.raportit)

    # --- the table

    @cached_property
    def rivit(self):
        return [rivi for painopiste in self.painopisteet for rivi in painopiste.rivit]

    @cached_property
    def painopisteet(self) -> list[Vertailupainopiste]:
        """In the latest report's order and words; what only earlier ones have comes last, under its own headings."""
        found, order = set(), {}
        for raportti in reversed(self.raportit):
            for painopiste in raportti.painopisteet:
                _nimi, tavoitteet = order.setdefault(painopiste.id, (painopiste.nimi, {}))
                for tavoite in painopiste.tavoitteet:
                    _nimi, rows = tavoitteet.setdefault(tavoite.id, (tavoite.nimi, []))
                    new = [rivi for rivi in tavoite.rivit if rivi.id not in found]
                    rows += [self._row(rivi) for rivi in new]
                    found.update(pk for rivi in new for pk in self._chain(rivi.id))
        return [_painopiste(pk, *each) for pk, each in order.items() if any(rows for _nimi, rows in each[1].values())]

    @cached_property
    def _by_id(self):
        return [{rivi.id: rivi for rivi in raportti.rivit} for raportti in self.raportit]

    def _row(self, newest):
        solut, before, last, chain = [], None, self.raportit[0], self._chain(newest.id)
        for raportti, rivit in zip(self.raportit, self._by_id, strict=True):
            rivi = next((rivit[pk] for pk in chain if pk in rivit), None)
            solut.append(_cell(raportti, rivi, before if _has_scale_of(raportti, last) else None))
            before, last = rivi.toteutumisaste if rivi else None, raportti
        return Vertailurivi(newest.id, newest.koodi, newest.toimenpide, tuple(solut))

    def _chain(self, pk):
        """[its id, that of the one it continues, …]"""
        chain = [pk]
        while (pk := self.edeltajat.get(pk)) and pk not in chain:
            chain.append(pk)
        return chain

    # --- in figures and words

    @property
    def laajin(self):
        """The report whose scale shows what all of them have."""
        return max(self.raportit, key=lambda raportti: len(raportti.asteikon_asteet))

    @property
    def jaksoittain(self):
        return [replace(raportti.jakauma, nimi=raportti.jakso.nimi) for raportti in self.raportit]

    @cached_property
    def siirtymat(self) -> list[str]:
        """What happened from each jakso to the next, every toimenpide that has a score in both counted."""
        pairs = zip(self.raportit, self.raportit[1:], strict=False)
        return [
            _tell_moves(before, after, Counter(rivi.solut[place].muutos for rivi in self.rivit))
            for place, (before, after) in enumerate(pairs, 1)
        ]


def _has_scale_of(raportti, other):
    """May their scores be compared? Of one plan always, of two plans where they call the scores alike."""
    own, of_other = raportti.strategia, other.strategia
    return own.id == of_other.id or own.asteikko == of_other.asteikko


def _painopiste(pk, nimi, tavoitteet):
    return Vertailupainopiste(
        pk, nimi, tuple(Vertailutavoite(n, tuple(rows)) for n, rows in tavoitteet.values() if rows)
    )


def _cell(raportti, rivi: Rivi | None, before):
    if rivi is None:
        return Jaksosolu("–")
    aste = rivi.toteutumisaste
    if aste is None:
        syy = syy_name(rivi.syy) if raportti.nayttaa_asteet else ""
        return Jaksosolu(syy, kommentti=rivi.kommentti)
    moved = "" if before is None else ("laski", "ennallaan", "nousi")[(aste > before) - (aste < before) + 1]
    return Jaksosolu(aste_title(raportti.strategia, aste), moved, aste, rivi.kommentti)


def _tell_moves(before, after, moves):
    total = sum(n for muutos, n in moves.items() if muutos)
    where = _("%(ennen)s → %(nyt)s") % {"ennen": before.jakso.nimi, "nyt": after.jakso.nimi}
    if not _has_scale_of(after, before):
        return _("%(jaksot)s: asteikko on toinen, joten arvioita ei verrata.") % {"jaksot": where}
    if not total:
        return _("%(jaksot)s: yhtäkään toimenpidettä ei arvioitu molemmissa.") % {"jaksot": where}
    told = ngettext(
        "%(jaksot)s: molemmissa arvioitiin yksi toimenpide.",
        "%(jaksot)s: molemmissa arvioitiin %(n)s toimenpidettä.",
        total,
    ) % {"jaksot": where, "n": luku(total)}
    parts = [f"{muutos_name(each)} {luku(moves[each])}" for each in ("nousi", "laski", "ennallaan") if moves[each]]
    return f"{told} {', '.join(parts).capitalize()}."


# --- to JSON and back, for the queue
