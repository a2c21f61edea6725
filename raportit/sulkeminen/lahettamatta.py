"""Seurantajakso -> what its report would leave out for nobody has sent it, and what in it is nobody's to publish."""

from typing import NamedTuple

from django.utils import timezone

from seuranta.jakso.havainnot import JULKAISTAVAT, TOIMENPITEEN_JULKAISTAVAT
from seuranta.models import Kirjaus, Seurantajakso

from ..osavuosikatsaus import Henkilotieto, find_in_report
from .sulje import draw_up

# What check_before_closing looks through; a toimenpide's name is called otherwise in a report.
RIVEISTA_KATSOTUT = {*JULKAISTAVAT, *TOIMENPITEEN_JULKAISTAVAT, "toimenpide"}


class Lahettamaton(NamedTuple):
    """A kirjaus that nobody has sent, as it was when it was asked."""

    pk: int
    versio: int

    def __str__(self):
        return f"{self.pk}:{self.versio}"


def list_unsent(jakso: Seurantajakso) -> list[Lahettamaton]:
    """Those with something written, in the plan's order; of toimenpiteet that the jakso expects."""
    begun = jakso.kirjaukset.exclude(tila=Kirjaus.Tila.EI_VASTATTU).exclude(Kirjaus.objects.REPORTED)
    found = {toimenpide: Lahettamaton(*told) for toimenpide, *told in begun.values_list("toimenpide", "pk", "versio")}
    order = jakso.toimenpiteet().filter(pk__in=found).values_list("pk", flat=True)
    return [found[pk] for pk in order] if found else []


def read_unsent(jakso: Seurantajakso, shown: list[Lahettamaton]) -> list[Kirjaus]:
    """The kirjaukset of these, in the same order, with what a page tells of them; those removed since are left out."""
    # Named on both sides: PostgreSQL would look for the toimenpiteet of many rows among those of all kunnat.
    mine = jakso.kirjaukset.filter(toimenpide__kunta=jakso.kunta_id)
    found = mine.defer("haku").select_related("toimenpide__toimiala").in_bulk([each.pk for each in shown])
    return [found[each.pk] for each in shown if each.pk in found]


def find_elsewhere(jakso: Seurantajakso) -> list[Henkilotieto]:
    """Personal data in all that closing would freeze but the texts of its rows: those are in the checks of the rows.

    The reason of reopening and the list of corrections are frozen too, with what stood there before.
    """
    return find_in_report(draw_up(jakso, timezone.now()), told_by_row=RIVEISTA_KATSOTUT)
