"""What is looked for in the published toimenpiteet and measures, and a hash or a file of a report to check."""

import hashlib
import re

from django import forms
from django.utils.translation import gettext_lazy as _

SUURIN = 30 * 1024 * 1024  # bytes of a file to check


class JulkirajausForm(forms.Form):
    """Filters of a published list; what the report does not have finds nothing and is told."""

    def __init__(self, *args, choices, sanasto, **kwargs):
        super().__init__(*args, **kwargs)
        for name, options in choices.items():
            self.fields[name].choices = [("", _("Kaikki")), *options]
            self.fields[name].label = sanasto.get(name) or self.fields[name].label
            if len(options) < 2:
                del self.fields[name]


class HakuForm(JulkirajausForm):
    """Of the toimenpiteet."""

    SIVU, OTSIKKO = "raportit:julkinen-toimenpiteet", _("Toimenpiteet")
    TAVALLISET = ("q", "painopiste", "toimiala", "aste")  # those that the home shows; the page of results has them all

    q = forms.CharField(label=_("Etsi toimenpide"), required=False, max_length=200)
    painopiste = forms.ChoiceField(label=_("Painopiste"), required=False)
    tavoite = forms.ChoiceField(label=_("Tavoite"), required=False)
    toimiala = forms.ChoiceField(label=_("Toimiala"), required=False)
    toimielin = forms.ChoiceField(label=_("Toimielin"), required=False)
    aste = forms.ChoiceField(label=_("Toteutumisaste"), required=False)
    sdg = forms.ChoiceField(label=_("Kestävän kehityksen tavoite"), required=False)
    muutos = forms.ChoiceField(label=_("Muutos"), required=False)


class MittarihakuForm(JulkirajausForm):
    """Of the measures."""

    SIVU, OTSIKKO = "raportit:julkinen-mittarit", _("Mittarit")

    q = forms.CharField(label=_("Etsi mittari"), required=False, max_length=200)
    painopiste = forms.ChoiceField(label=_("Painopiste"), required=False)
    toimiala = forms.ChoiceField(label=_("Toimiala"), required=False)
    tulos = forms.ChoiceField(label=_("Tulos"), required=False)


class TarkistaForm(forms.Form):
    """A hash or a file; `tiiviste` is the sha256 to look for."""

    tunniste = forms.CharField(
        label=_("Tunniste"),
        required=False,
        max_length=2000,
        help_text=_("64 merkkiä raportin viimeiseltä sivulta. Voit liittää koko kappaleen."),
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
    )
    tiedosto = forms.FileField(
        label=_("Tai tiedosto"),
        required=False,
        help_text=_("PDF, Word, Excel, HTML, CSV tai JSON. Sitä ei tallenneta."),
    )

    def clean_tunniste(self):
        """The hash inside what was pasted: a PDF's lines break it."""
        text = self.cleaned_data["tunniste"]
        if not text.strip():
            return ""
        found = re.search(r"(?<![0-9a-f])(?:[0-9a-f]\s*){64}(?![0-9a-f])", text.lower())
        if not found:
            raise forms.ValidationError(
                _("Tunnisteessa on 64 merkkiä: numeroita ja kirjaimia a–f. Tarkista, että se on kokonaan.")
            )
        return "".join(found[0].split())

    def clean_tiedosto(self):
        file = self.cleaned_data["tiedosto"]
        if file and file.size > SUURIN:
            raise forms.ValidationError(_("Tiedosto on liian suuri: enintään 30 Mt."))
        return file

    def clean(self):
        told = super().clean()
        if not self.errors and not told.get("tunniste") and not told.get("tiedosto"):
            raise forms.ValidationError(_("Liitä tunniste tai valitse tiedosto."))
        return told

    @property
    def tiiviste(self):
        file = self.cleaned_data.get("tiedosto")
        return hashlib.sha256(file.read()).hexdigest() if file else self.cleaned_data["tunniste"]
