"""Settings: one file, everything that varies comes from the environment (README lists the names)."""

import sys
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(BASE_DIR / ".env")  # `make demo` writes one; what the environment itself says goes before it

DEBUG = env.bool("DEBUG", False)
KEHITYSAVAIN = "vain-kehitykseen"  # noqa: S105  refused below unless DEBUG is on
SECRET_KEY = env("SECRET_KEY", default=KEHITYSAVAIN)
if SECRET_KEY == KEHITYSAVAIN and not DEBUG:
    raise ImproperlyConfigured(
        "Aseta SECRET_KEY ympäristömuuttujaan. Ilman sitä sovellus käynnistyy vain, kun DEBUG=1."
    )
MFA_KEYS = env.list("MFA_KEY", default=[])  # the first encrypts, each opens: strategia/salaus.py
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
# What links in messages begin with: no request tells it to a command. Else the first host that is not a pattern.
_OWN_HOST = next((host.lstrip(".") for host in ALLOWED_HOSTS if host != "*"), "localhost")
SITE_URL = env("SITE_URL", default=f"{'http' if DEBUG else 'https'}://{_OWN_HOST}").rstrip("/")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "strategia",
    "seuranta",
    "raportit",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "simple_history",
    "import_export",
    "csp",
    "django_htmx",
    "strategia.apps.HallintaConfig",  # django.contrib.admin
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    "django.forms",  # the renderer finds its templates through here
]

