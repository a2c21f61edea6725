"""What the plan of the next term is called and how it scores, and which rows it takes along."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..suunnitelmat.forms import TiedotForm
from ..teksti import read_id


class KausiForm(TiedotForm):
    """The plan that is made: it begins with the words and the scale of the old one."""

    mittarit = forms.BooleanField(
        label=_("Ota mittarit mukaan"),
        required=False,
        initial=True,
        help_text=_(
            "Tavoitteista tulevat mukaan uuden kauden vuosien ja ilman vuotta annetut. "
            "Mitatut arvot jäävät vanhaan suunnitelmaan."
        ),
    )


class Kausivalinta:
    """Which of the rows are ticked: to begin with all but those that have ended.

    data: of a POST, None before it. shown: the rows that the page has room for; the others are taken as they begin.
    """

    def __init__(self, data, toimenpiteet, painopisteet, *, shown):
        today = timezone.localdate()
        self.toimenpiteet = toimenpiteet
        self.paattyneet = {t.pk for t in toimenpiteet if t.voimassa_asti and t.voimassa_asti < today}
        begun = {t.pk for t in toimenpiteet} - self.paattyneet
        self.painopisteet, self.rivit = {each.pk for each in painopisteet}, begun
        if data is not None:
            self.painopisteet &= _ids(data.getlist("painopisteet"))
            self.rivit = _ids(data.getlist("toimenpiteet")) | (begun - {t.pk for t in shown})

    @property
    def mukana(self):
        """The toimenpiteet that are taken along, in the plan's order."""
        return [t for t in self.toimenpiteet if t.pk in self.rivit and t.tavoite.painopiste_id in self.painopisteet]


def _ids(texts):
    return {read_id(text) for text in texts} - {None}
