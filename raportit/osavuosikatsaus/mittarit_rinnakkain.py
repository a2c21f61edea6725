"""Two or more frozen reports of a strategia -> their measures side by side: a row for each, a column for each jakso."""

from dataclasses import dataclass

from .mitattu import Mittari
from .mittarisanat import tulos_mark, tulos_title, unit_line, value_or_reason
from .rinnakkain import Vertailu


@dataclass(frozen=True)
class Mittarisolu:
    """A measure in one jakso; None where that report does not tell of it."""

    mittari: Mittari | None

    @property
    def arvo(self):
        return value_or_reason(self.mittari) if self.mittari else "–"

    @property
    def tulos(self):
        """What had been reached then, with its mark; "" where it is not told."""
        if not self.mittari or not self.mittari.tulos:
            return ""
        return f"{tulos_mark(self.mittari)} {tulos_title(self.mittari)}"


@dataclass(frozen=True)
class Mittaririvi:
    """By the latest report's words. missa: the painopiste and the tavoite that it hangs under."""

    nimi: str
    alla: str
    missa: tuple[str, str]
    solut: tuple[Mittarisolu, ...]


def compare_mittarit(vertailu: Vertailu) -> list[Mittaririvi]:
    """In the latest report's order; those that only earlier ones have come last."""
    known = [{each[-1].id: each for each in raportti.kerrottavat} for raportti in vertailu.raportit]
    newest = {}
    for reports in reversed(known):
        newest = {**newest, **{pk: each for pk, each in reports.items() if pk not in newest}}
    rows = []
    for pk, (painopiste, tavoite, _rivi, mittari) in newest.items():
        solut = tuple(Mittarisolu(reports[pk][-1] if pk in reports else None) for reports in known)
        where = (painopiste.nimi, tavoite.nimi if tavoite else "")
        rows.append(Mittaririvi(mittari.nimi, unit_line(mittari), where, solut))
    return rows
