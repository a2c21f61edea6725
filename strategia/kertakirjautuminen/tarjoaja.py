"""kunta -> its provider: the issuer, client and secret of the environment or of its row, and what the issuer tells.

Of the pages nobody can name an address here: our server would fetch whatever it is told to.
"""

import logging
from dataclasses import dataclass, field
from hashlib import sha256
from urllib.parse import urlsplit

import requests
from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _

from ..models import Kunta, Tunnistaja
from ..salaus import EiAukea, decrypt

KUVAUS = "/.well-known/openid-configuration"
OSOITTEET = ("authorization_endpoint", "token_endpoint", "jwks_uri")
AIKAA = 5  # seconds
TALLESSA, HILJAA = 15 * 60, 15  # seconds: how long an answer is kept, and how long a silent issuer is left alone
OMA_KONE = {"localhost", "127.0.0.1", "::1"}
logger = logging.getLogger(__name__)


class EiVastaa(Exception):
    """The issuer cannot be reached, or what it tells of itself cannot be used."""

    def __init__(self):
        super().__init__(_("Kunnan kirjautumispalvelu ei vastaa. Yritä hetken kuluttua uudelleen."))


@dataclass(frozen=True)
class Tarjoaja:
    """rivi: what the kunta has chosen, unsaved where it has chosen nothing."""

    kunta: Kunta
    issuer: str
    client: str
    salaisuus: str = field(repr=False)
    rivi: Tunnistaja

    @property
    def slug(self):
        return self.kunta.slug


def find_tarjoaja(slug):
    """The Tarjoaja of the kunta with this slug, or None."""
    return tarjoaja_of(Kunta.objects.filter(slug=slug).first())


def tarjoaja_of(kunta):
    """The kunta's Tarjoaja, or None where it has none; the environment's goes before the row's."""
    if kunta is None:
        return None
    rivi = Tunnistaja.objects.filter(kunta=kunta).first() or Tunnistaja(kunta=kunta)
    if told := settings.OIDC.get(kunta.slug):
        return Tarjoaja(kunta, told["issuer"], told["client"], told["salaisuus"], rivi)
    if not rivi.issuer:
        return None
    try:
        return Tarjoaja(kunta, rivi.issuer, rivi.client, decrypt(rivi.salaisuus), rivi)
    except EiAukea:
        logger.exception("Kunnan %s kertakirjautumisen salaisuus ei aukea.", kunta.slug)
        return None


def list_slugs():
    """The slugs of the kunnat that have a provider."""
    return list(Tunnistaja.objects.kunnat().order_by("slug").values_list("slug", flat=True))


def find_by_domain(email):
    """The slug of the kunta to which the superuser gave the domain of this address, or None."""
    domain = email.rpartition("@")[2].lower()
    rows = Tunnistaja.objects.filter(kunta__in=Tunnistaja.objects.kunnat()).exclude(verkkotunnukset=[])
    told = rows.values_list("kunta__slug", "verkkotunnukset")
    return next((slug for slug, domains in told if domain in domains), None)


def is_allowed_issuer(issuer):
    """https; plain http only to this machine itself, for trying out."""
    parts = urlsplit(issuer)
    return parts.scheme == "https" and bool(parts.hostname) or (parts.scheme == "http" and parts.hostname in OMA_KONE)


def discover(tarjoaja) -> dict:
    """What the issuer tells of itself: its addresses and how it signs. Raises EiVastaa."""
    return _kept(tarjoaja, "kuvaus", lambda: _fetch_description(tarjoaja))


def fetch_keys(tarjoaja, anew=False) -> dict:
    """The keys by which the issuer signs (a JWK set). anew: not those that are kept. Raises EiVastaa."""
    if anew:
        cache.delete(_key(tarjoaja, "avaimet"))
    return _kept(tarjoaja, "avaimet", lambda: fetch_json(discover(tarjoaja)["jwks_uri"]))


def authorization_origin(tarjoaja):
    """Where a form of ours leads: its answer redirects there. Raises EiVastaa."""
    parts = urlsplit(discover(tarjoaja)["authorization_endpoint"])
    return f"{parts.scheme}://{parts.netloc}"


def _kept(tarjoaja, what, fetch):
    key = _key(tarjoaja, what)
    if (known := cache.get(key)) is not None:
        if known == {}:
            raise EiVastaa
        return known
    try:
        told = fetch()
    except (requests.RequestException, ValueError, EiVastaa) as error:
        logger.warning("Kunnan %s kirjautumispalvelu %s ei vastaa: %s", tarjoaja.slug, tarjoaja.issuer, error)
        cache.set(key, {}, HILJAA)
        raise EiVastaa from error
    cache.set(key, told, TALLESSA)
    return told


def _key(tarjoaja, what):
    return f"oidc-{what}-{sha256(tarjoaja.issuer.encode()).hexdigest()}"


def _fetch_description(tarjoaja):
    told = fetch_json(tarjoaja.issuer.rstrip("/") + KUVAUS)
    if str(told.get("issuer", "")).rstrip("/") != tarjoaja.issuer.rstrip("/"):
        raise ValueError(f"issuer on {told.get('issuer')!r}")
    if wrong := [name for name in OSOITTEET if not _is_as_safe(str(told.get(name, "")), tarjoaja.issuer)]:
        raise ValueError(f"puuttuu tai ei ole https: {', '.join(wrong)}")
    return told


def _is_as_safe(address, issuer):
    return is_allowed_issuer(address) and urlsplit(address).scheme == urlsplit(issuer).scheme


def fetch_json(address, **options) -> dict:
    """Raises requests.RequestException, or ValueError where the answer is no JSON object."""
    with Yhteys() as session:
        answer = session.get(address, **options)
    answer.raise_for_status()
    told = answer.json()
    if not isinstance(told, dict):
        raise ValueError("vastaus ei ole JSON-olio")
    return told


class Yhteys(requests.Session):
    """Waits a moment only, and follows nobody elsewhere."""

    def __init__(self):
        super().__init__()
        self.max_redirects = 0

    def request(self, *args, **options):
        return super().request(*args, **{"timeout": AIKAA, **options})
