"""What is told to the council: the frozen raporttiversiot and, beside them, how they were dealt with."""

import hashlib

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from seuranta.models import Seurantajakso
from strategia.fields import PvmField
from strategia.models import KunnanQuerySet, KunnanRivi, Tapahtuma, Tunnuksellinen
from strategia.permissions import audits
from strategia.tapahtuma import record

Laji = Tapahtuma.Laji


class RaporttiversioQuerySet(KunnanQuerySet):
    def readable_by(self, user):
        """Those of the user's kunta; to who does not audit the public ones, and a newest one that waits to be.

        What a later version corrected, or what was taken back, is not told on by the one before it.
        """
        mine = self.filter(kunta=user.kunta_id)
        if audits(user):
            return mine
        waits = Q(tila=Raporttiversio.Tila.SISAINEN) & ~Exists(_later())
        return mine.filter(Q(tila=Raporttiversio.Tila.JULKAISTU) | waits)

    def of(self, user):
        """The same without their contents: a list shows many."""
        return self.readable_by(user).select_related("jakso").defer("data")

    def newest_after(self, versio, *, public):
        """What took this version's place (public: of those that are), without its contents; None where nothing has."""
        later = self.filter(kunta=versio.kunta_id, jakso=versio.jakso_id, numero__gt=versio.numero)
        if public:
            later = later.filter(tila=Raporttiversio.Tila.JULKAISTU)
        return later.defer("data").order_by("numero").last()

    def with_replacing(self, *, public):
        """With `korvaava`, the number of the newest later version (public: of those that are), None where none is."""
        later = _later()
        if public:
            later = later.filter(tila=Raporttiversio.Tila.JULKAISTU)
        return self.annotate(korvaava=Subquery(later.order_by("-numero").values("numero")[:1]))


def _later():
    """The later versions of the same jakso, of an outer query."""
    return Raporttiversio.objects.filter(jakso=OuterRef("jakso"), numero__gt=OuterRef("numero"))


class Raporttiversio(Tunnuksellinen, KunnanRivi):
    """A frozen osavuosikatsaus: its JSON and the JSON's sha256. A trigger refuses every change of them."""

    class Tila(models.TextChoices):
        SISAINEN = "sisainen", _("Sisäinen")
        JULKAISTU = "julkaistu", _("Julkaistu")
        POISTETTU = "poistettu", _("Poistettu julkaisusta")

    MUUTTUVAT = ("tila", "julkaistu", "piilota_vanhat")

    jakso = models.ForeignKey(
        Seurantajakso, on_delete=models.PROTECT, related_name="raporttiversiot", verbose_name=_("seurantajakso")
    )
    numero = models.PositiveIntegerField(_("versio"))
    data = models.TextField(_("sisältö"), help_text=_("Koko raportti JSON-muodossa."))
    sha256 = models.CharField(_("tiiviste"), max_length=64)
    luotu = models.DateTimeField(_("luotu"))
    tekija = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("tekijä"),
    )
    tekijan_nimi = models.CharField(_("tekijän nimi"), max_length=200, blank=True)
    tila = models.CharField(_("tila"), max_length=20, choices=Tila, default=Tila.SISAINEN)
    julkaistu = models.DateTimeField(_("julkaistu"), null=True, blank=True)
    piilota_vanhat = models.BooleanField(
        _("älä näytä vanhaa tekstiä"),
        default=False,
        help_text=_("Luettelo korjauksista kertoo, mitä korjattiin, mutta ei mitä siinä luki ennen."),
    )

    objects = RaporttiversioQuerySet.as_manager()

    class Meta:
        verbose_name = _("raporttiversio")
        verbose_name_plural = _("raporttiversiot")
        ordering = ["jakso", "-numero"]
        constraints = [models.UniqueConstraint(fields=["jakso", "numero"], name="versio_kerran_jaksossa")]

    def __str__(self):
        return _("%(jakso)s, versio %(numero)s") % {"jakso": self.jakso, "numero": self.numero}

    def publish(self, *, by=None, piilota_vanhat=False):
        """Show it to everybody; the first publishing is kept. piilota_vanhat: without what it corrected away."""
        allowed = (self.Tila.SISAINEN, self.Tila.POISTETTU)
        self._turn(self.Tila.JULKAISTU, by, from_=allowed, piilota_vanhat=piilota_vanhat)

    def withdraw(self, *, by=None):
        """Stop showing a published one; what was never published stays sisäinen."""
        self._turn(self.Tila.POISTETTU, by, from_=(self.Tila.JULKAISTU,))

    def _turn(self, tila, by, *, from_, **values):
        """Change the tila and write down who did it; of two who do the same at once only the first one does."""
        with transaction.atomic():
            now = type(self).objects.select_for_update().only("tila", "julkaistu", "piilota_vanhat").get(pk=self.pk)
            if now.tila in from_:
                now.tila, moment = tila, timezone.now()
                now.julkaistu = now.julkaistu or (moment if tila == self.Tila.JULKAISTU else None)
                for name, value in values.items():
                    setattr(now, name, value)
                now.save(update_fields=["tila", "julkaistu", *values])
                told = {"aika": moment, "tekija": by, "tekijan_nimi": str(by) if by else ""}
                Julkaisu.objects.create(kunta_id=self.kunta_id, versio=self, tila=tila, **told)
                laji = Laji.JULKAISTU if tila == self.Tila.JULKAISTU else Laji.JULKAISUSTA_POISTETTU
                record(laji, by=by, kunta=self.kunta_id, kohde=self)
        self.tila, self.julkaistu, self.piilota_vanhat = now.tila, now.julkaistu, now.piilota_vanhat

    @staticmethod
    def digest(data):
        """The sha256 (hex) of the stored JSON text."""
        return hashlib.sha256(data.encode()).hexdigest()


