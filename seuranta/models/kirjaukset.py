"""One kirjaus per toimenpide in each jakso, and the ways to write it: record, approve, send back."""

from dataclasses import dataclass, field

from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.utils import bulk_update_with_history

from strategia.fields import HakuField
from strategia.models import LISAKENTAT, OMA_KIRJAUS, KunnanRivi, Toimenpide, put_omat
from strategia.nimet import searchable
from strategia.permissions import followed_toimenpiteet

from ..muutos import diff_words
from .jaksot import Seurantajakso
from .kirjoitus import KirjattavaManager
from .sijaisena import records_history

KOMMENTIN_PITUUS = 32_767  # characters: what one cell of Excel holds
# What a person writes on a row: first what the report publishes.
KIRJATTAVAT = ("toteutumisaste", "syy", "kommentti", *LISAKENTAT, "omat", "sisainen_huomio")


def join_searched(values):
    """{field: value} -> what is searched of a kirjaus: what is published and its own columns, never the huomio."""
    published = (text for name in ("kommentti", *LISAKENTAT) if (text := values.get(name)))
    return "\n".join((*published, *(values.get("omat") or {}).values()))


class Toteutumisaste(models.IntegerChoices):
    """The scale. The labels are the strategia's own, so the choices show bare numbers."""

    YKSI = 1, "1"
    KAKSI = 2, "2"
    KOLME = 3, "3"
    NELJA = 4, "4"
    VIISI = 5, "5"


@dataclass(frozen=True)
class Vastaus:
    """What a person wrote on one row, and the versio of the kirjaus it was based on (0: there was none).

    Of LISAKENTAT None means that it was not asked: what is stored stays. So stay of `omat` the headings not told.
    """

    versio: int
    toteutumisaste: int | None = None
    syy: str = ""
    kommentti: str = ""
    sisainen_huomio: str = ""
    laheta: bool = False
    ei_muutosta: bool = False  # score and comment were copied from the jakso before
    ennuste: str | None = None
    poikkeaman_syy: str | None = None
    korjaavat_toimet: str | None = None
    omat: dict = field(default_factory=dict)  # {heading of a column of OMA_KIRJAUS: text}, of those that were asked


class KirjausManager(KirjattavaManager):
    REPORTED = Q(tila__in=("lahetetty", "hyvaksytty")) | Q(otettu_mukaan=True)  # Kirjaus.is_reported, of the database

    def visible_to(self, user):
        """The kirjaukset of the user's kunta: of closed jaksot what was reported, and what the user may follow."""
        told = Q(jakso__tila=Seurantajakso.Tila.SULJETTU) & self.REPORTED
        return self.filter(told | Q(toimenpide__in=followed_toimenpiteet(user)), kunta=user.kunta_id)

    def reported(self):
        """Those that a report counts: handed in, or taken in by the koordinaattori. See Kirjaus.is_reported."""
        return self.filter(self.REPORTED)

    def look_anew(self, jakso, toimenpiteet, *, by, reason=None):
        """What hangs on them was written: what waits for approval is not what was looked at, and the approved waits."""
        rows = self.filter(jakso=jakso, toimenpide__in=toimenpiteet, tila__in=Kirjaus.LAHETETYT)
        changed = list(rows.select_for_update(of=("self",)).order_by("pk"))
        for kirjaus in changed:
            kirjaus.tila = kirjaus.tila if jakso.is_in_finishing else Kirjaus.Tila.LAHETETTY
            kirjaus.versio, kirjaus.muokattu = kirjaus.versio + 1, timezone.now()
        if changed:
            fields = ["tila", "versio", "muokattu"]
            bulk_update_with_history(changed, Kirjaus, fields, default_user=by, default_change_reason=reason)

    def untouched_since_return(self, kirjaukset):
        """The ids of those that were sent back and that nobody has completed since, by a text, a value or a unit's
        answer; three queries, none without returns.
        """
        returned = {kirjaus.pk: kirjaus for kirjaus in kirjaukset if kirjaus.tila == Kirjaus.Tila.PALAUTETTU}
        texts, states, when = {}, {}, {}
        for row in Kirjaus.history.filter(id__in=returned).order_by("history_id") if returned else ():
            if row.tila == Kirjaus.Tila.PALAUTETTU and states.get(row.id) != row.tila:
                texts[row.id], when[row.id] = tuple(getattr(row, name) for name in KIRJATTAVAT), row.history_date
            states[row.id] = row.tila
        same = {pk for pk, kirjaus in returned.items() if texts.get(pk) == kirjaus.texts()}
        hung = _last_hung_on([returned[pk] for pk in same]) if same else {}
        return {pk for pk in same if pk not in hung or hung[pk] <= when[pk]}


