"""Who is told by mail of a new report: an address that nobody can read in the table, and what has gone to it."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from strategia.models import KunnanRivi

from .versiot import Raporttiversio


class Tilaus(KunnanRivi):
    """One address's wish to hear of a kunta's reports. It ends by being deleted, and the address goes with it.

    tunniste: of the address, so that it is here once. osoite: encrypted. avain: opens this row alone, in mailed links.
    """

    tunniste = models.CharField(_("osoitteen tunniste"), max_length=64, editable=False)
    osoite = models.TextField(_("sähköposti salattuna"), editable=False)
    avain = models.UUIDField(_("avain"), default=uuid.uuid4, unique=True, editable=False)
    luotu = models.DateTimeField(_("pyydetty"), default=timezone.now)
    vahvistettu = models.DateTimeField(_("vahvistettu"), null=True, blank=True)

    class Meta:
        verbose_name = _("tilaus")
        verbose_name_plural = _("tilaukset")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["kunta", "tunniste"], name="tilaus_kerran_kunnassa")]

    def __str__(self):
        return _("tilaus %(numero)s") % {"numero": self.pk}


class Tilausviesti(KunnanRivi):
    """That a subscriber is told of a version: made before the message leaves, so that it leaves once."""

    class Tila(models.TextChoices):
        LAHDOSSA = "lahdossa", _("Lähdössä")
        LAHETETTY = "lahetetty", _("Lähetetty")
        EPAONNISTUI = "epaonnistui", _("Ei lähtenyt")

    tilaus = models.ForeignKey(Tilaus, on_delete=models.CASCADE, related_name="viestit", verbose_name=_("tilaus"))
    versio = models.ForeignKey(
        Raporttiversio, on_delete=models.CASCADE, related_name="+", verbose_name=_("raporttiversio")
    )
    tila = models.CharField(_("tila"), max_length=20, choices=Tila, default=Tila.LAHDOSSA)
    yritetty = models.DateTimeField(_("yritetty"), default=timezone.now)
    yrityksia = models.PositiveSmallIntegerField(_("yrityksiä"), default=1)
    virhe = models.CharField(_("virhe"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("tilaajan viesti")
        verbose_name_plural = _("tilaajien viestit")
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["tilaus", "versio"], name="tilaajalle_kerran_versiosta")]

    def __str__(self):
        return f"{self.versio}: {self.get_tila_display()}"
