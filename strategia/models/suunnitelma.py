"""The strategia down to the toimenpide."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ..fields import HakuField, PvmField
from .edeltajat import Jatkuva
from .kayttajat import Kayttaja
from .kunta import NIMEN_PITUUS, KunnanRivi, Nimetty, Toimiala, Toimielin, Tunnuksellinen
from .omat import OMAT, OmatSarakkeet
from .perussanat import LISAKENTAT, PIILOSSA_KANSSA, SANASTO, TARJOTUT_NIMET, VAIN_VALITTUNA

ESITTELYN_PITUUS = 3000  # characters


class Strategia(OmatSarakkeet, Tunnuksellinen, Nimetty):
    """One plan of a kunta, in its own words and on its own scale.

    sanasto: {role: heading}. sarakkeet: the columns of the kunta's own table in order, each a dictionary: "rooli",
    "otsikko"; where the sheet had them "yla" (the heading above the heading), "jakso" (whose heading it is) and
    "sanoin" (scores written with their words); where somebody chose so "piilossa" and "valiotsikko" (a heading over
    rows, not a column). Of LISAKENTAT an entry says that it is asked, "piilossa" that it is no column of the tables
    all the same, and "pois" that it is asked no more. Of RAPORTIN_OSAT an entry says that somebody has chosen. Of OMAT
    there is an entry for each heading, "piilossa" until somebody chooses it for the report, of the kirjaus "kysytaan"
    where somebody chose that it is asked. Of MITTARIN_LUVUT one for each column of the newest table that had any, with
    "vuosi" or "jakso", and "jalkeen": the role after whose column it stood.

    tilasanat: {word of a table, as nimet.word_key has it: 1-5, None for no score}, as people have answered.
    lahdeasteikko: {number of a table: 1-5, None for no score} where its scale is another than ours.
    """

    class Esitys(models.TextChoices):
        NUMEROT = "numerot", _("numeroina")
        SANAT = "sanat", _("sanoina")
        LIIKENNEVALO = "liikennevalo", _("liikennevaloina")
        EI = "ei", _("ei näytetä")

    class Laji(models.TextChoices):
        STRATEGIA = "strategia", _("strategia")
        HYVINVOINTI = "hyvinvointisuunnitelma", _("hyvinvointisuunnitelma")
        TALOUS = "talousohjelma", _("talouden tasapainottamisohjelma")
        KONSERNI = "kuntakonserni", _("kuntakonserni")
        MUU = "muu", _("muu suunnitelma")

    laji = models.CharField(_("laji"), max_length=30, choices=Laji, default=Laji.STRATEGIA)
    alkuvuosi = models.PositiveSmallIntegerField(_("alkuvuosi"), null=True, blank=True)
    loppuvuosi = models.PositiveSmallIntegerField(_("loppuvuosi"), null=True, blank=True)
    otsikko = models.CharField(_("raportin otsikko"), max_length=300, blank=True)
    sanasto = models.JSONField(_("sanasto"), default=dict, blank=True)
    sarakkeet = models.JSONField(_("sarakkeet"), default=list, blank=True)
    esitys = models.CharField(_("asteikon esitys"), max_length=20, choices=Esitys, default=Esitys.NUMEROT)
    asteikko = models.JSONField(_("asteikon nimet"), default=dict, blank=True)
    tilasanat = models.JSONField(_("mitä taulukon sanat tarkoittavat"), default=dict, blank=True)
    lahdeasteikko = models.JSONField(_("mitä taulukon numerot tarkoittavat"), default=dict, blank=True)
    nayta_keskiarvo = models.BooleanField(_("näytä keskiarvo"), default=False)
    esittely = models.TextField(
        _("mikä strategia on"),
        max_length=ESITTELYN_PITUUS,
        blank=True,
        help_text=_("Muutama lause asukkaalle. Näkyy kunnan julkisen sivun alussa. Tyhjä rivi aloittaa kappaleen."),
    )

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
        used = {sarake["rooli"] for sarake in self.sarakkeet if not sarake.get("pois")}
        return [rooli for rooli in LISAKENTAT if rooli in used]

    @property
    def lisasanat(self):
        """{one of lisakentat: its word}"""
        return {rooli: self.sana(rooli) for rooli in self.lisakentat}

    @property
    def piilotetut(self):
        """The roles that are not published: those somebody hid, and of LISAKENTAT and VAIN_VALITTUNA all not chosen.

        What was read from a hidden column is hidden with it, unless somebody has chosen to show it.
        """
        roled = [each for each in self.sarakkeet if each["rooli"] not in OMAT]  # of those each is hidden by itself
        hidden = {each["rooli"] for each in roled if each.get("piilossa") or each.get("pois")}
        chosen = {each["rooli"] for each in self.sarakkeet}
        with_them = {osa for osa, rooli in PIILOSSA_KANSSA.items() if rooli in hidden}
        return hidden | ((LISAKENTAT.keys() | with_them | set(VAIN_VALITTUNA)) - chosen)

    def use_lisakentat(self, roolit):
        """Ask these of LISAKENTAT and no others; a new one is no column of the tables yet. Does not save."""
        kept = [self._asked(sarake, sarake["rooli"] in roolit) for sarake in self.sarakkeet]
        new = [rooli for rooli in LISAKENTAT if rooli in roolit and rooli not in {each["rooli"] for each in kept}]
        self.sarakkeet = kept + [{"rooli": rooli, "piilossa": True} for rooli in new]

    def _asked(self, sarake, is_asked):
        if sarake["rooli"] not in LISAKENTAT:
            return sarake
        asked = {name: value for name, value in sarake.items() if name != "pois"}
        return asked if is_asked else {**asked, "pois": True}

    def asteen_nimi(self, aste):
        """The confirmed label of a score, or "" where none is confirmed."""
        return self.asteikko.get(str(aste), "") if aste else ""

    def has_scale_of(self, other):
        """Do the scores of both plans say the same, so that one can be compared with the other?"""
        return self.asteikko == other.asteikko and self.is_in_words == other.is_in_words

    @property
    def shows_scores(self):
        """Is a score told to whom a report is made for?"""
        return not self.is_in_words and "toteutumisaste" not in self.piilotetut

    @property
    def is_in_words(self):
        """Is it followed in words alone, so that a comment is an answer without a score?"""
        return self.esitys == self.Esitys.EI

    @property
    def asteen_nimet(self):
        """{score: its confirmed label, or ""}"""
        return {int(aste): self.asteen_nimi(aste) for aste in TARJOTUT_NIMET}


class Painopiste(Tunnuksellinen, Nimetty):
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


class StrateginenTavoite(Tunnuksellinen, Nimetty):
    """Second level. A nameless one holds the toimenpiteet that hang straight under the painopiste."""

    nimi = models.CharField(_("nimi"), max_length=NIMEN_PITUUS, blank=True)
    painopiste = models.ForeignKey(
        Painopiste, on_delete=models.PROTECT, related_name="tavoitteet", verbose_name=_("painopiste")
    )
    sitovuus = models.CharField(_("sitovuus"), max_length=20, choices=Sitovuus, blank=True)
    sdg = models.JSONField(_("kestävän kehityksen tavoitteet"), default=list, blank=True)
    haku = HakuField()

    class Meta(Nimetty.Meta):
        verbose_name = _("strateginen tavoite")
        verbose_name_plural = _("strategiset tavoitteet")
        constraints = [models.UniqueConstraint(fields=["painopiste", "avain"], name="tavoite_kerran_painopisteessa")]


class HistoriassaVastuussa(models.Model):
    """Of a toimenpide's history row: the ids of its vastuuhenkilöt after that save, None where it did not tell."""

    vastuussa = models.JSONField(_("vastuuhenkilöt"), null=True)

    class Meta:
        abstract = True


