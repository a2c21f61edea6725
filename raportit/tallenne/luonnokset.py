"""A long draft, part of a version or comparison on its way through the queue: its data in a file, and beside it what
has been made of it.
"""

import errno
import hashlib
import json
from datetime import timedelta

from django.core.files.storage import default_storage

from strategia.varasto import drop_older, list_stored, read_stored

from ..muodot import render_report
from ..osavuosikatsaus import Osavuosikatsaus, from_json, to_json
from ..osavuosikatsaus.rinnakkain import Vertailu

VUOROKAUSI = timedelta(days=1)  # that a draft is kept


def keep_draft(kunta_id: int, aineisto: Osavuosikatsaus | Vertailu) -> str:
    """Put the draft's data aside -> the digest that it is found by. Yesterday's drafts go."""
    content = to_text(aineisto).encode()
    tiiviste = hashlib.sha256(content).hexdigest()
    folder = _folder(kunta_id)
    default_storage.put(f"{folder}/{tiiviste}.json", content)
    _drop_old(folder)
    return tiiviste


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


def render_draft(kunta_id: int, tiiviste: str, muoto: str) -> None:
    aineisto = read_draft(kunta_id, tiiviste)
    if aineisto:
        default_storage.put(f"{_folder(kunta_id)}/{tiiviste}.{muoto}", render_report(aineisto, muoto))


def _folder(kunta_id):
    return f"raportit/{kunta_id}/luonnokset"


_BEGINS = '{"vertailu": '


def to_text(aineisto: Osavuosikatsaus | Vertailu) -> str:
    """A report or a comparison as one JSON object; from_text gives an equal one back."""
    if isinstance(aineisto, Osavuosikatsaus):
        return to_json(aineisto)
    texts = [to_json(raportti) for raportti in aineisto.raportit]
    edeltajat = list(aineisto.edeltajat.items())
    return json.dumps({"vertailu": texts, "kommentit": aineisto.nayttaa_kommentit, "edeltajat": edeltajat})


def from_text(text: str) -> Osavuosikatsaus | Vertailu:
    if not text.startswith(_BEGINS):
        return from_json(text)
    data = json.loads(text)
    edeltajat = dict(data.get("edeltajat", ()))  # not there in what was put aside before there were any
    return Vertailu(tuple(map(from_json, data["vertailu"])), data["kommentit"], edeltajat)
