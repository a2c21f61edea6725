"""What the council decided: the kunta, its people and units, and the strategia down to the toimenpide.

Every row carries its kunta, equal to its parent's, so that one filter scopes everything.
"""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.validators import FileExtensionValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .fields import AvainField, HakuField
from .varit import HEX, validate_contrast

NIMEN_PITUUS = 1000  # characters; a sheet's toimenpide may be a whole paragraph

# Offered scale labels; shown only once the koordinaattori has confirmed them (or the sheet has its own).
TARJOTUT_NIMET = {
    "1": "Ei aloitettu",
    "2": "Suunnitteilla",
    "3": "Käynnissä",
    "4": "Lähes valmis",
    "5": "Toteutunut",
}

# The neutral words; a municipality's own headings replace them in its sanasto.
SANASTO = {
    "painopiste": "Painopiste",
    "tavoite": "Strateginen tavoite",
    "toimialan_tavoite": "Toimialan tavoite",
    "koodi": "Koodi",
    "toimenpide": "Toimenpide",
    "toimielin": "Toimielin",
    "toimiala": "Toimiala",
    "vastuu": "Vastuu",
    "riski": "Riski",
    "mittari": "Mittari",
    "sdg": "SDG",
    "toteutumisaste": "Toteutumisaste",
    "kommentti": "Kommentti",
}

# What a kirjaus holds besides, where the strategia has taken it among its columns.
LISAKENTAT = {
    "ennuste": "Ennuste",
    "poikkeaman_syy": "Poikkeaman syy",
    "korjaavat_toimet": "Korjaavat toimet",
}


def logo_path(kunta, filename):
    """A name of our own: what the sender called the picture decides nothing on our disk."""
    return f"logot/{kunta.pk}"


class Kunta(models.Model):
    """The municipality. Its inflected names are fields, for Finnish inflection is never generated."""

    nimi = models.CharField(_("nimi"), max_length=200, help_text=_("Esimerkiksi Keuruu"))
    avain = AvainField(unique=True)
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

    logo = models.ImageField(
        _("logo"),
        upload_to=logo_path,
        blank=True,
        validators=[FileExtensionValidator(["png", "jpg", "jpeg"])],
        help_text=_("PNG tai JPEG, enintään 1 Mt. Näkyy sivun yläreunassa."),
    )
    saavutettavuusseloste = models.TextField(_("lisäys saavutettavuusselosteeseen"), blank=True)
    tietosuojaseloste = models.TextField(_("tietosuojaseloste"), blank=True)

    class Meta:
        verbose_name = _("kunta")
        verbose_name_plural = _("kunnat")
        ordering = ["nimi"]

    def __str__(self):
        return self.virallinen_nimi or self.nimi

    @property
    def vari(self):
        """The accent colour as an address names it: six small hexadecimal digits."""
        return self.korostusvari[1:].lower()


class KunnanRivi(models.Model):
    """A row that belongs to one kunta."""

    kunta = models.ForeignKey(Kunta, on_delete=models.PROTECT, related_name="+", verbose_name=_("kunta"))

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

    lopetettu = models.DateField(_("lopetettu"), null=True, blank=True)

    class Meta(Nimetty.Meta):
        verbose_name = _("toimiala")
        verbose_name_plural = _("toimialat")
        ordering = ["jarjestys", "nimi"]
        constraints = [models.UniqueConstraint(fields=["kunta", "avain"], name="toimiala_kerran_kunnassa")]


class Toimielin(Nimetty):
    """A board (lautakunta, jaosto): a second axis for reports."""

    class Meta(Nimetty.Meta):
        verbose_name = _("toimielin")
        verbose_name_plural = _("toimielimet")
        ordering = ["jarjestys", "nimi"]
        constraints = [models.UniqueConstraint(fields=["kunta", "avain"], name="toimielin_kerran_kunnassa")]


class Rooli(models.TextChoices):
    RAPORTOIJA = "raportoija", _("raportoija")
    HYVAKSYJA = "hyvaksyja", _("hyväksyjä")
    KOORDINAATTORI = "koordinaattori", _("koordinaattori")
    PAAKAYTTAJA = "paakayttaja", _("pääkäyttäjä")
    LUOTTAMUSHENKILO = "luottamushenkilo", _("luottamushenkilö")
    TARKASTAJA = "tarkastaja", _("tarkastaja")


