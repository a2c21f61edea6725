"""Forms of the kunta's own sign-in: whose it is by an address, what a group gives, and what the kunta has chosen."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..kentat import MonivalintaField
from ..models import Rooli, Toimiala, Tunnistaja, Tunnistajaryhma, TunnistajaryhmanToimiala
from ..versio import VersioituLomake


class TyoosoiteForm(forms.Form):
    email = forms.EmailField(
        label=_("Sähköposti työssäsi"), max_length=254, widget=forms.EmailInput({"autocomplete": "email"})
    )


class TunnistajaryhmaForm(VersioituLomake, forms.ModelForm):
    """A group and what it gives; toimialat may come of another group than the role."""

    rooli = forms.ChoiceField(
        label=_("Rooli"),
        required=False,
        choices=[("", _("Ei roolia, vain toimialat")), *((rooli.value, rooli.label.capitalize()) for rooli in Rooli)],
        help_text=_("Jos henkilö on monessa ryhmässä, hän saa rooleista laajimman."),
    )
    toimialat = MonivalintaField(
        queryset=Toimiala.objects.none(),
        required=False,
        label=_("Toimialat"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Toimialat koskevat tämän ryhmän roolia, tai kaikkia rooleja, jos ryhmä ei anna roolia."),
    )

    class Meta:
        model = Tunnistajaryhma
        fields = ["ryhma", "rooli", "toimialat"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        toimialat = Toimiala.objects.filter(kunta=self.instance.kunta, lopetettu=None)
        self.fields["toimialat"].queryset = toimialat
        if not toimialat.exists():
            del self.fields["toimialat"]

    def clean_ryhma(self):
        ryhma = self.cleaned_data["ryhma"]
        same = Tunnistajaryhma.objects.filter(kunta=self.instance.kunta, ryhma=ryhma).exclude(pk=self.instance.pk)
        if same.exists():
            raise forms.ValidationError(_("Tämä ryhmä on jo luettelossa."))
        return ryhma

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not cleaned.get("rooli") and not cleaned.get("toimialat"):
            self.add_error("rooli", _("Valitse, mitä ryhmä antaa: rooli, toimialoja tai molemmat."))
        return cleaned

    def save(self):
        ryhma = super().save(commit=False)
        ryhma.save()
        TunnistajaryhmanToimiala.objects.filter(ryhma=ryhma).delete()
        chosen = self.cleaned_data.get("toimialat", ())
        TunnistajaryhmanToimiala.objects.bulk_create(
            TunnistajaryhmanToimiala(kunta=ryhma.kunta, ryhma=ryhma, toimiala=toimiala) for toimiala in chosen
        )
        return ryhma


class ValinnatForm(VersioituLomake, forms.ModelForm):
    """What the kunta has chosen. may_close: has the one who asks come in by the provider? So it is known to work."""

    class Meta:
        model = Tunnistaja
        fields = ["on_toinen_tekija", "salasanat_suljettu"]

    def __init__(self, *args, may_close, **kwargs):
        super().__init__(*args, **kwargs)
        self.may_close = may_close

    def clean_salasanat_suljettu(self):
        closed = self.cleaned_data["salasanat_suljettu"]
        if closed and not self.instance.salasanat_suljettu and not self.may_close:
            told = _("Kirjaudu ensin itse kunnan tunnuksella. Silloin tiedetään, että se toimii.")
            raise forms.ValidationError(told)
        return closed
