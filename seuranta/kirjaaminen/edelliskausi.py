"""Rows that have no previous jakso -> what was last told of the toimenpide that each continues, in the plan before."""

from django.db.models import OuterRef, Subquery

from ..models import Kirjaus, Seurantajakso
from .rivi import Kirjausrivi


def add_earlier_terms(rows: list[Kirjausrivi], user) -> None:
    """Each row's `edelliskausi`, of closed jaksot and as published: the old one may be another toimiala's.

    It is shown by its own label and copied from nowhere. No query where none continues another.
    """
    continuing = {row.toimenpide.edeltaja_id for row in rows if not row.edellinen} - {None}
    if not continuing:
        return
    told = Kirjaus.objects.reported().filter(kunta=user.kunta_id, jakso__tila=Seurantajakso.Tila.SULJETTU)
    newest = told.filter(toimenpide=OuterRef("toimenpide")).order_by("-jakso__jarjestys", "-jakso")
    found = told.filter(toimenpide__in=continuing, pk=Subquery(newest.values("pk")[:1]))
    by_id = {kirjaus.toimenpide_id: kirjaus for kirjaus in found.select_related("jakso__strategia")}
    for row in rows:
        kirjaus = None if row.edellinen else by_id.get(row.toimenpide.edeltaja_id)
        if kirjaus:
            kirjaus.hide(kirjaus.jakso.strategia.piilotetut)
            row.edelliskausi = kirjaus
