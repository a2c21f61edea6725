"""How it is going: the seurantajaksot of a strategia, one kirjaus per toimenpide in each, and the tuonnit."""

from dataclasses import dataclass

from django.conf import settings
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from strategia.fields import AvainField
from strategia.models import KunnanRivi, Rooli, Strategia, Toimenpide, Toimiala
from strategia.permissions import KOORDINOIVAT

KOMMENTIN_PITUUS = 32_767  # characters: what one cell of Excel holds


class Toteutumisaste(models.IntegerChoices):
    """The scale. The labels are the strategia's own, so the choices show bare numbers."""

    YKSI = 1, "1"
    KAKSI = 2, "2"
    KOLME = 3, "3"
    NELJA = 4, "4"
    VIISI = 5, "5"


class SuljettuJakso(Exception):
    """The jakso takes no more writes: it was closed, or never opened."""


class SeurantajaksoQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The jaksot of the user's kunta; a luottamushenkilö sees the closed ones only."""
        own = self.filter(kunta=user.kunta_id)
        return own.filter(tila=Seurantajakso.Tila.SULJETTU) if user.rooli == Rooli.LUOTTAMUSHENKILO else own

    def open_to(self, user):
        """The jaksot whose kirjaukset the user may write now: in viimeistely only the koordinaattori may."""
        tilat = [Seurantajakso.Tila.AVOINNA]
        if user.rooli in KOORDINOIVAT:
            tilat.append(Seurantajakso.Tila.VIIMEISTELYSSA)
        return self.visible_to(user).filter(tila__in=tilat)


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
    alkaa = models.DateField(_("alkaa"), null=True, blank=True)
    paattyy = models.DateField(_("päättyy"), null=True, blank=True, help_text=_("Tilanne, jota vastaukset kuvaavat."))
    vastaus_viimeistaan = models.DateField(_("vastaa viimeistään"), null=True, blank=True)
    hyvaksynta_viimeistaan = models.DateField(_("hyväksy viimeistään"), null=True, blank=True)
    tila = models.CharField(_("tila"), max_length=20, choices=Tila, default=Tila.TULOSSA)
    avaamisen_syy = models.TextField(_("miksi jakso avattiin uudelleen"), blank=True)
    jarjestys = models.PositiveIntegerField(_("järjestys"), default=0)
    history = HistoricalRecords(verbose_name=_("seurantajakson muutos"))

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

    def edellinen(self):
        """The jakso before this one in its strategia, or None."""
        return self.strategia.jaksot.filter(jarjestys__lt=self.jarjestys).last()

    def toimenpiteet(self):
        """The toimenpiteet in force during this jakso, in the plan's order."""
        in_force = Toimenpide.objects.filter(tavoite__painopiste__strategia=self.strategia_id)
        if self.paattyy:
            in_force = in_force.exclude(voimassa_alkaen__gt=self.paattyy)
        if self.alkaa:
            in_force = in_force.exclude(voimassa_asti__lt=self.alkaa)
        return in_force.select_related("tavoite__painopiste", "toimiala").order_by(
            "tavoite__painopiste__jarjestys", "tavoite__jarjestys", "jarjestys", "pk"
        )

    def maaraaika(self, toimiala=None):
        """The day answers are due, of this toimiala if it has one of its own; None when not set."""
        own = self.maaraajat.filter(toimiala=toimiala).first() if toimiala else None
        return own.vastaus_viimeistaan if own else self.vastaus_viimeistaan

    def open(self, *, by):
        self._move(from_=[self.Tila.TULOSSA, self.Tila.VIIMEISTELYSSA], to=self.Tila.AVOINNA, by=by)

    def finish(self, *, by):
        """Move to viimeistely: from now on only the koordinaattori writes."""
        self._move(from_=[self.Tila.AVOINNA], to=self.Tila.VIIMEISTELYSSA, by=by)

    def reopen(self, *, by, syy):
        """Take a closed jakso back to viimeistely; its earlier raporttiversiot stay as they are."""
        self._move(from_=[self.Tila.SULJETTU], to=self.Tila.VIIMEISTELYSSA, by=by, avaamisen_syy=syy)

    def _move(self, *, from_, to, by, **values):
        """Move the row as it is in the database: what this object remembers of it may be old."""
        with transaction.atomic():
            current = Seurantajakso.objects.select_for_update().get(pk=self.pk)
            if current.tila not in from_:
                raise SuljettuJakso(_("Jakson tila on jo muuttunut: %(tila)s.") % {"tila": current.get_tila_display()})
            for jakso in (current, self):
                for name, value in {"tila": to, **values}.items():
                    setattr(jakso, name, value)
            current._history_user = by
            current.save()


