"""A passkey of the test's own: makes what a browser would answer, with no browser."""

import hashlib
import json
import secrets

from allauth.account.utils import user_pk_to_url_str
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.urls import reverse
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

LIPUT = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV  # somebody was there, and it was the owner
PALVELU = "testserver"


class Paasyavain:
    def __init__(self, user):
        self.user, self.tunnus = user, secrets.token_bytes(16)
        self.avain = ec.generate_private_key(ec.SECP256R1())

    def add_to(self, client):
        """Take it into use by the page -> (path, what is posted there)."""
        client.get(reverse("mfa_add_webauthn"))
        told = AttestedCredentialData.create(
            bytes(16), self.tunnus, ES256.from_cryptography_key(self.avain.public_key())
        )
        signed = AuthenticatorData.create(_rp(), LIPUT | AuthenticatorData.FLAG.AT, 0, told)
        data = {
            "clientDataJSON": _client_data(client, "webauthn.create"),
            "attestationObject": AttestationObject.create("none", signed, {}),
        }
        posted = {"credential": self._credential(data), "name": "Työpuhelin", "passwordless": "on"}
        return reverse("mfa_add_webauthn"), posted

    def answer(self, client):
        """What answers the challenge that the page has given to the client."""
        client_data, data = _client_data(client, "webauthn.get"), AuthenticatorData.create(_rp(), LIPUT, 0)
        signature = self.avain.sign(data + hashlib.sha256(client_data).digest(), ec.ECDSA(SHA256()))
        parts = {"clientDataJSON": client_data, "authenticatorData": data, "signature": signature}
        return {"credential": self._credential(parts | {"userHandle": user_pk_to_url_str(self.user).encode()})}

    def _credential(self, parts):
        name, told = websafe_encode(self.tunnus), {key: websafe_encode(part) for key, part in parts.items()}
        extensions = {"credProps": {"rk": True}}
        credential = {"id": name, "rawId": name, "type": "public-key", "response": told}
        return json.dumps(credential | {"clientExtensionResults": extensions})


def _rp():
    return hashlib.sha256(PALVELU.encode()).digest()


def _client_data(client, kind):
    challenge = client.session["mfa.webauthn.state"]["challenge"]
    return CollectedClientData.create(kind, challenge, f"https://{PALVELU}")
