"""What people have decided of how the kunta's own tables are read."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from strategia.models import KunnanRivi


class Lukutapa(KunnanRivi):
    """What was decided of the reading of a table, for the next file of the same shape.

    avain: sha256 of its headings without years, dates and period numbers; otsikot: those headings, for a file that has
    one more or one less. sarakkeet: {heading: role}, of several alike "heading#2" is the second. otsikkorivi: where the
    headings stand, 0 for none, None where they are found. jatetyt: the sheets left out, named as headings are. tavat:
    {question: answer} of the rest. What words and numbers mean is the strategia's.
    """

    avain = models.CharField(_("otsikoiden tiiviste"), max_length=64)
    otsikot = models.JSONField(_("otsikot"), default=list, blank=True)
    sarakkeet = models.JSONField(_("sarakkeiden merkitykset"), default=dict, blank=True)
    otsikkorivi = models.PositiveIntegerField(_("otsikkorivi"), null=True, blank=True)
    jatetyt = models.JSONField(_("pois jätetyt välilehdet"), default=list, blank=True)
    tavat = models.JSONField(_("muut valinnat"), default=dict, blank=True)
    tiedostonimi = models.CharField(_("tiedoston nimi"), max_length=255, blank=True)
    kuka = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("kuka"),
    )
    milloin = models.DateTimeField(_("milloin"), default=timezone.now)
    versio = models.PositiveIntegerField(_("versio"), default=1)

    class Meta:
        verbose_name = _("taulukon lukutapa")
        verbose_name_plural = _("taulukoiden lukutavat")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["kunta", "avain"], name="lukutapa_kerran_kunnassa")]

    def __str__(self):
        return self.tiedostonimi
