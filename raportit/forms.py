"""Forms of what the koordinaattori decides of a report: its texts, its columns, what part of it is shown."""

from django import forms
from django.utils.translation import gettext_lazy as _

from seuranta.models import KOMMENTIN_PITUUS
from strategia.forms import PvmInput

from .models import Saate
from .osavuosikatsaus import Rajaus
from .osavuosikatsaus.rajaus import KESKENERAISET, MUUTTUNEET, choices


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