class ToimialanMaaraaika(KunnanRivi):
    """A toimiala's own deadlines in a jakso."""

    jakso = models.ForeignKey(
        Seurantajakso, on_delete=models.CASCADE, related_name="maaraajat", verbose_name=_("seurantajakso")
    )
    toimiala = models.ForeignKey(Toimiala, on_delete=models.CASCADE, verbose_name=_("toimiala"))
    vastaus_viimeistaan = models.DateField(_("vastaa viimeistään"))
    hyvaksynta_viimeistaan = models.DateField(_("hyväksy viimeistään"), null=True, blank=True)

    class Meta:
        verbose_name = _("toimialan määräaika")
        verbose_name_plural = _("toimialojen määräajat")
        constraints = [models.UniqueConstraint(fields=["jakso", "toimiala"], name="maaraaika_kerran_toimialalle")]


@dataclass(frozen=True)
class Vastaus:
    """What a person wrote on one row, and the versio of the kirjaus it was based on (0: there was none)."""

    versio: int
    toteutumisaste: int | None = None
    syy: str = ""
    kommentti: str = ""
    sisainen_huomio: str = ""
    laheta: bool = False


class KirjausManager(models.Manager):
    def record(self, jakso, vastaukset, *, by):
        """Save {toimenpide: Vastaus} -> (saved kirjaukset, [(kirjaus as another left it, Vastaus)]).

        A row that another person saved after the Vastaus was begun is not written: both texts come back.
        The number of queries does not depend on the number of rows. Raises SuljettuJakso.
        """
        for attempt in (1, 2, 3):
            try:
                with transaction.atomic():
                    return self._record_once(jakso, vastaukset, by)
            except IntegrityError:
                # Between our look and our write another editor made the same row, or the jakso was
                # closed and its trigger refused us. Look again; a third collision is a bug.
                jakso.refresh_from_db(fields=["tila"])
                if attempt == 3:
                    raise
        raise AssertionError("unreachable")

    def _record_once(self, jakso, vastaukset, by):
        if not (jakso.is_open or jakso.is_in_finishing):
            raise SuljettuJakso(_("Jakso %(nimi)s ei ota enää vastaan kirjauksia.") % {"nimi": jakso.nimi})
        rows = self.filter(jakso=jakso, toimenpide__in=vastaukset).select_for_update(of=("self",)).order_by("pk")
        existing = {row.toimenpide_id: row for row in rows}
        new, changed, conflicts = [], [], []
        for toimenpide, vastaus in vastaukset.items():
            kirjaus = existing.get(toimenpide.pk) or Kirjaus(
                kunta_id=jakso.kunta_id, jakso=jakso, toimenpide=toimenpide
            )
            if not kirjaus.differs_from(vastaus):
                continue
            if kirjaus.versio != vastaus.versio:
                conflicts.append((kirjaus, vastaus))
                continue
            kirjaus.take(vastaus, by=by)
            (changed if kirjaus.pk else new).append(kirjaus)
        if new:
            new = bulk_create_with_history(new, Kirjaus, default_user=by)
        if changed:
            bulk_update_with_history(changed, Kirjaus, Kirjaus.SAVED_FIELDS, default_user=by)
        return new + changed, conflicts


