from pathlib import Path

from django.apps import AppConfig
from django.conf import settings
from django.core import checks


class StrategiaConfig(AppConfig):
    name = "strategia"
    verbose_name = "Strategia"

    def ready(self):
        checks.register(check_static_files)


def check_static_files(**_kwargs):
    """Every page is a 500 without the list of static files that collectstatic writes."""
    needs_list = settings.STORAGES["staticfiles"]["BACKEND"].endswith("ManifestStaticFilesStorage")
    if not needs_list or (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        return []
    hint = "Aja `python manage.py collectstatic --noinput`."
    return [checks.Warning("Tyylit ja skriptit on kokoamatta: sivut eivät avaudu.", hint, id="strategia.W001")]
