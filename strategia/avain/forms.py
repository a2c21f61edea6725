"""The form of a new key."""

from django import forms

from ..models import Avain


class AvainForm(forms.ModelForm):
    class Meta:
        model = Avain
        fields = ["nimi"]