class Kirjaus(KunnanRivi):
    """One toimenpide in one jakso. A row is there once something has been written."""

    class Syy(models.TextChoices):
        """Why there is no score."""

        EI_VASTATTU = "ei_vastattu", _("ei vastattu")
        EI_ARVIOIDA = "ei_arvioida", _("ei arvioida tällä jaksolla")
        ALKAA_MYOHEMMIN = "alkaa_myohemmin", _("alkaa myöhemmin")
        LUOVUTTU = "luovuttu", _("luovuttu")

    class Tila(models.TextChoices):
        EI_VASTATTU = "ei_vastattu", _("Ei vastattu")
        LUONNOS = "luonnos", _("Luonnos")
        LAHETETTY = "lahetetty", _("Lähetetty")
        PALAUTETTU = "palautettu", _("Palautettu täydennettäväksi")
        HYVAKSYTTY = "hyvaksytty", _("Hyväksytty")

    jakso = models.ForeignKey(
        Seurantajakso, on_delete=models.PROTECT, related_name="kirjaukset", verbose_name=_("seurantajakso")
    )
    toimenpide = models.ForeignKey(
        Toimenpide, on_delete=models.PROTECT, related_name="kirjaukset", verbose_name=_("toimenpide")
    )
    toteutumisaste = models.PositiveSmallIntegerField(
        _("toteutumisaste"),
        choices=Toteutumisaste,
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )
    syy = models.CharField(_("miksi ei arviota"), max_length=20, choices=Syy, blank=True, default=Syy.EI_VASTATTU)
    kommentti = models.TextField(_("kommentti"), blank=True, validators=[MaxLengthValidator(KOMMENTIN_PITUUS)])
    sisainen_huomio = models.TextField(
        _("sisäinen huomio"), blank=True, validators=[MaxLengthValidator(KOMMENTIN_PITUUS)]
    )
    ennuste = models.TextField(_("ennuste"), blank=True)
    poikkeaman_syy = models.TextField(_("poikkeaman syy"), blank=True)
    korjaavat_toimet = models.TextField(_("korjaavat toimet"), blank=True)
    tila = models.CharField(_("tila"), max_length=20, choices=Tila, default=Tila.EI_VASTATTU)
    palautuksen_syy = models.TextField(_("mitä täydennetään"), blank=True)
    ei_muutosta = models.BooleanField(_("ei muutosta edelliseen"), default=False)
    versio = models.PositiveIntegerField(_("versio"), default=0)
    muokattu = models.DateTimeField(_("muokattu"), default=timezone.now)
    lahetetty = models.DateTimeField(_("lähetetty"), null=True, blank=True)
    tuonti = models.ForeignKey(
        "Tuonti", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("tuonti")
    )
    history = HistoricalRecords(verbose_name=_("kirjauksen muutos"))

    objects = KirjausManager()
    SAVED_FIELDS = ["toteutumisaste", "syy", "kommentti", "sisainen_huomio", "tila", "versio", "muokattu", "lahetetty"]

    class Meta:
        verbose_name = _("kirjaus")
        verbose_name_plural = _("kirjaukset")
        constraints = [
            models.UniqueConstraint(fields=["jakso", "toimenpide", "kunta"], name="kirjaus_kerran_jaksossa"),
            models.CheckConstraint(
                # isnull on both sides: a comparison with NULL is unknown, and a check lets the unknown pass.
                condition=Q(toteutumisaste__isnull=False, toteutumisaste__range=(1, 5), syy="")
                | (Q(toteutumisaste__isnull=True) & ~Q(syy="")),
                name="aste_1_5_tai_syy",
            ),
        ]

    def __str__(self):
        return f"{self.jakso}: {self.toimenpide}"

    def differs_from(self, vastaus):
        """Would this Vastaus change anything here?"""
        sends = vastaus.laheta and self.tila not in (self.Tila.LAHETETTY, self.Tila.HYVAKSYTTY)
        return sends or self._texts() != self._texts_of(vastaus)

    def take(self, vastaus, *, by):
        """Put the Vastaus in, with the state that follows from it. Does not save."""
        rewritten = self._texts() != self._texts_of(vastaus)
        self.toteutumisaste, self.syy, self.kommentti, self.sisainen_huomio = self._texts_of(vastaus)
        self.tila = self._state_after(rewritten=rewritten, sent=vastaus.laheta)
        self.versio += 1
        self.muokattu = timezone.now()
        if vastaus.laheta:
            self.lahetetty = self.muokattu

    def _texts(self):
        return self.toteutumisaste, self.syy, self.kommentti, self.sisainen_huomio

    def _texts_of(self, vastaus):
        syy = "" if vastaus.toteutumisaste else (vastaus.syy or self.Syy.EI_VASTATTU)
        return vastaus.toteutumisaste, syy, vastaus.kommentti, vastaus.sisainen_huomio

    def _state_after(self, *, rewritten, sent):
        if sent or (rewritten and self.tila == self.Tila.HYVAKSYTTY):
            return self.Tila.LAHETETTY
        if self.tila == self.Tila.EI_VASTATTU:
            return self.Tila.LUONNOS
        return self.tila


def tuonti_path(tuonti, filename):
    """A name of our own: what the sender called the file decides nothing on our disk."""
    return f"tuonnit/{tuonti.kunta_id}/{tuonti.sha256}"


class Tuonti(KunnanRivi):
    """One imported file: its bytes, who, when, and what it changed."""

    class Tila(models.TextChoices):
        ESIKATSELU = "esikatselu", _("Esikatselussa")
        TALLENNETTU = "tallennettu", _("Tallennettu")
        HYLATTY = "hylatty", _("Hylätty")
        KUMOTTU = "kumottu", _("Kumottu")

    tiedosto = models.FileField(_("tiedosto"), upload_to=tuonti_path, blank=True)
    tiedostonimi = models.CharField(_("tiedoston nimi"), max_length=255)
    sha256 = models.CharField(_("tiiviste"), max_length=64)
    strategia = models.ForeignKey(
        Strategia, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("strategia")
    )
    tekija = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("tekijä"),
    )
    luotu = models.DateTimeField(_("luotu"), auto_now_add=True)
    tallennettu = models.DateTimeField(_("tallennettu"), null=True, blank=True)
    tila = models.CharField(_("tila"), max_length=20, choices=Tila, default=Tila.ESIKATSELU)
    valinnat = models.JSONField(_("päätökset"), default=dict, blank=True)
    jasennetty = models.JSONField(_("luetut rivit"), null=True, blank=True)
    jasennyksen_avain = models.CharField(_("luennan avain"), max_length=64, blank=True)
    kumoaja = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("kumoaja"),
    )
    kumottu = models.DateTimeField(_("kumottu"), null=True, blank=True)
    sormenjalki = models.CharField(_("suunnitelman sormenjälki"), max_length=64, blank=True)
    luvut = models.JSONField(_("luvut"), default=dict, blank=True)
    muutokset = models.JSONField(_("muutokset"), default=list, blank=True)

    class Meta:
        verbose_name = _("tuonti")
        verbose_name_plural = _("tuonnit")
        ordering = ["-pk"]

    def __str__(self):
        return self.tiedostonimi
