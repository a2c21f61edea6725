"""The application's settings as the tests run them: production's, with what a test cannot have taken away.

Nothing of a developer's own environment or .env decides what a test sees; only DATABASE_URL does, for that is
how the same tests run on PostgreSQL.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import environ

environ.Env.read_env = lambda *args, **kwargs: None  # a developer's .env changes no test

for name in (
    "ALLAUTH_TRUSTED_PROXY_COUNT",
    "ALLOWED_HOSTS",
    "CACHE_URL",
    "CSRF_TRUSTED_ORIGINS",
    "DATABASE_POOL",
    "EMAIL_URL",
    "LOG_LEVEL",
    "OMISTAJAN_DATABASE_URL",
    "MFA_ROOLIT",
    "SITE_URL",
):
    os.environ.pop(name, None)

for name in [name for name in os.environ if name.startswith("OIDC_")]:
    os.environ.pop(name)

os.environ["DEBUG"] = "0"
os.environ["SECRET_KEY"] = "avain-jolla-ajetaan-vain-testeja-eika-koskaan-muuta-0123456789"  # noqa: S105
os.environ["MFA_KEY"] = "avain-jolla-salataan-vain-testien-tunnisteet-0123456789"
os.environ["SECURE_SSL_REDIRECT"] = "0"  # the test client and Chromium speak plain HTTP to this machine

# A child process that a test starts inherits the folder; the process that made it takes it away.
if "TESTIKANSIO" not in os.environ:
    os.environ["TESTIKANSIO"] = tempfile.mkdtemp(prefix="seuranta-testit-")
    atexit.register(shutil.rmtree, os.environ["TESTIKANSIO"], ignore_errors=True)
TESTIKANSIO = Path(os.environ["TESTIKANSIO"])
os.environ.setdefault("DATABASE_URL", f"sqlite:///{TESTIKANSIO / 'db.sqlite3'}")
os.environ.setdefault("MEDIA_ROOT", str(TESTIKANSIO / "media"))

from strategia.settings import *  # noqa: E402, F403
from strategia.settings import DATABASES, STORAGES  # noqa: E402

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file and not memory: threads and child processes must meet the same locks as in production.
    DATABASES["default"]["TEST"] = {"NAME": str(TESTIKANSIO / "testikanta.sqlite3")}

# Production's storage names files by their content and wants collectstatic first.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

JULKAISUNUMERON_IKA = 0  # a test publishes and looks at once

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # a true one takes half a second

# Playwright cannot put a `__Host-` cookie into a browser that speaks plain HTTP; a page's answer could.
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME, TUTUN_SELAIMEN_EVASTE = "istunto", "csrftoken", "selain"
