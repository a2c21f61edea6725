"""The kunta, its units and the feedback it gets.

Every row carries its kunta, equal to its parent's, so that one filter scopes everything.
"""

import uuid

from django.apps import apps
from django.core.validators import FileExtensionValidator, MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..fields import AvainField, OsoiteField, PvmField
from ..kuva import KuvaField
from ..sivustot import validate_sivustot
from ..varit import HEX, validate_contrast
from .kysely import KunnanQuerySet

SAILYTYS, SAILYTYS_VAHINTAAN, SAILYTYS_ENINTAAN = 60, 12, 240  # months
VARATUT = {"kunnat"}  # addresses of all kunnat: /julkinen/kunnat/…
NIMEN_PITUUS = 1000  # characters; a sheet's toimenpide may be a whole paragraph


def logo_path(kunta, filename):
    """A name of our own: what the sender called the picture decides nothing on our disk."""
    return f"logot/{kunta.pk}"


class Kunta(models.Model):
    """The municipality. Its inflected names are fields, for Finnish inflection is never generated."""

    nimi = models.CharField(_("nimi"), max_length=200, help_text=_("Esimerkiksi Keuruu"))
    avain = AvainField(unique=True)
    slug = OsoiteField()  # in public addresses; stays when the name changes. Old ones: KunnanOsoite
    virallinen_nimi = models.CharField(_("virallinen nimi"), max_length=200, help_text=_("Keuruun kaupunki"))
    genetiivi = models.CharField(_("nimi genetiivissä"), max_length=200, blank=True, help_text=_("Keuruun"))
    muoto = models.CharField(
        _("muoto"),
        max_length=10,
        choices=[("kaupunki", _("kaupunki")), ("kunta", _("kunta"))],
        default="kunta",
    )
    korostusvari = models.CharField(
        _("korostusväri"),
        max_length=7,
        blank=True,
        validators=[
            RegexValidator(rf"^{HEX.pattern}\Z", _("Anna väri muodossa #00357a.")),
            validate_contrast,
        ],
        help_text=_("Otsikoiden, painikkeiden ja raportin kannen väri. Tyhjänä käytetään tummansinistä."),
    )

    logo = KuvaField(
        _("logo"),
        upload_to=logo_path,
        blank=True,
        validators=[FileExtensionValidator(["png", "jpg", "jpeg"])],
        help_text=_("PNG tai JPEG, enintään 1 Mt. Näkyy sivun yläreunassa."),
    )
    saavutettavuusseloste = models.TextField(_("lisäys saavutettavuusselosteeseen"), blank=True)
    tietosuojaseloste = models.TextField(_("tietosuojaseloste"), blank=True)
    upottajat = models.TextField(
        _("sivustot, joille raportin osia saa upottaa"),
        blank=True,
        validators=[validate_sivustot],
        help_text=_("Yksi riville, esimerkiksi https://www.keuruu.fi. Tyhjänä upottaa ei voi."),
    )
    vertailtavissa = models.BooleanField(
        _("raporttimme saa näkyä toisten kuntien rinnalla"),
        default=False,
        help_text=_(
            "Julkaistut luvut näytetään painopisteittäin niiden palvelun kuntien kanssa, jotka ovat sallineet saman."
        ),
    )
    sailytys_kk = models.PositiveSmallIntegerField(
        _("henkilötietojen säilytys kuukausina"),
        default=SAILYTYS,
        validators=[MinValueValidator(SAILYTYS_VAHINTAAN), MaxValueValidator(SAILYTYS_ENINTAAN)],
        help_text=_(
            "Näin kauan käytöstä poistetun käyttäjän nimi ja tapahtumien luettelo säilyvät."
            " Oletus 60: valtuustokausi ja vuosi sen jälkeen."
        ),
    )

    class Meta:
        verbose_name = _("kunta")
        verbose_name_plural = _("kunnat")
        ordering = ["nimi"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sailytys_kk__range=(SAILYTYS_VAHINTAAN, SAILYTYS_ENINTAAN)), name="sailytys_on_kohtuullinen"
            )
        ]

    def __str__(self):
        return self.virallinen_nimi or self.nimi

    def is_osoite_taken(self, slug: str) -> bool:
        """Is it another kunta's, has it been, or is it of all of them?"""
        if slug in VARATUT:
            return True
        rows = apps.get_model("strategia", "KunnanOsoite").objects
        return rows.filter(slug=slug).exclude(kunta=self.pk).exists()

    @property
    def vari(self):
        """The accent colour as an address names it: six small hexadecimal digits."""
        return self.korostusvari[1:].lower()


