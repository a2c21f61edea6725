"""The settings of a server that a test starts as processes of its own: behind one proxy, with several names."""

from tests.settings import *  # noqa: F403

ALLAUTH_TRUSTED_PROXY_COUNT = 1
ALLOWED_HOSTS = ["seuranta.kirkkoranta.example", ".keuruu.example", "localhost", "127.0.0.1", "[::1]"]
JULKAISUNUMERON_IKA = 1.5  # as on a server
