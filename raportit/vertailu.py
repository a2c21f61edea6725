"""Two or more frozen reports of a strategia -> one table: a row for each toimenpide, a column for each jakso."""

from dataclasses import dataclass
from functools import cached_property

from seuranta.models import Kirjaus

from .osavuosikatsaus import Osavuosikatsaus, Rivi
from .yhteenveto import aste_title


@dataclass(frozen=True)
class Solu:
    """One toimenpide in one jakso: what is shown, and how it moved from the column before ("" where it cannot)."""

    teksti: str
    muutos: str = ""


@dataclass(frozen=True)
class Vertailurivi:
    id: int
    koodi: str
    nimi: str
    solut: tuple[Solu, ...]

    @property
    def muuttui(self):
        return any(solu.muutos in ("nousi", "laski") for solu in self.solut)


@dataclass(frozen=True)
class Vertailu:
    """raportit: from the earliest jakso to the latest. A toimenpide is the same by its id, whatever it was called."""

    raportit: tuple[Osavuosikatsaus, ...]

    @cached_property
    def painopisteet(self) -> list[tuple[str, list[Vertailurivi]]]:
        """[(painopiste, its rows)] in the latest report's order and words; what only earlier ones have comes last."""
        found, order = {}, {}
        for raportti in reversed(self.raportit):
            for painopiste in raportti.painopisteet:
                nimi, rows = order.setdefault(painopiste.id, (painopiste.nimi, []))
                for rivi in painopiste.rivit:
                    if rivi.id not in found:
                        found[rivi.id] = rivi
                        rows.append(rivi)
        return [(nimi, [self._row(rivi) for rivi in rows]) for nimi, rows in order.values() if rows]

    @cached_property
    def _by_id(self):
        return [{rivi.id: rivi for rivi in raportti.rivit} for raportti in self.raportit]

    def _row(self, newest):
        solut, before = [], None
        for raportti, rivit in zip(self.raportit, self._by_id, strict=True):
            rivi = rivit.get(newest.id)
            solut.append(_cell(raportti, rivi, before))
            before = rivi.toteutumisaste if rivi else None
        return Vertailurivi(newest.id, newest.koodi, newest.toimenpide, tuple(solut))


def _cell(raportti, rivi: Rivi | None, before):
    if rivi is None:
        return Solu("–")
    aste = rivi.toteutumisaste
    if aste is None:
        return Solu(str(Kirjaus.Syy(rivi.syy).label))
    moved = "" if before is None else ("laski", "ennallaan", "nousi")[(aste > before) - (aste < before) + 1]
    return Solu(aste_title(raportti.strategia, aste), moved)
