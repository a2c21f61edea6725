"""A row of history tells for whom it was written: the toimiala was not the writer's own, but of whom one stood in for.

Told as the row is made, for neither toimialat nor sijaisuudet have a history of their own.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords


class HistoriassaSijaisena(models.Model):
    """Of a history row: for whom its writer stood in; None where it was written in one's own right."""

    sijaisena = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=gettext_lazy("kenen sijaisena"),
    )

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        """A row that is written alone; those that are written together get it from KirjaajanHistoria."""
        if self._state.adding:
            self.sijaisena_id = stood_in_for([self], self.history_user).get(self.id)
        super().save(*args, **kwargs)

    @property
    def kirjoittaja(self):
        """ "Otso (sijaisena: Veikko)"; "" of what nobody told. Asked with select_related(*KIRJOITTAJA)."""
        return sign(str(self.history_user or ""), self.sijaisena)


KIRJOITTAJA = ("history_user", "sijaisena")


def sign(kuka, kenen):
    return _("%(kuka)s (sijaisena: %(kenen)s)") % {"kuka": kuka, "kenen": kenen} if kenen else kuka


class KirjaajanHistoria(HistoryManager):
    def bulk_history_create(self, objs, *args, default_user=None, hyvaksyen=False, **kwargs):
        """As usual, in one statement for each person that the writer stood in for. hyvaksyen: by approving them."""
        for_whom, groups = stood_in_for(objs, default_user, hyvaksyen=hyvaksyen), {}
        for row in objs:
            groups.setdefault(for_whom.get(row.id), []).append(row)
        made = []
        for person, rows in groups.items():
            own = {"custom_historical_attrs": {"sijaisena_id": person}} if person else {}
            made += super().bulk_history_create(rows, *args, default_user=default_user, **{**kwargs, **own})
        return made


def records_history(*, verbose_name, **kwargs):
    """The history of a model that people write in their own toimialat or for another.

    The model says of which row its row is (KENESTA) and where that one's toimiala is (TOIMIALAN_POLUT).
    """
    return HistoricalRecords(
        verbose_name=verbose_name, bases=[HistoriassaSijaisena], history_manager=KirjaajanHistoria, **kwargs
    )


def stood_in_for(rows, by, *, hyvaksyen=False):
    """{row's id: the id of the person for whom `by` wrote it}; no query of whom stands in for nobody."""
    found = {}
    for each in by.sijaisuudet if by else ():
        is_own_right = each.on_oma and (not hyvaksyen or by.rooli == each.rooli)
        if not is_own_right and (each.hyvaksyy or not hyvaksyen):
            found.setdefault(each.toimiala, each.henkilo)
    if not found:
        return {}
    toimialat = _toimialat_of(rows)
    return {row.id: found[toimialat[row.id]] for row in rows if toimialat.get(row.id) in found}


def _toimialat_of(rows):
    """{row's id: the toimiala by which it is written}. rows: of a model, or of its history."""
    model = getattr(type(rows[0]), "instance_type", type(rows[0]))
    of = {row.id: getattr(row, f"{model.KENESTA}_id") for row in rows}
    parents = model._meta.get_field(model.KENESTA).related_model.objects.filter(pk__in=set(of.values()))
    led = {pk: next(filter(None, found), None) for pk, *found in parents.values_list("pk", *model.TOIMIALAN_POLUT)}
    return {row.id: getattr(row, "toimiala_id", None) or led.get(of[row.id]) for row in rows}
