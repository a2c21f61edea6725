"""What part of a report is shown."""

from django import forms
from django.utils.translation import gettext_lazy as _

from strategia.models import Sitovuus

from ..osavuosikatsaus import Rajaus
from ..osavuosikatsaus.rajaus import KESKENERAISET, MUUTTUNEET, choices


class RajausForm(forms.Form):
    """What part of a report to show, of the names that the report has; read from the address."""

    SANAT = {MUUTTUNEET: _("Vain muuttuneet"), KESKENERAISET: _("Vain keskeneräiset"), **dict(Sitovuus.choices)}

    def __init__(self, data, *, raportti):
        super().__init__(data)
        words = raportti.strategia.sanasto | {"vain": _("Toimenpiteet"), "sitovuus": _("Sitovuus")}
        for rooli, values in choices(raportti, every=True).items():
            if values:
                named = self.SANAT if rooli in ("vain", "sitovuus") else {}
                options = [(value, named.get(value, value)) for value in values]
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
