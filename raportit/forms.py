"""What people fill in around a report: its texts and what part is shown, how it was dealt with, what to check."""

import hashlib
import re

from django import forms
from django.utils.translation import gettext_lazy as _

from seuranta.models import KOMMENTIN_PITUUS
from strategia.kentat import PvmInput

from .models import Kasittely, Saate
from .osavuosikatsaus import Rajaus
from .osavuosikatsaus.columns import ROOLIT
from .osavuosikatsaus.rajaus import KESKENERAISET, MUUTTUNEET, choices
from .sarakkeet import LEVELS, NAME, Valinta

SUURIN = 30 * 1024 * 1024  # bytes of a file to check


class SaateForm(forms.ModelForm):
    """The opening text, the meeting, and a text for each painopiste. Its versio tells what was on the page."""

    versio = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    class Meta:
        model = Saate
        fields = ["avaus", "kokous_toimielin", "kokous_pvm"]
        widgets = {"kokous_pvm": PvmInput(), "avaus": forms.Textarea(attrs={"rows": 8})}
        help_texts = {
            "avaus": _("Näkyy yhteenvedon alussa. Tyhjä rivi aloittaa uuden kappaleen."),
            "kokous_toimielin": _("Näkyy kannessa, jos täytät sen."),
        }

    def __init__(self, *args, painopisteet, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["versio"] = self.instance.versio
        self.painopisteet = {f"painopiste_{painopiste.pk}": painopiste for painopiste in painopisteet}
        self.fields["avaus"].max_length = KOMMENTIN_PITUUS
        for name, painopiste in self.painopisteet.items():
            self.fields[name] = forms.CharField(
                label=painopiste.nimi,
                required=False,
                max_length=KOMMENTIN_PITUUS,
                widget=forms.Textarea(attrs={"rows": 4}),
                initial=self.instance.painopisteet.get(str(painopiste.pk), ""),
            )

    @property
    def painopistekentat(self):
        return [self[name] for name in self.painopisteet]

    def save(self, commit=True):
        texts = {str(p.pk): self.cleaned_data[name] for name, p in self.painopisteet.items()}
        self.instance.painopisteet = {pk: text for pk, text in texts.items() if text}
        self.instance.versio += 1
        return super().save(commit)


class RajausForm(forms.Form):
    """What part of a report to show, of the names that the report has; read from the address."""

    VAIN = {MUUTTUNEET: _("Vain muuttuneet"), KESKENERAISET: _("Vain keskeneräiset")}

    def __init__(self, data, *, raportti):
        super().__init__(data)
        words = raportti.strategia.sanasto | {"vain": _("Toimenpiteet")}
        for rooli, values in choices(raportti, every=True).items():
            if values:
                options = [(value, self.VAIN.get(value, value)) for value in values]
                self.fields[rooli] = forms.ChoiceField(
                    label=words[rooli], choices=[("", _("Kaikki")), *options], required=False
                )

    @property
    def valittavat(self):
        """The fields that leave a choice."""
        return [field for field in self if len(field.field.choices) > 2 or field.name == "vain"]

    def rajaus(self):
        """The valid choices as a Rajaus."""
        return Rajaus(**{name: value for name, value in self.cleaned_data.items() if value})


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


class SarakeForm(forms.Form):
    """One column of the report: shown or not, its place, its heading."""

    otsikko = forms.CharField(
        label=_("Otsikko"), max_length=200, error_messages={"required": _("Anna sarakkeelle otsikko.")}
    )
    nakyy = forms.BooleanField(label=_("Näytä"), required=False)
    valiotsikko = forms.BooleanField(label=_("Väliotsikkona"), required=False)
    jarjestys = forms.IntegerField(
        label=_("Järjestys"),
        min_value=1,
        max_value=99,
        error_messages={"invalid": _("Anna järjestys numerona 1–99."), "required": _("Anna järjestys numerona 1–99.")},
    )

    def __init__(self, data, *, valinta, paikka):
        self.valinta, rooli = valinta, valinta.rooli
        initial = {
            "otsikko": valinta.otsikko,
            "nakyy": valinta.nakyy,
            "valiotsikko": valinta.valiotsikko,
            "jarjestys": paikka,
        }
        super().__init__(data, prefix=rooli, initial=initial)
        self.fields["otsikko"].widget.attrs["aria-label"] = _("Otsikko: %(nimi)s") % {"nimi": self.nimi}
        self.fields["jarjestys"].widget.attrs["aria-label"] = _("Järjestys: %(nimi)s") % {"nimi": self.nimi}
        if rooli in LEVELS:
            del self.fields["jarjestys"]
        if rooli in (*LEVELS, NAME):
            del self.fields["nakyy"]
        if rooli != "toimielin":
            del self.fields["valiotsikko"]

    @property
    def nimi(self):
        """What the column holds, in our own neutral word."""
        return ROOLIT[self.valinta.rooli]

    def valittu(self):
        """The valid row as a Valinta."""
        cleaned = self.cleaned_data
        return Valinta(
            self.valinta.rooli, cleaned["otsikko"], cleaned.get("nakyy", True), cleaned.get("valiotsikko", False)
        )
