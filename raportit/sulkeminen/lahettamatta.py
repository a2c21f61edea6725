"""Seurantajakso -> what its report would leave out for nobody has sent it, and what in it is nobody's to publish."""

from django.utils import timezone

from seuranta.jakso.havainnot import JULKAISTAVAT, TOIMENPITEEN_JULKAISTAVAT
from seuranta.models import Kirjaus, Seurantajakso

from ..osavuosikatsaus import Henkilotieto, find_in_report
from .sulje import draw_up

# What check_before_closing looks through; a toimenpide's name is called otherwise in a report.
RIVEISTA_KATSOTUT = {*JULKAISTAVAT, *TOIMENPITEEN_JULKAISTAVAT, "toimenpide"}


def list_unsent(jakso: Seurantajakso) -> list[Kirjaus]:
    """Those with something written, in the plan's order; of toimenpiteet that the jakso expects."""
    begun = jakso.kirjaukset.exclude(tila=Kirjaus.Tila.EI_VASTATTU).exclude(Kirjaus.objects.REPORTED)
    found = {kirjaus.toimenpide_id: kirjaus for kirjaus in begun.defer("haku").select_related("toimenpide__toimiala")}
    order = jakso.toimenpiteet().filter(pk__in=found).values_list("pk", flat=True)
    return [found[pk] for pk in order]


def find_elsewhere(jakso: Seurantajakso) -> list[Henkilotieto]:
    """Personal data in all that closing would freeze but the texts of its rows: those are in the checks of the rows.

    The reason of reopening and the list of corrections are frozen too, with what stood there before.
    """
    return find_in_report(draw_up(jakso, timezone.now()), told_by_row=RIVEISTA_KATSOTUT)
