"""A frozen version in a format -> its bytes, made once and kept."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction

from ..models import Raporttiversio, Tallenne
from ..muodot import MUODOT, render_report
from ..osavuosikatsaus import from_json


class TallennePuuttuu(Exception):
    """The stored file is gone or is not what it was: only a backup can bring it back."""


TALLENNETTAVAT = [muoto for muoto in MUODOT if muoto != "json"]  # the JSON is the frozen text itself


def store_all(versio: Raporttiversio) -> None:
    """Make every format of the version that is not made yet."""
    for muoto in TALLENNETTAVAT:
        stored_bytes(versio, muoto)


def is_stored(versio: Raporttiversio, muoto: str) -> bool:
    return muoto == "json" or Tallenne.objects.filter(versio=versio, muoto=muoto).exists()


def stored_bytes(versio: Raporttiversio, muoto: str) -> bytes:
    """The version in this format: the bytes that were made first, for ever after.

    Raises TallennePuuttuu rather than give other bytes than those.
    """
    if muoto == "json":
        return versio.data.encode()
    tallenne = Tallenne.objects.filter(versio=versio, muoto=muoto).first()
    return _read(tallenne) if tallenne else _make(versio, muoto)


def _read(tallenne):
    try:
        content = _path(tallenne.kunta_id, tallenne.sha256, tallenne.muoto).read_bytes()
    except FileNotFoundError:
        raise TallennePuuttuu(str(tallenne)) from None
    if hashlib.sha256(content).hexdigest() != tallenne.sha256:
        raise TallennePuuttuu(str(tallenne))
    return content


def _make(versio, muoto):
    """The file first, then its row: what the row names is always there. Of two makers the first one's bytes stay."""
    content = render_report(from_json(versio.data), muoto)
    digest = hashlib.sha256(content).hexdigest()
    write_whole(_path(versio.kunta_id, digest, muoto), content)
    values = {"kunta_id": versio.kunta_id, "sha256": digest, "koko": len(content)}
    try:
        with transaction.atomic():
            Tallenne.objects.create(versio=versio, muoto=muoto, **values)
    except IntegrityError:
        return _read(Tallenne.objects.get(versio=versio, muoto=muoto))
    return content


def _path(kunta_id, sha256, muoto):
    return Path(settings.MEDIA_ROOT) / "raportit" / str(kunta_id) / f"{sha256}.{muoto}"


def write_whole(path: Path, content: bytes) -> None:
    """The file appears whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(path)
