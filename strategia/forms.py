"""Forms of the strategia, and how allauth behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.utils import bulk_update_with_history

from .models import Kunta, Palaute, Toimenpide, Toimiala
from .nimet import avain


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        """Accounts are made by a pääkäyttäjä: nobody signs up."""
        return False

    def get_password_change_redirect_url(self, request):
        return reverse("raportit:etusivu")


class ToimialaForm(forms.Form):
    """Give the chosen toimenpiteet one toimiala, known or new."""

    toimenpiteet = forms.ModelMultipleChoiceField(
        queryset=Toimenpide.objects.none(),
        error_messages={"required": _("Valitse ainakin yksi toimenpide.")},
    )
    toimiala = forms.ModelChoiceField(
        queryset=Toimiala.objects.none(), required=False, label=_("Toimiala"), empty_label=_("Valitse toimiala")
    )
    uusi_toimiala = forms.CharField(required=False, max_length=1000, label=_("tai uuden toimialan nimi"))

    def __init__(self, *args, strategia, **kwargs):
        super().__init__(*args, **kwargs)
        self.strategia = strategia
        mine = Toimenpide.objects.filter(tavoite__painopiste__strategia=strategia)
        self.fields["toimenpiteet"].queryset = mine
        self.fields["toimiala"].queryset = Toimiala.objects.filter(kunta=strategia.kunta_id)

    def clean(self):
        cleaned = super().clean()
        if bool(cleaned.get("toimiala")) == bool(cleaned.get("uusi_toimiala")):
            self.add_error("toimiala", _("Valitse toimiala listasta tai kirjoita uuden nimi, mutta vain toinen."))
        return cleaned

    def save(self, *, by):
        """Set the toimiala of the chosen toimenpiteet, with history; returns (toimiala, how many)."""
        nimi = self.cleaned_data["uusi_toimiala"]
        toimiala = self.cleaned_data["toimiala"] or self._find_or_create(nimi)
        chosen = list(self.cleaned_data["toimenpiteet"])
        for toimenpide in chosen:
            toimenpide.toimiala = toimiala
        bulk_update_with_history(chosen, Toimenpide, ["toimiala"], default_user=by)
        return toimiala, len(chosen)

    def _find_or_create(self, nimi):
        toimiala, _created = Toimiala.objects.get_or_create(
            kunta=self.strategia.kunta, avain=avain(nimi), defaults={"nimi": nimi}
        )
        return toimiala


class LogoInput(forms.ClearableFileInput):
    """Shows the logo itself: an uploaded file has no address of its own to link to."""

    template_name = "strategia/_logo_kentta.html"


class KuntaForm(forms.ModelForm):
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
        ]
        widgets = {
            "logo": LogoInput,
            "saavutettavuusseloste": forms.Textarea(attrs={"rows": 6}),
            "tietosuojaseloste": forms.Textarea(attrs={"rows": 12}),
        }
        help_texts = {
            "saavutettavuusseloste": _(
                "Kerro puutteista, joista tiedät, ja kuka vastaa. Valmis teksti näkyy sivulla aina."
            ),
            "tietosuojaseloste": _("Tyhjänä sivulla näkyy valmis teksti."),
        }

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
