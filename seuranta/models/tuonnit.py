"""The imported files."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from strategia.models import KunnanQuerySet, KunnanRivi, Strategia, Toimiala

from .jaksot import Seurantajakso


def tuonti_path(tuonti, filename):
    """A name of our own: what the sender called the file decides nothing on our disk."""
    return f"tuonnit/{tuonti.kunta_id}/{tuonti.sha256}"


class TuontiQuerySet(KunnanQuerySet):
    """The two flows of files: a municipality's own tables, and the workbooks of answers."""

    def taulukot(self):
        return self.filter(jakso=None)

    def vastaukset(self):
        return self.exclude(jakso=None)


VASTAAJAN_PITUUS = 200


class Tuonti(KunnanRivi):
    """One imported file: its bytes, who, when, and what it changed.

    jakso and toimiala: of a vastaustaulukko, a toimiala's answers in one jakso; empty for a table of the plan.
    vastaaja: whose answers it holds, in the words of who handed it in; empty where they are that person's own.
    muistettu: how a table of this shape was read earlier, as it is used here: whose file, who decided and when, and the
    decisions as {laji: {paikka: value}}; empty where none is known.
    """

    # The first word of the change reason of the history rows that a file writes. They are stored: never to be changed.
    TAULUKON_MERKKI = "tuonti"
    VASTAUSTEN_MERKKI = "vastaustaulukko"  # a person's own answers, unlike a table's

    LUETTELO = "liitetty luettelo.csv"  # the name of a list of the plan that the koordinaattori pasted

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
    jakso = models.ForeignKey(
        Seurantajakso,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("seurantajakso"),
    )
    toimiala = models.ForeignKey(
        Toimiala, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("toimiala")
    )
    tekija = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("tekijä"),
    )
    vastaaja = models.CharField(_("vastaaja"), max_length=VASTAAJAN_PITUUS, blank=True)
    luotu = models.DateTimeField(_("luotu"), auto_now_add=True)
    tallennettu = models.DateTimeField(_("tallennettu"), null=True, blank=True)
    tila = models.CharField(_("tila"), max_length=20, choices=Tila, default=Tila.ESIKATSELU)
    paatosversio = models.PositiveIntegerField(_("päätösten versio"), default=0)  # grows when something is decided
    jasennetty = models.JSONField(_("luetut rivit"), null=True, blank=True)
    jasennyksen_avain = models.CharField(_("luennan avain"), max_length=64, blank=True)
    muistettu = models.JSONField(_("aiempi lukutapa"), default=dict, blank=True)
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

    objects = TuontiQuerySet.as_manager()

    class Meta:
        verbose_name = _("tuonti")
        verbose_name_plural = _("tuonnit")
        ordering = ["-pk"]

    def __str__(self):
        return self.tiedostonimi

    def get_absolute_url(self):
        if self.on_vastaustaulukko:
            return reverse("seuranta:vastaustaulukko-detail", args=[self.jakso_id, self.pk])
        return reverse("seuranta:tuonti-detail", args=[self.pk])

    @property
    def on_vastaustaulukko(self):
        """Is it a workbook of answers, and not a table of the plan?"""
        return self.jakso_id is not None

    @property
    def on_luettelo(self):
        """Is it a list of the plan, pasted by the koordinaattori, and not a table of the kunta's own?"""
        return self.tiedostonimi == self.LUETTELO and not self.on_vastaustaulukko

    def is_open_to(self, user):
        """May the user still change what it wrote? Of a workbook of answers only while its jakso takes answers."""
        return not self.on_vastaustaulukko or Seurantajakso.objects.open_to(user).filter(pk=self.jakso_id).exists()

    @property
    def merkki(self):
        """The change reason of the history rows that this file wrote."""
        return f"{self.VASTAUSTEN_MERKKI if self.on_vastaustaulukko else self.TAULUKON_MERKKI} {self.pk}"

    @classmethod
    def id_of_merkki(cls, reason):
        """The id of the file that wrote a row of history with this change reason, None for any other reason."""
        word, _space, rest = (reason or "").partition(" ")
        number = rest.split(" ")[0]
        return int(number) if word in (cls.TAULUKON_MERKKI, cls.VASTAUSTEN_MERKKI) and number.isdecimal() else None


