"""What stands beside the versions: how a body dealt with one, the koordinaattori's texts, the lives of workers."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from seuranta.models import Seurantajakso
from strategia.fields import PvmField
from strategia.models import KunnanRivi

from .versiot import Raporttiversio


class Kasittely(KunnanRivi):
    """How a body dealt with a raporttiversio: added later, never inside its frozen bytes."""

    versio = models.ForeignKey(
        Raporttiversio, on_delete=models.PROTECT, related_name="kasittelyt", verbose_name=_("raporttiversio")
    )
    toimielin = models.CharField(_("toimielin"), max_length=300)
    pvm = PvmField(_("kokouspäivä"))
    asianumero = models.CharField(_("asianumero"), max_length=100, blank=True)
    pykala = models.CharField(_("pykälä"), max_length=50, blank=True)
    paatos = models.TextField(_("päätös"), blank=True)

    class Meta:
        verbose_name = _("käsittely")
        verbose_name_plural = _("käsittelyt")
        ordering = ["pvm", "pk"]

    def __str__(self):
        return f"{self.toimielin} {self.pvm:%-d.%-m.%Y}"


class Saate(KunnanRivi):
    """What the koordinaattori writes into the report of a jakso before closing it: it is frozen with the rest.

    painopisteet: {painopiste's id as text: its text}. versio grows with each save, so that two do not overwrite.
    """

    TYHJA = models.Q(avaus="", painopisteet={})  # the meeting alone is proposed from those of the jakso

    jakso = models.OneToOneField(
        Seurantajakso, on_delete=models.CASCADE, related_name="saate", verbose_name=_("seurantajakso")
    )
    avaus = models.TextField(_("avausteksti"), blank=True)
    painopisteet = models.JSONField(_("painopisteiden tekstit"), default=dict, blank=True)
    kokous_toimielin = models.CharField(_("toimielin"), max_length=300, blank=True)
    kokous_pvm = PvmField(_("kokouspäivä"), null=True, blank=True)
    versio = models.PositiveIntegerField(_("versio"), default=0)
    history = HistoricalRecords(verbose_name=_("saatteen muutos"))

    class Meta:
        verbose_name = _("raportin saate")
        verbose_name_plural = _("raporttien saatteet")

    def __str__(self):
        return str(self.jakso)

    @property
    def kokous(self):
        """The meeting in words: "Kaupunginvaltuusto 12.10.2026"."""
        day = f"{self.kokous_pvm:%-d.%-m.%Y}" if self.kokous_pvm else ""
        return f"{self.kokous_toimielin} {day}".strip()


class Syke(models.Model):
    """A worker of the queue lives: it writes the time here every few seconds. The installation's, of no kunta."""

    tunnus = models.CharField(_("työntekijän tunnus"), max_length=64, primary_key=True)
    aika = models.DateTimeField(_("viimeksi elossa"))

    class Meta:
        verbose_name = _("työntekijän syke")
        verbose_name_plural = _("työntekijöiden sykkeet")

    def __str__(self):
        return self.tunnus
