"""A POST that could not be taken -> what it held, to be shown and sent again; and whether a full disk was the cause."""

import errno
import shutil
from pathlib import Path

from django.db import OperationalError, connection
from django.utils.html import escape

ENINTAAN = 1_500_000  # characters of a page's fields
_KENTTA = 25  # of the marks around each
SALAISET = ("password", "salasana")  # parts of the names of fields that no page repeats
LEVY_TAYNNA = ("disk is full", "No space left on device")  # SQLite's and PostgreSQL's words
LEVYVIKA = "disk I/O error"  # what SQLite says of any fault of a disk, and when it is opened on a full one
SQLITEN_TILA = 256 * 1024  # bytes that the files beside an open SQLite database take at first, and some more


def keep_posted(request):
    """{"kentat": every field as (name, value), "tekstit": those that a person wrote}; None if it cannot be sent again.

    A form with a file or a password is not kept: the browser must ask for those again. Nor is a stranger's
    that is longer than anybody types: what it costs to show one is bounded.
    """
    if request.method != "POST" or request.FILES:
        return None
    kentat = [
        (name, value) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken" for value in values
    ]
    if any(secret in name.lower() for name, _value in kentat for secret in SALAISET):
        return None
    shown = sum(len(escape(text)) + _KENTTA for kentta in kentat for text in kentta)
    if shown > ENINTAAN and not request.user.is_authenticated:
        return None
    tekstit = [value for _name, value in kentat if len(value.split()) > 1]
    return {"kentat": kentat, "tekstit": tekstit}


def is_full_disk(error) -> bool:
    """Has there been no room for what was to be written, in a file or in the database?"""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    if not isinstance(error, OperationalError):
        return False
    return any(words in str(error) for words in LEVY_TAYNNA) or (LEVYVIKA in str(error) and not _has_room())


def _has_room():
    """Is there room beside the SQLite database? Without it the files that go with an open one cannot be made."""
    folder = Path(connection.settings_dict["NAME"]).parent
    return not folder.is_dir() or shutil.disk_usage(folder).free >= SQLITEN_TILA
