"""Forms of the toimielimet: naming, joining."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Toimielin
from ..nimet import avain
from ..versio import VersioituLomake


class ToimielimenNimiForm(VersioituLomake, forms.Form):
    """The name of a toimielin, new or renamed."""

    nimi = Toimielin._meta.get_field("nimi").formfield(label=_("Toimielimen nimi"))

    def __init__(self, *args, kunta, toimielin=None, **kwargs):
        super().__init__(*args, initial={"nimi": toimielin.nimi} if toimielin else None, **kwargs)
        self.others = Toimielin.objects.filter(kunta=kunta).exclude(pk=toimielin.pk if toimielin else None)

    def clean_nimi(self):
        nimi = " ".join(self.cleaned_data["nimi"].split())
        if same := self.others.filter(avain=avain(nimi)).first():
            raise forms.ValidationError(
                _("Toimielin ”%(nimi)s” on jo, mutta se on lopetettu. Ota se uudelleen käyttöön.")
                if same.lopetettu
                else _("Toimielin ”%(nimi)s” on jo. Anna toinen nimi tai yhdistä toimielimet."),
                params={"nimi": same.nimi},
            )
        return nimi


class ToimielinYhdistamisForm(forms.Form):
    kohde = forms.ModelChoiceField(
        queryset=Toimielin.objects.none(),
        label=_("Mihin toimielimeen yhdistetään?"),
        empty_label=_("Valitse toimielin"),
    )

    def __init__(self, *args, toimielin, **kwargs):
        super().__init__(*args, **kwargs)
        others = Toimielin.objects.filter(kunta=toimielin.kunta_id, lopetettu=None)
        self.fields["kohde"].queryset = others.exclude(pk=toimielin.pk)
