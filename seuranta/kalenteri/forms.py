"""The form of a planned meeting."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from strategia.kentat import PvmInput
from strategia.nimet import avain

from ..models import Kokous


class KokousForm(forms.ModelForm):
    class Meta:
        model = Kokous
        fields = ["toimielin", "pvm"]
        widgets = {"pvm": PvmInput()}

    def clean(self):
        told = super().clean()
        key = {"jakso": self.instance.jakso, "avain": avain(told.get("toimielin") or ""), "pvm": told.get("pvm")}
        if not self.errors and Kokous.objects.filter(**key).exists():
            raise ValidationError(_("Tämä kokous on jo lisätty."))
        return told
