"""What may keep a toimenpide or a tavoite from coming true, how likely that is and how much it would matter."""

from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from strategia.models import (
    TEKSTIN_PITUUS,
    KunnanQuerySet,
    KunnanRivi,
    Strategia,
    StrateginenTavoite,
    Toimenpide,
    exactly_one_set,
)
from strategia.permissions import audits, followed_toimenpiteet

from .jaksot import Seurantajakso, SuljettuJakso
from .kirjoitus import write_again_if_refused
from .sijaisena import records_history

PIENIN, SUURIN = 1, 5


class RiskiQuerySet(KunnanQuerySet):
    def in_order(self):
        """The greatest first; those of which somebody has told neither or one come last, in the plan's order."""
        size = models.F("todennakoisyys") * models.F("vaikutus")
        return self.annotate(koko=size).order_by(models.F("koko").desc(nulls_last=True), "jarjestys", "pk")

    def visible_to(self, user):
        """The risks of the user's kunta: of the plan, of closed jaksot, and of open ones what the user may follow."""
        own = self.filter(kunta=user.kunta_id)
        if audits(user):
            return own
        told = Q(jakso=None) | Q(jakso__tila=Seurantajakso.Tila.SULJETTU)
        return own.filter(told | Q(toimenpide__in=followed_toimenpiteet(user)))


class RiskiManager(models.Manager.from_queryset(RiskiQuerySet)):
    def store(self, riski, *, by):
        """Save it with history. Raises SuljettuJakso where its jakso, or the one it was of, takes nothing any more."""
        riski._history_user = by
        self._write(riski, riski.save, by)

    def remove(self, riski, *, by):
        """Delete it; its history stays. Raises as store."""
        riski._history_user = by
        self._write(riski, riski.delete, by)

    def _write(self, riski, act, by):
        was = Seurantajakso.objects.filter(riskit=riski).first() if riski.pk else None
        if was is not None and was != riski.jakso and not was.takes_from(by):
            raise SuljettuJakso(_("Jakso %(nimi)s ei ota enää vastaan kirjauksia.") % {"nimi": was.nimi})
        write_again_if_refused(riski.jakso, act, by)


class Riski(KunnanRivi):
    """A risk of a toimenpide or a tavoite, of one jakso or of the whole plan (jakso None).

    strategia is its parent's. Likelihood and effect may each be missing. One of a jakso is held with it: once the
    jakso is closed, nothing of it changes. A tavoite's is written by the koordinaattori, who stands in for nobody.
    """

    KENESTA, TOIMIALAN_POLUT = "toimenpide", ("toimiala",)

    strategia = models.ForeignKey(
        Strategia, on_delete=models.PROTECT, related_name="riskit", verbose_name=_("strategia")
    )
    toimenpide = models.ForeignKey(
        Toimenpide, on_delete=models.PROTECT, null=True, blank=True, related_name="riskit", verbose_name=_("toimenpide")
    )
    tavoite = models.ForeignKey(
        StrateginenTavoite,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="riskit",
        verbose_name=_("strateginen tavoite"),
    )
    jakso = models.ForeignKey(
        Seurantajakso,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="riskit",
        verbose_name=_("seurantajakso"),
    )
    teksti = models.TextField(_("riski"), validators=[MaxLengthValidator(TEKSTIN_PITUUS)])
    todennakoisyys = models.PositiveSmallIntegerField(
        _("todennäköisyys"), null=True, blank=True, validators=[MinValueValidator(PIENIN), MaxValueValidator(SUURIN)]
    )
    vaikutus = models.PositiveSmallIntegerField(
        _("vaikutus"), null=True, blank=True, validators=[MinValueValidator(PIENIN), MaxValueValidator(SUURIN)]
    )
    jarjestys = models.PositiveIntegerField(_("järjestys"), default=0)
    alkuperainen = models.TextField(_("riski taulukon sanoin"), blank=True, editable=False)
    history = records_history(verbose_name=_("riskin muutos"))

    objects = RiskiManager()

    class Meta:
        verbose_name = _("riski")
        verbose_name_plural = _("riskit")
        ordering = ["jarjestys", "pk"]
        constraints = [
            models.CheckConstraint(condition=exactly_one_set(["toimenpide", "tavoite"]), name="riskilla_yksi_kohde"),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__range": (PIENIN, SUURIN)}),
                    name=f"riskin_{name}_1_5",
                )
                for name in ("todennakoisyys", "vaikutus")
            ),
        ]

    def __str__(self):
        return self.teksti

    @property
    def kohde(self):
        """What it threatens: a toimenpide or a tavoite."""
        return self.toimenpide or self.tavoite

    @property
    def suuruus(self):
        """Likelihood times effect, None where either is missing."""
        return self.todennakoisyys * self.vaikutus if self.todennakoisyys and self.vaikutus else None
