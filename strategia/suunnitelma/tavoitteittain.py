"""The rows of a plan by the UN's goals that they serve."""

from dataclasses import dataclass, field

from ..models import Painopiste, StrateginenTavoite, Toimenpide
from ..sdg import KESTAVAN_KEHITYKSEN_TAVOITTEET, read_goal, read_goals


@dataclass
class Maali:
    """One goal with the rows that name it; each level in the plan's order."""

    numero: int
    nimi: str
    rivit: dict = field(default_factory=lambda: {"painopiste": [], "tavoite": [], "toimenpide": []})

    @property
    def count(self):
        return sum(map(len, self.rivit.values()))


def list_goals(strategia):
    """([Maali] of all 17, [(row, text)] of the texts that name none of them); three queries."""
    goals = {number: Maali(number, nimi) for number, nimi in KESTAVAN_KEHITYKSEN_TAVOITTEET.items()}
    others = []
    for taso, rows in _rows_of(strategia).items():
        for row in rows:
            for number in read_goals(row.sdg):
                goals[number].rivit[taso].append(row)
            others += [(row, text) for text in row.sdg if read_goal(text) is None]
    return list(goals.values()), others


def _rows_of(strategia):
    toimenpiteet = Toimenpide.objects.filter(tavoite__painopiste__strategia=strategia)
    tavoitteet = StrateginenTavoite.objects.filter(painopiste__strategia=strategia)
    levels = {
        "painopiste": Painopiste.objects.filter(strategia=strategia).order_by("jarjestys", "pk"),
        "tavoite": tavoitteet.order_by("painopiste__jarjestys", "jarjestys", "pk"),
        "toimenpide": toimenpiteet.order_by(
            "tavoite__painopiste__jarjestys", "tavoite__jarjestys", "jarjestys", "pk"
        ).select_related("toimiala"),
    }
    return {taso: rows.exclude(sdg=[]) for taso, rows in levels.items()}