def _last_hung_on(kirjaukset):
    """{kirjaus's id: when a value of its toimenpide, or an answer of a unit, was last written in its jakso}."""
    at, pairs = {}, {(kirjaus.jakso_id, kirjaus.toimenpide_id): kirjaus.pk for kirjaus in kirjaukset}
    arvot = Seurantajakso.mittariarvot.rel.related_model.objects.filter(
        jakso__in={jakso for jakso, _toimenpide in pairs}, mittari__toimenpide__in=[t for _jakso, t in pairs]
    )
    for jakso, toimenpide, last in arvot.values_list("jakso", "mittari__toimenpide").annotate(models.Max("muokattu")):
        if (jakso, toimenpide) in pairs:
            at[pairs[jakso, toimenpide]] = last
    osat = Kirjaus.objects.filter(pk__in=pairs.values(), osavastaukset__isnull=False)
    for pk, last in osat.values_list("pk").annotate(models.Max("osavastaukset__muokattu")):
        at[pk] = max(last, at.get(pk, last))
    return at


class Kirjaus(KunnanRivi):
    """One toimenpide in one jakso. A row is there once something has been written."""

    class Syy(models.TextChoices):
        """Why there is no score."""

        EI_VASTATTU = "ei_vastattu", _("ei vastattu")
        EI_ARVIOIDA = "ei_arvioida", _("ei arvioida tällä jaksolla")
        ALKAA_MYOHEMMIN = "alkaa_myohemmin", _("alkaa myöhemmin")
        LUOVUTTU = "luovuttu", _("luovuttu")

    class Tila(models.TextChoices):
        EI_VASTATTU = "ei_vastattu", _("Ei vastattu")
        LUONNOS = "luonnos", _("Luonnos")
        LAHETETTY = "lahetetty", _("Lähetetty")
        PALAUTETTU = "palautettu", _("Palautettu täydennettäväksi")
        HYVAKSYTTY = "hyvaksytty", _("Hyväksytty")

    LAHETETYT = (Tila.LAHETETTY, Tila.HYVAKSYTTY)  # handed in: what the report counts
    TEKSTIT = ("kommentti", "sisainen_huomio", *LISAKENTAT)

    jakso = models.ForeignKey(
        Seurantajakso, on_delete=models.PROTECT, related_name="kirjaukset", verbose_name=_("seurantajakso")
    )
    toimenpide = models.ForeignKey(
        Toimenpide, on_delete=models.PROTECT, related_name="kirjaukset", verbose_name=_("toimenpide")
    )
    toteutumisaste = models.PositiveSmallIntegerField(
        _("toteutumisaste"),
        choices=Toteutumisaste,
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )
    syy = models.CharField(_("miksi ei arviota"), max_length=20, choices=Syy, blank=True, default=Syy.EI_VASTATTU)
    kommentti = models.TextField(_("kommentti"), blank=True, validators=[MaxLengthValidator(KOMMENTIN_PITUUS)])
    sisainen_huomio = models.TextField(
        _("sisäinen huomio"), blank=True, validators=[MaxLengthValidator(KOMMENTIN_PITUUS)]
    )
    ennuste = models.TextField(_("ennuste"), blank=True, validators=[MaxLengthValidator(KOMMENTIN_PITUUS)])
    poikkeaman_syy = models.TextField(
        _("poikkeaman syy"), blank=True, validators=[MaxLengthValidator(KOMMENTIN_PITUUS)]
    )
    korjaavat_toimet = models.TextField(
        _("korjaavat toimet"), blank=True, validators=[MaxLengthValidator(KOMMENTIN_PITUUS)]
    )
    alkuperainen = models.TextField(
        _("toteutumisaste taulukon sanoin"), blank=True, editable=False, help_text=_("Mitä taulukon solu näytti.")
    )
    omat = models.JSONField(_("omat sarakkeet"), default=dict, blank=True)  # {heading of a column of OMA_KIRJAUS: text}
    tila = models.CharField(_("tila"), max_length=20, choices=Tila, default=Tila.EI_VASTATTU)
    otettu_mukaan = models.BooleanField(
        _("otettu mukaan raporttiin"),
        default=False,
        help_text=_("Koordinaattori on viimeistelyssä kirjoittanut tai ottanut mukaan rivin, jota ei ole lähetetty."),
    )
    palautuksen_syy = models.TextField(_("mitä täydennetään"), blank=True)
    ei_muutosta = models.BooleanField(_("ei muutosta edelliseen"), default=False)
    kirjaajan_kommentti = models.TextField(
        _("kirjaajan kommentti ennen viimeistelyä"),
        null=True,
        blank=True,
        help_text=_("Tyhjä, kun viimeistelyssä ei ole muutettu kommenttia."),
    )
    kirjaajan_lisat = models.JSONField(  # {one of LISAKENTAT, or "omat": as its owner has it} that viimeistely changed
        _("kirjaajan muut tekstit ennen viimeistelyä"), default=dict, blank=True
    )
    versio = models.PositiveIntegerField(_("versio"), default=0)
    muokattu = models.DateTimeField(_("muokattu"), default=timezone.now)
    lahetetty = models.DateTimeField(_("lähetetty"), null=True, blank=True)
    tuonti = models.ForeignKey(
        "Tuonti", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("tuonti")
    )
    haku = HakuField(sources=("haettava",))
    history = records_history(excluded_fields=["haku"], verbose_name=_("kirjauksen muutos"))

    objects = KirjausManager()
    KENESTA, TOIMIALAN_POLUT, KIRJATTAVAT = "toimenpide", ("toimiala",), KIRJATTAVAT
    SAVED_FIELDS = [
        *KIRJATTAVAT,
        "alkuperainen",
        "tila",
        "otettu_mukaan",
        "ei_muutosta",
        "kirjaajan_kommentti",
        "kirjaajan_lisat",
        "versio",
        "muokattu",
        "lahetetty",
        "haku",
    ]

    class Meta:
        verbose_name = _("kirjaus")
        verbose_name_plural = _("kirjaukset")
        constraints = [
            models.UniqueConstraint(fields=["jakso", "toimenpide", "kunta"], name="kirjaus_kerran_jaksossa"),
            models.CheckConstraint(
                # isnull on both sides: a comparison with NULL is unknown, and a check lets the unknown pass.
                condition=Q(toteutumisaste__isnull=False, toteutumisaste__range=(1, 5), syy="")
                | (Q(toteutumisaste__isnull=True) & ~Q(syy="")),
                name="aste_1_5_tai_syy",
            ),
        ]

    def __str__(self):
        return f"{self.jakso}: {self.toimenpide}"

    def differs_from(self, vastaus):
        """Would this Vastaus change anything here?"""
        sends = vastaus.laheta and self.tila not in (self.Tila.LAHETETTY, self.Tila.HYVAKSYTTY)
        marks = vastaus.ei_muutosta and not self.ei_muutosta
        return sends or marks or self.texts() != self.texts_of(vastaus, self.texts())

    def is_untouched_by(self, vastaus, base):
        """Was the row only sent along as it was when the page was opened, while another has rewritten it since?"""
        acts = vastaus.laheta or vastaus.ei_muutosta
        return self.versio != vastaus.versio and not acts and base is not None and self.texts_of(vastaus, base) == base

    def conflicts_with(self, vastaus, base):
        """Would writing this Vastaus hide something that its writer has not seen?"""
        if self.versio == vastaus.versio:
            return False
        sent_back = vastaus.laheta and self.tila == self.Tila.PALAUTETTU
        return sent_back or self.texts() not in (base, self.texts_of(vastaus, self.texts()))

    def take(self, vastaus, *, by):
        """Put the Vastaus in, with the state that follows from it. Does not save."""
        values = dict(zip(KIRJATTAVAT, self.texts_of(vastaus, self.texts()), strict=True))
        self.reword(values, sent=vastaus.laheta)
        self.ei_muutosta = vastaus.ei_muutosta or self.ei_muutosta
        self.versio += 1
        self.muokattu = timezone.now()
        if vastaus.laheta:
            self.lahetetty = self.muokattu
        self.haku = searchable(self.haettava)  # bulk_update does not compute what save() would

    def reword(self, values, *, sent):
        """Put {one of KIRJATTAVAT: value} in, with the state that follows. What viimeistely changes stays beside in its
        owner's words. Does not save.
        """
        before, in_finishing = self.texts(), self.jakso.is_in_finishing
        for name, value in values.items():
            if getattr(self, name) == value:
                continue
            if name == "kommentti":
                self.kirjaajan_kommentti = self._words_of_owner(value) if in_finishing else None
            elif name in (*LISAKENTAT, "omat"):
                self.kirjaajan_lisat = self._lisat_of_owner(name, value, in_finishing=in_finishing)
            elif name == "toteutumisaste":
                self.alkuperainen = ""  # what a table showed was of the score before
            setattr(self, name, value)
        after = self.texts()
        is_told_anew = before[:-1] != after[:-1]
        self.ei_muutosta = self.ei_muutosta and not is_told_anew
        if is_told_anew:  # a sisäinen huomio alone takes no draft into the report
            self.otettu_mukaan = in_finishing  # outside it what is written waits to be sent
        self.tila = self._state_after(rewritten=before != after and not in_finishing, sent=sent)

    @property
    def haettava(self):
        """What is searched of it."""
        return join_searched(vars(self))

    @property
    def is_reported(self):
        """Does the report count it? A draft that nobody has sent is not told to the council."""
        return self.tila in self.LAHETETYT or self.otettu_mukaan

    def texts(self):
        """What a person has written here, in the order of KIRJATTAVAT."""
        return tuple(getattr(self, name) for name in KIRJATTAVAT)

    def texts_of(self, vastaus, stored):
        """The texts of the Vastaus in the order of KIRJATTAVAT; those it was not asked as in `stored`."""
        syy = "" if vastaus.toteutumisaste else (vastaus.syy or self.Syy.EI_VASTATTU)
        told = {name: getattr(vastaus, name) for name in KIRJATTAVAT} | {"syy": str(syy)}
        before = stored[KIRJATTAVAT.index("omat")]
        told["omat"] = put_omat(before, vastaus.omat) if vastaus.omat else before
        is_unasked = {name for name in LISAKENTAT if told[name] is None}
        return tuple(
            before if name in is_unasked else told[name] for name, before in zip(KIRJATTAVAT, stored, strict=True)
        )

    def hide(self, roolit):
        """Forget the values of these roles, for a reader who may see what is published and no more. Does not save."""
        for rooli in roolit.intersection(KIRJATTAVAT):
            setattr(self, rooli, "")
        if "toteutumisaste" in roolit:
            self.toteutumisaste, self.syy = None, ""

    @classmethod
    def is_answer(cls, strategia, *, toteutumisaste, syy, kommentti):
        """Do these values answer a row? A plan that is followed in words alone is answered by a comment."""
        has_reason = syy not in ("", cls.Syy.EI_VASTATTU)
        return bool(toteutumisaste) or has_reason or (strategia.is_in_words and bool(kommentti.strip()))

    def list_lisatekstit(self, strategia):
        """[(its word, text)] of what the strategia asks besides and somebody has written."""
        return [(strategia.sana(name), text) for name in strategia.lisakentat if (text := getattr(self, name))]

    @property
    def viimeistelyn_erot(self):
        """What viimeistely has changed in its owner's words; [] where nothing."""
        owners = self.kirjaajan_kommentti
        return [] if owners is None else diff_words(owners, self.kommentti)

    @property
    def viimeistelyn_lisaerot(self):
        """[(the strategia's word, what viimeistely has changed in its owner's text)] of what is asked besides."""
        if not self.kirjaajan_lisat:
            return []
        strategia, owners = self.jakso.strategia, self.kirjaajan_lisat
        used = [name for name in strategia.lisakentat if name in owners]
        told = [(strategia.sana(name), owners[name], getattr(self, name)) for name in used]
        if "omat" in owners:
            was, now, known = owners["omat"], self.omat, strategia.omat_otsikot(OMA_KIRJAUS)
            told += [(o, was.get(o, ""), now.get(o, "")) for o in known if was.get(o, "") != now.get(o, "")]
        return [(sana, diff_words(before, after)) for sana, before, after in told]

    def _lisat_of_owner(self, name, text, *, in_finishing):
        """The owner's other texts that viimeistely says otherwise, once this one of them becomes `text`."""
        owners = {name: getattr(self, name)} | self.kirjaajan_lisat
        is_reworded = in_finishing and owners[name] != text
        return {each: words for each, words in owners.items() if each != name or is_reworded}

    def _words_of_owner(self, kommentti):
        """What the owner wrote, where viimeistely says it otherwise; else None."""
        words = self.kommentti if self.kirjaajan_kommentti is None else self.kirjaajan_kommentti
        return None if words == kommentti else words

    def _state_after(self, *, rewritten, sent):
        """What was approved and is written anew before viimeistely waits for its hyväksyjä again."""
        if sent or (rewritten and self.tila == self.Tila.HYVAKSYTTY):
            return self.Tila.LAHETETTY
        if self.tila == self.Tila.EI_VASTATTU:
            return self.Tila.LUONNOS
        return self.tila
