"""Seurantajakso -> what its report would leave out for nobody has sent it, and what in it is nobody's to publish."""

from dataclasses import dataclass

from django.utils import timezone

from seuranta.models import Kirjaus, Seurantajakso

from ..osavuosikatsaus import Henkilotieto, build, find_in_report


@dataclass(frozen=True)
class Lahettamaton:
    """A kirjaus with something written that has not been sent, as it is now."""

    kirjaus: Kirjaus

    @property
    def pk(self):
        return self.kirjaus.pk

    @property
    def versio(self):
        return self.kirjaus.versio

    @property
    def tunnus(self):
        """Names the row as it was looked at: one that has been written since is another."""
        return f"{self.kirjaus.pk}:{self.kirjaus.versio}"


def list_unsent(jakso: Seurantajakso) -> list[Lahettamaton]:
    """In the plan's order; those of toimenpiteet that the jakso expects."""
    begun = jakso.kirjaukset.exclude(tila=Kirjaus.Tila.EI_VASTATTU).exclude(Kirjaus.objects.REPORTED)
    found = {kirjaus.toimenpide_id: kirjaus for kirjaus in begun.defer("haku").select_related("toimenpide__toimiala")}
    order = jakso.toimenpiteet().filter(pk__in=found).values_list("pk", flat=True)
    return [Lahettamaton(found[pk]) for pk in order]


def find_elsewhere(jakso: Seurantajakso) -> list[Henkilotieto]:
    """Personal data in what the report would hold beside its rows: those are in the checks of the rows."""
    raportti = build(jakso, koottu=timezone.now())
    rivit = {rivi.toimenpide for rivi in raportti.kaikki_rivit}
    return [each for each in find_in_report(raportti) if each.kohde not in rivit]
