"""What the council set in numbers: the mittarit of a plan and their targets. Their values are seuranta's."""

from django.core.validators import MaxLengthValidator, MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ..fields import HakuField, LukuField, PvmField, VuosiField
from ..lukuteksti import DESIMAALEJA, PISIN_YKSIKKO, read_ala, read_yla
from .ehdot import exactly_one_set
from .kunta import NIMEN_PITUUS, KunnanRivi, Nimetty, Toimiala, Tunnuksellinen
from .kysely import KunnanQuerySet
from .suunnitelma import Painopiste, Strategia, StrateginenTavoite, Toimenpide

TEKSTIN_PITUUS = 32_767  # characters: what one cell of Excel holds
MITTARIN_KOHTEET = ["toimenpide", "tavoite", "painopiste"]


class MittariQuerySet(KunnanQuerySet):
    def in_order(self):
        """Those of one parent in their order, parents in the order they were made."""
        return self.order_by("painopiste", "tavoite", "toimenpide", "jarjestys", "pk")

    def in_force(self, alkaa, paattyy):
        """Those that are followed in a jakso of these days; a day that is not known leaves nothing out."""
        mine = self
        if paattyy:
            mine = mine.filter(Q(voimassa_alkaen=None) | Q(voimassa_alkaen__lte=paattyy))
        if alkaa:
            mine = mine.filter(Q(voimassa_asti=None) | Q(voimassa_asti__gte=alkaa))
        return mine


class Mittari(Tunnuksellinen, Nimetty):
    """A measure of a toimenpide, a tavoite or a painopiste: exactly one of them. Several may hang under each.

    strategia is its parent's, so that those of a plan are found without asking three tables. nimi is the name by
    which it is told; alkuperainen the source's own cell where the name is not all of it. lahto_teksti, as every
    text beside a number here and in its targets and values, is what was told, verbatim, and lahto_luku the number
    that it plainly is.
    toimiala: who records one that hangs under no toimenpide, else the koordinaattori. Alike in name under one parent
    they are told apart by kerta, their order.
    """

    class Laji(models.TextChoices):
        LUKU = "luku", _("luku")
        PROSENTTI = "prosentti", _("prosentti")
        EURO = "euro", _("euro")
        KYLLA_EI = "kylla_ei", _("kyllä/ei")
        TEKSTI = "teksti", _("teksti")

    class Suunta(models.TextChoices):
        SUUREMPI = "suurempi", _("enemmän on parempi")
        PIENEMPI = "pienempi", _("vähemmän on parempi")
        VALI = "vali", _("välillä on hyvä")
        EI = "ei", _("ei suuntaa")

    class Palvelu(models.TextChoices):
        SOTKANET = "sotkanet", _("Sotkanet")
        TILASTOKESKUS = "tilastokeskus", _("Tilastokeskus")

    strategia = models.ForeignKey(
        Strategia, on_delete=models.PROTECT, related_name="mittarit", verbose_name=_("strategia")
    )
    toimenpide = models.ForeignKey(
        Toimenpide,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="mittarit",
        verbose_name=_("toimenpide"),
    )
    tavoite = models.ForeignKey(
        StrateginenTavoite,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="mittarit",
        verbose_name=_("strateginen tavoite"),
    )
    painopiste = models.ForeignKey(
        Painopiste,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="mittarit",
        verbose_name=_("painopiste"),
    )
    toimiala = models.ForeignKey(
        Toimiala,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="mittarit",
        verbose_name=_("kirjaava toimiala"),
        help_text=_("Kuka antaa arvon. Tyhjänä sen antaa koordinaattori."),
    )
    kerta = models.PositiveSmallIntegerField(_("monesko samanlainen"), default=1)
    laji = models.CharField(_("laji"), max_length=20, choices=Laji, default=Laji.LUKU)
    yksikko = models.CharField(
        _("yksikkö"), max_length=PISIN_YKSIKKO, blank=True, help_text=_("Esimerkiksi kpl, %, €, htv.")
    )
    suunta = models.CharField(_("suunta"), max_length=20, choices=Suunta, default=Suunta.SUUREMPI)
    desimaalit = models.PositiveSmallIntegerField(
        _("desimaaleja"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(DESIMAALEJA)],
        help_text=_("Montako desimaalia näytetään. Tyhjänä niin monta kuin luvussa on."),
    )
    lahde = models.CharField(
        _("lähde"), max_length=NIMEN_PITUUS, blank=True, help_text=_("Mistä arvo saadaan, esimerkiksi asukaskysely.")
    )
    palvelu = models.CharField(_("tilastopalvelu"), max_length=20, choices=Palvelu, blank=True)
    ulkoinen_tunnus = models.CharField(_("tunnus tilastopalvelussa"), max_length=200, blank=True)
    lahto_teksti = models.TextField(_("lähtöarvo"), blank=True, validators=[MaxLengthValidator(TEKSTIN_PITUUS)])
    lahto_luku = LukuField(_("lähtöarvo lukuna"), source="lahto_teksti")
    lahto_vuosi = VuosiField(_("lähtöarvon vuosi"))
    voimassa_alkaen = PvmField(_("seurataan alkaen"), null=True, blank=True)
    voimassa_asti = PvmField(_("seurataan asti"), null=True, blank=True)
    alkuperainen = models.TextField(_("mittari taulukon sanoin"), blank=True, editable=False)
    haku = HakuField()
    history = HistoricalRecords(excluded_fields=["haku", "tunnus"], verbose_name=_("mittarin muutos"))

    objects = MittariQuerySet.as_manager()

    class Meta(Nimetty.Meta):
        verbose_name = _("mittari")
        verbose_name_plural = _("mittarit")
        constraints = [
            models.CheckConstraint(condition=exactly_one_set(MITTARIN_KOHTEET), name="mittarilla_yksi_kohde"),
            models.CheckConstraint(
                condition=Q(toimenpide__isnull=True) | Q(toimiala__isnull=True), name="toimenpiteen_mittarin_kirjaaja"
            ),
            models.CheckConstraint(
                condition=Q(voimassa_alkaen__isnull=True)
                | Q(voimassa_asti__isnull=True)
                | Q(voimassa_alkaen__lte=F("voimassa_asti")),
                name="mittari_alkaa_ennen_loppua",
            ),
            models.CheckConstraint(
                condition=Q(palvelu="", ulkoinen_tunnus="") | (~Q(palvelu="") & ~Q(ulkoinen_tunnus="")),
                name="mittarin_tunnus_ja_palvelu",
            ),
            *(
                models.UniqueConstraint(fields=[kohde, "avain", "kerta"], name=f"mittari_kerran_{kohde}")
                for kohde in MITTARIN_KOHTEET
            ),
        ]
        indexes = [models.Index(fields=["kunta", "toimiala"], name="mittari_toimialoittain")]

    @property
    def kohde(self):
        """What it hangs under: a toimenpide, a tavoite or a painopiste."""
        return self.toimenpide or self.tavoite or self.painopiste

    @property
    def mitta(self):
        """Its unit as it is shown: its own, else that of its kind."""
        return self.yksikko or {self.Laji.PROSENTTI: "%", self.Laji.EURO: "€"}.get(self.laji, "")

    @property
    def is_numeric(self):
        return self.laji in (self.Laji.LUKU, self.Laji.PROSENTTI, self.Laji.EURO)


