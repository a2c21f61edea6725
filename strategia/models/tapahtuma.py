"""Who did what and when: a row of each act that leaves no row of history of its own. Rows are only added."""

from django.apps import apps
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .kayttajat import Kayttaja, Rooli
from .kunta import Kunta

LYHYT = 300  # characters of a name or a value: what was done, not the whole text


def list_lajit():
    """The choices, by a name that a migration can keep: a new kind needs no migration."""
    return Tapahtuma.Laji.choices


class Tapahtuma(models.Model):
    """One act: whose, as whose stand-in, when (UTC), what, from, to, in which request and from about where.

    kunta: None of an act on the installation. kerta: the same one twice is one row.
    """

    class Laji(models.TextChoices):
        """The kinds of acts. They are stored: never to be changed."""

        KIRJAUTUI = "kirjautui", _("kirjautui")
        KIRJAUTUI_ULOS = "kirjautui-ulos", _("kirjautui ulos")
        KIRJAUTUMINEN_EI = "kirjautuminen-ei", _("kirjautuminen ei onnistunut")
        KIRJAUTUMINEN_ESTETTY = "kirjautuminen-estetty", _("kirjautuminen estettiin")
        VAHVISTETTU = "vahvistettu", _("vahvisti tunnuksensa")
        ISTUNTO_PAATETTY = "istunto-paatetty", _("istunto päätettiin")
        SALASANA_PYYDETTY = "salasana-pyydetty", _("uusi salasana pyydettiin")
        SALASANA_VAIHTUI = "salasana-vaihtui", _("salasana vaihtui")
        TUNNISTUS_LISATTY = "tunnistus-lisatty", _("toinen tunnistus lisättiin")
        TUNNISTUS_POISTETTU = "tunnistus-poistettu", _("toinen tunnistus poistettiin")
        TUNNISTUS_EI = "tunnistus-ei", _("toinen tunnistus ei onnistunut")
        KERTAKIRJAUTUMINEN_LIITETTY = "kertakirjautuminen-liitetty", _("kertakirjautuminen liitettiin tunnukseen")

        KUTSUTTU = "kutsuttu", _("kutsuttiin")
        ROOLI = "rooli", _("rooli tai oikeudet muutettiin")
        KAYTOSTA = "kaytosta", _("poistettiin käytöstä")
        KAYTTOON = "kayttoon", _("otettiin käyttöön")
        LUOVUTETTU = "luovutettu", _("toimenpiteet luovutettiin")
        SIJAINEN = "sijainen", _("sijainen merkittiin")
        SIJAISUUS_PAATETTY = "sijaisuus-paatetty", _("sijaisuus päätettiin")
        HENKILOTIEDOT = "henkilotiedot", _("henkilötiedot ladattiin")
        NIMI_POISTETTU = "nimi-poistettu", _("nimi korvattiin roolilla")
        TAPAHTUMIA_POISTETTU = "tapahtumia-poistettu", _("vanhoja tapahtumia poistettiin")

        LISATTY = "lisatty", _("lisättiin")
        MUUTETTU = "muutettu", _("muutettiin")
        POISTETTU = "poistettu", _("poistettiin")
        LOPETETTU = "lopetettu", _("lopetettiin")
        JATKUU = "jatkuu", _("lopetus peruttiin")
        YHDISTETTY = "yhdistetty", _("yhdistettiin")
        JAETTU = "jaettu", _("jaettiin")
        ASETUS = "asetus", _("asetusta muutettiin")

        AVATTU = "avattu", _("avattiin")
        MAARAAIKA = "maaraaika", _("määräaikaa muutettiin")
        VIIMEISTELYYN = "viimeistelyyn", _("siirrettiin viimeistelyyn")
        SULJETTU = "suljettu", _("suljettiin")
        AVATTU_UUDELLEEN = "avattu-uudelleen", _("avattiin uudelleen")
        JULKAISTU = "julkaistu", _("julkaistiin")
        JULKAISUSTA_POISTETTU = "julkaisusta-poistettu", _("poistettiin julkaisusta")

        TUOTU = "tuotu", _("tiedosto annettiin")
        PAATETTY = "paatetty", _("tiedoston luennasta päätettiin")
        TALLENNETTU = "tallennettu", _("tiedosto tallennettiin")
        HYLATTY = "hylatty", _("tiedosto hylättiin")
        KUMOTTU = "kumottu", _("kumottiin")
        LADATTU = "ladattu", _("ladattiin")
        LAHETETTY = "lahetetty", _("lähetettiin viesti")

        AVAIN_TEHTY = "avain-tehty", _("avain tehtiin")
        AVAIN_LOPETETTU = "avain-lopetettu", _("avain lopetettiin")

    MUUTTUVAT = ()

    kunta = models.ForeignKey(
        Kunta, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kunta")
    )
    milloin = models.DateTimeField(_("milloin"), default=timezone.now)
    laji = models.CharField(_("mitä tehtiin"), max_length=40, choices=list_lajit)
    kuka = models.ForeignKey(
        Kayttaja, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kuka")
    )
    rooli = models.CharField(_("rooli"), max_length=20, choices=Rooli, blank=True)
    sijaisena = models.ForeignKey(
        Kayttaja, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kenen sijaisena")
    )
    kohteen_laji = models.CharField(_("kohteen laji"), max_length=60, blank=True)
    kohteen_id = models.BigIntegerField(_("kohteen tunniste"), null=True, blank=True)
    kohteen_nimi = models.CharField(_("kohde"), max_length=LYHYT, blank=True)
    mista = models.CharField(_("mistä"), max_length=LYHYT, blank=True)
    mihin = models.CharField(_("mihin"), max_length=LYHYT, blank=True)
    pyynto_id = models.CharField(_("pyyntö"), max_length=32, blank=True)
    osoite = models.CharField(_("verkko-osoite"), max_length=50, blank=True)
    kerta = models.CharField(_("kerta"), max_length=120, null=True, blank=True, unique=True)

    class Meta:
        verbose_name = _("tapahtuma")
        verbose_name_plural = _("tapahtumat")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["kunta", "-id"], name="tapahtuma_kunta"),
            models.Index(fields=["kunta", "laji", "-id"], name="tapahtuma_laji"),
            models.Index(fields=["kunta", "kuka", "-id"], name="tapahtuma_kuka"),
            models.Index(fields=["kunta", "milloin"], name="tapahtuma_milloin"),
        ]

    def __str__(self):
        return f"{self.get_laji_display()}: {self.kohteen_nimi}" if self.kohteen_nimi else self.get_laji_display()

    @property
    def kohteen_sana(self):
        """What kind of row it concerns, in words: "toimiala"."""
        try:
            return str(apps.get_model(self.kohteen_laji)._meta.verbose_name) if self.kohteen_laji else ""
        except LookupError:  # of a kind that there is no more
            return self.kohteen_laji


_LAJI = Tapahtuma.Laji
KIRJAUTUMISET = (  # the pääkäyttäjä's to read
    *(_LAJI.KIRJAUTUI, _LAJI.KIRJAUTUI_ULOS, _LAJI.KIRJAUTUMINEN_EI, _LAJI.KIRJAUTUMINEN_ESTETTY),
    *(_LAJI.VAHVISTETTU, _LAJI.ISTUNTO_PAATETTY, _LAJI.SALASANA_PYYDETTY, _LAJI.SALASANA_VAIHTUI),
    *(_LAJI.TUNNISTUS_LISATTY, _LAJI.TUNNISTUS_POISTETTU, _LAJI.TUNNISTUS_EI, _LAJI.KERTAKIRJAUTUMINEN_LIITETTY),
)
