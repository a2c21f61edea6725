"""The koordinaattori's answer to a message."""

from django import forms
from django.utils.translation import gettext_lazy as _

from seuranta.tarkistus import find_personal_data
from strategia.models import Palaute
from strategia.versio import VersioituLomake


class VastausForm(VersioituLomake, forms.ModelForm):
    """The answer, and of a toimenpide's message whether both are shown to everybody: without anybody's data in them."""

    class Meta:
        model = Palaute
        fields = ["vastaus", "nakyy"]
        widgets = {"vastaus": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["vastaus"].required = True
        if self.instance.sahkoposti and not self.instance.kasitelty:
            self.fields["vastaus"].help_text = _("Vastaus lähtee myös kysyjän sähköpostiin.")
        if self.instance.toimenpide is None:
            del self.fields["nakyy"]

    def clean(self):
        told = super().clean()
        if told.get("nakyy") and "vastaus" not in self.errors:
            for name, text in (("nakyy", self.instance.viesti), ("vastaus", told["vastaus"])):
                if found := find_personal_data(text):
                    self.add_error(name, self._refusal(name, found[0].teksti))
        return told

    def _refusal(self, name, teksti):
        if name == "vastaus":
            return _("Vastauksessa näyttää olevan henkilötieto: %(teksti)s. Ota se pois.") % {"teksti": teksti}
        told = _("Viestissä näyttää olevan henkilötieto: %(teksti)s. Sitä ei voi näyttää kaikille.")
        return told % {"teksti": teksti}
