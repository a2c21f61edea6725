"""Seurantajakso -> the toimenpiteet of its strategia that it does not ask, and why not."""

from dataclasses import dataclass

from strategia.models import Toimenpide

from ..models import Seurantajakso


@dataclass(frozen=True)
class Poisjaavat:
    """Those that had ended before the jakso, and those that begin after it, each in the plan's order."""

    paattyneet: list[Toimenpide]
    alkavat: list[Toimenpide]

    @property
    def kaikki(self):
        return len(self.paattyneet) + len(self.alkavat)


def list_left_out(jakso: Seurantajakso) -> Poisjaavat:
    """One query; the jakso need not be saved yet."""
    if not (jakso.strategia_id and (jakso.alkaa or jakso.paattyy)):  # without known days it proves nothing
        return Poisjaavat([], [])
    left = Toimenpide.objects.filter(kunta=jakso.kunta_id, tavoite__painopiste__strategia=jakso.strategia_id).exclude(
        pk__in=jakso.toimenpiteet().order_by().values("pk")
    )
    left = left.order_by("tavoite__painopiste__jarjestys", "tavoite__jarjestys", "jarjestys", "pk")
    paattyneet, alkavat = [], []
    for toimenpide in left:
        (paattyneet if jakso.begins_after(toimenpide) else alkavat).append(toimenpide)
    return Poisjaavat(paattyneet, alkavat)
