"""The units that answer one toimenpide together: each with its name, score and comment."""

from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from strategia.fields import AvainField
from strategia.models import NIMEN_PITUUS, KunnanRivi

from .kirjaukset import KOMMENTIN_PITUUS, Kirjaus, Toteutumisaste


class Osavastaus(KunnanRivi):
    """What one unit answers of a toimenpide, in its kirjaus. The whole is chosen by a person: nothing is computed."""

    kirjaus = models.ForeignKey(
        Kirjaus, on_delete=models.CASCADE, related_name="osavastaukset", verbose_name=_("kirjaus")
    )
    nimi = models.CharField(_("yksikkö"), max_length=NIMEN_PITUUS)
    avain = AvainField()
    toteutumisaste = models.PositiveSmallIntegerField(
        _("toteutumisaste"),
        choices=Toteutumisaste,
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )
    kommentti = models.TextField(_("kommentti"), blank=True, validators=[MaxLengthValidator(KOMMENTIN_PITUUS)])
    jarjestys = models.PositiveIntegerField(_("järjestys"), default=0)
    alkuperainen = models.TextField(_("vastaus taulukon sanoin"), blank=True, editable=False)
    versio = models.PositiveIntegerField(_("versio"), default=0)
    muokattu = models.DateTimeField(_("muokattu"), default=timezone.now)
    history = HistoricalRecords(verbose_name=_("osavastauksen muutos"))

    class Meta:
        verbose_name = _("osavastaus")
        verbose_name_plural = _("osavastaukset")
        ordering = ["jarjestys", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["kirjaus", "avain", "kunta"], name="osavastaus_kerran_kirjauksessa"),
            models.CheckConstraint(
                condition=Q(toteutumisaste__isnull=True) | Q(toteutumisaste__range=(1, 5)), name="osan_aste_1_5"
            ),
        ]

    def __str__(self):
        return self.nimi