class KayttajaManager(BaseUserManager):
    def create_user(self, email, password=None, **extra):
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **extra):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **extra)

    def get_by_natural_key(self, username):
        return self.get(email__iexact=username)


class Kayttaja(AbstractBaseUser, PermissionsMixin):
    """A person who signs in with an e-mail address. Only a superuser has no kunta."""

    email = models.EmailField(_("sähköposti"), unique=True)
    nimi = models.CharField(_("nimi"), max_length=200)
    kunta = models.ForeignKey(
        Kunta, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kunta")
    )
    rooli = models.CharField(_("rooli"), max_length=20, choices=Rooli, default=Rooli.RAPORTOIJA)
    toimialat = models.ManyToManyField(
        Toimiala, through="Jasenyys", related_name="kayttajat", blank=True, verbose_name=_("toimialat")
    )
    is_active = models.BooleanField(_("käytössä"), default=True)
    is_staff = models.BooleanField(_("pääsee hallintaan"), default=False)
    luotu = models.DateTimeField(_("luotu"), auto_now_add=True)
    kutsuttu = models.DateTimeField(_("kutsuttu"), null=True, blank=True, editable=False)

    objects = KayttajaManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["nimi"]

    class Meta:
        verbose_name = _("käyttäjä")
        verbose_name_plural = _("käyttäjät")
        ordering = ["nimi"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="sahkoposti_kerran"),
            models.CheckConstraint(
                condition=Q(is_superuser=True) | Q(kunta__isnull=False), name="vain_yllapitajalla_ei_kuntaa"
            ),
        ]

    def __str__(self):
        return self.nimi or self.email

    @property
    def has_to_choose_password(self):
        """Invited, and has neither chosen a password nor signed in."""
        return self.last_login is None and not self.has_usable_password()

    @property
    def tila(self):
        """(its key, its word): poistettu, kutsuttu or kaytossa."""
        if not self.is_active:
            return "poistettu", _("Poistettu käytöstä")
        return ("kutsuttu", _("Kutsuttu")) if self.has_to_choose_password else ("kaytossa", _("Käytössä"))

    def get_full_name(self):
        return self.nimi

    def get_short_name(self):
        return self.nimi.split(" ")[0]


class Jasenyys(KunnanRivi):
    """A person's toimiala."""

    kayttaja = models.ForeignKey(Kayttaja, on_delete=models.CASCADE, verbose_name=_("käyttäjä"))
    toimiala = models.ForeignKey(Toimiala, on_delete=models.CASCADE, verbose_name=_("toimiala"))

    class Meta:
        verbose_name = _("käyttäjän toimiala")
        verbose_name_plural = _("käyttäjien toimialat")
        constraints = [models.UniqueConstraint(fields=["kayttaja", "toimiala"], name="jasenyys_kerran")]


