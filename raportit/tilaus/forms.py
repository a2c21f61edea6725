"""The address to which new reports are told."""

from django import forms
from django.utils.translation import gettext_lazy as _


class TilausForm(forms.Form):
    sahkoposti = forms.EmailField(
        label=_("Sähköpostiosoite"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Saat siihen linkin, jolla vahvistat tilauksen. Ilman vahvistusta osoite poistetaan viikossa."),
    )
