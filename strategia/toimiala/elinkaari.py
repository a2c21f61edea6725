"""A toimiala or a toimielin of a kunta: added, renamed, ended. Nothing old changes; old spellings are remembered."""

from django.db import transaction
from django.utils import timezone

from .. import kirjoitusasut
from ..models import Kirjoitusasu
from ..vuoro import lock_kunta


class OnKaytossa(Exception):
    """What still has toimenpiteet is joined to another, or they are given another first; says so in words."""


def place_last(row):
    """Set its place after all others of its kind in the kunta; the caller saves it."""
    last = type(row).objects.filter(kunta=row.kunta_id).order_by("jarjestys").last()
    row.jarjestys = last.jarjestys + 1 if last else 0


def rename(row, nimi):
    """Give it a new name; a file that has the old one is still understood."""
    with transaction.atomic():
        kirjoitusasut.rename(row, nimi)


def set_ended(row, ended, *, find_reason):
    """End it today, or take it into use again. Raises OnKaytossa with the reason that is found, if any."""
    with transaction.atomic():
        lock_kunta(row.kunta_id)
        if ended and (reason := find_reason(row)):
            raise OnKaytossa(reason)
        row.lopetettu = timezone.localdate() if ended else None
        row.save(update_fields=["lopetettu"])


def move_people(source, target, model, name):
    """Who was of source is of target. model: whose rows tell it, by the link of this name."""
    already = model.objects.filter(**{name: target}).values("kayttaja")
    model.objects.filter(**{name: source}).exclude(kayttaja__in=already).update(**{name: target})
    model.objects.filter(**{name: source}).delete()


def end_into(source, target):
    """End source, for target has taken its place: every spelling of it means target from now on."""
    laji = source._meta.model_name
    Kirjoitusasu.objects.filter(**{laji: source}).update(**{laji: target})
    kirjoitusasut.remember(source.nimi, target)
    source.lopetettu = timezone.localdate()
    source.save(update_fields=["lopetettu"])
