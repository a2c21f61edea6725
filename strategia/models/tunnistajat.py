"""The kunta's own sign-in (OIDC): its provider, what its groups give, and who a person is to it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .kayttajat import Rooli
from .kunta import KunnanRivi, Kunta, Toimiala
from .kysely import KunnanQuerySet

ISSUERIN_PITUUS, TUNNISTEEN_PITUUS = 500, 255  # OIDC: a sub has at most 255 characters


class TunnistajaManager(models.Manager.from_queryset(KunnanQuerySet)):
    def kunnat(self):
        """The kunnat whose provider is known: by a row, or by the environment."""
        stored = self.exclude(issuer="").values("kunta")
        return Kunta.objects.filter(Q(pk__in=stored) | Q(slug__in=settings.OIDC))

    def closes_passwords(self, user):
        """Does the user's kunta take no local password? A superuser always signs in by one."""
        return not user.is_superuser and self.filter(kunta=user.kunta_id, salasanat_suljettu=True).exists()


class Tunnistaja(KunnanRivi):
    """A kunta's provider. Where it is and its secret come from the environment or a command, never from a page."""

    RYHMAVAITE = "groups"

    issuer = models.CharField(_("tunnistajan osoite"), max_length=ISSUERIN_PITUUS, blank=True, editable=False)
    client = models.CharField(_("palvelun tunnus tunnistajassa"), max_length=200, blank=True, editable=False)
    salaisuus = models.TextField(_("salattu salaisuus"), blank=True, editable=False)
    ryhmavaite = models.CharField(_("ryhmien väite"), max_length=100, default=RYHMAVAITE, editable=False)
    verkkotunnukset = models.JSONField(_("verkkotunnukset"), default=list, blank=True, editable=False)
    on_toinen_tekija = models.BooleanField(
        _("Kunnan tunnus riittää vahvaksi kirjautumiseksi"),
        default=False,
        help_text=_(
            "Valitse vain, jos kunnan oma kirjautuminen vaatii salasanan lisäksi toisen tunnistautumisen. "
            "Muuten pääkäyttäjä ja koordinaattori tarvitsevat täällä vielä koodin tai avaimen."
        ),
    )
    salasanat_suljettu = models.BooleanField(
        _("Palveluun kirjaudutaan vain kunnan tunnuksella"),
        default=False,
        help_text=_("Tämän palvelun omat salasanat eivät enää kelpaa, eikä niitä voi vaihtaa tai pyytää."),
    )
    amr = models.JSONField(_("viimeksi kerrottu tapa"), default=list, blank=True, editable=False)

    objects = TunnistajaManager()

    class Meta:
        verbose_name = _("kunnan kertakirjautuminen")
        verbose_name_plural = _("kuntien kertakirjautumiset")
        constraints = [models.UniqueConstraint(fields=["kunta"], name="tunnistaja_kerran_kunnassa")]

    def __str__(self):
        return self.issuer

    def sanoin(self):
        """What the kunta has chosen, in words."""
        fields = (self._meta.get_field(name) for name in ("on_toinen_tekija", "salasanat_suljettu"))
        return ". ".join(str(each.verbose_name) for each in fields if getattr(self, each.name)) or "–"


class Tunnistajaryhma(KunnanRivi):
    """What a group of the provider gives: a rooli, toimialat, or both."""

    ryhma = models.CharField(
        _("ryhmä"),
        max_length=200,
        help_text=_("Sellaisena kuin kirjautuminen sen kertoo: Entra ID:ssä ryhmän objektitunnus."),
    )
    rooli = models.CharField(_("rooli"), max_length=20, choices=Rooli, blank=True)
    toimialat = models.ManyToManyField(
        Toimiala, through="TunnistajaryhmanToimiala", related_name="+", blank=True, verbose_name=_("toimialat")
    )

    class Meta:
        verbose_name = _("kertakirjautumisen ryhmä")
        verbose_name_plural = _("kertakirjautumisen ryhmät")
        ordering = ["ryhma"]
        constraints = [models.UniqueConstraint(fields=["kunta", "ryhma"], name="ryhma_kerran_kunnassa")]

    def __str__(self):
        return self.ryhma

    def sanoin(self):
        """What it gives, in words; "" where it is not stored yet."""
        given = [self.get_rooli_display(), *map(str, self.toimialat.all())] if self.pk else []
        return ", ".join(filter(None, given))


class TunnistajaryhmanToimiala(KunnanRivi):
    """A toimiala that a group gives."""

    ryhma = models.ForeignKey(Tunnistajaryhma, on_delete=models.CASCADE, verbose_name=_("ryhmä"))
    toimiala = models.ForeignKey(Toimiala, on_delete=models.CASCADE, verbose_name=_("toimiala"))

    class Meta:
        verbose_name = _("ryhmän toimiala")
        verbose_name_plural = _("ryhmien toimialat")
        constraints = [models.UniqueConstraint(fields=["ryhma", "toimiala"], name="ryhman_toimiala_kerran")]


class Ulkotunnus(KunnanRivi):
    """Who a person is to a provider: issuer and subject, never the e-mail, which may be given to another."""

    kayttaja = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="ulkotunnukset", verbose_name=_("käyttäjä")
    )
    issuer = models.CharField(_("tunnistajan osoite"), max_length=ISSUERIN_PITUUS, editable=False)
    tunniste = models.CharField(_("tunniste tunnistajassa"), max_length=TUNNISTEEN_PITUUS, editable=False)
    luotu = models.DateTimeField(_("liitetty"), auto_now_add=True)

    class Meta:
        verbose_name = _("kunnan tunnus")
        verbose_name_plural = _("kunnan tunnukset")
        constraints = [
            models.UniqueConstraint(fields=["kunta", "issuer", "tunniste"], name="ulkotunnus_kerran_kunnassa"),
            models.UniqueConstraint(fields=["kayttaja", "issuer"], name="ulkotunnus_kerran_kayttajalla"),
        ]

    def __str__(self):
        return self.tunniste
