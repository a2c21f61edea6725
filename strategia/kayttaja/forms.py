"""Forms of the users, and how allauth behaves here."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..kentat import MonivalintaField
from ..models import SIJAISTETTAVAT, Ilmoitusviesti, Kayttaja, Rooli, Toimiala, Toimielin
from ..permissions import TOIMIALAN_ROOLIT, approves, records
from ..versio import VersioituLomake


class KayttajaForm(VersioituLomake, forms.Form):
    """What a person may do: rooli and toimialat; and of which toimielimet the person is."""

    nimi = Kayttaja._meta.get_field("nimi").formfield(label=_("Nimi"))
    rooli = forms.ChoiceField(
        label=_("Rooli"),
        choices=[(rooli.value, rooli.label.capitalize()) for rooli in Rooli],
        help_text=_(
            "Raportoija kirjaa toimialansa rivit, hyväksyjä myös hyväksyy ne. Koordinaattori hoitaa jaksot ja "
            "raportit, pääkäyttäjä lisäksi tuonnit ja käyttäjät. Luottamushenkilö lukee suljetut jaksot, tarkastaja "
            "kaikki jaksot ja muutoshistorian."
        ),
    )
    toimialat = MonivalintaField(
        queryset=Toimiala.objects.none(),
        required=False,
        label=_("Toimialat"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Raportoija ja hyväksyjä näkevät toimialojensa rivit. Muut roolit eivät tarvitse toimialaa."),
    )
    toimielimet = MonivalintaField(
        queryset=Toimielin.objects.none(),
        required=False,
        label=_("Toimielimet"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Minkä toimielinten jäsen tai valmistelija henkilö on. Toimielin ei anna oikeuksia."),
    )

    def __init__(self, *args, kunta, user=None, **kwargs):
        if user:
            mine = {name: list(getattr(user, name).all()) for name in ("toimialat", "toimielimet")}
            kwargs["initial"] = {"nimi": user.nimi, "rooli": user.rooli, **mine}
        super().__init__(*args, **kwargs)
        for name, model in (("toimialat", Toimiala), ("toimielimet", Toimielin)):
            in_use = model.objects.filter(kunta=kunta, lopetettu=None)
            offered = in_use | model.objects.filter(kayttajat=user) if user else in_use
            self.fields[name].queryset = offered.distinct()
        if not self.fields["toimielimet"].queryset.exists():
            del self.fields["toimielimet"]

    def clean(self):
        cleaned = super().clean()
        needs_one = cleaned.get("rooli") in TOIMIALAN_ROOLIT and self.fields["toimialat"].queryset.exists()
        if needs_one and "toimialat" not in self.errors and not cleaned.get("toimialat"):
            self.add_error("toimialat", _("Valitse ainakin yksi toimiala. Ilman sitä henkilö ei näe yhtään riviä."))
        return cleaned


class OmatTiedotForm(VersioituLomake, forms.Form):
    """What a person keeps of oneself: the name, and which messages come."""

    nimi = Kayttaja._meta.get_field("nimi").formfield(label=_("Nimi"))
    viestit = forms.MultipleChoiceField(
        label=_("Viestit, jotka saan sähköpostiin"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Kutsu ja kirjautumisen turvaviestit tulevat aina. Viikonloppuna, pyhänä ja heinäkuussa lähtee vain"
            " tieto palautuksesta ja sijaisuudesta, koordinaattorin lähettämä muistutus ja se, mikä kerrotaan heti."
        ),
    )

    def __init__(self, *args, user, **kwargs):
        self.lajit = [laji for laji in Ilmoitusviesti.Laji if _concerns(user, laji)]
        kwargs["initial"] = {"nimi": user.nimi, "viestit": [laji.value for laji in self.lajit if user.wants(laji)]}
        super().__init__(*args, **kwargs)
        self.fields["viestit"].choices = [(laji.value, laji.label.capitalize()) for laji in self.lajit]
        if not self.lajit:
            del self.fields["viestit"]

    def choices_made(self):
        """{laji: does it come} of the kinds that concern the person."""
        chosen = self.cleaned_data.get("viestit", [])
        return {laji.value: laji.value in chosen for laji in self.lajit}


def _concerns(user, laji):
    if laji == Ilmoitusviesti.Laji.JULKAISU:
        return True  # whoever asks for it
    if laji == Ilmoitusviesti.Laji.SIJAISUUS:
        return user.rooli in SIJAISTETTAVAT
    approving = (Ilmoitusviesti.Laji.HYVAKSYTTAVAT, Ilmoitusviesti.Laji.HYVAKSYNTAAIKA)
    return approves(user) if laji in approving else records(user)


class KutsuForm(KayttajaForm):
    email = Kayttaja._meta.get_field("email").formfield(
        label=_("Sähköposti"), help_text=_("Kutsu lähtee tähän osoitteeseen.")
    )
    field_order = ["email", "nimi", "rooli", "toimialat", "toimielimet"]
    ON_JO = _("Tällä osoitteella on jo tunnus. Tarkista osoite.")

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        if Kayttaja.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError(self.ON_JO)
        return email