class Toimenpide(Jatkuva, Tunnuksellinen, Nimetty):
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
    muut_toimialat = models.ManyToManyField(
        Toimiala,
        through="MuuToimiala",
        related_name="muut_toimenpiteet",
        blank=True,
        verbose_name=_("muut toimialat"),
        help_text=_(
            "Toimiala johtaa ja arvioi. Muut näkevät toimenpiteen kirjaussivullaan ja voivat kommentoida sitä."
        ),
    )
    vastuuhenkilot = models.ManyToManyField(Kayttaja, through="Vastuuhenkilo", related_name="toimenpiteet", blank=True)
    vastuu = models.TextField(_("vastuu taulukon sanoin"), blank=True)
    riski = models.TextField(_("riski"), blank=True)
    mittari = models.TextField(_("mittari"), blank=True)
    sdg = models.JSONField(_("kestävän kehityksen tavoitteet"), default=list, blank=True)
    sitovuus = models.CharField(_("sitovuus"), max_length=20, choices=Sitovuus, blank=True)
    voimassa_alkaen = PvmField(_("voimassa alkaen"), null=True, blank=True)
    voimassa_asti = PvmField(_("voimassa asti"), null=True, blank=True)
    omat = models.JSONField(_("omat sarakkeet"), default=dict, blank=True)  # {heading of a column of OMA: its text}
    haku = HakuField(sources=("koodi", "nimi", "vastuu", "omat_tekstina"))
    history = HistoricalRecords(
        bases=[HistoriassaVastuussa], excluded_fields=["haku", "tunnus"], verbose_name=_("toimenpiteen muutos")
    )

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

    @property
    def omat_tekstina(self):
        """The texts of its own columns, one after the other, for searching."""
        return "\n".join(self.omat.values())