class KunnanRivi(models.Model):
    """A row that belongs to one kunta."""

    kunta = models.ForeignKey(Kunta, on_delete=models.PROTECT, related_name="+", verbose_name=_("kunta"))

    objects = KunnanQuerySet.as_manager()

    class Meta:
        abstract = True


class Tunnuksellinen(models.Model):
    """A row that a public address names by its tunnus, which stays when its kunta moves and its ids change."""

    tunnus = models.UUIDField(_("tunnus"), default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True


class Nimetty(KunnanRivi):
    """A named row of a kunta: the name verbatim, its key for comparing, its place in order."""

    nimi = models.CharField(_("nimi"), max_length=NIMEN_PITUUS)
    avain = AvainField()
    jarjestys = models.PositiveIntegerField(_("järjestys"), default=0)

    class Meta:
        abstract = True
        ordering = ["jarjestys", "pk"]

    def __str__(self):
        return self.nimi


class Toimiala(Nimetty):
    """The responsible unit; decides who may write."""

    lopetettu = PvmField(_("lopetettu"), null=True, blank=True)

    class Meta(Nimetty.Meta):
        verbose_name = _("toimiala")
        verbose_name_plural = _("toimialat")
        ordering = ["jarjestys", "nimi"]
        constraints = [models.UniqueConstraint(fields=["kunta", "avain"], name="toimiala_kerran_kunnassa")]


class Toimielin(Nimetty):
    """A board (lautakunta, jaosto): a second axis for reports."""

    lopetettu = PvmField(_("lopetettu"), null=True, blank=True)

    class Meta(Nimetty.Meta):
        verbose_name = _("toimielin")
        verbose_name_plural = _("toimielimet")
        ordering = ["jarjestys", "nimi"]
        constraints = [models.UniqueConstraint(fields=["kunta", "avain"], name="toimielin_kerran_kunnassa")]


class Palaute(KunnanRivi):
    """A message of the feedback form or about a published toimenpide, for the koordinaattori to read.

    toimenpide: the tunnus of what it is of, aihe: that one's name as it then was. kasitelty: when it was answered or
    put aside; then nobody needs the address any more. nakyy: the message and its answer stand on the public page.
    """

    VIESTIN_PITUUS = 5000

    viesti = models.TextField(_("viesti"), max_length=VIESTIN_PITUUS)
    sahkoposti = models.EmailField(_("sähköposti"), blank=True, help_text=_("Jos haluat vastauksen."))
    sivu = models.CharField(_("sivu"), max_length=500, blank=True)
    luotu = models.DateTimeField(_("lähetetty"), auto_now_add=True)
    toimenpide = models.UUIDField(_("toimenpiteen tunnus"), null=True, blank=True, editable=False)
    aihe = models.CharField(_("aihe"), max_length=NIMEN_PITUUS, blank=True)
    vastaus = models.TextField(_("vastaus"), max_length=VIESTIN_PITUUS, blank=True)
    kasitelty = models.DateTimeField(_("käsitelty"), null=True, blank=True)
    nakyy = models.BooleanField(
        _("näytä viesti ja vastaus toimenpiteen julkisella sivulla"),
        default=False,
    )

    class Meta:
        verbose_name = _("palaute")
        verbose_name_plural = _("palautteet")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["kunta", "toimenpide"], name="palaute_toimenpiteesta")]
        constraints = [
            models.CheckConstraint(
                condition=Q(nakyy=False) | (Q(toimenpide__isnull=False) & ~Q(vastaus="")),
                name="nakyva_palaute_on_vastattu",
            )
        ]

    def __str__(self):
        """The audit tells it: nothing of what was written, for people write of themselves."""
        return _("palaute %(numero)s") % {"numero": self.pk}
