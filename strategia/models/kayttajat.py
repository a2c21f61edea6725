"""The people of a kunta: their roles, toimialat and toimielimet."""

from dataclasses import dataclass

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from .ilmoitukset import Ilmoitusviesti
from .kunta import KunnanRivi, Kunta, Toimiala, Toimielin
from .kysely import KunnanQuerySet


class Rooli(models.TextChoices):
    RAPORTOIJA = "raportoija", _("raportoija")
    HYVAKSYJA = "hyvaksyja", _("hyväksyjä")
    KOORDINAATTORI = "koordinaattori", _("koordinaattori")
    PAAKAYTTAJA = "paakayttaja", _("pääkäyttäjä")
    LUOTTAMUSHENKILO = "luottamushenkilo", _("luottamushenkilö")
    TARKASTAJA = "tarkastaja", _("tarkastaja")


@dataclass(frozen=True)
class Sijaistettu:
    """A toimiala in which a person acts today for another; on_oma: the toimiala is the person's own, too."""

    henkilo: int
    nimi: str
    rooli: str
    toimiala: int
    on_oma: bool

    @property
    def hyvaksyy(self):
        return self.rooli == Rooli.HYVAKSYJA


class KayttajaManager(BaseUserManager.from_queryset(KunnanQuerySet)):
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
    # A trigger dates each change, see strategia/triggers.py.
    rooli_alkaen = models.DateTimeField(_("rooli alkaen"), default=timezone.now, editable=False)
    toimialat = models.ManyToManyField(
        Toimiala, through="Jasenyys", related_name="kayttajat", blank=True, verbose_name=_("toimialat")
    )
    toimielimet = models.ManyToManyField(
        Toimielin, through="Toimielinjasenyys", related_name="kayttajat", blank=True, verbose_name=_("toimielimet")
    )
    is_active = models.BooleanField(_("käytössä"), default=True)
    is_staff = models.BooleanField(_("pääsee hallintaan"), default=False)
    luotu = models.DateTimeField(_("luotu"), auto_now_add=True)
    kutsuttu = models.DateTimeField(_("kutsuttu"), null=True, blank=True, editable=False)

    viestivalinnat = models.JSONField(_("viestivalinnat"), default=dict, blank=True, editable=False)

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

    @cached_property
    def sijaisuudet(self):
        """[Sijaistettu] of today. Who signs in is loaded with them; of anybody else it is one query, once."""
        if "sijaisuustieto" not in vars(self):
            self.sijaisuustieto = next(iter(self.sijaistaa.told()), None) if self.pk else None
        return [Sijaistettu(**told) for told in self.sijaisuustieto or ()]

    @cached_property
    def on_toinen_vaihe(self):
        """Has the person an app of codes or a passkey? Who signs in is loaded with it."""
        return second_factors().filter(user=self.pk).exists()

    @property
    def sijaistettavat(self):
        """The names of those for whom the person stands in today; no query."""
        return list(dict.fromkeys(each.nimi for each in self.sijaisuudet))

    def wants(self, laji):
        """Does the person let messages of this kind come? A published report is told to those who ask for it."""
        return self.viestivalinnat.get(laji, laji != Ilmoitusviesti.Laji.JULKAISU)

    def _get_session_auth_hash(self, secret=None):
        """A session ends when the password or what the person may do changes, by whatever path it was changed."""
        may = f"{self.rooli} {self.kunta_id} {self.is_staff} {self.is_superuser}"
        return salted_hmac("strategia.istunto", f"{self.password} {may}", secret=secret, algorithm="sha256").hexdigest()

    def get_full_name(self):
        return self.nimi

    def get_short_name(self):
        return self.nimi.split(" ")[0]


def second_factors():
    """The rows of allauth's that are a second factor; recovery codes only stand in for one."""
    Authenticator = apps.get_model("mfa", "Authenticator")  # noqa: N806  loaded after us
    return Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES)


class Jasenyys(KunnanRivi):
    """A person's toimiala."""

    kayttaja = models.ForeignKey(Kayttaja, on_delete=models.CASCADE, verbose_name=_("käyttäjä"))
    toimiala = models.ForeignKey(Toimiala, on_delete=models.CASCADE, verbose_name=_("toimiala"))

    class Meta:
        verbose_name = _("käyttäjän toimiala")
        verbose_name_plural = _("käyttäjien toimialat")
        constraints = [models.UniqueConstraint(fields=["kayttaja", "toimiala"], name="jasenyys_kerran")]


class Toimielinjasenyys(KunnanRivi):
    """A person's toimielin: what concerns it comes first on the person's pages. It gives no rights."""

    kayttaja = models.ForeignKey(Kayttaja, on_delete=models.CASCADE, verbose_name=_("käyttäjä"))
    toimielin = models.ForeignKey(Toimielin, on_delete=models.CASCADE, verbose_name=_("toimielin"))

    class Meta:
        verbose_name = _("käyttäjän toimielin")
        verbose_name_plural = _("käyttäjien toimielimet")
        constraints = [models.UniqueConstraint(fields=["kayttaja", "toimielin"], name="toimielinjasenyys_kerran")]