class Strategia(Nimetty):
    """One plan of a kunta, in its own words and on its own scale.

    sanasto: {role: heading}. sarakkeet: the columns of the kunta's own table in order, each a dictionary: "rooli",
    "otsikko"; where the sheet had them "yla" (the heading above the heading), "jakso" (whose heading it is) and
    "sanoin" (scores written with their words); where somebody chose so "piilossa" and "valiotsikko" (a heading over
    rows, not a column).
    """

    class Esitys(models.TextChoices):
        NUMEROT = "numerot", _("numeroina")
        SANAT = "sanat", _("sanoina")
        LIIKENNEVALO = "liikennevalo", _("liikennevaloina")
        EI = "ei", _("ei näytetä")

    alkuvuosi = models.PositiveSmallIntegerField(_("alkuvuosi"), null=True, blank=True)
    loppuvuosi = models.PositiveSmallIntegerField(_("loppuvuosi"), null=True, blank=True)
    otsikko = models.CharField(_("raportin otsikko"), max_length=300, blank=True)
    sanasto = models.JSONField(_("sanasto"), default=dict, blank=True)
    sarakkeet = models.JSONField(_("sarakkeet"), default=list, blank=True)
    esitys = models.CharField(_("asteikon esitys"), max_length=20, choices=Esitys, default=Esitys.NUMEROT)
    asteikko = models.JSONField(_("asteikon nimet"), default=dict, blank=True)
    nayta_keskiarvo = models.BooleanField(_("näytä keskiarvo"), default=False)

    class Meta(Nimetty.Meta):
        verbose_name = _("strategia")
        verbose_name_plural = _("strategiat")
        constraints = [models.UniqueConstraint(fields=["kunta", "avain"], name="strategia_kerran_kunnassa")]

    def sana(self, rooli):
        """The kunta's own word for a role ("toimenpide" -> "Teko"), else the neutral one."""
        return self.sanasto.get(rooli) or (SANASTO | LISAKENTAT).get(rooli, rooli)

    @property
    def lisakentat(self):
        """The roles of LISAKENTAT that the strategia uses, in their order."""
        used = {sarake["rooli"] for sarake in self.sarakkeet if not sarake.get("piilossa")}
        return [rooli for rooli in LISAKENTAT if rooli in used]

    def asteen_nimi(self, aste):
        """The confirmed label of a score, or "" where none is confirmed."""
        return self.asteikko.get(str(aste), "") if aste else ""


class Painopiste(Nimetty):
    """Top level of the plan (strategiakärki, valtuustokauden tavoite, päämäärä …)."""

    strategia = models.ForeignKey(
        Strategia, on_delete=models.PROTECT, related_name="painopisteet", verbose_name=_("strategia")
    )
    sdg = models.JSONField(_("kestävän kehityksen tavoitteet"), default=list, blank=True)
    haku = HakuField()

    class Meta(Nimetty.Meta):
        verbose_name = _("painopiste")
        verbose_name_plural = _("painopisteet")
        constraints = [models.UniqueConstraint(fields=["strategia", "avain"], name="painopiste_kerran_strategiassa")]


class Sitovuus(models.TextChoices):
    VALTUUSTO = "valtuusto", _("valtuusto")
    TOIMIELIN = "toimielin", _("toimielin")
    MUU = "muu", _("muu")


class StrateginenTavoite(Nimetty):
    """Second level. A nameless one holds the toimenpiteet that hang straight under the painopiste."""

    nimi = models.CharField(_("nimi"), max_length=NIMEN_PITUUS, blank=True)
    painopiste = models.ForeignKey(
        Painopiste, on_delete=models.PROTECT, related_name="tavoitteet", verbose_name=_("painopiste")
    )
    sitovuus = models.CharField(_("sitovuus"), max_length=20, choices=Sitovuus, blank=True)
    haku = HakuField()

    class Meta(Nimetty.Meta):
        verbose_name = _("strateginen tavoite")
        verbose_name_plural = _("strategiset tavoitteet")
        constraints = [models.UniqueConstraint(fields=["painopiste", "avain"], name="tavoite_kerran_painopisteessa")]


