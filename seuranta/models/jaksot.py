"""The seurantajaksot of a strategia and the toimialat's own deadlines in them."""

from functools import partial

from django.db import connection, models, transaction
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from strategia.fields import AvainField, PvmField
from strategia.models import Ilmoitusviesti, KunnanQuerySet, KunnanRivi, Strategia, Tapahtuma, Toimenpide, Toimiala
from strategia.permissions import coordinates, recording_toimialat, sees_closed_only
from strategia.pyyntotieto import PYYNTO
from strategia.tapahtuma import record

from ..ajankohta import ajankohta, put_in_time

Laji = Tapahtuma.Laji


class SuljettuJakso(Exception):
    """The jakso takes no more writes: it was closed, or never opened."""


class SeurantajaksoQuerySet(KunnanQuerySet):
    def visible_to(self, user):
        """The jaksot of the user's kunta; a luottamushenkilö sees the closed ones only."""
        own = self.filter(kunta=user.kunta_id)
        return own.filter(tila=Seurantajakso.Tila.SULJETTU) if sees_closed_only(user) else own

    def open_to(self, user):
        """The jaksot whose kirjaukset the user may write now, with_own_deadlines: in viimeistely only the
        koordinaattori may.
        """
        shown, may_finish, mine = self.visible_to(user), coordinates(user), recording_toimialat(user)
        tilat = [Seurantajakso.Tila.AVOINNA, *([Seurantajakso.Tila.VIIMEISTELYSSA] if may_finish else [])]
        return shown.filter(tila__in=tilat)._with_deadlines(F if may_finish else partial(_own_deadline, mine))

    def with_own_deadlines(self, user):
        """Each with oma_vastausaika and oma_hyvaksyntaaika: the earliest of the toimialat in which the user
        records today, or the jakso's.
        """
        may_finish, mine = coordinates(user), recording_toimialat(user)
        return self._with_deadlines(F if may_finish else partial(_own_deadline, mine))

    def _with_deadlines(self, deadline):
        return self.annotate(
            oma_vastausaika=deadline("vastaus_viimeistaan"),
            oma_hyvaksyntaaika=deadline("hyvaksynta_viimeistaan"),
        )


def _own_deadline(toimialat, name):
    """An expression: no query of its own, for the entry page is to ask few."""
    of_toimiala = ToimialanMaaraaika.objects.filter(jakso=OuterRef(OuterRef("pk")), toimiala=OuterRef("pk"))
    days = toimialat.filter(lopetettu=None).annotate(day=Coalesce(Subquery(of_toimiala.values(name)), OuterRef(name)))
    return Coalesce(Subquery(days.order_by(F("day").asc(nulls_last=True)).values("day")[:1]), F(name))


