"""What the address asks to see of the acts -> the rows that match it, the newest first."""

import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..kentat import RajattuPvmField
from ..models import Kayttaja, Tapahtuma
from ..permissions import readable_lajit, readable_tapahtumat
from ..teksti import read_id


class TapahtumarajausForm(forms.Form):
    """Narrows the acts that the user may read. What it does not know narrows nothing, and is told: `left_out`."""

    laji = forms.ChoiceField(label=_("Mitä tehtiin"), required=False)
    kuka = forms.ChoiceField(label=_("Kuka"), required=False)
    kohde = forms.CharField(label=_("Kohde"), required=False, max_length=200)
    alkaen = RajattuPvmField(label=_("Alkaen"), required=False)
    asti = RajattuPvmField(label=_("Asti"), required=False)

    def __init__(self, data, *, user):
        super().__init__(data)
        self.user, kaikki = user, ("", _("Kaikki"))
        people = Kayttaja.objects.filter(kunta=user.kunta_id).order_by("nimi", "pk")
        lajit = readable_lajit(user)
        self.fields["laji"].choices = [kaikki, *(each for each in Tapahtuma.Laji.choices if each[0] in lajit)]
        self.fields["kuka"].choices = [kaikki, *people.values_list("pk", "nimi")]
        self.full_clean()

    def rows(self):
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        rows = readable_tapahtumat(self.user).select_related("kuka", "sijaisena")
        if "laji" in chosen:
            rows = rows.filter(laji=chosen["laji"])
        if "kuka" in chosen:
            rows = rows.filter(kuka=read_id(chosen["kuka"]))
        if "kohde" in chosen:
            rows = rows.filter(kohteen_nimi__icontains=chosen["kohde"])
        if "alkaen" in chosen:
            rows = rows.filter(milloin__gte=_midnight(chosen["alkaen"]))
        if "asti" in chosen:
            rows = rows.filter(milloin__lt=_midnight(chosen["asti"] + datetime.timedelta(days=1)))
        return rows

    @property
    def is_narrowed(self):
        return any(self.cleaned_data.values())

    @property
    def left_out(self):
        """The words of the fields whose value means nothing: they narrow nothing, and the page says so."""
        return [str(self[name].label) for name in self.errors if name in self.fields]


def _midnight(day):
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))
