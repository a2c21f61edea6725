"""The public lines of toimenpiteet -> how many have each score, and the picture of it."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..muodot.palkki import draw_stack

ASTEET = (5, 4, 3, 2, 1, None)
LEVEYS = 380  # as wide as its column, so that the numbers keep their shape


@dataclass(frozen=True)
class Asteluvut:
    """kpl: {score, None for none: how many}"""

    kpl: dict

    @property
    def yhteensa(self):
        return sum(self.kpl.values())

    @property
    def luvut(self):
        """How many have each of ASTEET, in its order."""
        return [self.kpl.get(aste, 0) for aste in ASTEET]

    @property
    def palkki(self):
        told = [(aste or _("ei arviota"), n) for aste, n in zip(ASTEET, self.luvut, strict=True) if n]
        title = ", ".join(f"{name}: {n}" for name, n in told)
        return draw_stack(dict(zip(ASTEET, self.luvut, strict=True)), LEVEYS, title) if told else ""


def count_scores(asteet) -> Asteluvut:
    """Of scores as they come."""
    return Asteluvut(dict(Counter(asteet)))
