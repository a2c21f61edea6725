"""What those who record and approve a row write to each other beside it, in one jakso: never in a report."""

from dataclasses import dataclass

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import IntegrityError, models, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from strategia.models import KunnanQuerySet, KunnanRivi, Toimenpide

from .jaksot import Seurantajakso, SuljettuJakso

KYSYMYKSEN_PITUUS = 2000  # characters
KESKUSTELTAVAT = (Seurantajakso.Tila.AVOINNA, Seurantajakso.Tila.VIIMEISTELYSSA)


@dataclass(frozen=True)
class Ketju:
    """What has been written beside one row in one jakso, the oldest first."""

    viestit: tuple["Rivikysymys", ...] = ()

    @property
    def maara(self):
        return len(self.viestit)

    @property
    def avoin(self):
        """The newest message that waits for an answer, None where nobody waits."""
        asked = [n for n, viesti in enumerate(self.viestit) if viesti.odottaa]
        found = self.viestit[asked[-1]] if asked else None
        later = self.viestit[asked[-1] + 1 :] if asked else ()
        return None if any(viesti.kirjoittaja_id != found.kirjoittaja_id for viesti in later) else found

    def waits_for(self, user):
        """Has another written after the user last did?"""
        return bool(self.viestit) and self.viestit[-1].kirjoittaja_id != user.pk


class RivikysymysManager(models.Manager.from_queryset(KunnanQuerySet)):
    def write(self, jakso, toimenpide, teksti, *, by, odottaa=False):
        """The new message, or the last one where it says the same: a form sent twice says it once.

        Sent again because an answer is waited for after all, the last one waits from now on. Raises SuljettuJakso.
        """
        if jakso.tila not in KESKUSTELTAVAT:
            raise _closed(jakso)
        last = self.filter(jakso=jakso, toimenpide=toimenpide).last()
        if last and (last.kirjoittaja_id, last.teksti) == (by.pk, teksti):
            return self._wait_for_answer(last) if odottaa and not last.odottaa else last
        told = {"kunta_id": jakso.kunta_id, "jakso": jakso, "toimenpide": toimenpide, "odottaa": odottaa}
        try:
            with transaction.atomic():
                return self.create(**told, teksti=teksti, kirjoittaja=by)
        except IntegrityError as refused:
            if not Seurantajakso.objects.filter(pk=jakso.pk, tila=Seurantajakso.Tila.SULJETTU).exists():
                raise
            raise _closed(jakso) from refused

    def _wait_for_answer(self, viesti):
        viesti.odottaa = True
        viesti.save(update_fields=["odottaa"])
        return viesti

    def read(self, jakso, toimenpiteet):
        """{toimenpide's id: Ketju} of those of these ids beside which something has been written; one query."""
        rows = self.filter(jakso=jakso, toimenpide__in=toimenpiteet).select_related("kirjoittaja").order_by("pk")
        return _by(rows, "toimenpide_id")

    def put_on(self, jakso, rows):
        """Put on each row of a page (which has a toimenpide) its Ketju, None where nothing has been written."""
        ketjut = self.read(jakso, [row.toimenpide.pk for row in rows])
        for row in rows:
            row.ketju = ketjut.get(row.toimenpide.pk)

    def read_all(self, toimenpide):
        """{jakso's id: Ketju} of one toimenpide; one query."""
        return _by(self.filter(toimenpide=toimenpide).select_related("kirjoittaja").order_by("pk"), "jakso_id")

    def of_jakso(self, toimenpide=None):
        """For annotating a queryset of jaksot: has anything been written in this one, beside this row?"""
        mine = self.filter(jakso=OuterRef("pk"))
        return Exists(mine.filter(toimenpide=toimenpide) if toimenpide else mine)

    def unanswered(self):
        """Those that wait and after which nobody else has written beside the same row."""
        later = self.filter(jakso=OuterRef("jakso"), toimenpide=OuterRef("toimenpide"), pk__gt=OuterRef("pk"))
        return self.filter(~Exists(later.exclude(kirjoittaja=OuterRef("kirjoittaja"))), odottaa=True)


def _closed(jakso):
    return SuljettuJakso(_("Jakso %(nimi)s ei ota enää vastaan viestejä.") % {"nimi": jakso.nimi})


def _by(rows, name):
    found = {}
    for row in rows:
        found.setdefault(getattr(row, name), []).append(row)
    return {pk: Ketju(tuple(viestit)) for pk, viestit in found.items()}


class Rivikysymys(KunnanRivi):
    """One message beside a row. Nobody edits or takes it away; once the jakso is closed, it is only read."""

    jakso = models.ForeignKey(
        Seurantajakso, on_delete=models.PROTECT, related_name="rivikysymykset", verbose_name=_("seurantajakso")
    )
    toimenpide = models.ForeignKey(
        Toimenpide, on_delete=models.PROTECT, related_name="rivikysymykset", verbose_name=_("toimenpide")
    )
    teksti = models.TextField(_("viesti"), validators=[MaxLengthValidator(KYSYMYKSEN_PITUUS)])
    kirjoittaja = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("kirjoittaja")
    )
    kirjoitettu = models.DateTimeField(_("kirjoitettu"), default=timezone.now)
    odottaa = models.BooleanField(_("odottaa vastausta"), default=False)

    objects = RivikysymysManager()

    class Meta:
        verbose_name = _("viesti riviltä")
        verbose_name_plural = _("viestit riveiltä")
        ordering = ["pk"]
        indexes = [models.Index(fields=["jakso", "toimenpide"], name="rivikysymykset_rivilla")]

    def __str__(self):
        """Of which row: what it says stays beside it."""
        return str(self.toimenpide)
