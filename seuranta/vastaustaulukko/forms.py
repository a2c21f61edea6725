"""Handing in a filled-in vastaustaulukko, and who gets one by mail."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from strategia.models import Kayttaja, Toimiala
from strategia.permissions import answering_people

from ..models.tuonnit import VASTAAJAN_PITUUS
from ..taulukko.guard.limits import MAX_BYTES, MEGABYTE


class VastaustaulukkoForm(forms.Form):
    """A filled-in vastaustaulukko and whose answers it holds."""

    toimiala = forms.ModelChoiceField(
        label=_("Toimiala"), queryset=Toimiala.objects.none(), empty_label=_("Valitse toimiala")
    )
    tiedosto = forms.FileField(
        label=_("Täytetty vastaustaulukko"),
        help_text=format_lazy(_("Excel tai LibreOffice, enintään {raja} Mt."), raja=MAX_BYTES // MEGABYTE),
    )
    vastaaja = forms.CharField(
        label=_("Kenen vastaukset"),
        required=False,
        max_length=VASTAAJAN_PITUUS,
        help_text=_("Jos joku muu vastasi: hänen nimensä tai osoitteensa. Se jää näkyviin tuontiin."),
    )

    def __init__(self, *args, toimialat, coordinates, **kwargs):
        super().__init__(*args, **kwargs)
        if not coordinates:
            del self.fields["vastaaja"]  # hands in what is their own
        self.fields["toimiala"].queryset = toimialat
        if len(toimialat) == 1:
            self.initial["toimiala"] = toimialat[0].pk
            self.fields["toimiala"].disabled = True


class OsoiteForm(forms.Form):
    """The address of somebody who has no account: the vastaustaulukko goes there once that has been confirmed."""

    osoite = forms.EmailField(label=_("Sähköpostiosoite"), max_length=254)


class VastaanottajaForm(forms.Form):
    """Who gets the vastaustaulukko by mail: a person of the kunta who may answer for the toimiala."""

    kayttaja = forms.ModelChoiceField(label=_("Vastaanottaja"), queryset=Kayttaja.objects.none())

    def __init__(self, *args, toimiala, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kayttaja"].queryset = with_access(answering_people(toimiala))


def with_access(people):
    """Those of them who can sign in; a superuser is the installation's, not the kunta's to write to."""
    return people.filter(is_active=True, is_superuser=False)
