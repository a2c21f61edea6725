"""The keys by which a person's own calendar reads the deadlines (/kalenteri.ics)."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .avaimet import digest_of
from .kayttajat import Rooli
from .kunta import KunnanRivi
from .kysely import KunnanQuerySet

_BITS = 32  # bytes of chance: its digest needs no salt and cannot be guessed


class KalenteriavainManager(models.Manager.from_queryset(KunnanQuerySet)):
    def make(self, kayttaja):
        """The key itself, shown once: only its digest is stored. The person's earlier one opens nothing any more."""
        key = secrets.token_urlsafe(_BITS)
        told = {"tiiviste": digest_of(key), "luotu": timezone.now(), "rooli": kayttaja.rooli}
        self.update_or_create(kayttaja=kayttaja, defaults=told | {"kunta_id": kayttaja.kunta_id})
        return key

    def reader_of(self, key):
        """Whose key this is, or None: one that has ended, or whose person has lost the access it was made with."""
        if not key or len(key) > 100:
            return None
        alive = self.filter(kayttaja__is_active=True, kayttaja__rooli=F("rooli"), kayttaja__kunta=F("kunta"))
        found = alive.filter(tiiviste=digest_of(key)).select_related("kayttaja__kunta").first()
        return found.kayttaja if found else None


class Kalenteriavain(KunnanRivi):
    """One person's key. rooli: the person's when it was made; with another role or kunta it opens nothing."""

    kayttaja = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="kalenteriavain", verbose_name=_("käyttäjä")
    )
    rooli = models.CharField(_("rooli"), max_length=20, choices=Rooli, editable=False)
    tiiviste = models.CharField(_("tiiviste"), max_length=64, unique=True, editable=False)
    luotu = models.DateTimeField(_("luotu"))

    objects = KalenteriavainManager()

    class Meta:
        verbose_name = _("kalenterin avain")
        verbose_name_plural = _("kalenterien avaimet")

    def __str__(self):
        return str(self.kayttaja)
