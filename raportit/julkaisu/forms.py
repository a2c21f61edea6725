"""When a version is published, why it is withdrawn, and how a body dealt with it."""

from datetime import datetime, time

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from seuranta.tarkistus import find_personal_data
from strategia.kentat import PvmInput, RajattuPvmField

from ..models import Kasittely

AAMULLA = time(8)  # a day alone means its morning


class JulkaisuForm(forms.Form):
    """`when`: the time from which the version is public, None for now."""

    paiva = RajattuPvmField(label=_("Julkaise vasta päivänä"), required=False, help_text=_("Tyhjänä julkaistaan heti."))
    kello = forms.TimeField(
        label=_("Kellonaika"),
        required=False,
        input_formats=["%H.%M", "%H:%M", "%H"],
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("Esimerkiksi 8.30. Tyhjänä kello 8."),
        error_messages={"invalid": _("Kirjoita kellonaika näin: 8.30.")},
    )

    def clean(self):
        told, self.when = super().clean(), None
        if told.get("kello") and not told.get("paiva") and "paiva" not in self.errors:
            self.add_error("paiva", _("Kerro myös päivä."))
        if told.get("paiva") and "kello" not in self.errors:
            self.when = timezone.make_aware(datetime.combine(told["paiva"], told.get("kello") or AAMULLA))
            if self.when <= timezone.now():
                self.add_error("paiva", _("Aika on jo mennyt. Jätä päivä tyhjäksi, jos julkaiset heti."))
        return told


class PoistoForm(forms.Form):
    """Why a version is withdrawn, as everybody may read it."""

    syy = forms.CharField(
        label=_("Miksi raportti poistetaan julkaisusta?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Tämän lukee jokainen, joka avaa raportin vanhan osoitteen. Älä kirjoita henkilötietoja."),
    )

    def clean_syy(self):
        syy = self.cleaned_data["syy"]
        if find_personal_data(syy):
            raise forms.ValidationError(_("Syyssä näyttää olevan yhteystieto tai henkilötunnus. Ota se pois."))
        return syy


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
