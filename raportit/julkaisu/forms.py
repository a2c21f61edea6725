"""How a body dealt with a version of the report."""

from django import forms
from django.utils.translation import gettext_lazy as _

from strategia.kentat import PvmInput

from ..models import Kasittely


class KasittelyForm(forms.ModelForm):
    class Meta:
        model = Kasittely
        fields = ["toimielin", "pvm", "asianumero", "pykala", "paatos"]
        widgets = {
            "pvm": PvmInput(),
            "paatos": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {"toimielin": _("Esimerkiksi Kunnanvaltuusto"), "pykala": _("Esimerkiksi § 41")}

    def clean(self):
        told = super().clean()
        if not self.errors and Kasittely.objects.filter(versio=self.instance.versio, **told).exists():
            raise forms.ValidationError(_("Tämä käsittely on jo lisätty."))
        return told