MIDDLEWARE = [
    "strategia.kehys.pyyntotunnus.identify",
    # Before what answers by itself: static files and the way to https carry these too.
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "strategia.kehys.middleware.permit_little",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "strategia.kehys.middleware.never_store",
    "strategia.kehys.middleware.only_get_and_post",
    "strategia.kehys.middleware.answer_probe",
    "strategia.kehys.middleware.drop_cookies",
    "strategia.kehys.middleware.TekstinPakkaus",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "strategia.kehys.middleware.LahetyksenKoko",
    "django.middleware.csrf.CsrfViewMiddleware",
    "strategia.kehys.middleware.TekstinPuhdistus",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "strategia.kehys.middleware.KirjautuminenVaaditaan",
    "strategia.kehys.toinen_vaihe.ToinenVaihe",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "strategia.kehys.middleware.explain_method",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "strategia.urls"
WSGI_APPLICATION = "strategia.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "strategia.kehys.valikko.page_frame",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # A transaction that will write takes its lock at once: two writers queue instead of failing.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    # Room for the threads of a process, and one for its mail. Few wait idle: after a restart of the server the pool
    # looks at one broken connection after another, waiting twice as long each time. So it does while the server is
    # away, too: it begins anew every few seconds, or who comes after a long outage would wait as long again.
    _ROOM = {"min_size": 1, "max_size": env.int("SAIKEET", 4) + 1, "max_idle": 60, "timeout": 8}
    _ROOM |= {"reconnect_timeout": 4, "reconnect_failed": lambda pool: pool.check()}
    _POOL = _ROOM if env.bool("DATABASE_POOL", True) else False
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = _POOL  # keeps ?sslmode=…
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True  # a restarted server has closed those of the pool
    DATABASES["default"]["CONN_MAX_AGE"] = 0  # Django's pool refuses any other value
    if env("REPLICA_DATABASE_URL", default=""):  # see strategia/replika.py
        _READER = {"pool": _POOL and _POOL | {"timeout": 2}, "connect_timeout": 2}
        DATABASES["replika"] = {**DATABASES["default"], **env.db("REPLICA_DATABASE_URL")}
        DATABASES["replika"]["OPTIONS"] = DATABASES["default"]["OPTIONS"] | _READER
        DATABASES["replika"]["TEST"] = {"MIRROR": "default"}
        DATABASE_ROUTERS = ["strategia.replika.Reititin"]
        MIDDLEWARE.append("strategia.replika.remember_writing")
# Who makes the tables, where that is another role than the application's: see kantaroolit.py. Only a command asks.
OMISTAJAN_KANTA = env.db("OMISTAJAN_DATABASE_URL") if env("OMISTAJAN_DATABASE_URL", default="") else None
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# One for all processes, whatever serves the pages. Small things, many of them.
CACHES = {
    # Wrong tries are counted in a table that outlives a restart and never drops what still holds: see the module.
    "yritykset": {"BACKEND": "strategia.yrityskanta.Yrityskanta", "LOCATION": "yritykset"},
    "default": env.cache("CACHE_URL")
    if env("CACHE_URL", default="")
    else {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "valimuisti",  # a migration makes it
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}

# How old, in seconds, may what a process knows of a kunta's publications be: within two a withdrawn one is gone.
JULKAISUNUMERON_IKA = 1.5

# Sign-in: by e-mail and password; accounts are made by a pääkäyttäjä, never by signing up.
AUTH_USER_MODEL = "strategia.Kayttaja"
AUTHENTICATION_BACKENDS = ["strategia.kayttaja.kirjautuminen.Tunnistus"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "strategia.kayttaja.salasanasanat.TututSanat"},
]
ACCOUNT_ADAPTER = "strategia.kayttaja.kirjautuminen.AccountAdapter"
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "strategia.kayttaja.avainlinkki.KutsunAvain"  # noqa: S105
ACCOUNT_FORMS = {
    "login": "strategia.kayttaja.kirjautuminen.KirjautumisForm",
    "reauthenticate": "strategia.kayttaja.kirjautuminen.SalasananVahvistusForm",
    "reset_password": "strategia.kayttaja.kirjautuminen.SalasanaUnohtuiForm",
    "change_password": "strategia.kayttaja.kirjautuminen.SalasananVaihtoForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # the pääkäyttäjä who made the account vouches for the address
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False  # a shared computer forgets when its browser is closed
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # such a message would offer signing up, and there is none
# What a try of a password or a code costs is told in strategia/yritykset.py. allauth's own counts of the same would
# hold the Host in their key, and keep out whole city halls behind one address.
_OMAT_LASKURIT = ("login", "login_failed", "reauthenticate", "change_password", "reset_password_from_key")
# Of reports by mail: from where, to which address of one kunta's, and of all of them.
_TILAUKSET = {"tilaus": "20/h/ip", "tilausosoite": "3/d/key", "tilaaja": "9/d/key"}
ACCOUNT_RATE_LIMITS = {**dict.fromkeys(_OMAT_LASKURIT, ""), "palaute": "5/h/ip", **_TILAUKSET}
# A kunta's own sign-in (OIDC), by the kunta's slug: OIDC_KEURUU_ISSUER, _CLIENT and _SECRET; or the command `oidc`.
OIDC = {
    name[len("OIDC_") : -len("_ISSUER")].lower().replace("_", "-"): {
        "issuer": env(name).rstrip("/"),
        "client": env(name.removesuffix("ISSUER") + "CLIENT"),
        "salaisuus": env(name.removesuffix("ISSUER") + "SECRET"),
    }
    for name in env.ENVIRON
    if name.startswith("OIDC_") and name.endswith("_ISSUER") and env(name)
}
SOCIALACCOUNT_ADAPTER = "strategia.kertakirjautuminen.yhteys.SocialAccountAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # an e-mail tells nobody apart: see kertakirjautuminen/tulija.py
# How many proxies of ours stand before the application: the client is as many addresses from the end of
# X-Forwarded-For. None by default, for what the client says of itself must not be believed.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("ALLAUTH_TRUSTED_PROXY_COUNT", 0)
# The second factor. Who must have one: roles, and "yllapito" for superusers and staff. See strategia/vaatimus.py.
MFA_ROOLIT = env.list("MFA_ROOLIT", default=["paakayttaja", "koordinaattori", "yllapito"])
MFA_ADAPTER = "strategia.todennus.sovitin.MFAAdapter"
MFA_FORMS = {
    "authenticate": "strategia.todennus.forms.KoodiForm",
    "reauthenticate": "strategia.todennus.forms.VahvistusForm",
    "activate_totp": "strategia.todennus.forms.SovellusForm",
    "add_webauthn": "strategia.todennus.forms.UusiPaasyavainForm",
    "authenticate_webauthn": "strategia.todennus.forms.PaasyavainForm",
    "reauthenticate_webauthn": "strategia.todennus.forms.PaasyavainVahvistusForm",
    "login_webauthn": "strategia.todennus.forms.PaasyavainKirjautuminenForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Strategian seuranta"
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off; each code is still taken once
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RATE_LIMITS = {"webauthn_login": ""}  # nobody guesses a signature, and a city hall has one address
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "raportit:etusivu"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
SESSION_ENGINE = "strategia.istunnot"  # 12 hours in all
SESSION_COOKIE_AGE = 60 * 60  # idle time in seconds

# Long renders wait in a table of the same database; `manage.py tyontekija` makes them.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", "suomi"), ("sv", "svenska")]
LOCALE_PATHS = [BASE_DIR / "strategia" / "locale"]
TIME_ZONE = "Europe/Helsinki"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "strategia.sanko.Sanko"}
    if env("S3_BUCKET", default="")
    else {"BACKEND": "strategia.varasto.Varasto"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_ROOT = Path(env("MEDIA_ROOT", default=str(BASE_DIR / "media")))
if env("S3_BUCKET", default=""):
    STORAGES["default"]["OPTIONS"] = {
        "bucket_name": env("S3_BUCKET"),
        "endpoint_url": env("S3_ENDPOINT"),
        "access_key": env("S3_AVAIN"),
        "secret_key": env("S3_SALAISUUS"),
    }
MEDIA_URL = ""  # uploads are never served by address, only through views that check who asks

vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
EMAIL_TIMEOUT = 20  # seconds; a mail server that does not answer must not keep the cron or the queue waiting
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="strategian-seuranta@localhost")

# A page of 150 rows to record sends at most 2,100 fields: 8 a row, 14 where every row has two texts to choose from.
# It is the list to approve that needs more, for it is one page: 3 a row, 7,500 when all of 2,500 rows have been sent.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
# What a page takes is told in strategia/koko.py: little, and from strangers less. This is the most that any takes.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

# Safety: the answers carry the strictest headers the pages work with.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
# A cookie so named comes from this host alone and over HTTPS alone: no neighbour in the domain can set it.
_EVASTEEN_ALKU = "" if DEBUG else "__Host-"
SESSION_COOKIE_NAME = f"{_EVASTEEN_ALKU}istunto"
CSRF_COOKIE_NAME = f"{_EVASTEEN_ALKU}csrftoken"
TUTUN_SELAIMEN_EVASTE = f"{_EVASTEEN_ALKU}selain"
KIRJOITTANEEN_EVASTE = f"{_EVASTEEN_ALKU}kirjoitti"  # only where there is a replica: see strategia/replika.py
CSRF_FAILURE_VIEW = "strategia.kehys.views.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
if not DEBUG:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
    SECURE_REDIRECT_EXEMPT = [r"^terveys(/valmis)?$"]  # a probe asks the process itself, behind the proxy
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    # A city's other services stand under the same name, not all of them on https: only where the city says so.
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_ALIVERKOT", False)
    SECURE_HSTS_PRELOAD = env.bool("HSTS_PRELOAD", False)
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # which ask for those two
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

# One line of JSON each to stdout, one a request; a developer reads plain words instead. What any other command than the
# worker prints there is its answer, and its log goes beside it.
_PALVELEE = Path(sys.argv[0]).name == "gunicorn" or sys.argv[1:2] == ["tyontekija"]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "strategia.lokirivi.JsonRivi"}, "sanat": {}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "stream": f"ext://sys.{'stdout' if _PALVELEE else 'stderr'}",
            "formatter": "sanat" if DEBUG else "json",
        },
    },
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="WARNING")},
    "loggers": {
        "strategia.pyynto": {"level": "WARNING" if DEBUG else "INFO"},
        "django.request": {"level": "ERROR"},  # a refusal has its line already; a fault tells here where it happened
        "django.server": {"handlers": [], "propagate": DEBUG},
    },
}

# The admin's tables go out and in by the same permissions as its rows: without these any staff would do.
IMPORT_EXPORT_EXPORT_PERMISSION_CODE = "view"
IMPORT_EXPORT_IMPORT_PERMISSION_CODE = "change"
