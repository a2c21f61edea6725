"""The kunta, its units and the feedback it gets.

Every row carries its kunta, equal to its parent's, so that one filter scopes everything.
"""

import uuid

from django.core.validators import FileExtensionValidator, MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.sql import Query
from django.utils.translation import gettext_lazy as _

from ..fields import AvainField, OsoiteField, PvmField
from ..kuva import KuvaField
from ..sivustot import validate_sivustot
from ..varit import HEX, validate_contrast

SAILYTYS, SAILYTYS_VAHINTAAN, SAILYTYS_ENINTAAN = 60, 12, 240  # months
NIMEN_PITUUS = 1000  # characters; a sheet's toimenpide may be a whole paragraph


def logo_path(kunta, filename):
    """A name of our own: what the sender called the picture decides nothing on our disk."""
    return f"logot/{kunta.pk}"


class Kunta(models.Model):
    """The municipality. Its inflected names are fields, for Finnish inflection is never generated."""

    nimi = models.CharField(_("nimi"), max_length=200, help_text=_("Esimerkiksi Keuruu"))
    avain = AvainField(unique=True)
    slug = OsoiteField()  # in public addresses; stays when the name changes
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

    @property
    def vari(self):
        """The accent colour as an address names it: six small hexadecimal digits."""
        return self.korostusvari[1:].lower()


class KunnanQuery(Query):
    """Whatever rows it is asked by, it asks by their kunta too, for a row and its parent are of one kunta."""

    def add_q(self, q_object, reuse_all=False):
        super().add_q(q_object, reuse_all)
        if kunnat := _kunnat_of(_list_asked(q_object)):
            super().add_q(Q(kunta=kunnat.pop()) if len(kunnat) == 1 else Q(kunta__in=kunnat))

    def add_filter(self, filter_lhs, filter_rhs):
        """As it says: Django makes the inner query of an `exclude` by this, and cuts its first tables off."""
        super().add_q(Q((filter_lhs, filter_rhs)))


class KunnanQuerySet(models.QuerySet):
    """Of a relation's rows, prefetched ones too, it names the kunta.

    They come by an index on the kunta then, and a database that is distributed by kunta looks in one place. What is
    asked for by a bare id names its kunta itself, or is asked by its own key.
    """

    def __init__(self, model=None, query=None, using=None, hints=None):
        super().__init__(model, query or KunnanQuery(model), using, hints)

    def filter(self, *args, **kwargs):
        """Of a relation that asks by an id (many to many) the hint tells whose it is."""
        row, asked = self._hints.get("instance"), {name for name, _value in _list_asked(Q(*args, **kwargs))}
        if not self.query.where and asked and not asked & {"id", "pk", *KUNNASTA} and _kunta_of(row):
            kwargs["kunta"] = _kunta_of(row)
        return super().filter(*args, **kwargs)


KUNNASTA = ("kunta", "kunta_id", "kunta__in")


def _list_asked(condition):
    """[(name, value)] of what must hold."""
    if condition.connector != Q.AND or condition.negated:
        return []
    parts = [[each] if isinstance(each, tuple) else _list_asked(each) for each in condition.children if _is_told(each)]
    return [pair for part in parts for pair in part]


def _is_told(condition):
    return isinstance(condition, tuple | Q)


def _kunnat_of(asked):
    """The kunnat of the rows that this asks by; none if it names them itself, or asks by none."""
    if any(name in KUNNASTA for name, _value in asked):
        return set()
    for _name, value in asked:
        rows = value if isinstance(value, list | tuple | set) else [value]
        kunnat = set(map(_kunta_of, rows))
        if kunnat and None not in kunnat:
            return kunnat
    return set()


def _kunta_of(row):
    """Where it is known: a row that was loaded without it is not asked for it. A request's user comes wrapped."""
    return getattr(row, "_wrapped", row).__dict__.get("kunta_id") if isinstance(row, models.Model) else None


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
    """A message from the feedback form, for the koordinaattori to read."""

    viesti = models.TextField(_("viesti"), max_length=5000)
    sahkoposti = models.EmailField(_("sähköposti"), blank=True, help_text=_("Jos haluat vastauksen."))
    sivu = models.CharField(_("sivu"), max_length=500, blank=True)
    luotu = models.DateTimeField(_("lähetetty"), auto_now_add=True)

    class Meta:
        verbose_name = _("palaute")
        verbose_name_plural = _("palautteet")
        ordering = ["-pk"]

    def __str__(self):
        return self.viesti[:60]
