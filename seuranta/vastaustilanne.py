"""Seurantajakso -> who has answered."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q

from strategia.models import Toimiala

from .models import Kirjaus
from .rivit import SENT


@dataclass(frozen=True)
class Toimialarivi:
    """How far one toimiala is; toimiala None stands for the toimenpiteet without one."""

    toimiala: Toimiala | None
    kaikki: int
    lahetetty: int
    hyvaksytty: int
    vastaamatta: int
    viimeksi: datetime | None


def summarise_by_toimiala(jakso):
    """[Toimialarivi] in the order of names, the toimenpiteet without a toimiala last; three queries."""
    in_force = jakso.toimenpiteet().order_by()
    totals = dict(in_force.values_list("toimiala").annotate(Count("pk")))
    answers = Kirjaus.objects.filter(jakso=jakso, toimenpide__in=in_force).values("toimenpide__toimiala")
    answered = {
        row["toimenpide__toimiala"]: row
        for row in answers.annotate(
            lahetetty=Count("pk", filter=Q(tila__in=SENT)),
            hyvaksytty=Count("pk", filter=Q(tila=Kirjaus.Tila.HYVAKSYTTY)),
            aloitettu=Count("pk", filter=~Q(tila=Kirjaus.Tila.EI_VASTATTU)),
            viimeksi=Max("muokattu"),
        )
    }
    toimialat = [*Toimiala.objects.filter(pk__in=[pk for pk in totals if pk]), *([None] if None in totals else [])]
    return [_toimialarivi(toimiala, totals, answered) for toimiala in toimialat]


def _toimialarivi(toimiala, totals, answered):
    key = toimiala.pk if toimiala else None
    row = answered.get(key, {})
    return Toimialarivi(
        toimiala=toimiala,
        kaikki=totals[key],
        lahetetty=row.get("lahetetty", 0),
        hyvaksytty=row.get("hyvaksytty", 0),
        vastaamatta=totals[key] - row.get("aloitettu", 0),
        viimeksi=row.get("viimeksi"),
    )
