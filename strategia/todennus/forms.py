"""Forms of the second factor: allauth's, with our words, a code taken once and no faulty credential an error."""

from allauth.account.adapter import get_adapter as account_adapter
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as koodi
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn import forms as avain
from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Tapahtuma
from .koodit import pending_secret, take_code

PISIN_KOODI = 20  # with the spaces that a person may copy
PISIN_NIMI = 100
PISIN_VASTAUS = 50_000  # characters of what a browser tells of a passkey
# What of a made-up credential allauth and fido2 raise, beside what they refuse themselves.
VIRHEET = (TypeError, ValueError, KeyError, IndexError, AttributeError, OverflowError)


class KoodiField(forms.CharField):
    def __init__(self, **kwargs):
        look = {"autocomplete": "one-time-code", "spellcheck": "false", "autocapitalize": "off"}
        super().__init__(max_length=PISIN_KOODI, widget=forms.TextInput(attrs=look), **kwargs)


class VastausField(forms.JSONField):
    """What the browser's passkey answers, filled in by script."""

    widget = forms.HiddenInput
    default_error_messages = {
        "required": _("Pääsyavainta ei käytetty. Yritä uudelleen."),
        "invalid": _("Koodi tai avain ei kelpaa. Kukin koodi toimii vain kerran."),
    }

    def to_python(self, value):
        if isinstance(value, str) and len(value) > PISIN_VASTAUS:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        try:
            return super().to_python(value)
        except (RecursionError, ValueError):  # nested too deep; a number of more digits than Python reads
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None

    def bound_data(self, data, initial):
        """What was sent is not repeated: its challenge is used up."""
        return


# --- codes


class KoodiForm(koodi.AuthenticateForm):
    code = KoodiField(label=_("Koodi"), help_text=_("Sovelluksen kuusi numeroa tai yksi varakoodeistasi."))

    def clean_code(self):
        """A code is tried as a password is: it counts unless it is right."""
        with account_adapter().counted_try(self.user, Tapahtuma.Laji.TUNNISTUS_EI):
            return self._right_code()

    def _right_code(self):
        code = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP and not take_code(self.user, code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class VahvistusForm(koodi.ReauthenticateForm, KoodiForm):
    """The same of who has signed in already."""


class SovellusForm(ActivateTOTPForm):
    code = KoodiField(label=_("Sovelluksen näyttämä koodi"))

    def __init__(self, *args, user, **kwargs):
        self.user = user
        forms.Form.__init__(self, *args, **kwargs)
        self.secret = pending_secret(context.request.session, new=not self.is_bound)


# --- passkeys


class UusiPaasyavainForm(avain.AddWebAuthnForm):
    name = forms.CharField(
        label=_("Nimi"),
        required=False,
        max_length=PISIN_NIMI,
        help_text=_("Mistä avaimen tunnistat, esimerkiksi Työpuhelin."),
    )
    passwordless = forms.BooleanField(
        label=_("Kirjaudun tällä avaimella ilman salasanaa"),
        required=False,
        initial=True,
        help_text=_("Avaimessa on oltava sormenjälki, kasvojen tunnistus tai PIN."),
    )
    credential = VastausField()

    def clean(self):
        return _refusing(super().clean)


class PaasyavainForm(avain.AuthenticateWebAuthnForm):
    credential = VastausField()

    def clean_credential(self):
        return _refusing(super().clean_credential)


class PaasyavainVahvistusForm(PaasyavainForm, avain.ReauthenticateWebAuthnForm):
    """Of who has signed in already."""


class PaasyavainKirjautuminenForm(PaasyavainForm, avain.LoginWebAuthnForm):
    """Of anybody: the credential itself tells whose it is."""


def _refusing(clean):
    """A credential that no browser made is refused as a wrong one, whatever it breaks."""
    try:
        return clean()
    except VIRHEET:
        raise get_adapter().validation_error("incorrect_code") from None
