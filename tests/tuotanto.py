"""The settings of a server, with what collectstatic gathers in the tests' own folder: `make test` checks them."""

from strategia.settings import *  # noqa: F403
from strategia.settings import BASE_DIR

STATIC_ROOT = BASE_DIR / ".test" / "staticfiles"
ALLOWED_HOSTS = ["seuranta.kirkkoranta.example"]
ALLAUTH_TRUSTED_PROXY_COUNT = 1  # HTTPS ends at a proxy
MFA_KEYS = ["tarkistuksen-oma-avain-jolla-ei-salata-mitaan-0123456789"]
SITE_URL = "https://seuranta.kirkkoranta.example"  # a server's own: without one the check warns of a guess
