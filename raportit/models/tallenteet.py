"""The stored files of a version, in its two forms."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from strategia.models import KunnanRivi

from .versiot import Raporttiversio


class TallennettuTiedosto(KunnanRivi):
    """A version in one format: what its file is. The bytes lie in storage under their own sha256."""

    MUUTTUVAT = ()

    muoto = models.CharField(_("muoto"), max_length=10)
    sha256 = models.CharField(_("tiiviste"), max_length=64, db_index=True)
    koko = models.PositiveIntegerField(_("koko tavuina"))
    luotu = models.DateTimeField(_("luotu"), auto_now_add=True)

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.versio}: {self.muoto}"


class Tallenne(TallennettuTiedosto):
    """The inner form, for ever after as it was made first."""

    versio = models.ForeignKey(
        Raporttiversio, on_delete=models.PROTECT, related_name="tallenteet", verbose_name=_("raporttiversio")
    )

    class Meta:
        verbose_name = _("tallenne")
        verbose_name_plural = _("tallenteet")
        ordering = ["versio", "muoto"]
        constraints = [models.UniqueConstraint(fields=["versio", "muoto"], name="tallenne_kerran_muodossa")]


class JulkinenTallenne(TallennettuTiedosto):
    """The form that the council and the public got.

    nakyma: what was visible then (Nakyma.avain). When that changes, files of a new one are made; the earlier ones stay
    known, for somebody has them.
    """

    versio = models.ForeignKey(
        Raporttiversio, on_delete=models.PROTECT, related_name="julkiset_tallenteet", verbose_name=_("raporttiversio")
    )
    nakyma = models.CharField(_("mitä näkyi"), max_length=40)

    class Meta:
        verbose_name = _("julkinen tallenne")
        verbose_name_plural = _("julkiset tallenteet")
        ordering = ["versio", "muoto", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["versio", "nakyma", "muoto"], name="julkinen_tallenne_kerran_muodossa")
        ]
