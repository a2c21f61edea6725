"""A timed command tells that it has run, so that one that cron has forgotten is noticed."""

from contextlib import contextmanager

from django.utils import timezone

from .models import Ajo


@contextmanager
def run_told(komento):
    """Remember when the command began and whether it came to its end; what it raises goes on."""
    Ajo.objects.update_or_create(komento=komento, defaults={"alkoi": timezone.now(), "virhe": ""})
    own = Ajo.objects.filter(komento=komento)
    try:
        yield
    except Exception as error:
        own.update(virhe=f"{type(error).__name__}: {error}"[:300])
        raise
    own.update(onnistui=timezone.now())
