"""An indented list of what a plan holds."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .tasot import read_list

PITUUS = 1_000_000
VIRHEITA = 20  # told at once


class LuetteloForm(forms.Form):
    """A list pasted or typed; `rivit` of a valid one are [(painopiste, tavoite, toimenpide)]."""

    luettelo = forms.CharField(
        label=_("Luettelo"),
        strip=False,
        max_length=PITUUS,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false"}),
        help_text=_(
            "Kirjoita tai liitä jokainen kohta omalle rivilleen. Taso näkyy sisennyksestä, luettelomerkistä tai "
            "numerosta (1., 1.1). Word-luettelon voit liittää sellaisenaan."
        ),
        error_messages={"required": _("Liitä luettelo tai kirjoita se tähän.")},
    )

    def clean_luettelo(self):
        self.rivit, errors = read_list(self.cleaned_data["luettelo"])
        if errors:
            more = len(errors) - VIRHEITA
            told = [*errors[:VIRHEITA], *([_("Samanlaisia on vielä %(n)s.") % {"n": more}] if more > 0 else [])]
            raise forms.ValidationError(told)
        return self.cleaned_data["luettelo"]
