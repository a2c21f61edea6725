"""allauth's openid_connect for a kunta's own provider: the way there, and back with a code that becomes claims.

allauth keeps the state in the session (used once), makes the PKCE and exchanges the code. Who the person is and what
they may do is decided in tulija.py: no row of allauth's own tables is ever made.
"""

import secrets

import jwt
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.base.constants import AuthError
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.utils.translation import gettext as _

from .tarjoaja import Yhteys, discover, fetch_json, fetch_keys
from .tulija import finish
from .vaitteet import Evatty

ALGORITMIT = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
LISAKSI = {"email_verified", "_claim_names", "hasgroups"}  # what tells of the e-mail and the groups
HEITTO = 60  # seconds by which two clocks may differ


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """allauth knows no provider of its own; whoever has come back from a kunta's goes on in tulija.py."""

    def list_apps(self, request, provider=None, client_id=None):
        return []

    def is_open_for_signup(self, request, sociallogin):
        return False

    def get_requests_session(self):
        return Yhteys()

    def pre_social_login(self, request, sociallogin):
        raise ImmediateHttpResponse(finish(request, sociallogin.tarjoaja, sociallogin.claims, sociallogin.state))

    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None):
        raise _why_not(error, exception, extra_context or {}) from exception


def _why_not(error, exception, context):
    """The Evatty of what allauth met."""
    if error == AuthError.CANCELLED:
        return Evatty("peruttu", _("Kirjautuminen keskeytettiin kunnan kirjautumispalvelussa."))
    if "state" not in context:
        return Evatty("vanhentunut", _("Kirjautuminen on vanhentunut tai jo käytetty. Aloita alusta."))
    if exception is None:
        return Evatty("tunnistajan virhe", _("Kunnan kirjautumispalvelu ei hyväksynyt kirjautumista."))
    return Evatty(
        "vastausta ei voi käyttää", _("Kunnan kirjautumispalvelun vastausta ei voitu käyttää. Yritä uudelleen.")
    )


class Provider(OpenIDConnectProvider):
    def get_oauth2_adapter(self, request):
        return Sovitin(request, self.app.tarjoaja)

    def get_default_scope(self):
        """Groups are often told only to who asks for them."""
        asked = self.app.tarjoaja.rivi.ryhmavaite
        offered = discover(self.app.tarjoaja).get("scopes_supported") or []
        return [*super().get_default_scope(), *([asked] if asked in offered else [])]


def _provider(request, tarjoaja):
    options = {"server_url": tarjoaja.issuer, "oauth_pkce_enabled": True}
    told = {"provider_id": tarjoaja.slug, "name": str(tarjoaja.kunta), "settings": options}
    app = SocialApp(provider="openid_connect", client_id=tarjoaja.client, secret=tarjoaja.salaisuus, **told)
    app.tarjoaja = tarjoaja
    return Provider(request, app=app)


class Sovitin(OpenIDConnectOAuth2Adapter):
    """What allauth asks of one provider: its addresses, and the claims, read and checked."""

    def __init__(self, request, tarjoaja):
        super().__init__(request, tarjoaja.slug)
        self.tarjoaja = tarjoaja

    def get_provider(self):
        return _provider(self.request, self.tarjoaja)

    @property
    def openid_config(self):
        return discover(self.tarjoaja)

    def get_access_token_data(self, *args, **options):
        try:
            return super().get_access_token_data(*args, **options)
        except (ValueError, KeyError, TypeError) as error:  # no JSON, or not what it should hold
            raise OAuth2Error("token") from error

    def parse_token(self, data):
        return SocialToken(token=str(data["access_token"]))

    def complete_login(self, request, app, token, *, response):
        claims = self._read_id_token(response.get("id_token"))
        login = SocialLogin(account=SocialAccount(provider=app.provider_id, uid=claims["sub"]))
        login.tarjoaja, login.claims = self.tarjoaja, self._fetch_rest(claims, token.token) | claims
        return login

    def _read_id_token(self, id_token):
        """Its claims: signed by the issuer, for us, and in time."""
        required = {"require": ["iss", "aud", "sub", "exp", "iat"]}
        told = {"audience": self.tarjoaja.client, "issuer": self.openid_config["issuer"], "leeway": HEITTO}
        try:
            key = self._signer(jwt.get_unverified_header(id_token).get("kid"))
            return jwt.decode(id_token, key, algorithms=ALGORITMIT, options=required, **told)
        except (jwt.PyJWTError, TypeError, ValueError, KeyError, AttributeError) as error:  # of a faulty key, too
            raise OAuth2Error("id_token") from error

    def _signer(self, kid):
        """Keys change: one that is not known is looked for once more."""
        for anew in (False, True):
            keys = jwt.PyJWKSet.from_dict(fetch_keys(self.tarjoaja, anew)).keys
            if found := [key for key in keys if key.key_id == kid or (kid is None and len(keys) == 1)]:
                return found[0]
        raise OAuth2Error("kid")

    def _fetch_rest(self, claims, access_token):
        """Of the userinfo groups and e-mail that the token did not tell, and what goes with them.

        Nothing else: nobody has signed it, and at many a provider people write claims of their own there. When and how
        one was recognised, and in answer to what, only the token tells.
        """
        address = self.openid_config.get("userinfo_endpoint")
        wanted = {self.tarjoaja.rivi.ryhmavaite, "email"}
        if not address or wanted <= set(claims) or "_claim_names" in claims:
            return {}
        try:
            told = fetch_json(address, headers={"Authorization": f"Bearer {access_token}"})
        except ValueError as error:
            raise OAuth2Error("userinfo") from error
        if told.get("sub") != claims["sub"]:
            raise OAuth2Error("userinfo")
        return {name: told[name] for name in (wanted | LISAKSI) & set(told)}


def lead_there(request, tarjoaja, *, next_url, vahvistaja=None):
    """A redirect to the provider. vahvistaja: the user who has to show anew who they are. Raises EiVastaa."""
    data = {"nonce": secrets.token_urlsafe(16), "vahvistaja": vahvistaja.pk if vahvistaja else None}
    auth_params = {"nonce": data["nonce"]} | ({"prompt": "login", "max_age": "0"} if vahvistaja else {})
    return _provider(request, tarjoaja).redirect(
        request, "login", next_url=next_url, data=data, auth_params=auth_params
    )


def come_back(request, tarjoaja):
    """The answer to who has come back with a code. Raises Evatty, EiVastaa."""
    return OAuth2CallbackView.adapter_view(Sovitin(request, tarjoaja))(request)
