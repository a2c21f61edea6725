"""The lines of the public forms: what public pages, open data and lines over the jaksot read.

Made only of the public form of a version, when that is published; it can be dropped and made again equal. Whether a
version is public is asked of the clock when they are read, never of this table: use `public_at`.
"""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from strategia.models import KunnanQuerySet, KunnanRivi

from .versiot import Raporttiversio


class JulkinenRiviQuerySet(KunnanQuerySet):
    def public_at(self, now=None):
        """Those of the versions that are public at the moment, also of ones that a later version has replaced."""
        return self.filter(versio__in=Raporttiversio.objects.public_at(now).values("pk"))

    def standing(self, now=None):
        """Those of the newest public version of each jakso: the line of a row over the jaksot, in order of time."""
        now = now or timezone.now()
        newest = Raporttiversio.objects.public_at(now).newest_of_jakso(now)
        return self.filter(versio__in=newest.values("pk")).order_by("jakso__jarjestys", "jakso", "jarjestys")


class JulkinenRivi(KunnanRivi):
    """One line of a version's public form.

    laji: what it is of. A version has one line of laji strategia: the report itself, in its `tiedot` the names, words
    and scale by which the rest are read. painopiste, tavoite, toimenpide: the tunnukset of what it hangs under (its
    own too, at its own level). haku: what free text is looked for in, casefolded. sdg: each between line breaks.
    tiedot: the rest of what the form tells; of a mittari its values.
    """

    class Laji(models.TextChoices):
        STRATEGIA = "strategia", _("strategia")
        PAINOPISTE = "painopiste", _("painopiste")
        TAVOITE = "tavoite", _("strateginen tavoite")
        TOIMENPIDE = "toimenpide", _("toimenpide")
        MITTARI = "mittari", _("mittari")

    versio = models.ForeignKey(
        Raporttiversio, on_delete=models.CASCADE, related_name="julkiset_rivit", verbose_name=_("raporttiversio")
    )
    jakso = models.ForeignKey(
        "seuranta.Seurantajakso", on_delete=models.CASCADE, related_name="+", verbose_name=_("seurantajakso")
    )
    strategia = models.UUIDField(_("strategian tunnus"), editable=False)
    laji = models.CharField(_("laji"), max_length=20, choices=Laji)
    tunnus = models.UUIDField(_("tunnus"), editable=False)
    jarjestys = models.PositiveIntegerField(_("järjestys"))
    painopiste = models.UUIDField(_("painopisteen tunnus"), null=True, editable=False)
    tavoite = models.UUIDField(_("tavoitteen tunnus"), null=True, editable=False)
    toimenpide = models.UUIDField(_("toimenpiteen tunnus"), null=True, editable=False)
    nimi = models.TextField(_("nimi"), blank=True)
    koodi = models.TextField(_("koodi"), blank=True)
    painopisteen_nimi = models.TextField(_("painopisteen nimi"), blank=True)
    tavoitteen_nimi = models.TextField(_("tavoitteen nimi"), blank=True)
    toimiala = models.TextField(_("toimiala"), blank=True)
    toimielin = models.TextField(_("toimielin"), blank=True)
    toteutumisaste = models.PositiveSmallIntegerField(_("toteutumisaste"), null=True)
    aste_sanoin = models.TextField(_("toteutumisaste sanoin"), blank=True)
    syy = models.TextField(_("ei arviota, syy"), blank=True)
    edellinen = models.PositiveSmallIntegerField(_("edellinen toteutumisaste"), null=True)
    muutos = models.CharField(_("muutos"), max_length=20, blank=True)
    kommentti = models.TextField(_("kommentti"), blank=True)
    sdg = models.TextField(_("kestävän kehityksen tavoitteet"), blank=True)
    tiedot = models.JSONField(_("muut tiedot"), default=dict)
    haku = models.TextField(_("hakuteksti"), blank=True)

    objects = JulkinenRiviQuerySet.as_manager()

    class Meta:
        verbose_name = _("julkinen rivi")
        verbose_name_plural = _("julkiset rivit")
        ordering = ["versio", "jarjestys"]
        constraints = [
            models.UniqueConstraint(fields=["versio", "laji", "tunnus"], name="julkinen_rivi_kerran_versiossa")
        ]
        indexes = [
            models.Index(fields=["kunta", "laji", "tunnus"], name="julkinen_rivi_tunnuksella"),
            models.Index(fields=["versio", "laji", "jarjestys"], name="julkinen_rivi_versiossa"),
        ]

    def __str__(self):
        return f"{self.versio}: {self.nimi}"

    @property
    def sdgt(self):
        """The goals as they were told, one by one."""
        return [sdg for sdg in self.sdg.split("\n") if sdg]
