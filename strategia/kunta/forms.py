"""Forms of how the kunta looks and what its statements say, and of feedback."""

import re

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from ..models import Kunta, Palaute, Tunnistaja
from ..versio import VersioituLomake


def _signs_in_by(kunta):
    """Does a sign-in of the kunta's own stand at its address?"""
    return kunta.slug in settings.OIDC or Tunnistaja.objects.filter(kunta=kunta).exists()


class LogoInput(forms.ClearableFileInput):
    """Shows the logo itself: an uploaded file has no address of its own to link to."""

    template_name = "strategia/kunta/_logo_kentta.html"


class KuntaForm(VersioituLomake, forms.ModelForm):
    """How the kunta looks and what its statements say."""

    LOGON_KOKO = 1024 * 1024  # bytes

    class Meta:
        model = Kunta
        fields = [
            "virallinen_nimi",
            "genetiivi",
            "muoto",
            "korostusvari",
            "logo",
            "saavutettavuusseloste",
            "tietosuojaseloste",
            "upottajat",
            "vertailtavissa",
            "sailytys_kk",
        ]
        widgets = {
            "logo": LogoInput,
            "upottajat": forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
            "saavutettavuusseloste": forms.Textarea(attrs={"rows": 6}),
            "tietosuojaseloste": forms.Textarea(attrs={"rows": 12}),
        }
        help_texts = {
            "virallinen_nimi": _("Esimerkiksi Keuruun kaupunki."),
            "genetiivi": _("Esimerkiksi Keuruun."),
            "saavutettavuusseloste": _(
                "Kerro puutteista, joista tiedät, ja kuka vastaa. Valmis teksti näkyy sivulla aina."
            ),
            "tietosuojaseloste": _("Tyhjänä sivulla näkyy valmis teksti."),
        }

    osoite = forms.CharField(
        label=_("Osoite julkisilla sivuilla"),
        max_length=Kunta._meta.get_field("slug").max_length,
        required=False,
        validators=[
            RegexValidator(r"^[-\w]+\Z", _("Kirjoita vain kirjaimia a–z, numeroita ja yhdysmerkkejä."), flags=re.ASCII)
        ],
        help_text=_("Pieniä kirjaimia, numeroita ja yhdysmerkkejä. Vanha osoite vie uuteen, eikä sitä anneta muille."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sailytys_kk"].required = False
        self.initial["osoite"] = self.instance.slug

    def clean_osoite(self):
        """Left empty it stays what it is."""
        osoite = self.cleaned_data["osoite"].lower() or self.instance.slug
        if osoite != self.instance.slug and _signs_in_by(self.instance):
            raise forms.ValidationError(_("Kunnan kertakirjautuminen tuntee vanhan osoitteen. Sitä ei voi vaihtaa."))
        if self.instance.is_osoite_taken(osoite):
            raise forms.ValidationError(_("Osoite on tai on ollut toisen kunnan. Valitse muu."))
        return osoite

    def save(self, commit=True):
        self.instance.slug = self.cleaned_data["osoite"]
        return super().save(commit)

    def clean_sailytys_kk(self):
        """Left empty it stays what it is."""
        months = self.cleaned_data["sailytys_kk"]
        return self.initial["sailytys_kk"] if months is None else months

    def clean_logo(self):
        logo = self.cleaned_data["logo"]
        if logo and logo.size > self.LOGON_KOKO:
            raise forms.ValidationError(_("Kuva on liian suuri. Pienennä se alle 1 megatavuun."))
        return logo


class PalauteForm(forms.ModelForm):
    class Meta:
        model = Palaute
        fields = ["viesti", "sahkoposti"]
        labels = {"viesti": _("Mitä haluat kertoa?"), "sahkoposti": _("Sähköpostisi")}
        widgets = {"viesti": forms.Textarea(attrs={"rows": 6})}
        help_texts = {"viesti": _("Älä kirjoita salassa pidettävää.")}
