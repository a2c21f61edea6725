"""A long draft, part of a version or comparison on its way through the queue: its data in a file, and beside it what
has been made of it.
"""

import errno
import hashlib
from dataclasses import replace
from datetime import datetime, timedelta

from django.core.files.storage import default_storage

from strategia.varasto import drop_older, list_stored, read_stored

from ..osavuosikatsaus import Osavuosikatsaus
from ..osavuosikatsaus.rinnakkain import Vertailu
from .aineisto import from_text, to_text
from .piirto import render_apart

VUOROKAUSI = timedelta(days=1)  # that a draft is kept


def keep_draft(kunta_id: int, aineisto: Osavuosikatsaus | Vertailu) -> str:
    """Put the draft's data aside -> the digest that it is found by. Yesterday's drafts go.

    Drafts that are equal but for when they were put together have one digest: what is made of the first one tells of
    the others too, and they ask for it as long as it is kept.
    """
    tiiviste = hashlib.sha256(to_text(_without_time(aineisto)).encode()).hexdigest()
    folder = _folder(kunta_id)
    default_storage.put(f"{folder}/{tiiviste}.json", to_text(aineisto).encode())
    _drop_old(folder)
    return tiiviste


def _without_time(aineisto):
    return replace(aineisto, koottu=datetime.min) if isinstance(aineisto, Osavuosikatsaus) else aineisto


def drop_old_drafts() -> int:
    """Delete the drafts of more than a day ago, in all kunnat -> how many files."""
    kunnat, _files = list_stored("raportit")
    return sum(_drop_old(_folder(kunta_id)) for kunta_id in kunnat)


def _drop_old(folder):
    _folders, names = list_stored(folder)
    return drop_older((f"{folder}/{name}" for name in names), VUOROKAUSI)


def read_draft(kunta_id: int, tiiviste: str, kind=Osavuosikatsaus | Vertailu):
    """What was put aside; None when nothing is there, or something of another kind."""
    content = _read(kunta_id, f"{tiiviste}.json")
    aineisto = from_text(content.decode()) if content else None
    return aineisto if isinstance(aineisto, kind) else None


def draft_bytes(kunta_id: int, tiiviste: str, muoto: str) -> bytes | None:
    """What has been made of the draft, or None when it is not ready."""
    return _read(kunta_id, f"{tiiviste}.{muoto}")


def _read(kunta_id, name):
    """Not asked first whether it is there: another may drop it between the two. The name may be anybody's: too long."""
    try:
        return read_stored(f"{_folder(kunta_id)}/{name}")
    except OSError as missing:
        if missing.errno not in (errno.ENOENT, errno.ENAMETOOLONG):
            raise
        return None


def render_draft(kunta_id: int, tiiviste: str, muoto: str) -> bytes | None:
    """What has been made of the draft; made and kept now if nothing has. None where there is no such draft."""
    content = draft_bytes(kunta_id, tiiviste, muoto)
    if content is None and (aineisto := read_draft(kunta_id, tiiviste)):
        content = render_apart(aineisto, muoto)
        default_storage.put(f"{_folder(kunta_id)}/{tiiviste}.{muoto}", content)
    return content


def _folder(kunta_id):
    return f"raportit/{kunta_id}/luonnokset"