class Toimenpide(Nimetty):
    """What is done. Alike in name and koodi under one tavoite they are told apart by kerta, their order."""

    tavoite = models.ForeignKey(
        StrateginenTavoite,
        on_delete=models.PROTECT,
        related_name="toimenpiteet",
        verbose_name=_("strateginen tavoite"),
    )
    toimialan_tavoite = models.CharField(_("toimialan tavoite"), max_length=NIMEN_PITUUS, blank=True)
    koodi = models.CharField(_("koodi"), max_length=50, blank=True)
    kerta = models.PositiveSmallIntegerField(_("monesko samanlainen"), default=1)
    toimiala = models.ForeignKey(
        Toimiala,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="toimenpiteet",
        verbose_name=_("toimiala"),
    )
    toimielin = models.ForeignKey(
        Toimielin,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="toimenpiteet",
        verbose_name=_("toimielin"),
    )
    vastuuhenkilot = models.ManyToManyField(Kayttaja, through="Vastuuhenkilo", related_name="toimenpiteet", blank=True)
    vastuu = models.TextField(_("vastuu taulukon sanoin"), blank=True)
    riski = models.TextField(_("riski"), blank=True)
    mittari = models.TextField(_("mittari"), blank=True)
    sdg = models.JSONField(_("kestävän kehityksen tavoitteet"), default=list, blank=True)
    sitovuus = models.CharField(_("sitovuus"), max_length=20, choices=Sitovuus, blank=True)
    voimassa_alkaen = models.DateField(_("voimassa alkaen"), null=True, blank=True)
    voimassa_asti = models.DateField(_("voimassa asti"), null=True, blank=True)
    haku = HakuField(sources=("koodi", "nimi", "vastuu"))
    history = HistoricalRecords(excluded_fields=["haku"], verbose_name=_("toimenpiteen muutos"))

    class Meta(Nimetty.Meta):
        verbose_name = _("toimenpide")
        verbose_name_plural = _("toimenpiteet")
        constraints = [
            models.UniqueConstraint(
                fields=["tavoite", "avain", "koodi", "kerta"], name="toimenpide_kerran_tavoitteessa"
            ),
            models.CheckConstraint(
                condition=Q(voimassa_alkaen__isnull=True)
                | Q(voimassa_asti__isnull=True)
                | Q(voimassa_alkaen__lte=models.F("voimassa_asti")),
                name="toimenpide_alkaa_ennen_loppua",
            ),
        ]
        indexes = [models.Index(fields=["kunta", "toimiala"], name="toimenpide_toimialoittain")]


class Vastuuhenkilo(KunnanRivi):
    """A person whose list the toimenpide is on."""

    toimenpide = models.ForeignKey(Toimenpide, on_delete=models.CASCADE, verbose_name=_("toimenpide"))
    kayttaja = models.ForeignKey(Kayttaja, on_delete=models.CASCADE, verbose_name=_("käyttäjä"))

    class Meta:
        verbose_name = _("vastuuhenkilö")
        verbose_name_plural = _("vastuuhenkilöt")
        constraints = [models.UniqueConstraint(fields=["toimenpide", "kayttaja"], name="vastuuhenkilo_kerran")]


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


KIRJOITUSASUN_KOHTEET = ["toimiala", "toimielin", "painopiste", "tavoite", "toimenpide"]


def exactly_one_set(names):
    """A condition that holds when one of the nullable fields is set and the others are empty."""
    return Q(*(Q(**{f"{name}__isnull": name != only for name in names}) for only in names), _connector=Q.OR)


class Kirjoitusasu(KunnanRivi):
    """A spelling a person has decided on: what it stands for in this kunta."""

    asu = models.CharField(_("kirjoitusasu"), max_length=NIMEN_PITUUS)
    avain = AvainField(source="asu")
    toimiala = models.ForeignKey(Toimiala, models.CASCADE, null=True, blank=True, verbose_name=_("toimiala"))
    toimielin = models.ForeignKey(Toimielin, models.CASCADE, null=True, blank=True, verbose_name=_("toimielin"))
    painopiste = models.ForeignKey(Painopiste, models.CASCADE, null=True, blank=True, verbose_name=_("painopiste"))
    tavoite = models.ForeignKey(
        StrateginenTavoite, models.CASCADE, null=True, blank=True, verbose_name=_("strateginen tavoite")
    )
    toimenpide = models.ForeignKey(Toimenpide, models.CASCADE, null=True, blank=True, verbose_name=_("toimenpide"))

    class Meta:
        verbose_name = _("kirjoitusasu")
        verbose_name_plural = _("kirjoitusasut")
        constraints = [
            models.CheckConstraint(condition=exactly_one_set(KIRJOITUSASUN_KOHTEET), name="kirjoitusasulla_yksi_kohde"),
            models.UniqueConstraint(
                fields=["kunta", "avain"], condition=Q(toimiala__isnull=False), name="toimialan_asu_kerran"
            ),
            models.UniqueConstraint(
                fields=["kunta", "avain"], condition=Q(toimielin__isnull=False), name="toimielimen_asu_kerran"
            ),
        ]

    def __str__(self):
        return self.asu
