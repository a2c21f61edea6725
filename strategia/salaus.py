"""text <-> its encrypted form: the secrets that the database keeps and a backup alone must not give away.

The keys come from MFA_KEY: the first encrypts, each of them opens, so that a new one is put before the old. In
development, where none is set, the key is made of SECRET_KEY; a server without one is refused by `manage.py check`,
and stores no secret.
"""

from base64 import urlsafe_b64encode
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

LYHIN = 32  # characters of a key
TARKOITUS = b"strategian seuranta: salaisuudet"


class EiAukea(Exception):
    """The keys of this installation do not open the text: it was encrypted with one that is gone, or was changed."""


def encrypt(text: str) -> str:
    return _fernet(*_keys()).encrypt(text.encode()).decode()


def decrypt(text: str) -> str:
    """Raises EiAukea."""
    try:
        return _fernet(*_keys()).decrypt(text.encode()).decode()
    except InvalidToken as error:
        raise EiAukea("MFA_KEY ei avaa tallennettua salaisuutta.") from error


def rotate(text: str) -> str:
    """The same secret under the first key. Raises EiAukea."""
    return encrypt(decrypt(text))


def fault_of_keys() -> str:
    """What is wrong with MFA_KEY, in words; "" where it will do."""
    if not settings.MFA_KEYS:
        return "" if settings.DEBUG else "MFA_KEY puuttuu"
    return f"MFA_KEY on lyhyempi kuin {LYHIN} merkkiä" if min(map(len, settings.MFA_KEYS)) < LYHIN else ""


def _keys():
    if fault := fault_of_keys():
        raise ImproperlyConfigured(fault)
    return settings.MFA_KEYS or [settings.SECRET_KEY]


@cache
def _fernet(*keys):
    return MultiFernet([Fernet(urlsafe_b64encode(_derive(key))) for key in keys])


def _derive(key):
    """32 bytes of any text, the same each time."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=TARKOITUS).derive(key.encode())
