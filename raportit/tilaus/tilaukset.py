"""A subscription's life: asked, confirmed within a week, ended. Whoever asks learns nothing of who else is here."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from strategia.models import Kunta
from strategia.salaus import encrypt

from ..models import Tilaus

VAHVISTUSAIKA = timedelta(days=7)


def tunniste_of(osoite: str) -> str:
    """The same of an address however it is typed."""
    return salted_hmac("raportit.tilaus", osoite.strip().casefold(), algorithm="sha256").hexdigest()


def subscribe(kunta: Kunta, osoite: str) -> Tilaus:
    """The row of the address, new or as it was; of one not confirmed its week begins anew."""
    with transaction.atomic():
        told = {"osoite": encrypt(osoite.strip())}
        tilaus, is_new = Tilaus.objects.get_or_create(kunta=kunta, tunniste=tunniste_of(osoite), defaults=told)
        if not is_new and not tilaus.vahvistettu:
            tilaus.luotu = timezone.now()
            tilaus.save(update_fields=["luotu"])
    return tilaus


def find_tilaus(kunta: Kunta, avain) -> Tilaus | None:
    """None of what is not there, and of what was not confirmed in its time, whether it has been cleaned away or not."""
    tilaus = Tilaus.objects.filter(kunta=kunta, avain=avain).first()
    is_late = tilaus and not tilaus.vahvistettu and tilaus.luotu < timezone.now() - VAHVISTUSAIKA
    return None if is_late else tilaus


def confirm(tilaus: Tilaus) -> None:
    """Of two clicks the first tells the time: reports published after it are told of."""
    Tilaus.objects.filter(pk=tilaus.pk, vahvistettu=None).update(vahvistettu=timezone.now())


def drop_unconfirmed() -> int:
    late = Tilaus.objects.filter(vahvistettu=None, luotu__lt=timezone.now() - VAHVISTUSAIKA)
    return late.delete()[1].get(Tilaus._meta.label, 0)
