"""When the boards deal with a jakso's report: planned before it, told in the calendar."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from strategia.fields import AvainField, PvmField
from strategia.models import KunnanRivi

from .jaksot import Seurantajakso


class Kokous(KunnanRivi):
    """A day on which a toimielin is to deal with the report of a jakso. The council and the hallitus are no toimielimet
    of the register, so its name is a text.
    """

    jakso = models.ForeignKey(
        Seurantajakso, on_delete=models.CASCADE, related_name="kokoukset", verbose_name=_("seurantajakso")
    )
    toimielin = models.CharField(_("toimielin"), max_length=300, help_text=_("Esimerkiksi Kunnanvaltuusto"))
    avain = AvainField(source="toimielin")
    pvm = PvmField(_("kokouspäivä"))

    class Meta:
        verbose_name = _("kokous")
        verbose_name_plural = _("kokoukset")
        ordering = ["pvm", "pk"]
        constraints = [models.UniqueConstraint(fields=["jakso", "avain", "pvm"], name="kokous_kerran_paivassa")]

    def __str__(self):
        return f"{self.toimielin} {self.pvm:%-d.%-m.%Y}"
