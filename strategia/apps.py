from pathlib import Path
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.contrib.admin import apps as hallinta
from django.core import checks
from django.db.models.signals import post_save
from django.utils.http import is_same_domain


class HallintaConfig(hallinta.AdminConfig):
    """Django's admin, its site ours."""

    default = False  # of this module
    default_site = "strategia.hallinta.Hallintasivusto"


class StrategiaConfig(AppConfig):
    name = "strategia"
    verbose_name = "Strategia"

    def ready(self):
        from . import models, sivumuisti  # the models are there only now

        post_save.connect(_keep_address, sender=models.Kunta)
        sivumuisti.follow(models.Kunta)
        sivumuisti.follow(models.Strategia)
        sivumuisti.follow(models.Palaute, "viesti", "vastaus", "nakyy")  # what has just come shows nowhere
        checks.register(check_static_files)
        checks.register(check_site_url)
        checks.register(check_second_factor)
        checks.register(check_site_url_is_told, deploy=True)
        checks.register(check_proxy_count)
        checks.register(check_proxies_are_told, deploy=True)
        checks.register(check_counts_are_kept)


def _keep_address(instance, raw=False, **_told):
    """Whichever door the kunta came by or changed its address by."""
    from .models import KunnanOsoite

    if not raw:
        KunnanOsoite.objects.reserve(instance)


def check_static_files(**_kwargs):
    """Every page is a 500 without the list of static files that collectstatic writes."""
    needs_list = settings.STORAGES["staticfiles"]["BACKEND"].endswith("ManifestStaticFilesStorage")
    if not needs_list or (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        return []
    hint = "Aja `python manage.py collectstatic --noinput`."
    return [checks.Warning("Tyylit ja skriptit on kokoamatta: sivut eivät avaudu.", hint, id="strategia.W001")]


def check_site_url(**_kwargs):
    """Every link of every message begins with SITE_URL: what is wrong in it, nobody sees before the mail is read."""
    if reason := _fault_of(settings.SITE_URL):
        hint = "Aseta SITE_URL muodossa https://seuranta.keuruu.example, ilman polkua."
        return [
            checks.Error(
                f"Viestien linkit eivät toimi: {reason} (SITE_URL={settings.SITE_URL})", hint, id="strategia.E001"
            )
        ]
    if not settings.DEBUG and settings.SITE_URL.startswith("http:"):
        hint = "Aseta SITE_URL alkamaan https://."
        return [checks.Warning("Viestien linkit vievät suojaamattomaan osoitteeseen.", hint, id="strategia.W002")]
    return []


def check_second_factor(**_kwargs):
    """Without its key no secret could be stored or opened; a word that is no role would leave one out in silence."""
    from . import salaus, vaatimus  # once the models are there

    found = []
    if fault := salaus.fault_of_keys():
        hint = "Tee avain (`openssl rand -base64 32`) ja anna se ympäristömuuttujassa MFA_KEY. Säilytä se myös muualla."
        found.append(checks.Error(f"Kirjautumisen salaisuuksia ei voi salata: {fault}.", hint, id="strategia.E002"))
    if unknown := sorted(set(settings.MFA_ROOLIT) - vaatimus.ROOLIT):
        hint = f"Roolit: {', '.join(sorted(vaatimus.ROOLIT))}."
        found.append(checks.Error(f"MFA_ROOLIT: tuntematon {', '.join(unknown)}.", hint, id="strategia.E003"))
    return found


def _fault_of(site_url):
    """What is wrong, in words; "" where a link that begins so comes here."""
    try:
        parts = urlsplit(site_url)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return "osoitetta ei voi lukea"
    if parts.scheme not in ("http", "https") or not host:
        return "osoitteen alussa ei ole https:// ja palvelimen nimeä"
    if any(sign.isspace() or not sign.isprintable() for sign in site_url) or "@" in parts.netloc:
        return "osoitteessa on merkkejä, jotka eivät kuulu siihen"
    if parts.path or parts.query or parts.fragment:
        return "osoitteessa on palvelimen nimen jälkeen muutakin"
    host = f"[{host}]" if ":" in host else host
    if not any(pattern == "*" or is_same_domain(host, pattern) for pattern in settings.ALLOWED_HOSTS):
        return "palvelimen nimi ei ole ALLOWED_HOSTS-muuttujassa"
    return ""


def check_site_url_is_told(**_kwargs):
    """Where nobody has said the address, the first of ALLOWED_HOSTS stands for it: a guess."""
    if urlsplit(settings.SITE_URL).hostname not in ("localhost", "127.0.0.1", "::1"):
        return []
    hint = "Aseta SITE_URL, esimerkiksi https://seuranta.keuruu.example."
    return [checks.Warning("Viestien linkit vievät omaan koneeseen.", hint, id="strategia.W003")]


def check_proxy_count(**_kwargs):
    count = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    if isinstance(count, int) and count >= 0:
        return []
    hint = "Aseta ALLAUTH_TRUSTED_PROXY_COUNT: montako omaa välityspalvelinta on edessä (0, 1, 2 …)."
    return [checks.Error(f"Välityspalvelimien määrä {count} ei kelpaa.", hint, id="strategia.E010")]


def check_proxies_are_told(**_kwargs):
    """HTTPS ends at a proxy: where none is told, all who sign in seem to come from its address."""
    if settings.ALLAUTH_TRUSTED_PROXY_COUNT or not getattr(settings, "SECURE_SSL_REDIRECT", False):
        return []
    hint = "Aseta ALLAUTH_TRUSTED_PROXY_COUNT: montako omaa välityspalvelinta on edessä, tavallisesti 1."
    told = "HTTPS päättyy välityspalvelimeen, mutta välityspalvelimia ei ole kerrottu: kaikki näyttävät tulevan samasta"
    return [checks.Warning(f"{told} osoitteesta.", hint, id="strategia.W010")]


def check_counts_are_kept(**_kwargs):
    """A count of wrong tries that a failed request takes back is no count."""
    if not any(each.get("ATOMIC_REQUESTS") for each in settings.DATABASES.values()):
        return []
    hint = "Poista ATOMIC_REQUESTS muuttujasta DATABASE_URL."
    return [
        checks.Error("Virheeseen päättyvä pyyntö peruisi kirjautumisyritysten laskurin.", hint, id="strategia.E011")
    ]
