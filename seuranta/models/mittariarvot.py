"""What the mittarit showed: in each jakso, or by year or day outside any."""

from dataclasses import dataclass
from functools import partial

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from strategia.fields import LukuField, PvmField, VuosiField
from strategia.lukuteksti import read_luku
from strategia.models import TEKSTIN_PITUUS, KunnanRivi, Mittari, exactly_one_set
from strategia.permissions import followed_mittarit, followed_toimenpiteet

from ..muutos import diff_words
from .jaksot import Seurantajakso
from .kirjaukset import Kirjaus, KirjausManager
from .kirjoitus import KirjattavaManager
from .sijaisena import records_history

AJAT = ["jakso", "vuosi", "paiva"]
JULKAISTAVAT = ("teksti", "huomautus")


@dataclass(frozen=True)
class Mittaus:
    """What somebody wrote of one mittari, and the versio of the value it was based on (0: there was none).

    None means that it was not asked: what is stored stays. alkuperainen: the source's cell where it says the value
    otherwise than `teksti` does.
    """

    versio: int
    teksti: str | None = None
    huomautus: str | None = None
    sisainen_huomio: str | None = None
    laheta: bool = False
    alkuperainen: str = ""


class MittariArvoManager(KirjattavaManager):
    def reported(self):
        """Those that a report counts: MittariArvo.is_told_with, of the database."""
        of_kirjaus = Kirjaus.objects.filter(
            jakso=OuterRef("jakso"), toimenpide=OuterRef("mittari__toimenpide"), kunta=OuterRef("kunta")
        )
        taken_in = Q(otettu_mukaan=True) & ~Exists(of_kirjaus.filter(tila=Kirjaus.Tila.PALAUTETTU))
        sent = Q(tila__in=Kirjaus.LAHETETYT) | Exists(of_kirjaus.filter(KirjausManager.REPORTED))
        return self.filter(Q(jakso=None) | taken_in | sent)

    def visible_to(self, user):
        """The values of the user's kunta: of closed jaksot what was reported, and what the user may follow."""
        told = Q(jakso=None) | (Q(jakso__tila=Seurantajakso.Tila.SULJETTU) & Q(pk__in=self.reported().values("pk")))
        followed = Q(mittari__toimenpide__in=followed_toimenpiteet(user)) | Q(mittari__in=followed_mittarit(user))
        return self.filter(told | followed, kunta=user.kunta_id)

    def record_outside(self, vastaukset, *, by, vuosi=None, paiva=None, tuonti=None, reason=None):
        """As record, for a year or a day that belongs to no jakso. `by` is None for a program, told by the reason."""
        place = {"vuosi": vuosi} if paiva is None else {"paiva": paiva}
        write = partial(self.write_once, place, vastaukset, by, tuonti, reason)
        return self.write_of_those_there(None, vastaukset, write, by)

    def record_once(self, jakso, vastaukset, by, tuonti, reason):
        """A kirjaus that waits for approval, or has it, is looked at anew when a value of its toimenpide is written."""
        saved, conflicts = super().record_once(jakso, vastaukset, by, tuonti, reason)
        toimenpiteet = {arvo.mittari.toimenpide_id for arvo in saved} - {None}
        if toimenpiteet:
            Kirjaus.objects.look_anew(jakso, toimenpiteet, by=by, reason=reason)
        return saved, conflicts


