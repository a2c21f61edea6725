"""The spellings that name the parts of a plan."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..fields import AvainField
from .ehdot import exactly_one_set
from .kunta import NIMEN_PITUUS, KunnanRivi, Toimiala, Toimielin
from .suunnitelma import Painopiste, StrateginenTavoite, Toimenpide

KIRJOITUSASUN_KOHTEET = ["toimiala", "toimielin", "painopiste", "tavoite", "toimenpide"]


class Kirjoitusasu(KunnanRivi):
    """A spelling a person has decided on: what it stands for in this kunta."""

    asu = models.CharField(_("kirjoitusasu"), max_length=NIMEN_PITUUS)
    avain = AvainField(source="asu")
    toimiala = models.ForeignKey(Toimiala, models.CASCADE, null=True, blank=True, verbose_name=_("toimiala"))
    toimielin = models.ForeignKey(Toimielin, models.CASCADE, null=True, blank=True, verbose_name=_("toimielin"))
    painopiste = models.ForeignKey(Painopiste, models.CASCADE, null=True, blank=True, verbose_name=_("painopiste"))
    tavoite = models.ForeignKey(
        StrateginenTavoite, models.CASCADE, null=True, blank=True, verbose_name=_("strateginen tavoite")
    )
    toimenpide = models.ForeignKey(Toimenpide, models.CASCADE, null=True, blank=True, verbose_name=_("toimenpide"))

    class Meta:
        verbose_name = _("kirjoitusasu")
        verbose_name_plural = _("kirjoitusasut")
        constraints = [
            models.CheckConstraint(condition=exactly_one_set(KIRJOITUSASUN_KOHTEET), name="kirjoitusasulla_yksi_kohde"),
            models.UniqueConstraint(
                fields=["kunta", "avain"], condition=Q(toimiala__isnull=False), name="toimialan_asu_kerran"
            ),
            models.UniqueConstraint(
                fields=["kunta", "avain"], condition=Q(toimielin__isnull=False), name="toimielimen_asu_kerran"
            ),
        ]

    def __str__(self):
        return self.asu
