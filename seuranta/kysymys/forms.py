"""POST -> a message beside a row, to whom it is told and when."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from strategia.teksti import clean_typed

from ..models import KYSYMYKSEN_PITUUS
from ..tietosanat import name_personal_data
from .kenelle import KAIKKI, KESKUSTELU, name_recipients


class KysymysForm(forms.Form):
    """recipients: see list_recipients. on_vastaus: another wrote last, and this most likely answers.

    A text in which personal data seems to stand is told of under the field, and goes when it is sent once more.
    """

    teksti = forms.CharField(
        label=_("Viesti"),
        max_length=KYSYMYKSEN_PITUUS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Ei raporttiin. Voi silti olla julkinen asiakirja. Älä kirjoita salassa pidettävää."),
        error_messages={"required": _("Kirjoita viesti ja lähetä sitten.")},
    )
    kenelle = forms.ChoiceField(
        label=_("Kenelle kerrotaan"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Valitse, kenelle viestistä kerrotaan.")},
    )
    odottaa = forms.BooleanField(label=_("Odotan vastausta"), required=False)
    heti = forms.BooleanField(
        label=_("Kerro heti"),
        required=False,
        help_text=_("Muuten viesti kerrotaan seuraavana arkiaamuna samassa sähköpostissa kuin muut."),
    )
    vahvista = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, recipients, on_vastaus, **kwargs):
        kwargs["initial"] = {"kenelle": next(iter(recipients), ""), "odottaa": not on_vastaus}
        super().__init__(*args, **kwargs)
        self.recipients = recipients
        self.fields["kenelle"].choices = name_recipients(recipients)
        self.fields["kenelle"].valid_value = self._is_known
        if not recipients:
            del self.fields["kenelle"], self.fields["heti"]

    def _is_known(self, value):
        """Whom the page offered may have written beside the row meanwhile: then the writers are told, that one too."""
        return value in self.recipients or (value in KAIKKI and KESKUSTELU in self.recipients)

    def clean_teksti(self):
        return clean_typed(self.cleaned_data["teksti"]).strip()

    def clean(self):
        cleaned = super().clean()
        found = name_personal_data(cleaned.get("teksti"))
        if found and not cleaned.get("vahvista"):
            self.data = self.data.copy()
            self.data["vahvista"] = "1"
            text = _("Tekstissä näyttää olevan %(tiedot)s. Poista se, tai lähetä viesti uudelleen sellaisenaan.")
            self.add_error("teksti", ValidationError(text, params={"tiedot": found}, code="tieto"))
        return cleaned

    @property
    def told(self):
        """The people whom the message is told to."""
        writers = self.recipients.get(KESKUSTELU, [])
        return self.recipients.get(self.cleaned_data.get("kenelle"), writers)