class MittariArvo(KunnanRivi):
    """The value of a mittari in a jakso, or in a year or on a day that belongs to no jakso: exactly one of them.

    `teksti` is what was told, verbatim, and luku the number that it plainly is, of whatever kind the mittari is: when
    somebody says that a text mittari is a number, no row is written anew, and least of all one of a closed jakso.

    Values of a toimenpide are sent, approved and returned with its kirjaus of the same jakso: they have no tila of
    their own (""), and a report counts them when it counts that kirjaus. A value written after its kirjaus was sent
    raises the kirjaus's versio, and an approved one waits for its hyväksyjä again. Values of a tavoite or a painopiste
    have a tila of their own, which goes as a kirjaus's. What the koordinaattori writes in viimeistely is taken in as
    it is (otettu_mukaan). A value by year or day is nobody's answer: no tila, always counted, held by no trigger.
    """

    Tila = Kirjaus.Tila
    KENESTA, KIRJATTAVAT = "mittari", (*JULKAISTAVAT, "sisainen_huomio")
    TOIMIALAN_POLUT = ("toimenpide__toimiala", "toimiala")

    mittari = models.ForeignKey(Mittari, on_delete=models.PROTECT, related_name="arvot", verbose_name=_("mittari"))
    jakso = models.ForeignKey(
        Seurantajakso,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="mittariarvot",
        verbose_name=_("seurantajakso"),
    )
    vuosi = VuosiField(_("vuosi"))
    paiva = PvmField(_("päivä"), null=True, blank=True)
    teksti = models.TextField(_("arvo"), blank=True, validators=[MaxLengthValidator(TEKSTIN_PITUUS)])
    luku = LukuField(_("arvo lukuna"))
    alkuperainen = models.TextField(_("arvo taulukon sanoin"), blank=True, editable=False)
    huomautus = models.TextField(_("huomautus"), blank=True, validators=[MaxLengthValidator(TEKSTIN_PITUUS)])
    sisainen_huomio = models.TextField(
        _("sisäinen huomio"), blank=True, validators=[MaxLengthValidator(TEKSTIN_PITUUS)]
    )
    tila = models.CharField(_("tila"), max_length=20, choices=Kirjaus.Tila, blank=True)
    otettu_mukaan = models.BooleanField(_("otettu mukaan raporttiin"), default=False)
    palautuksen_syy = models.TextField(_("mitä täydennetään"), blank=True)
    kirjaajan_tekstit = models.JSONField(  # {"teksti" or "huomautus": its text}, of those that viimeistely has changed
        _("kirjaajan tekstit ennen viimeistelyä"), default=dict, blank=True
    )
    versio = models.PositiveIntegerField(_("versio"), default=0)
    muokattu = models.DateTimeField(_("muokattu"), default=timezone.now)
    lahetetty = models.DateTimeField(_("lähetetty"), null=True, blank=True)
    tuonti = models.ForeignKey(
        "Tuonti", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("tuonti")
    )
    history = records_history(verbose_name=_("mittarin arvon muutos"))

    objects = MittariArvoManager()
    SAVED_FIELDS = [
        *KIRJATTAVAT,
        "luku",
        "alkuperainen",
        "tila",
        "otettu_mukaan",
        "kirjaajan_tekstit",
        "versio",
        "muokattu",
        "lahetetty",
    ]

    class Meta:
        verbose_name = _("mittarin arvo")
        verbose_name_plural = _("mittarien arvot")
        constraints = [
            models.UniqueConstraint(fields=["jakso", "mittari", "kunta"], name="arvo_kerran_jaksossa"),
            models.UniqueConstraint(fields=["mittari", "vuosi", "kunta"], name="arvo_kerran_vuodessa"),
            models.UniqueConstraint(fields=["mittari", "paiva", "kunta"], name="arvo_kerran_paivassa"),
            models.CheckConstraint(condition=exactly_one_set(AJAT), name="arvolla_yksi_aika"),
            models.CheckConstraint(
                condition=Q(jakso__isnull=False) | Q(tila="", otettu_mukaan=False), name="tila_vain_jakson_arvolla"
            ),
        ]

    def __str__(self):
        return f"{self.jakso or self.vuosi or self.paiva}: {self.mittari}"

    @property
    def has_own_state(self):
        """Is it sent and approved by itself, and not with the kirjaus of its toimenpide?"""
        return self.jakso_id is not None and self.mittari.toimenpide_id is None

    @property
    def is_reported(self):
        """Does the report count it by itself? A toimenpide's value is counted also with its kirjaus: is_told_with."""
        return self.jakso_id is None or self.otettu_mukaan or self.tila in Kirjaus.LAHETETYT

    def is_told_with(self, kirjaus):
        """Does the report count it, when this is the kirjaus of its toimenpide in its jakso (None: there is none)?"""
        if self.jakso_id is None or self.has_own_state:
            return self.is_reported
        is_returned = kirjaus is not None and kirjaus.tila == Kirjaus.Tila.PALAUTETTU
        return (kirjaus is not None and kirjaus.is_reported) or (self.otettu_mukaan and not is_returned)

    @property
    def viimeistelyn_erot(self):
        """[(word, what viimeistely has changed in its owner's text)]"""
        words = {name: str(self._meta.get_field(name).verbose_name) for name in JULKAISTAVAT}
        return [(words[name], diff_words(text, getattr(self, name))) for name, text in self.kirjaajan_tekstit.items()]

    def texts(self):
        """What a person has written here, in the order of KIRJATTAVAT."""
        return tuple(getattr(self, name) for name in self.KIRJATTAVAT)

    def texts_of(self, mittaus, stored):
        """The texts of the Mittaus in the order of KIRJATTAVAT; those it was not asked as in `stored`."""
        told = (getattr(mittaus, name) for name in self.KIRJATTAVAT)
        return tuple(before if text is None else text for text, before in zip(told, stored, strict=True))

    def differs_from(self, mittaus):
        """Would this Mittaus change anything here?"""
        sends = mittaus.laheta and self.has_own_state and self.tila not in Kirjaus.LAHETETYT
        return sends or self.texts() != self.texts_of(mittaus, self.texts())

    def is_untouched_by(self, mittaus, base):
        """Was it only sent along as it was when the page was opened, while another has rewritten it since?"""
        is_old = self.versio != mittaus.versio and not mittaus.laheta
        return is_old and base is not None and self.texts_of(mittaus, base) == base

    def conflicts_with(self, mittaus, base):
        """Would writing this Mittaus hide something that its writer has not seen?"""
        if self.versio == mittaus.versio:
            return False
        sent_back = mittaus.laheta and self.tila == self.Tila.PALAUTETTU
        return sent_back or self.texts() not in (base, self.texts_of(mittaus, self.texts()))

    def take(self, mittaus, *, by):
        """Put the Mittaus in, with the state that follows from it. Does not save."""
        before, after = self.texts(), self.texts_of(mittaus, self.texts())
        in_finishing = self.jakso_id is not None and self.jakso.is_in_finishing
        for name, was, text in zip(self.KIRJATTAVAT, before, after, strict=True):
            if text != was and name in JULKAISTAVAT:
                self.kirjaajan_tekstit = self._texts_of_owner(name, text, in_finishing=in_finishing)
            setattr(self, name, text)
        if before[0] != after[0]:
            self.luku, self.alkuperainen = read_luku(self.teksti), mittaus.alkuperainen
        if before[:-1] != after[:-1]:  # a sisäinen huomio alone takes no draft into the report
            self.otettu_mukaan = in_finishing
        self.versio += 1
        self.muokattu = timezone.now()
        if self.has_own_state:
            self.tila = self._state_after(rewritten=before != after and not in_finishing, sent=mittaus.laheta)
            self.lahetetty = self.muokattu if mittaus.laheta else self.lahetetty

    def _texts_of_owner(self, name, text, *, in_finishing):
        """The owner's texts that viimeistely says otherwise, once this one of them becomes `text`."""
        owners = {name: getattr(self, name)} | self.kirjaajan_tekstit
        is_reworded = in_finishing and owners[name] != text
        return {each: words for each, words in owners.items() if each != name or is_reworded}

    def _state_after(self, *, rewritten, sent):
        """As of a kirjaus: what was approved and is written anew before viimeistely waits for its hyväksyjä again."""
        if sent or (rewritten and self.tila == self.Tila.HYVAKSYTTY):
            return self.Tila.LAHETETTY
        return self.tila or self.Tila.LUONNOS