class Paatos(KunnanRivi):
    """One decision of a person on a file that waits in its preview: of which place, what, by whom and when.

    arvo: as JSON keeps it, by laji; null when what had been decided was taken back. versio: the paatosversio of the
    tuonti that this decision made.
    """

    class Laji(models.TextChoices):
        JAKSO = "jakso", _("Jakson nimi")
        STRATEGIA = "strategia", _("Strategian nimi")
        TILANNE = "tilanne", _("Tilanne (päivä, jota arviot kuvaavat)")
        ASTEIKKO = "asteikko", _("Numeroiden selitteet")
        SARAKE = "sarake", _("Sarakkeen merkitys")
        KYSYMYS = "kysymys", _("Vastaus kysymykseen")
        SOLU = "solu", _("Oikea arvo")
        OHITUS = "ohita", _("Arvo jää pois")
        RISTIRIITA = "ristiriita", _("Kumpi arvo jää voimaan")
        TOIMIALA = "toimiala", _("Mitä toimialaa nimi tarkoittaa")
        TOIMENPIDE = "toimenpide", _("Mikä toimenpide rivi on")
        PAATTYY = "paata", _("Toimenpide päättyy")
        VOIMASSA = "voimassa", _("Nimen vuodet ja voimassaolo")
        OTSIKKORIVI = "otsikkorivi", _("Rivi, jolla otsikot ovat")
        VALILEHDET = "valilehdet", _("Luettavat välilehdet")
        SANA = "sana", _("Mitä sana tarkoittaa")
        KUVAUS = "kuvaus", _("Mitä numerot tarkoittavat")
        VUOSI = "vuosi", _("Vuosi, joka otsikoista puuttuu")
        TAPA = "tapa", _("Miten luetaan")
        LUKUTAPA = "lukutapa", _("Aiempi lukutapa")
        SIIRTO = "siirto", _("Rivi siirretään takaisin solusta")

    SOLUN_LAJIT = {Laji.SARAKE, Laji.SOLU, Laji.OHITUS, Laji.RISTIRIITA, Laji.TOIMENPIDE, Laji.VOIMASSA, Laji.SIIRTO}

    tuonti = models.ForeignKey(Tuonti, on_delete=models.CASCADE, related_name="paatokset", verbose_name=_("tuonti"))
    laji = models.CharField(_("mitä päätettiin"), max_length=20, choices=Laji)
    paikka = models.CharField(_("paikka"), max_length=1000, blank=True)  # a cell, a column, the key of a name, an id
    arvo = models.JSONField(_("päätös"), null=True, blank=True)
    kuka = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("kuka"),
    )
    milloin = models.DateTimeField(_("milloin"), default=timezone.now)
    versio = models.PositiveIntegerField(_("versio"), default=0)

    class Meta:
        verbose_name = _("tuonnin päätös")
        verbose_name_plural = _("tuonnin päätökset")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["tuonti", "laji", "paikka", "kunta"], name="paatos_kerran_paikassa"),
        ]

    def __str__(self):
        return f"{self.get_laji_display()} {self.solu}".strip()

    @property
    def kohta(self):
        """What it decides of: once in a file."""
        return self.laji, self.paikka

    @property
    def tehdyt(self):
        """[what it decides of] of the other decisions that it made: an answer to a question may make several."""
        is_answer = self.laji == self.Laji.KYSYMYS and isinstance(self.arvo, dict)
        return [tuple(kohta) for kohta in self.arvo["kohdat"]] if is_answer else []

    @property
    def solu(self):
        """The cell or column that it is of; "" where the place is the key of a name, a word or an id."""
        return self.paikka if self.laji in self.SOLUN_LAJIT else ""
