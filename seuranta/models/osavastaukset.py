"""The units that answer one toimenpide together: each with its name, score and comment."""

from dataclasses import dataclass
from functools import partial

from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from strategia.fields import AvainField
from strategia.models import NIMEN_PITUUS, KunnanQuerySet, KunnanRivi, Toimiala
from strategia.nimet import avain

from ..muutos import diff_words
from .kirjaukset import KOMMENTIN_PITUUS, Kirjaus, Toteutumisaste
from .kirjoitus import write_again_if_refused
from .sijaisena import records_history

OSAN_KENTAT = ("nimi", "toteutumisaste", "kommentti")
OSIA_ENINTAAN = 50  # on one row: more are no answer to one toimenpide


@dataclass(frozen=True)
class Yksikkovastaus:
    """What a person wrote of one unit, and the id and versio of the osavastaus it was based on (None, 0: a new one).

    kysytyt: what was asked; of the others what is stored stays. toimiala: whose comment it is, of one that takes part
    in a toimenpide that another leads.
    """

    nimi: str
    toteutumisaste: int | None = None
    kommentti: str = ""
    pk: int | None = None
    versio: int = 0
    poista: bool = False
    alkuperainen: str = ""
    kysytyt: tuple[str, ...] = OSAN_KENTAT
    toimiala: Toimiala | None = None

    def values(self, stored):
        """The values in the order of OSAN_KENTAT; those that were not asked as in `stored`."""
        pairs = zip(OSAN_KENTAT, stored, strict=True)
        return tuple(getattr(self, name) if name in self.kysytyt else before for name, before in pairs)


class OsavastausManager(models.Manager.from_queryset(KunnanQuerySet)):
    def record(self, jakso, toimenpide, osat, *, by, reason=None, in_order=True):
        """Save these answers in their order -> (saved, [(osavastaus as another left it, Yksikkovastaus)]).

        in_order: they are all the row's units; else each stays where it is and a new one comes last, as comments do. A
        unit that is not among them stays as it is. What is new in name alone is the unit of that name. A row that
        another rewrote after it was begun is not written, and one that was only sent along stays as they left it. The
        kirjaus is made where there is none; sent, it is looked at anew. Raises SuljettuJakso.
        """
        write = partial(self._record_once, jakso, toimenpide, osat, by, reason, in_order)
        return write_again_if_refused(jakso, write, by)

    def _record_once(self, jakso, toimenpide, osat, by, reason, in_order):
        kirjaus = _kirjaus_of(jakso, toimenpide, by, reason, is_comment=all(osa.toimiala for osa in osat))
        rows = {row.pk: row for row in self.filter(kirjaus=kirjaus).select_for_update(of=("self",)).order_by("pk")}
        by_name = {row.avain: row for row in rows.values()}
        by_toimiala = {row.toimiala_id: row for row in rows.values() if row.toimiala_id}
        saved, conflicts = [], []
        for n, osa in enumerate(osat):
            of_toimiala = by_toimiala.get(osa.toimiala.pk) if osa.toimiala else None
            row = rows.get(osa.pk) or of_toimiala or by_name.get(avain(osa.nimi))
            if row is None and (osa.poista or osa.pk):
                continue  # another took it away
            row = row or Osavastaus(kunta_id=jakso.kunta_id, kirjaus=kirjaus)
            row.kirjaus = kirjaus
            if row.pk and row.versio != osa.versio and not row.is_as_told(osa):
                conflicts += [] if row.is_untouched_by(osa) else [(row, osa)]
                continue
            place = n if in_order and not osa.toimiala else _place_of(row, rows)
            if row.take(osa, place, in_finishing=jakso.is_in_finishing):
                row._history_user, row._change_reason = by, reason
                row.delete() if osa.poista else row.save()
                saved.append(row)
        if saved:
            _tell_anew(kirjaus, jakso, toimenpide, by, reason)
        return saved, conflicts


def _kirjaus_of(jakso, toimenpide, by, reason, *, is_comment):
    """What another toimiala says is no draft of the one that leads."""
    kirjaus = Kirjaus.objects.filter(jakso=jakso, toimenpide=toimenpide).first()
    if kirjaus is None:
        kirjaus = Kirjaus(kunta_id=jakso.kunta_id, jakso=jakso, toimenpide=toimenpide)
        kirjaus.tila = Kirjaus.Tila.EI_VASTATTU if is_comment else Kirjaus.Tila.LUONNOS
        kirjaus.versio = 1
    elif kirjaus.tila == Kirjaus.Tila.EI_VASTATTU and not is_comment:
        kirjaus.tila, kirjaus.versio = Kirjaus.Tila.LUONNOS, kirjaus.versio + 1
    else:
        return kirjaus
    kirjaus._history_user, kirjaus._change_reason = by, reason
    kirjaus.save()
    return kirjaus


def _place_of(row, rows):
    """A comment stays where it is, and a new one comes last."""
    return row.jarjestys if row.pk else 1 + max((each.jarjestys for each in rows.values()), default=-1)


