"""Who stands in for a person, and when."""

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from ..kentat import RajattuPvmField
from ..models import SIJAISTETTAVAT, Kayttaja, Sijaisuus


class SijaisuusForm(forms.Form):
    sijainen = forms.ModelChoiceField(
        queryset=Kayttaja.objects.none(),
        label=_("Sijainen"),
        empty_label=_("Valitse henkilö"),
        help_text=_("Oman kuntasi raportoija tai hyväksyjä."),
    )
    alkaa = RajattuPvmField(label=_("Ensimmäinen päivä"), initial=timezone.localdate)
    paattyy = RajattuPvmField(
        label=_("Viimeinen päivä"), help_text=_("Sijaisuus päättyy tämän päivän jälkeen itsestään.")
    )

    def __init__(self, *args, sijaistettava, **kwargs):
        super().__init__(*args, **kwargs)
        self.sijaistettava = sijaistettava
        able = Kayttaja.objects.filter(kunta=sijaistettava.kunta_id, rooli__in=SIJAISTETTAVAT, is_active=True)
        self.fields["sijainen"].queryset = able.exclude(pk=sijaistettava.pk)

    def clean_alkaa(self):
        if self.cleaned_data["alkaa"] < timezone.localdate():
            raise forms.ValidationError(_("Ensimmäinen päivä on jo mennyt. Anna tämä päivä tai myöhempi."))
        return self.cleaned_data["alkaa"]

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        if cleaned["paattyy"] < cleaned["alkaa"]:
            self.add_error("paattyy", _("Viimeinen päivä on ennen ensimmäistä."))
        elif overlapping := self._overlapping(**cleaned):
            days = {"alkaa": _day(overlapping.alkaa), "paattyy": _day(overlapping.paattyy)}
            self.add_error("sijainen", _("Hän on jo sijaisena %(alkaa)s–%(paattyy)s. Valitse muut päivät.") % days)
        return cleaned

    def _overlapping(self, sijainen, alkaa, paattyy):
        same = Sijaisuus.objects.filter(sijaistettava=self.sijaistettava, sijainen=sijainen)
        return same.filter(alkaa__lte=paattyy, paattyy__gte=alkaa).first()

    def save(self, *, by):
        person = self.sijaistettava
        return Sijaisuus.objects.create(kunta_id=person.kunta_id, sijaistettava=person, tekija=by, **self.cleaned_data)


def _day(day):
    return date_format(day, "j.n.Y")