class Seurantajakso(KunnanRivi):
    """A named reporting period of a strategia."""

    class Tyyppi(models.TextChoices):
        OSAVUOSIKATSAUS = "osavuosikatsaus", _("osavuosikatsaus")
        NELJANNESVUOSI = "neljannesvuosi", _("neljännesvuosi")
        TILINPAATOS = "tilinpaatos", _("tilinpäätös")
        MUU = "muu", _("muu")

    class Tila(models.TextChoices):
        TULOSSA = "tulossa", _("Tulossa")
        AVOINNA = "avoinna", _("Avoinna")
        VIIMEISTELYSSA = "viimeistelyssa", _("Viimeistelyssä")
        SULJETTU = "suljettu", _("Suljettu")

    strategia = models.ForeignKey(
        Strategia, on_delete=models.PROTECT, related_name="jaksot", verbose_name=_("strategia")
    )
    nimi = models.CharField(_("nimi"), max_length=200, help_text=_("Esimerkiksi Osavuosikatsaus II 2026"))
    avain = AvainField()
    tyyppi = models.CharField(_("tyyppi"), max_length=20, choices=Tyyppi, default=Tyyppi.OSAVUOSIKATSAUS)
    alkaa = PvmField(_("alkaa"), null=True, blank=True)
    paattyy = PvmField(_("päättyy"), null=True, blank=True, help_text=_("Tilanne, jota vastaukset kuvaavat."))
    vastaus_viimeistaan = PvmField(_("vastaa viimeistään"), null=True, blank=True)
    hyvaksynta_viimeistaan = PvmField(_("hyväksy viimeistään"), null=True, blank=True)
    sulkeminen_suunniteltu = PvmField(
        _("suunniteltu sulkeminen"), null=True, blank=True, help_text=_("Näkyy etusivulla ja kalenterissa.")
    )
    tila = models.CharField(_("tila"), max_length=20, choices=Tila, default=Tila.TULOSSA)
    avaamisen_syy = models.TextField(_("miksi jakso avattiin uudelleen"), blank=True)
    jarjestys = models.PositiveIntegerField(_("järjestys"), default=0)
    muistutettu = models.DateField(_("muistutukset katsottu"), null=True, blank=True, editable=False)
    history = HistoricalRecords(excluded_fields=["muistutettu"], verbose_name=_("seurantajakson muutos"))

    objects = SeurantajaksoQuerySet.as_manager()

    class Meta:
        verbose_name = _("seurantajakso")
        verbose_name_plural = _("seurantajaksot")
        ordering = ["jarjestys", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["strategia", "avain"], name="jakso_kerran_strategiassa"),
            models.CheckConstraint(
                condition=Q(alkaa__isnull=True) | Q(paattyy__isnull=True) | Q(alkaa__lte=models.F("paattyy")),
                name="jakso_alkaa_ennen_loppua",
            ),
        ]

    def __str__(self):
        return self.nimi

    @property
    def is_open(self):
        return self.tila == self.Tila.AVOINNA

    @property
    def is_closed(self):
        return self.tila == self.Tila.SULJETTU

    @property
    def is_in_finishing(self):
        return self.tila == self.Tila.VIIMEISTELYSSA

    def takes_from(self, user):
        """Does it take what this user writes? In viimeistely only the koordinaattori writes, and no program (None)."""
        return self.is_open or (self.is_in_finishing and user is not None and coordinates(user))

    @property
    def viestit(self):
        """The messages that tell of it, a queryset."""
        return Ilmoitusviesti.objects.of(self)

    @property
    def ajankohta(self):
        """When it is, as far as its end day or its name tells; None where neither does."""
        return ajankohta(self.nimi, self.paattyy)

    @property
    def vuosi(self):
        """The year whose targets are in force in it; None where neither its end day nor its name tells."""
        when = self.ajankohta
        return when[0].year if when else None

    def put_in_time(self, others):
        """Take its place in time among the other jaksot of the strategia, in their order; it is saved after this.

        The others' own order is kept: the koordinaattori may have moved them.
        """
        for number, jakso in enumerate(put_in_time(self, others), 1):
            if jakso is not self and jakso.jarjestys != number:
                Seurantajakso.objects.filter(pk=jakso.pk).update(jarjestys=number)
            jakso.jarjestys = number

    def edellinen(self):
        """The jakso before this one in its strategia, or None."""
        return self.edelliset().first()

    def edelliset(self):
        """The jaksot before this one in its strategia, the nearest first."""
        before = Seurantajakso.objects.filter(kunta=self.kunta_id, strategia=self.strategia_id)
        return before.filter(jarjestys__lt=self.jarjestys).order_by("-jarjestys", "-pk")

    def toimenpiteet(self):
        """The toimenpiteet of this jakso in the plan's order: those in force, and those that have been answered.

        A sheet that gives 2023's score to a row "2024-2025" means it: nothing answered drops out of a report.
        """
        mine = Toimenpide.objects.filter(kunta=self.kunta_id, tavoite__painopiste__strategia=self.strategia_id)
        in_force = Q()
        if self.paattyy:
            in_force &= Q(voimassa_alkaen=None) | Q(voimassa_alkaen__lte=self.paattyy)
        if self.alkaa:
            in_force &= Q(voimassa_asti=None) | Q(voimassa_asti__gte=self.alkaa)
        if in_force and self.pk:
            in_force |= Q(Exists(self.kirjaukset.filter(toimenpide=OuterRef("pk"))))
        if in_force:
            mine = mine.filter(in_force)
        return mine.select_related("tavoite__painopiste", "toimiala").order_by(
            "tavoite__painopiste__jarjestys", "tavoite__jarjestys", "jarjestys", "pk"
        )

    def toimenpiteet_toimialoineen(self):
        """The same without the levels, for who reads thousands: what is joined to a row is made anew for each row."""
        return self.toimenpiteet().select_related(None).prefetch_related("toimiala")

    def begins_after(self, toimenpide):
        """Had the toimenpide ended before this jakso? One without a known first day proves nothing."""
        return bool(toimenpide.voimassa_asti and self.alkaa and toimenpide.voimassa_asti < self.alkaa)

    def ends_before(self, toimenpide):
        """Does the toimenpide begin after this jakso? One without a known last day proves nothing."""
        return bool(toimenpide.voimassa_alkaen and self.paattyy and toimenpide.voimassa_alkaen > self.paattyy)

    def maaraaika(self, toimiala=None):
        """The day answers are due, of this toimiala if it has one of its own; None when not set."""
        own = self.maaraajat.filter(toimiala=toimiala).first() if toimiala else None
        return own.vastaus_viimeistaan if own else self.vastaus_viimeistaan

    def hyvaksynta(self, toimiala=None):
        """The day approving is due, as in maaraaika."""
        own = self.maaraajat.filter(toimiala=toimiala).first() if toimiala else None
        return (own and own.hyvaksynta_viimeistaan) or self.hyvaksynta_viimeistaan

    def open(self, *, by):
        self._move(Laji.AVATTU, from_=[self.Tila.TULOSSA, self.Tila.VIIMEISTELYSSA], to=self.Tila.AVOINNA, by=by)

    def finish(self, *, by):
        """Move to viimeistely: from now on only the koordinaattori writes, and nobody is reminded."""
        self._move(Laji.VIIMEISTELYYN, from_=[self.Tila.AVOINNA], to=self.Tila.VIIMEISTELYSSA, by=by)
        told = self.viestit.exclude(laji=Ilmoitusviesti.Laji.KYSYMYS)  # a question waits for its answer all the same
        told.drop_unsent(_("Jakso siirtyi viimeistelyyn."))

    def extend(self, vastaus, hyvaksynta, *, by, toimiala=None):
        """Set the deadlines of one toimiala, or later ones for all: nobody is left with less. Raises SuljettuJakso."""
        with transaction.atomic():
            current = Seurantajakso.objects.select_for_update().get(pk=self.pk)
            if current.tila not in (self.Tila.TULOSSA, self.Tila.AVOINNA):
                raise SuljettuJakso(_("Jakson tila on jo muuttunut: %(tila)s.") % {"tila": current.get_tila_display()})
            due = {"vastaus_viimeistaan": vastaus, "hyvaksynta_viimeistaan": hyvaksynta}
            self._record_extension(current, vastaus, toimiala, by)
            if toimiala and all(getattr(current, name) == day for name, day in due.items()):
                current.maaraajat.filter(toimiala=toimiala).delete()
                return
            if toimiala:
                owner = {"jakso": current, "toimiala": toimiala}
                ToimialanMaaraaika.objects.update_or_create(**owner, defaults=due | {"kunta": current.kunta})
                return
            current.vastaus_viimeistaan, current.hyvaksynta_viimeistaan = vastaus, hyvaksynta
            current._history_user = by
            current.save()
            current.drop_shorter_deadlines()

    def _record_extension(self, current, vastaus, toimiala, by):
        told = {"mista": current.maaraaika(toimiala) or "", "mihin": f"{vastaus} {toimiala or ''}"}
        record(Laji.MAARAAIKA, by=by, kunta=self.kunta_id, kohde=self, **told)

    def drop_shorter_deadlines(self):
        """A toimiala that had been given more time has no less of it than the others now have."""
        self.maaraajat.filter(vastaus_viimeistaan__lte=self.vastaus_viimeistaan).delete()

    def reopen(self, *, by, syy):
        """Take a closed jakso back to viimeistely; its earlier raporttiversiot stay as they are."""
        told = {"to": self.Tila.VIIMEISTELYSSA, "by": by, "avaamisen_syy": syy}
        self._move(Laji.AVATTU_UUDELLEEN, from_=[self.Tila.SULJETTU], **told)

    def _move(self, laji, *, from_, to, by, **values):
        """Move the row as it is in the database: what this object remembers of it may be old."""
        with transaction.atomic():
            current = Seurantajakso.objects.select_for_update().get(pk=self.pk)
            if current.tila not in from_:
                raise SuljettuJakso(_("Jakson tila on jo muuttunut: %(tila)s.") % {"tila": current.get_tila_display()})
            before, was_closed = current.get_tila_display(), current.is_closed
            if was_closed:
                current._leave_closed(values["avaamisen_syy"], by)
            for jakso in (current, self):
                for name, value in {"tila": to, **values}.items():
                    setattr(jakso, name, value)
            current._history_user = by
            current.save()
            if not was_closed:
                record(laji, by=by, kunta=self.kunta_id, kohde=self, mista=before, mihin=current.get_tila_display())

    def _leave_closed(self, syy, by):
        """Its row of the audit; on PostgreSQL the owner's function writes it, for no other opens a closed jakso."""
        told = {"mista": self.Tila.SULJETTU.label, "mihin": self.Tila.VIIMEISTELYSSA.label}
        if connection.vendor != "postgresql":
            record(Laji.AVATTU_UUDELLEEN, by=by, kunta=self.kunta, kohde=self, **told)
            return
        pyynto = PYYNTO.get()
        where = [pyynto.tunnus, pyynto.osoite] if pyynto else ["", ""]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT public.avaa_jakso(%s, %s, %s, %s, %s, %s, %s)",
                [self.pk, by.pk, syy, *map(str, told.values()), *where],
            )


class ToimialanMaaraaika(KunnanRivi):
    """A toimiala's own deadlines in a jakso."""

    jakso = models.ForeignKey(
        Seurantajakso, on_delete=models.CASCADE, related_name="maaraajat", verbose_name=_("seurantajakso")
    )
    toimiala = models.ForeignKey(Toimiala, on_delete=models.CASCADE, verbose_name=_("toimiala"))
    vastaus_viimeistaan = PvmField(_("vastaa viimeistään"))
    hyvaksynta_viimeistaan = PvmField(_("hyväksy viimeistään"), null=True, blank=True)

    class Meta:
        verbose_name = _("toimialan määräaika")
        verbose_name_plural = _("toimialojen määräajat")
        constraints = [models.UniqueConstraint(fields=["jakso", "toimiala"], name="maaraaika_kerran_toimialalle")]
