"""What production does with static files works: they are named by content, and every name a template uses is there."""

import re

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import Client

from .ymparisto import JUURI

STATIC_TAG = re.compile(r"""{%\s*static\s+["']([^"']+)["']""")


@pytest.fixture
def collected(settings, tmp_path):
    """Production's storage, but for the slow compressing, with everything collected into it."""
    settings.STATIC_ROOT = tmp_path
    storage = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": storage}}
    call_command("collectstatic", interactive=False, verbosity=0)
    return staticfiles_storage


def test_every_static_file_of_the_templates_is_collected(collected):
    names = {name for path in (JUURI / "templates").rglob("*.html") for name in STATIC_TAG.findall(path.read_text())}
    assert names
    for name in names:
        assert collected.url(name) != f"/static/{name}", "nimessä ei ole sisällön tiivistettä"


def test_static_files_are_kept_for_good(collected, settings):
    """A name tells its content, so the browser never needs to ask for it again."""
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = False
    for name in ("css/base.css", "fonts/SourceSans3-Regular.ttf.woff2"):
        answer = Client().get(collected.url(name))
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "max-age=315360000, public, immutable"
