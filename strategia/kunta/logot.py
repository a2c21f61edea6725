"""The stored logos: what a kunta does not show any more goes."""

from datetime import timedelta

from django.core.files.storage import default_storage
from django.utils import timezone

from ..models import Kunta
from ..varasto import list_stored

KESKEN = timedelta(hours=1)  # a file younger than this may be on its way to its row


def drop_unused_logos() -> int:
    """Delete the logos that no kunta has -> how many."""
    kept = set(Kunta.objects.exclude(logo="").values_list("logo", flat=True))
    _folders, names = list_stored("logot")
    paths = [f"logot/{name}" for name in names]
    unused = [path for path in paths if path not in kept and _is_old(path)]
    for path in unused:
        default_storage.delete(path)
    return len(unused)


def _is_old(path):
    return timezone.now() - default_storage.get_modified_time(path) > KESKEN
