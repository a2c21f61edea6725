"""Forms of how the kunta looks and what its statements say, and of feedback."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Kunta, Palaute
from ..versio import VersioituLomake


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

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sailytys_kk"].required = False

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
