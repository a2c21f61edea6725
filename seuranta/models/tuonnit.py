"""The imported files."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from strategia.models import KunnanRivi, Strategia, Toimiala

from .jaksot import Seurantajakso


def tuonti_path(tuonti, filename):
    """A name of our own: what the sender called the file decides nothing on our disk."""
    return f"tuonnit/{tuonti.kunta_id}/{tuonti.sha256}"


class TuontiQuerySet(models.QuerySet):
    """The two flows of files: a municipality's own tables, and the workbooks of answers."""

    def taulukot(self):
        return self.filter(jakso=None)

    def vastaukset(self):
        return self.exclude(jakso=None)


class Tuonti(KunnanRivi):
    """One imported file: its bytes, who, when, and what it changed.

    jakso and toimiala: of a vastaustaulukko, a toimiala's answers in one jakso; empty for a table of the plan.
    """

    # The first word of the change reason of the history rows that a file writes. They are stored: never to be changed.
    TAULUKON_MERKKI = "tuonti"
    VASTAUSTEN_MERKKI = "vastaustaulukko"  # a person's own answers, unlike a table's

    class Tila(models.TextChoices):
        ESIKATSELU = "esikatselu", _("Esikatselussa")
        TALLENNETTU = "tallennettu", _("Tallennettu")
        HYLATTY = "hylatty", _("Hylätty")
        KUMOTTU = "kumottu", _("Kumottu")

    tiedosto = models.FileField(_("tiedosto"), upload_to=tuonti_path, blank=True)
    tiedostonimi = models.CharField(_("tiedoston nimi"), max_length=255)
    sha256 = models.CharField(_("tiiviste"), max_length=64)
    strategia = models.ForeignKey(
        Strategia, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("strategia")
    )
    jakso = models.ForeignKey(
        Seurantajakso,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("seurantajakso"),
    )
    toimiala = models.ForeignKey(
        Toimiala, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("toimiala")
    )
    tekija = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("tekijä"),
    )
    luotu = models.DateTimeField(_("luotu"), auto_now_add=True)
    tallennettu = models.DateTimeField(_("tallennettu"), null=True, blank=True)
    tila = models.CharField(_("tila"), max_length=20, choices=Tila, default=Tila.ESIKATSELU)
    valinnat = models.JSONField(_("päätökset"), default=dict, blank=True)
    jasennetty = models.JSONField(_("luetut rivit"), null=True, blank=True)
    jasennyksen_avain = models.CharField(_("luennan avain"), max_length=64, blank=True)
    kumoaja = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("kumoaja"),
    )
    kumottu = models.DateTimeField(_("kumottu"), null=True, blank=True)
    sormenjalki = models.CharField(_("suunnitelman sormenjälki"), max_length=64, blank=True)
    luvut = models.JSONField(_("luvut"), default=dict, blank=True)
    muutokset = models.JSONField(_("muutokset"), default=list, blank=True)

    objects = TuontiQuerySet.as_manager()

    class Meta:
        verbose_name = _("tuonti")
        verbose_name_plural = _("tuonnit")
        ordering = ["-pk"]

    def __str__(self):
        return self.tiedostonimi

    @property
    def on_vastaustaulukko(self):
        """Is it a workbook of answers, and not a table of the plan?"""
        return self.jakso_id is not None

    @property
    def merkki(self):
        """The change reason of the history rows that this file wrote."""
        return f"{self.VASTAUSTEN_MERKKI if self.on_vastaustaulukko else self.TAULUKON_MERKKI} {self.pk}"

    @classmethod
    def id_of_merkki(cls, reason):
        """The id of the file that wrote a row of history with this change reason, None for any other reason."""
        word, _space, rest = (reason or "").partition(" ")
        number = rest.split(" ")[0]
        return int(number) if word in (cls.TAULUKON_MERKKI, cls.VASTAUSTEN_MERKKI) and number.isdecimal() else None
