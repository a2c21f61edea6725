"""What production does with static files works: they are named by content, and every name a template uses is there."""

import re

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

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