class JaadytettyTunnus(KunnanRivi):
    """What an id inside a version's frozen JSON is: the row's tunnus, by which a public address names it."""

    class Laji(models.TextChoices):
        STRATEGIA = "strategia", _("strategia")
        PAINOPISTE = "painopiste", _("painopiste")
        TAVOITE = "tavoite", _("strateginen tavoite")
        TOIMENPIDE = "toimenpide", _("toimenpide")
        MITTARI = "mittari", _("mittari")

    MUUTTUVAT = ()

    versio = models.ForeignKey(
        Raporttiversio, on_delete=models.PROTECT, related_name="tunnukset", verbose_name=_("raporttiversio")
    )
    laji = models.CharField(_("laji"), max_length=20, choices=Laji)
    jaadytetty_id = models.BigIntegerField(_("numero raportissa"))
    tunnus = models.UUIDField(_("tunnus"), db_index=True)

    class Meta:
        verbose_name = _("raportin rivin tunnus")
        verbose_name_plural = _("raporttien rivien tunnukset")
        ordering = ["versio", "laji", "jaadytetty_id"]
        constraints = [
            models.UniqueConstraint(fields=["versio", "laji", "jaadytetty_id"], name="tunnus_kerran_versiossa")
        ]

    def __str__(self):
        return f"{self.versio}: {self.get_laji_display()} {self.jaadytetty_id}"


class Julkaisu(KunnanRivi):
    """An act beside a frozen version: who published or withdrew it, and when. A trigger refuses every change."""

    MUUTTUVAT = ()

    versio = models.ForeignKey(
        Raporttiversio, on_delete=models.PROTECT, related_name="julkaisut", verbose_name=_("raporttiversio")
    )
    tila = models.CharField(_("tila"), max_length=20, choices=Raporttiversio.Tila)
    aika = models.DateTimeField(_("aika"))
    tekija = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("tekijä"),
    )
    tekijan_nimi = models.CharField(_("tekijän nimi"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("julkaisu")
        verbose_name_plural = _("julkaisut")
        ordering = ["aika", "pk"]

    def __str__(self):
        return f"{self.versio}: {self.get_tila_display()}"


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


class Kasittely(KunnanRivi):
    """How a body dealt with a raporttiversio: added later, never inside its frozen bytes."""

    versio = models.ForeignKey(
        Raporttiversio, on_delete=models.PROTECT, related_name="kasittelyt", verbose_name=_("raporttiversio")
    )
    toimielin = models.CharField(_("toimielin"), max_length=300)
    pvm = PvmField(_("kokouspäivä"))
    asianumero = models.CharField(_("asianumero"), max_length=100, blank=True)
    pykala = models.CharField(_("pykälä"), max_length=50, blank=True)
    paatos = models.TextField(_("päätös"), blank=True)

    class Meta:
        verbose_name = _("käsittely")
        verbose_name_plural = _("käsittelyt")
        ordering = ["pvm", "pk"]

    def __str__(self):
        return f"{self.toimielin} {self.pvm:%-d.%-m.%Y}"


class Saate(KunnanRivi):
    """What the koordinaattori writes into the report of a jakso before closing it: it is frozen with the rest.

    painopisteet: {painopiste's id as text: its text}. versio grows with each save, so that two do not overwrite.
    """

    jakso = models.OneToOneField(
        Seurantajakso, on_delete=models.CASCADE, related_name="saate", verbose_name=_("seurantajakso")
    )
    avaus = models.TextField(_("avausteksti"), blank=True)
    painopisteet = models.JSONField(_("painopisteiden tekstit"), default=dict, blank=True)
    kokous_toimielin = models.CharField(_("toimielin"), max_length=300, blank=True)
    kokous_pvm = PvmField(_("kokouspäivä"), null=True, blank=True)
    versio = models.PositiveIntegerField(_("versio"), default=0)
    history = HistoricalRecords(verbose_name=_("saatteen muutos"))

    class Meta:
        verbose_name = _("raportin saate")
        verbose_name_plural = _("raporttien saatteet")

    def __str__(self):
        return str(self.jakso)

    @property
    def kokous(self):
        """The meeting in words: "Kaupunginvaltuusto 12.10.2026"."""
        day = f"{self.kokous_pvm:%-d.%-m.%Y}" if self.kokous_pvm else ""
        return f"{self.kokous_toimielin} {day}".strip()


class Syke(models.Model):
    """A worker of the queue lives: it writes the time here every few seconds. The installation's, of no kunta."""

    tunnus = models.CharField(_("työntekijän tunnus"), max_length=64, primary_key=True)
    aika = models.DateTimeField(_("viimeksi elossa"))

    class Meta:
        verbose_name = _("työntekijän syke")
        verbose_name_plural = _("työntekijöiden sykkeet")

    def __str__(self):
        return self.tunnus
