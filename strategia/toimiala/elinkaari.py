"""The toimialat of a kunta: renamed, ended, joined, split. Nothing old changes; old spellings are remembered."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.utils import bulk_update_with_history

from .. import kirjoitusasut
from ..models import Jasenyys, Kirjoitusasu, Mittari, MuuToimiala, Toimenpide, Toimiala
from ..permissions import named_outside
from ..vuoro import lock_kunta


class ToimialallaOnToimenpiteita(Exception):
    """A toimiala that still has toimenpiteet cannot be ended: nobody could record them."""


def rename(toimiala, nimi):
    """Give the toimiala a new name; a file that has the old one is still understood."""
    with transaction.atomic():
        kirjoitusasut.rename(toimiala, nimi)


def set_ended(toimiala, ended):
    """End the toimiala today, or take it into use again. Raises ToimialallaOnToimenpiteita."""
    with transaction.atomic():
        lock_kunta(toimiala.kunta_id)
        if ended and toimiala.toimenpiteet.exists():
            raise ToimialallaOnToimenpiteita(
                _("Toimialalla on toimenpiteitä. Yhdistä se toiseen toimialaan tai anna toimenpiteille uusi toimiala.")
            )
        if ended and toimiala.mittarit.exists():
            raise ToimialallaOnToimenpiteita(
                _("Toimiala kirjaa mittareita. Yhdistä se toiseen toimialaan tai anna mittareille uusi kirjaaja.")
            )
        toimiala.lopetettu = timezone.localdate() if ended else None
        toimiala.save(update_fields=["lopetettu"])


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
        _move_people(source, target)
        Kirjoitusasu.objects.filter(toimiala=source).update(toimiala=target)
        kirjoitusasut.remember(source.nimi, target)
        source.lopetettu = timezone.localdate()
        source.save(update_fields=["lopetettu"])
    return len(moved)


def split(toimenpiteet, target, *, people, by):
    """Move these toimenpiteet to target and let these people record there too; how many toimenpiteet moved.

    Who is named on a moved toimenpide comes along unasked: otherwise it would have lost its answerer. What was
    recorded moves along as in join.
    """
    with transaction.atomic():
        lock_kunta(target.kunta_id)
        if target._state.adding:
            last = Toimiala.objects.filter(kunta=target.kunta_id).order_by("jarjestys").last()
            target.jarjestys = last.jarjestys + 1 if last else 0
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


def _move_people(source, target):
    already = Jasenyys.objects.filter(toimiala=target).values("kayttaja")
    Jasenyys.objects.filter(toimiala=source).exclude(kayttaja__in=already).update(toimiala=target)
    Jasenyys.objects.filter(toimiala=source).delete()
