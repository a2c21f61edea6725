"""The form of a new key."""

from django import forms
from django.utils.translation import gettext as _

from ..models import Avain
from ..nimet import avain as key_of


class AvainForm(forms.ModelForm):
    """kunta: whose keys in use have each a name of their own, so that a page sent again makes no second one."""

    class Meta:
        model = Avain
        fields = ["nimi"]

    def __init__(self, *args, kunta, **kwargs):
        super().__init__(*args, **kwargs)
        self.kunta = kunta

    def clean_nimi(self):
        nimi = self.cleaned_data["nimi"]
        in_use = Avain.objects.filter(kunta=self.kunta, lopetettu=None).values_list("nimi", flat=True)
        if key_of(nimi) in map(key_of, in_use):
            told = _("Avain ”%(nimi)s” on jo käytössä. Jos et saanut sitä talteen, lopeta se ja tee uusi.")
            raise forms.ValidationError(told % {"nimi": nimi})
        return nimi
