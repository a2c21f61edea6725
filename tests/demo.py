"""What a newcomer sees first: `manage.py demo`."""

from io import StringIO

from django.core.management import call_command
from django.test import override_settings


def build_demo():
    with override_settings(DEBUG=True):
        return run_demo()


def run_demo(**options):
    """What it prints."""
    out = StringIO()
    call_command("demo", stdout=out, **options)
    return out.getvalue()
