"""Forms of a seurantajakso: what it is, more time to answer, opening it again."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from strategia.kentat import PvmInput, RajattuPvmField
from strategia.models import Ilmoitusviesti, Toimiala
from strategia.nimet import avain
from strategia.versio import VersioituLomake

from ..models import Seurantajakso

PAIVAT = ("alkaa", "paattyy", "vastaus_viimeistaan", "hyvaksynta_viimeistaan", "sulkeminen_suunniteltu")


class JaksoForm(VersioituLomake, forms.ModelForm):
    class Meta:
        model = Seurantajakso
        fields = ["strategia", "nimi", "tyyppi", *PAIVAT]
        widgets = {name: PvmInput() for name in PAIVAT}

    def __init__(self, *args, kunta, **kwargs):
        super().__init__(*args, **kwargs)
        self.ajankohta = self.instance.ajankohta  # as it is before the form's own values are put in
        self.instance.kunta = kunta
        strategiat = self.fields["strategia"].queryset.filter(kunta=kunta)
        self.fields["strategia"].queryset = strategiat
        if self.instance.pk or len(strategiat) == 1:
            self.initial["strategia"] = self.instance.strategia_id or strategiat[0].pk
            self.fields["strategia"].disabled = True

    def clean(self):
        cleaned = super().clean()
        alkaa, paattyy = cleaned.get("alkaa"), cleaned.get("paattyy")
        if alkaa and paattyy and alkaa > paattyy:
            self.add_error("paattyy", _("Jakso päättyy ennen kuin se alkaa. Korjaa päivät."))
        vastaus, hyvaksynta = cleaned.get("vastaus_viimeistaan"), cleaned.get("hyvaksynta_viimeistaan")
        if vastaus and hyvaksynta and hyvaksynta < vastaus:
            self.add_error("hyvaksynta_viimeistaan", _("Hyväksyntä päättyisi ennen vastausaikaa. Korjaa päivät."))
        same = Seurantajakso.objects.filter(strategia=cleaned.get("strategia"), avain=avain(cleaned.get("nimi") or ""))
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("nimi", _("Tämän niminen jakso on jo. Anna toinen nimi."))
        return cleaned

    def shown(self):
        """The jakso as the form shows it, saved or not; its days as far as they can be read."""
        if self.is_bound or self.instance.pk:
            return self.instance
        told = {name: self.initial.get(name) for name in ("alkaa", "paattyy")}
        return Seurantajakso(kunta_id=self.instance.kunta_id, strategia_id=self.initial.get("strategia"), **told)

    def save(self, commit=True):
        jakso = self.instance
        if jakso._state.adding or jakso.ajankohta not in (None, self.ajankohta):
            jakso.put_in_time(list(jakso.strategia.jaksot.exclude(pk=jakso.pk)))
        jakso = super().save(commit)
        if jakso.vastaus_viimeistaan:
            jakso.drop_shorter_deadlines()
        return jakso


class JatkoForm(VersioituLomake, forms.Form):
    """More time to answer, for all or for one toimiala."""

    toimiala = forms.ModelChoiceField(
        queryset=Toimiala.objects.none(), required=False, label=_("Kenelle?"), empty_label=_("Kaikille toimialoille")
    )
    vastaus_viimeistaan = RajattuPvmField(label=_("Uusi vastausaika päättyy"))
    hyvaksynta_viimeistaan = RajattuPvmField(
        label=_("Hyväksyntä päättyy"),
        required=False,
        help_text=_("Tyhjänä hyväksynnän määräaika pysyy ennallaan."),
    )

    def __init__(self, *args, jakso, **kwargs):
        super().__init__(*args, **kwargs)
        self.jakso = jakso
        self.fields["toimiala"].queryset = Toimiala.objects.filter(kunta=jakso.kunta_id, lopetettu=None)
        self.fields["toimiala"].tyhja_on_valinta = True  # it means everyone: nobody leaves the question unanswered

    def is_of_stored(self):
        return True

    def stored(self):
        """What holds now, for all and for the toimialat of their own."""
        own = self.jakso.maaraajat.order_by("toimiala").values_list(
            "toimiala", "vastaus_viimeistaan", "hyvaksynta_viimeistaan"
        )
        days = {name: getattr(self.jakso, name) for name in ("vastaus_viimeistaan", "hyvaksynta_viimeistaan")}
        return days | {"maaraajat": [", ".join(map(str, each)) for each in own]}

    def clean_vastaus_viimeistaan(self):
        day = self.cleaned_data["vastaus_viimeistaan"]
        if day < timezone.localdate():
            raise ValidationError(_("Tämä päivä on jo mennyt. Anna tuleva päivä."))
        return day

    def clean(self):
        cleaned = super().clean()
        day, toimiala = cleaned.get("vastaus_viimeistaan"), cleaned.get("toimiala")
        now, approval = self.jakso.maaraaika(toimiala), self.jakso.hyvaksynta(toimiala)
        if day and now and day <= now and not self._is_correction(toimiala, day, now):
            text = _("Vastausaikaa on jo %(pvm)s asti. Anna myöhempi päivä. Lyhennä aikaa muokkaamalla jaksoa.")
            self.add_error("vastaus_viimeistaan", text % {"pvm": date_format(now, "j.n.Y")})
        cleaned["hyvaksynta_viimeistaan"] = cleaned.get("hyvaksynta_viimeistaan") or approval
        if day and cleaned["hyvaksynta_viimeistaan"] and cleaned["hyvaksynta_viimeistaan"] < day:
            text = _("Hyväksyntä päättyisi %(pvm)s, ennen vastausaikaa. Anna myöhempi päivä.")
            pvm = date_format(cleaned["hyvaksynta_viimeistaan"], "j.n.Y")
            self.add_error("hyvaksynta_viimeistaan", text % {"pvm": pvm})
        return cleaned

    def _is_correction(self, toimiala, day, now):
        """A toimiala's own time may be cut as far as the others have time: else a slip could not be mended."""
        others = self.jakso.vastaus_viimeistaan
        return toimiala is not None and day < now and (others is None or others <= day)


class AvausForm(forms.Form):
    """The sentence that goes along to those who are told of the turn."""

    lause = Ilmoitusviesti._meta.get_field("lause").formfield()


class UudelleenavausForm(forms.Form):
    syy = forms.CharField(
        label=_("Miksi jakso avataan uudelleen?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Syyn näkevät kaikki kunnan käyttäjät. Se tulee korjattuun raporttiin, ja kun raportti julkaistaan, "
            "sen voi lukea kuka tahansa. Älä kirjoita siihen henkilötietoja tai sitä, mitä korjauksella poistetaan. "
            "Aiempi raporttiversio säilyy sellaisenaan."
        ),
    )
