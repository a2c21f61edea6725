"""A kunta's publication number: another whenever anything that the public sees of it has changed."""

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from .kunta import KunnanRivi, Kunta
from .kysely import KunnanQuerySet


class JulkaisunumeroQuerySet(KunnanQuerySet):
    def bump(self, kunta_id):
        """In the transaction of the change; of two at once the later waits, so that no number is of both."""
        mine = self.filter(kunta=kunta_id)
        if not mine.update(numero=F("numero") + 1):
            self.bulk_create([Julkaisunumero(kunta_id=kunta_id)], ignore_conflicts=True)
            mine.update(numero=F("numero") + 1)


class Julkaisunumero(KunnanRivi):
    """Beside the kunta and not in it: whoever saves a kunta that was read earlier would turn the number back."""

    # Goes with a kunta that nothing hangs on: what it has told the public keeps a kunta.
    kunta = models.ForeignKey(Kunta, on_delete=models.CASCADE, related_name="+", verbose_name=_("kunta"))
    numero = models.PositiveBigIntegerField(_("julkaisunumero"), default=0)

    objects = JulkaisunumeroQuerySet.as_manager()

    class Meta:
        verbose_name = _("julkaisunumero")
        verbose_name_plural = _("julkaisunumerot")
        constraints = [models.UniqueConstraint(fields=["kunta"], name="julkaisunumero_kerran_kunnassa")]

    def __str__(self):
        return f"{self.kunta_id}: {self.numero}"
