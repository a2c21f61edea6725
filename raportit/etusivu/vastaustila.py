"""Open jakso -> how many rows of each toimiala are in each state: the koordinaattori's figures and bars."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, FilteredRelation, Max, Min, Q

from seuranta.models import Kirjaus, Seurantajakso

Tila = Kirjaus.Tila
JARJESTYS = (Tila.HYVAKSYTTY, Tila.LAHETETTY, Tila.PALAUTETTU, Tila.LUONNOS, Tila.EI_VASTATTU)  # of a bar


@dataclass(frozen=True)
class Tilapala:
    """A segment of a bar, in per cents of its width."""

    tila: Tila
    kpl: int
    x: float
    leveys: float

    @property
    def keski(self):
        return round(self.x + self.leveys / 2, 2)

    @property
    def mahtuu(self):
        """Has the segment room for its number?"""
        return self.leveys >= 3


@dataclass
class Tilaluvut:
    """{tila: how many rows}. viimeksi: when one was last written; vanhin: when the oldest of those sent was."""

    toimiala: str = ""
    toimiala_id: int | None = None
    kpl: dict = field(default_factory=lambda: dict.fromkeys(JARJESTYS, 0))
    viimeksi: datetime | None = None
    vanhin: datetime | None = None

    @property
    def kaikki(self):
        return sum(self.kpl.values())

    @property
    def lahetetty(self):
        return self.kpl[Tila.LAHETETTY] + self.kpl[Tila.HYVAKSYTTY]

    @property
    def odottaa(self):
        return self.kpl[Tila.LAHETETTY]

    @property
    def hyvaksytty(self):
        return self.kpl[Tila.HYVAKSYTTY]

    @property
    def palautettu(self):
        return self.kpl[Tila.PALAUTETTU]

    @property
    def luonnos(self):
        return self.kpl[Tila.LUONNOS]

    @property
    def vastaamatta(self):
        return self.kpl[Tila.EI_VASTATTU]

    @property
    def selite(self):
        """[(tila, its name, how many)] of every state, in the order of the bar."""
        return [(tila, tila.label, self.kpl[tila]) for tila in JARJESTYS]

    @property
    def palat(self):
        """The bar from left to right; states without rows left out."""
        found, x = [], 0.0
        for tila, n in self.kpl.items():
            if n:
                width = 100 * n / self.kaikki
                found.append(Tilapala(tila, n, round(x, 2), round(width, 2)))
                x += width
        return found

    def add(self, tila, n, viimeksi, vanhin):
        self.kpl[tila] += n
        self.viimeksi = max(filter(None, (self.viimeksi, viimeksi)), default=None)
        if tila == Tila.LAHETETTY:
            self.vanhin = min(filter(None, (self.vanhin, vanhin)), default=None)


@dataclass(frozen=True)
class Jaksonluvut:
    """The whole jakso and each of its toimialat in the kunta's order; last what has no toimiala."""

    jakso: Seurantajakso
    yhteensa: Tilaluvut
    toimialat: list[Tilaluvut]

    @property
    def odottavat(self):
        return [osa for osa in self.toimialat if osa.odottaa]

    @property
    def luonnoksia(self):
        return [osa for osa in self.toimialat if osa.luonnos]

    @property
    def puuttuvat(self):
        """The toimialat that have not sent all of theirs."""
        return [osa for osa in self.toimialat if osa.lahetetty < osa.kaikki]


def count_states(jakso: Seurantajakso) -> Jaksonluvut:
    """One query, whatever the number of rows: it counts, and reads none of them."""
    rows = jakso.toimenpiteet().order_by()
    rows = rows.annotate(vastaus=FilteredRelation("kirjaukset", condition=Q(kirjaukset__jakso=jakso)))
    counted = rows.values_list("toimiala", "toimiala__nimi", "toimiala__jarjestys", "vastaus__tila").annotate(
        Count("pk"), Max("vastaus__muokattu"), Min("vastaus__lahetetty")
    )
    whole, parts = Tilaluvut(), {}
    for pk, nimi, jarjestys, tila, *figures in counted:
        part = parts.setdefault((pk is None, jarjestys or 0, nimi or "", pk), Tilaluvut(nimi or "", pk))
        for each in (whole, part):
            each.add(Tila(tila or Tila.EI_VASTATTU), *figures)
    return Jaksonluvut(jakso, whole, [parts[key] for key in sorted(parts, key=lambda key: key[:3])])
