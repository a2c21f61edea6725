"""A long draft, part of a version or comparison on its way through the queue: its data in a file, and beside it what
has been made of it.
"""

import hashlib
import json
import time
from pathlib import Path

from django.conf import settings

from ..muodot import render_report
from ..osavuosikatsaus import Osavuosikatsaus, from_json, to_json
from ..osavuosikatsaus.rinnakkain import Vertailu
from .tallenteet import write_whole

VUOROKAUSI = 24 * 60 * 60  # seconds that a draft is kept


def keep_draft(kunta_id: int, aineisto: Osavuosikatsaus | Vertailu) -> str:
    """Put the draft's data aside -> the digest that it is found by. Yesterday's drafts go."""
    content = to_text(aineisto).encode()
    tiiviste = hashlib.sha256(content).hexdigest()
    folder = _folder(kunta_id)
    write_whole(folder / f"{tiiviste}.json", content)
    for path in folder.iterdir():
        if path.stat().st_mtime < time.time() - VUOROKAUSI:
            path.unlink(missing_ok=True)
    return tiiviste


def read_draft(kunta_id: int, tiiviste: str, kind=Osavuosikatsaus | Vertailu):
    """What was put aside; None when nothing is there, or something of another kind."""
    path = _folder(kunta_id) / f"{tiiviste}.json"
    aineisto = from_text(path.read_text()) if path.exists() else None
    return aineisto if isinstance(aineisto, kind) else None


def draft_bytes(kunta_id: int, tiiviste: str, muoto: str) -> bytes | None:
    """What has been made of the draft, or None when it is not ready."""
    path = _folder(kunta_id) / f"{tiiviste}.{muoto}"
    return path.read_bytes() if path.exists() else None


def render_draft(kunta_id: int, tiiviste: str, muoto: str) -> None:
    aineisto = read_draft(kunta_id, tiiviste)
    if aineisto:
        write_whole(_folder(kunta_id) / f"{tiiviste}.{muoto}", render_report(aineisto, muoto))


def _folder(kunta_id):
    return Path(settings.MEDIA_ROOT) / "raportit" / str(kunta_id) / "luonnokset"


_BEGINS = '{"vertailu": '


def to_text(aineisto: Osavuosikatsaus | Vertailu) -> str:
    """A report or a comparison as one JSON object; from_text gives an equal one back."""
    if isinstance(aineisto, Osavuosikatsaus):
        return to_json(aineisto)
    texts = [to_json(raportti) for raportti in aineisto.raportit]
    return json.dumps({"vertailu": texts, "kommentit": aineisto.nayttaa_kommentit})


def from_text(text: str) -> Osavuosikatsaus | Vertailu:
    if not text.startswith(_BEGINS):
        return from_json(text)
    data = json.loads(text)
    return Vertailu(tuple(map(from_json, data["vertailu"])), data["kommentit"])
