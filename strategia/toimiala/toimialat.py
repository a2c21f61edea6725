"""The toimialat of a kunta: why one is not ended, two joined, one split. Nothing old changes."""

from django.db import transaction
from django.utils.translation import gettext as _
from simple_history.utils import bulk_update_with_history

from ..models import Jasenyys, Mittari, MuuToimiala, Toimenpide
from ..permissions import named_outside
from ..vuoro import lock_kunta
from .elinkaari import end_into, move_people, place_last


def find_use(toimiala):
    """Why it cannot be ended, in words; None where it can."""
    if toimiala.toimenpiteet.exists():
        return _("Toimialalla on toimenpiteitä. Yhdistä se toiseen toimialaan tai anna toimenpiteille uusi toimiala.")
    if toimiala.mittarit.exists():
        return _("Toimiala kirjaa mittareita. Yhdistä se toiseen toimialaan tai anna mittareille uusi kirjaaja.")
    return None


def join(source, target, *, by):
    """Move the toimenpiteet and people of source to target and end source; how many toimenpiteet moved.

    What was recorded stays as it is and moves along with its toimenpide; closed reports keep the old name.
    """
    with transaction.atomic():
        lock_kunta(source.kunta_id)
        moved = list(Toimenpide.objects.filter(toimiala=source))
        for toimenpide in moved:
            toimenpide.toimiala = target
        if moved:
            bulk_update_with_history(moved, Toimenpide, ["toimiala"], default_user=by)
        _move_measures(source, target, by)
        move_people(source, target, Jasenyys, "toimiala")
        end_into(source, target)
    return len(moved)


def split(toimenpiteet, target, *, people, by):
    """Move these toimenpiteet to target and let these people record there too; how many toimenpiteet moved.

    Who is named on a moved toimenpide comes along unasked: otherwise it would have lost its answerer. What was
    recorded moves along as in join.
    """
    with transaction.atomic():
        lock_kunta(target.kunta_id)
        if target._state.adding:
            place_last(target)
            target.save()
        moved = list(toimenpiteet)
        for toimenpide in moved:
            toimenpide.toimiala = target
        bulk_update_with_history(moved, Toimenpide, ["toimiala"], default_user=by)
        MuuToimiala.objects.filter(toimiala=target, toimenpide__in=moved).delete()  # it leads them now
        wanted = {user.pk for user in people} | {user.pk for user in named_outside(moved)}
        wanted -= set(Jasenyys.objects.filter(toimiala=target).values_list("kayttaja", flat=True))
        Jasenyys.objects.bulk_create(
            Jasenyys(kunta_id=target.kunta_id, kayttaja_id=pk, toimiala=target) for pk in sorted(wanted)
        )
    return len(moved)


def _move_measures(source, target, by):
    """What source records beside its toimenpiteet, and where it takes part in those that others lead."""
    mittarit = list(Mittari.objects.filter(toimiala=source))
    for mittari in mittarit:
        mittari.toimiala = target
    if mittarit:
        bulk_update_with_history(mittarit, Mittari, ["toimiala"], default_user=by)
    led = Toimenpide.objects.filter(toimiala=target).values("pk")
    already = MuuToimiala.objects.filter(toimiala=target).values("toimenpide")
    part = MuuToimiala.objects.filter(toimiala=source)
    part.exclude(toimenpide__in=led).exclude(toimenpide__in=already).update(toimiala=target)
    part.delete()
    MuuToimiala.objects.filter(toimiala=target, toimenpide__in=led).delete()