class Tavoitearvo(KunnanRivi):
    """The target of a mittari for a year, or without one until further notice.

    A number, a range or a text: `teksti` is what was told, verbatim, and luku, or ala and yla, what it plainly is.
    alkuperainen is the source's cell where that says it otherwise, "" once a person has written another.
    """

    mittari = models.ForeignKey(Mittari, on_delete=models.CASCADE, related_name="tavoitteet", verbose_name=_("mittari"))
    vuosi = VuosiField(_("vuosi"), help_text=_("Tyhjänä tavoite on voimassa toistaiseksi."))
    teksti = models.TextField(_("tavoite"), validators=[MaxLengthValidator(TEKSTIN_PITUUS)])
    luku = LukuField(_("tavoite lukuna"))
    ala = LukuField(_("vähintään"), reads=read_ala)
    yla = LukuField(_("enintään"), reads=read_yla)
    alkuperainen = models.TextField(_("tavoite taulukon sanoin"), blank=True, editable=False)
    history = HistoricalRecords(verbose_name=_("tavoitearvon muutos"))

    class Meta:
        verbose_name = _("tavoitearvo")
        verbose_name_plural = _("tavoitearvot")
        ordering = [F("vuosi").asc(nulls_last=True), "pk"]
        constraints = [
            models.UniqueConstraint(fields=["mittari", "vuosi"], name="tavoite_kerran_vuodessa"),
            models.UniqueConstraint(
                fields=["mittari"], condition=Q(vuosi__isnull=True), name="tavoite_kerran_ilman_vuotta"
            ),
            models.CheckConstraint(condition=~Q(teksti=""), name="tavoitearvolla_teksti"),
            models.CheckConstraint(
                condition=Q(luku__isnull=True) | Q(ala__isnull=True, yla__isnull=True), name="tavoite_luku_tai_vali"
            ),
            models.CheckConstraint(
                condition=Q(ala__isnull=True) | Q(yla__isnull=True) | Q(ala__lte=F("yla")), name="tavoitteen_vali"
            ),
        ]

    def __str__(self):
        return f"{self.vuosi}: {self.teksti}" if self.vuosi else self.teksti
