"""When the timed commands last ran: what tells that cron lives. The installation's, of no kunta."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Ajo(models.Model):
    """The newest run of one command, and the newest that succeeded."""

    komento = models.CharField(_("komento"), max_length=64, primary_key=True)
    alkoi = models.DateTimeField(_("alkoi"))
    onnistui = models.DateTimeField(_("onnistui viimeksi"), null=True)
    virhe = models.CharField(_("virhe"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("ajo")
        verbose_name_plural = _("ajot")

    def __str__(self):
        return self.komento
