"""The toimielimet of a kunta: why one is not ended, and two joined."""

from django.db import transaction
from django.utils.translation import gettext as _
from simple_history.utils import bulk_update_with_history

from ..models import Toimenpide, Toimielinjasenyys
from ..vuoro import lock_kunta
from .elinkaari import end_into, move_people


def find_use(toimielin):
    """Why it cannot be ended, in words; None where it can."""
    if toimielin.toimenpiteet.exists():
        return _("Toimielimellä on toimenpiteitä. Yhdistä se toiseen tai anna toimenpiteille uusi toimielin.")
    return None


def join(source, target, *, by):
    """Move the toimenpiteet and people of source to target and end source; how many toimenpiteet moved.

    Closed reports keep the old name.
    """
    with transaction.atomic():
        lock_kunta(source.kunta_id)
        moved = list(source.toimenpiteet.all())
        for toimenpide in moved:
            toimenpide.toimielin = target
        if moved:
            bulk_update_with_history(moved, Toimenpide, ["toimielin"], default_user=by)
        move_people(source, target, Toimielinjasenyys, "toimielin")
        end_into(source, target)
    return len(moved)
