"""The toimielimet of a kunta: added, renamed, ended, joined. Nothing old changes; old spellings are remembered."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.utils import bulk_update_with_history

from .. import kirjoitusasut
from ..models import Kirjoitusasu, Toimenpide, Toimielin
from ..vuoro import lock_kunta


class ToimielimellaOnToimenpiteita(Exception):
    """A toimielin that still has toimenpiteet is joined to another, or they are given another first."""


def add(kunta, nimi):
    """A new toimielin, last in order."""
    last = Toimielin.objects.filter(kunta=kunta).order_by("jarjestys").last()
    return Toimielin.objects.create(kunta=kunta, nimi=nimi, jarjestys=last.jarjestys + 1 if last else 0)


def rename(toimielin, nimi):
    with transaction.atomic():
        kirjoitusasut.rename(toimielin, nimi)


def set_ended(toimielin, ended):
    """End the toimielin today, or take it into use again. Raises ToimielimellaOnToimenpiteita."""
    with transaction.atomic():
        lock_kunta(toimielin.kunta_id)
        if ended and toimielin.toimenpiteet.exists():
            raise ToimielimellaOnToimenpiteita(
                _("Toimielimellä on toimenpiteitä. Yhdistä se toiseen tai anna toimenpiteille uusi toimielin.")
            )
        toimielin.lopetettu = timezone.localdate() if ended else None
        toimielin.save(update_fields=["lopetettu"])


def join(source, target, *, by):
    """Move the toimenpiteet of source to target and end source; how many moved. Closed reports keep the old name."""
    with transaction.atomic():
        lock_kunta(source.kunta_id)
        moved = list(source.toimenpiteet.all())
        for toimenpide in moved:
            toimenpide.toimielin = target
        if moved:
            bulk_update_with_history(moved, Toimenpide, ["toimielin"], default_user=by)
        Kirjoitusasu.objects.filter(toimielin=source).update(toimielin=target)
        kirjoitusasut.remember(source.nimi, target)
        source.lopetettu = timezone.localdate()
        source.save(update_fields=["lopetettu"])
    return len(moved)
