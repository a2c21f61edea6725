"""One act that sent many rows as they were in the jakso before, and its undoing."""

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.utils import bulk_update_with_history

from strategia.models import KunnanQuerySet, KunnanRivi
from strategia.nimet import searchable

from .jaksot import Seurantajakso
from .kirjaukset import Kirjaus
from .kirjoitus import write_again_if_refused

RESTORED = [name for name in Kirjaus.SAVED_FIELDS if name not in ("versio", "muokattu", "haku")]


class JoukkokirjausManager(models.Manager.from_queryset(KunnanQuerySet)):
    def send(self, jakso, vastaukset, *, by):
        """The act that saved {toimenpide: Vastaus}, and the rows that another wrote first.

        Raises SuljettuJakso, and PoistettuKohde.
        """
        with transaction.atomic():  # what could not be recorded is no act
            act = self.create(jakso=jakso, kunta_id=jakso.kunta_id, tekija=by)
            _saved, conflicts = Kirjaus.objects.record(jakso, vastaukset, by=by, reason=act.merkki)
        return act, [theirs for theirs, _mine in conflicts]

    def undo(self, act, *, by):
        """Take back what nobody has touched since -> how many rows. Raises SuljettuJakso."""
        return write_again_if_refused(act.jakso, lambda: self._undo_once(act, by), by)

    def _undo_once(self, act, by):
        act = self.select_for_update(of=("self",)).select_related("jakso").get(pk=act.pk)
        if act.kumottu:
            return 0
        sent = {row.id: row.versio for row in act.sent()}
        rows = Kirjaus.objects.filter(pk__in=sent, tila=Kirjaus.Tila.LAHETETTY).select_for_update(of=("self",))
        untouched = [row for row in rows.order_by("pk") if row.versio == sent[row.pk]]
        before = _list_before(untouched)
        for row in untouched:
            for name in RESTORED:
                setattr(row, name, _value_before(before.get(row.pk), name))
            row.versio, row.muokattu, row.haku = row.versio + 1, timezone.now(), searchable(row.haettava)
        if untouched:
            told = {"default_user": by, "default_change_reason": act.kumouksen_merkki}
            bulk_update_with_history(untouched, Kirjaus, Kirjaus.SAVED_FIELDS, **told)
        act.kumottu = timezone.now()
        act.save(update_fields=["kumottu"])
        return len(untouched)


def _value_before(history, name):
    """Of a row that the act made: what a new one has."""
    return getattr(history, name) if history else Kirjaus._meta.get_field(name).get_default()


def _list_before(rows):
    """{kirjaus's id: its row of history before its newest one}, of those that were there before."""
    wanted = {row.pk: row.versio - 1 for row in rows}
    history = Kirjaus.history.filter(id__in=wanted, versio__in=set(wanted.values())).order_by("history_id")
    return {row.id: row for row in history if row.versio == wanted[row.id]}


class Joukkokirjaus(KunnanRivi):
    """Its rows are those of the history that name it (merkki)."""

    jakso = models.ForeignKey(
        Seurantajakso, on_delete=models.CASCADE, related_name="joukkokirjaukset", verbose_name=_("seurantajakso")
    )
    tekija = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("tekijä")
    )
    luotu = models.DateTimeField(_("tehty"), auto_now_add=True)
    kumottu = models.DateTimeField(_("kumottu"), null=True, blank=True)

    objects = JoukkokirjausManager()

    class Meta:
        verbose_name = _("monen rivin kirjaus")
        verbose_name_plural = _("monen rivin kirjaukset")
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.jakso}: {self.luotu:%d.%m.%Y}"

    @property
    def merkki(self):
        """The change reason of the history rows that it wrote. They are stored: never to be changed."""
        return f"samoin {self.pk}"

    @property
    def kumouksen_merkki(self):
        """That of those which undoing it wrote."""
        return f"{self.merkki} kumottu"

    def sent(self):
        """The rows of history that it wrote, each row's once."""
        return Kirjaus.history.filter(jakso=self.jakso_id, history_change_reason=self.merkki).order_by("history_id")
