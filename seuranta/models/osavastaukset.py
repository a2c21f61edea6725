"""The units that answer one toimenpide together: each with its name, score and comment."""

from dataclasses import dataclass

from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from strategia.fields import AvainField
from strategia.models import NIMEN_PITUUS, KunnanRivi
from strategia.nimet import avain

from .kirjaukset import KOMMENTIN_PITUUS, Kirjaus, Toteutumisaste
from .kirjoitus import write_again_if_refused

OSAN_KENTAT = ("nimi", "toteutumisaste", "kommentti")


@dataclass(frozen=True)
class Yksikkovastaus:
    """What a person wrote of one unit, and the id and versio of the osavastaus it was based on (None, 0: a new one)."""

    nimi: str
    toteutumisaste: int | None = None
    kommentti: str = ""
    pk: int | None = None
    versio: int = 0
    poista: bool = False
    alkuperainen: str = ""

    def values(self):
        return tuple(getattr(self, name) for name in OSAN_KENTAT)


class OsavastausManager(models.Manager):
    def record(self, jakso, toimenpide, osat, *, by, reason=None):
        """Save these answers in their order -> (saved, [(osavastaus as another left it, Yksikkovastaus)]).

        A unit that is not among them stays as it is. What is new in name alone is the unit of that name. A row that
        another rewrote after it was begun is not written, and one that was only sent along stays as they left it. The
        kirjaus is made where there is none; sent, it is looked at anew. Raises SuljettuJakso.
        """
        return write_again_if_refused(jakso, lambda: self._record_once(jakso, toimenpide, osat, by, reason), by)

    def _record_once(self, jakso, toimenpide, osat, by, reason):
        kirjaus = self._kirjaus_of(jakso, toimenpide, by)
        rows = {row.pk: row for row in self.filter(kirjaus=kirjaus).select_for_update(of=("self",)).order_by("pk")}
        by_name = {row.avain: row for row in rows.values()}
        saved, conflicts = [], []
        for place, osa in enumerate(osat):
            row = rows.get(osa.pk) or by_name.get(avain(osa.nimi))
            if row is None and (osa.poista or osa.pk):
                continue  # another took it away
            row = row or Osavastaus(kunta_id=jakso.kunta_id, kirjaus=kirjaus)
            if row.pk and row.versio != osa.versio and not row.is_as_told(osa):
                conflicts += [] if row.is_untouched_by(osa) else [(row, osa)]
            elif row.take(osa, place):
                row._history_user, row._change_reason = by, reason
                row.delete() if osa.poista else row.save()
                saved.append(row)
        if saved:
            Kirjaus.objects.look_anew(jakso, [toimenpide], by=by, reason=reason)
        return saved, conflicts

    def _kirjaus_of(self, jakso, toimenpide, by):
        kirjaus = Kirjaus.objects.filter(jakso=jakso, toimenpide=toimenpide).first()
        if kirjaus is None:
            kirjaus = Kirjaus(kunta_id=jakso.kunta_id, jakso=jakso, toimenpide=toimenpide)
            kirjaus.tila, kirjaus.versio, kirjaus._history_user = Kirjaus.Tila.LUONNOS, 1, by
            kirjaus.save()
        return kirjaus


class Osavastaus(KunnanRivi):
    """What one unit answers of a toimenpide, in its kirjaus. The whole is chosen by a person: nothing is computed.

    It is sent, approved, returned and counted with its kirjaus.
    """

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

    objects = OsavastausManager()

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

    def is_as_told(self, osa):
        """Does it already say what the Yksikkovastaus says?"""
        return not osa.poista and tuple(getattr(self, name) for name in OSAN_KENTAT) == osa.values()

    def is_untouched_by(self, osa):
        """Was it only sent along as it was when the page was opened?"""
        base = self.history.filter(versio=osa.versio).values_list(*OSAN_KENTAT).first()
        return not osa.poista and base == osa.values()

    def take(self, osa, place):
        """Put the Yksikkovastaus in as the `place`th; False where that changes nothing. Does not save."""
        if self.pk and self.is_as_told(osa) and self.jarjestys == place:
            return False
        for name, value in zip(OSAN_KENTAT, osa.values(), strict=True):
            setattr(self, name, value)
        self.jarjestys, self.alkuperainen = place, osa.alkuperainen
        self.versio += 1
        self.muokattu = timezone.now()
        return True
