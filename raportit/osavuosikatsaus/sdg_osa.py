"""Osavuosikatsaus -> the goals of the UN that its parts name, and what names each of them."""

from dataclasses import dataclass, field

from strategia.sdg import read_goals, write_goal

from .model import Osavuosikatsaus, Painopiste, Rivi, Tavoite


@dataclass(frozen=True)
class SdgTavoite:
    """One goal and all that names it, at each level in the plan's order."""

    numero: int
    painopisteet: list[Painopiste] = field(default_factory=list)
    tavoitteet: list[Tavoite] = field(default_factory=list)
    rivit: list[Rivi] = field(default_factory=list)

    @property
    def nimi(self):
        return write_goal(self.numero)


def list_goals(raportti: Osavuosikatsaus) -> list[SdgTavoite]:
    """Those that something names, in the UN's order; a text that names none stands only where it was written."""
    goals = {}

    def add(level, part):
        for goal in read_goals(part.sdg) if part.sdg else ():
            getattr(goals.setdefault(goal, SdgTavoite(goal)), level).append(part)

    for painopiste in raportti.painopisteet:
        add("painopisteet", painopiste)
        for tavoite in painopiste.tavoitteet:
            add("tavoitteet", tavoite)
            for rivi in tavoite.rivit:
                add("rivit", rivi)
    return [goals[goal] for goal in sorted(goals)]
