"""The second factor: what allauth asks of us."""

import logging

from allauth.mfa.adapter import DefaultMFAAdapter
from django.utils.translation import gettext_lazy as _

from .. import salaus
from ..vaatimus import is_last_needed

logger = logging.getLogger(__name__)


class MFAAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _(
            "Koodi tai avain ei kelpaa. Kukin koodi toimii vain kerran. Odota, että sovellus näyttää uuden koodin."
            " Jos sekään ei kelpaa, tarkista, että puhelimen kello on oikeassa ajassa."
        ),
        "cannot_delete_authenticator": _("Roolisi vaatii toisen tunnistuksen. Ota ensin käyttöön toinen tapa."),
        "cannot_generate_recovery_codes": _("Ota ensin käyttöön tunnistussovellus tai pääsyavain."),
        "avain_puuttuu": _("Koodia ei voi nyt tarkistaa. Kerro palvelun ylläpidolle, että palvelimen avain puuttuu."),
    }

    def encrypt(self, text):
        return salaus.encrypt(text)

    def decrypt(self, encrypted_text):
        """A lost key is a fault of the server's, and its user reads a sentence of it."""
        try:
            return salaus.decrypt(encrypted_text)
        except salaus.EiAukea:
            logger.error("Toisen tunnistuksen salaisuus ei aukea: MFA_KEY ei ole se, jolla se salattiin.")  # noqa: TRY400
            raise self.validation_error("avain_puuttuu") from None

    def can_delete_authenticator(self, authenticator):
        return not is_last_needed(authenticator)

    def generate_authenticator_name(self, user, type):  # noqa: A002  allauth calls it by this name
        return str(_("Pääsyavain"))

    def get_public_key_credential_rp_entity(self):
        return super().get_public_key_credential_rp_entity() | {"name": str(_("Strategian seuranta"))}
