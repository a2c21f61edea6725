"""One act on many toimenpiteet at once: what each had before it, so that the act can be undone."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .kunta import KunnanRivi
from .suunnitelma import Strategia, Toimenpide


class Joukkomuutos(KunnanRivi):
    """kuvaus: what was done, in words. Each of its rows has in its history one entry that names it (merkki)."""

    class Laji(models.TextChoices):
        TOIMIALA = "toimiala", _("toimiala")
        TOIMIELIN = "toimielin", _("toimielin")
        VASTUUHENKILOT = "vastuuhenkilot", _("vastuuhenkilöt")
        VOIMASSA = "voimassa", _("voimassaolo")
        SITOVUUS = "sitovuus", _("sitovuus")

    strategia = models.ForeignKey(
        Strategia, on_delete=models.CASCADE, related_name="joukkomuutokset", verbose_name=_("strategia")
    )
    laji = models.CharField(_("mitä muutettiin"), max_length=20, choices=Laji)
    kuvaus = models.TextField(_("kuvaus"))
    tekija = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("tekijä")
    )
    luotu = models.DateTimeField(_("tehty"), auto_now_add=True)
    kumoaja = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("kumoaja"),
    )
    kumottu = models.DateTimeField(_("kumottu"), null=True, blank=True)

    class Meta:
        verbose_name = _("monen rivin muutos")
        verbose_name_plural = _("monen rivin muutokset")
        ordering = ["-pk"]

    def __str__(self):
        return self.kuvaus

    @property
    def merkki(self):
        """The change reason of the history rows that it wrote. They are stored: never to be changed."""
        return f"joukkomuutos {self.pk}"


class Joukkomuutosrivi(KunnanRivi):
    """ennen, jalkeen: {field of the toimenpide, or "vastuuhenkilot" or "muut_toimialat": its value as JSON has it}.

    este: why undoing left the row as it was; "" where it was restored or has not been tried.
    """

    joukkomuutos = models.ForeignKey(
        Joukkomuutos, on_delete=models.CASCADE, related_name="rivit", verbose_name=_("monen rivin muutos")
    )
    toimenpide = models.ForeignKey(Toimenpide, on_delete=models.CASCADE, related_name="+", verbose_name=_("toimenpide"))
    ennen = models.JSONField(_("ennen"), default=dict)
    jalkeen = models.JSONField(_("jälkeen"), default=dict)
    este = models.CharField(_("miksi ei palautettu"), max_length=200, blank=True, editable=False)

    class Meta:
        verbose_name = _("monen rivin muutoksen rivi")
        verbose_name_plural = _("monen rivin muutoksen rivit")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["joukkomuutos", "toimenpide"], name="joukkomuutoksessa_kerran")]