class Vastuuhenkilo(KunnanRivi):
    """A person whose list the toimenpide is on."""

    toimenpide = models.ForeignKey(Toimenpide, on_delete=models.CASCADE, verbose_name=_("toimenpide"))
    kayttaja = models.ForeignKey(Kayttaja, on_delete=models.CASCADE, verbose_name=_("käyttäjä"))

    class Meta:
        verbose_name = _("vastuuhenkilö")
        verbose_name_plural = _("vastuuhenkilöt")
        constraints = [models.UniqueConstraint(fields=["toimenpide", "kayttaja"], name="vastuuhenkilo_kerran")]


class MuuToimiala(KunnanRivi):
    """A toimiala that takes part in a toimenpide beside the one that leads and scores it."""

    toimenpide = models.ForeignKey(Toimenpide, on_delete=models.CASCADE, verbose_name=_("toimenpide"))
    toimiala = models.ForeignKey(Toimiala, on_delete=models.PROTECT, related_name="+", verbose_name=_("toimiala"))

    class Meta:
        verbose_name = _("muu toimiala")
        verbose_name_plural = _("muut toimialat")
        constraints = [models.UniqueConstraint(fields=["toimenpide", "toimiala"], name="muu_toimiala_kerran")]


class ToimenpideLinkki(KunnanRivi):
    """A toimenpide of one plan as it stands in another, under a tavoite of that one. It is recorded in its own plan.

    The other plan shows the kirjaus nearest in time, read-only and in no count of scores.
    """

    toimenpide = models.ForeignKey(
        Toimenpide, on_delete=models.CASCADE, related_name="linkit", verbose_name=_("toimenpide")
    )
    tavoite = models.ForeignKey(
        StrateginenTavoite, on_delete=models.PROTECT, related_name="linkit", verbose_name=_("strateginen tavoite")
    )
    jarjestys = models.PositiveIntegerField(_("järjestys"), default=0)

    class Meta:
        verbose_name = _("linkitetty toimenpide")
        verbose_name_plural = _("linkitetyt toimenpiteet")
        ordering = ["jarjestys", "pk"]
        constraints = [models.UniqueConstraint(fields=["tavoite", "toimenpide"], name="linkki_kerran_tavoitteessa")]

    def __str__(self):
        return str(self.toimenpide)
