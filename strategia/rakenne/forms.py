"""Names of painopisteet and tavoitteet."""

import hashlib

from django import forms
from django.utils.translation import gettext_lazy as _

from ..kentat import SdgField, goals_of
from ..models import Painopiste, StrateginenTavoite
from ..nimet import avain
from ..versio import VersioituLomake
from .puu import place_last
from .yhdistaminen import by_likeness


class PainopisteForm(VersioituLomake, forms.ModelForm):
    """The name of a painopiste in the strategia, and the goals it serves."""

    sdg = SdgField()

    class Meta:
        model = Painopiste
        fields = ["nimi", "sdg"]
        widgets = {"nimi": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, strategia, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["nimi"].label = strategia.sana("painopiste")

    def clean_sdg(self):
        return goals_of(self)

    def clean_nimi(self):
        nimi = " ".join(self.cleaned_data["nimi"].split())
        same = Painopiste.objects.filter(strategia=self.instance.strategia, avain=avain(nimi))
        if same.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Tämän niminen on jo. Anna toinen nimi."))
        return nimi

    def save(self, commit=True):
        if self.instance._state.adding:
            place_last(self.instance)
        return super().save(commit)


class TavoiteForm(VersioituLomake, forms.ModelForm):
    """The name of a tavoite, the painopiste it is under and the goals it serves; in a new one it comes last."""

    sdg = SdgField()

    class Meta:
        model = StrateginenTavoite
        fields = ["nimi", "painopiste", "sitovuus", "sdg"]
        widgets = {"nimi": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, strategia, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["nimi"].label = strategia.sana("tavoite")
        # The one that holds what hangs straight under its painopiste may stay nameless.
        self.fields["nimi"].required = self.instance._state.adding or bool(self.instance.nimi)
        self.fields["painopiste"].label = strategia.sana("painopiste")
        self.fields["painopiste"].queryset = Painopiste.objects.filter(strategia=strategia)
        self.fields["painopiste"].empty_label = None

    def clean_sdg(self):
        return goals_of(self)

    def clean_nimi(self):
        return " ".join(self.cleaned_data["nimi"].split())

    def clean(self):
        cleaned = super().clean()
        place = {"painopiste": cleaned.get("painopiste"), "avain": avain(cleaned.get("nimi") or "")}
        if StrateginenTavoite.objects.filter(**place).exclude(pk=self.instance.pk).exists():
            self.add_error("nimi", _("Tämän niminen on jo. Anna toinen nimi."))
        return cleaned

    def save(self, commit=True):
        if self.instance._state.adding or "painopiste" in self.changed_data:
            place_last(self.instance)
        return super().save(commit)


class TasonYhdistamisForm(forms.Form):
    """Into which one of its kind a painopiste or a tavoite is joined. tunniste: the names that were on the page."""

    tunniste = forms.CharField(max_length=64, widget=forms.HiddenInput, required=False)
    kohde = forms.TypedChoiceField(coerce=int, widget=forms.RadioSelect, label=_("Mihin yhdistetään?"))

    def __init__(self, data, *, row, **kwargs):
        super().__init__(data, **kwargs)
        self.rows = {other.pk: other for other in by_likeness(row)}
        self.fields["kohde"].choices = [(pk, other.nimi or _("Ilman tavoitetta")) for pk, other in self.rows.items()]
        told = sorted((pk, other.nimi) for pk, other in {row.pk: row, **self.rows}.items())
        self.initial["tunniste"] = hashlib.sha256(repr(told).encode()).hexdigest()
        self.on_muuttunut = False

    def clean(self):
        cleaned = super().clean()
        self.on_muuttunut = cleaned.get("tunniste") != self.initial["tunniste"]
        if self.on_muuttunut:
            self.data = self.data.copy()
            self.data["tunniste"] = self.initial["tunniste"]
            text = _("Toinen käyttäjä on muuttanut rakennetta sillä välin. Tarkista valinta ja yhdistä sitten.")
            self.add_error(None, text)
        return cleaned

    @property
    def target(self):
        return self.rows[self.cleaned_data["kohde"]]

    @property
    def status(self):
        return 409 if self.on_muuttunut else 422 if self.errors else 200
