"""The keys by which other programs read and write a kunta's measures (/api/v1/)."""

import hashlib
import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .kunta import KunnanRivi
from .kysely import KunnanQuerySet

ALKU = "ss_"  # tells in a log or a leaked file what it opens
_BITS = 32  # bytes of chance: its digest needs no salt and cannot be guessed


class AvainManager(models.Manager.from_queryset(KunnanQuerySet)):
    def make(self, kunta, nimi, *, by):
        """(the Avain, the key itself): shown once, for only its digest is stored."""
        key = ALKU + secrets.token_urlsafe(_BITS)
        return self.create(kunta=kunta, nimi=nimi, tekija=by, tiiviste=digest_of(key), alku=key[:8]), key

    def of_key(self, key):
        """The Avain in use whose key this is, or None."""
        if not key.startswith(ALKU) or len(key) > 100:
            return None
        return self.filter(tiiviste=digest_of(key), lopetettu=None).select_related("kunta").first()


def digest_of(key):
    return hashlib.sha256(key.encode()).hexdigest()


class Avain(KunnanRivi):
    """A key of the API. Only its digest is stored; ended, it opens nothing, and its row stays."""

    MERKKI = "rajapinta"  # the first word of a change reason. They are stored: never to be changed.

    nimi = models.CharField(
        _("nimi"), max_length=80, help_text=_("Mikä ohjelma avainta käyttää, esimerkiksi Tietovarasto.")
    )
    tiiviste = models.CharField(_("tiiviste"), max_length=64, unique=True, editable=False)
    alku = models.CharField(_("avaimen alku"), max_length=8, editable=False)
    tekija = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("tekijä")
    )
    luotu = models.DateTimeField(_("luotu"), auto_now_add=True)
    lopettaja = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lopettaja"),
    )
    lopetettu = models.DateTimeField(_("lopetettu"), null=True, blank=True)
    kaytetty = models.DateTimeField(_("viimeksi käytetty"), null=True, blank=True)

    objects = AvainManager()

    class Meta:
        verbose_name = _("rajapinnan avain")
        verbose_name_plural = _("rajapinnan avaimet")
        ordering = ["-pk"]

    def __str__(self):
        return self.nimi

    @property
    def merkki(self):
        """The change reason of the history rows that it wrote."""
        return f"{self.MERKKI} {self.nimi}"

    def end(self, *, by):
        """From now on it opens nothing. Ending it again changes nothing."""
        Avain.objects.filter(pk=self.pk, lopetettu=None).update(lopetettu=timezone.now(), lopettaja=by)
        self.refresh_from_db()