def _tell_anew(kirjaus, jakso, toimenpide, by, reason):
    """What was sent is looked at anew; what the koordinaattori writes in viimeistely the report counts as it is."""
    Kirjaus.objects.look_anew(jakso, [toimenpide], by=by, reason=reason)
    if jakso.is_in_finishing and not kirjaus.is_reported:
        kirjaus.otettu_mukaan, kirjaus.versio, kirjaus.muokattu = True, kirjaus.versio + 1, timezone.now()
        kirjaus._history_user, kirjaus._change_reason = by, reason
        kirjaus.save(update_fields=["otettu_mukaan", "versio", "muokattu"])


class Osavastaus(KunnanRivi):
    """What one unit answers of a toimenpide, in its kirjaus. The whole is chosen by a person: nothing is computed.

    It is sent, approved, returned and counted with its kirjaus. What another toimiala than the leading one says of the
    toimenpide is one too: it knows its toimiala, and its score, if any, is the leader's to give.
    """

    kirjaus = models.ForeignKey(
        Kirjaus, on_delete=models.CASCADE, related_name="osavastaukset", verbose_name=_("kirjaus")
    )
    toimiala = models.ForeignKey(
        Toimiala, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("toimiala")
    )
    nimi = models.CharField(_("yksikkö"), max_length=NIMEN_PITUUS)
    avain = AvainField()
    toteutumisaste = models.PositiveSmallIntegerField(
        _("toteutumisaste"),
        choices=Toteutumisaste,
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )
    kommentti = models.TextField(_("kommentti"), blank=True, validators=[MaxLengthValidator(KOMMENTIN_PITUUS)])
    jarjestys = models.PositiveIntegerField(_("järjestys"), default=0)
    alkuperainen = models.TextField(_("vastaus taulukon sanoin"), blank=True, editable=False)
    kirjaajan_tekstit = models.JSONField(  # {one of OSAN_KENTAT: its value}, of those that viimeistely has changed
        _("kirjaajan tekstit ennen viimeistelyä"), default=dict, blank=True
    )
    versio = models.PositiveIntegerField(_("versio"), default=0)
    muokattu = models.DateTimeField(_("muokattu"), default=timezone.now)
    history = records_history(verbose_name=_("osavastauksen muutos"))

    objects = OsavastausManager()
    KENESTA, TOIMIALAN_POLUT = "kirjaus", ("toimenpide__toimiala",)

    class Meta:
        verbose_name = _("osavastaus")
        verbose_name_plural = _("osavastaukset")
        ordering = ["jarjestys", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["kirjaus", "avain", "kunta"], name="osavastaus_kerran_kirjauksessa"),
            models.CheckConstraint(
                condition=Q(toteutumisaste__isnull=True) | Q(toteutumisaste__range=(1, 5)), name="osan_aste_1_5"
            ),
        ]

    def __str__(self):
        return self.nimi

    @property
    def viimeistelyn_erot(self):
        """[(word, what viimeistely has changed in its owner's text)]"""
        words = {name: str(self._meta.get_field(name).verbose_name) for name in OSAN_KENTAT}
        pairs = ((name, text, getattr(self, name)) for name, text in self.kirjaajan_tekstit.items())
        return [(words[name], diff_words(*(str(text or "–") for text in pair))) for name, *pair in pairs]

    def texts(self):
        """What a person has written here, in the order of OSAN_KENTAT."""
        return tuple(getattr(self, name) for name in OSAN_KENTAT)

    def is_as_told(self, osa):
        """Does it already say what the Yksikkovastaus says?"""
        is_owned = osa.toimiala is None or self.toimiala_id == osa.toimiala.pk
        return not osa.poista and is_owned and self.texts() == osa.values(self.texts())

    def is_untouched_by(self, osa):
        """Was it only sent along as it was when the page was opened?"""
        base = self.history.filter(versio=osa.versio).values_list(*OSAN_KENTAT).first()
        return not osa.poista and base is not None and base == osa.values(base)

    def take(self, osa, place, *, in_finishing=False):
        """Put the Yksikkovastaus in as the `place`th; False where that changes nothing. Does not save."""
        if self.pk and self.is_as_told(osa) and self.jarjestys == place:
            return False
        before, after = self.texts(), osa.values(self.texts())
        for name, was, value in zip(OSAN_KENTAT, before, after, strict=True):
            if self.pk and was != value:
                self.kirjaajan_tekstit = self._texts_of_owner(name, value, in_finishing=in_finishing)
            setattr(self, name, value)
        if before != after or osa.alkuperainen:
            self.alkuperainen = osa.alkuperainen  # what a table showed was of the answer before
        self.jarjestys, self.toimiala = place, osa.toimiala or self.toimiala
        self.versio += 1
        self.muokattu = timezone.now()
        return True

    def _texts_of_owner(self, name, value, *, in_finishing):
        """The owner's values that viimeistely says otherwise, once this one of them becomes `value`."""
        owners = {name: getattr(self, name)} | self.kirjaajan_tekstit
        is_reworded = in_finishing and owners[name] != value
        return {each: words for each, words in owners.items() if each != name or is_reworded}
