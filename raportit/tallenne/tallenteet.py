"""A frozen version in a format -> its bytes, made once and kept: of the inner form, and of the public one."""

import hashlib
import re
from collections.abc import Callable
from datetime import timedelta

from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from strategia.varasto import KESKEN, drop_older, list_stored, read_stored

from ..models import JulkinenTallenne, Raporttiversio, Tallenne
from ..muodot import KALLIIT, MUODOT, VAIN_JULKISET
from ..osavuosikatsaus import from_json
from .nakyma import Nakyma
from .piirto import render_apart


class TallennePuuttuu(Exception):
    """The stored file is gone or is not what it was: only a backup can bring it back."""


# Of the inner form; the JSON is the frozen text itself.
TALLENNETTAVAT = [muoto for muoto in MUODOT if muoto not in ("json", *VAIN_JULKISET)]


def store_all(versio: Raporttiversio, *, is_in_the_way: Callable = lambda: False) -> bool:
    """Make every format of the version that is not made yet; False where a dear one was and others are let by."""
    missing = [muoto for muoto in TALLENNETTAVAT if not is_stored(versio, muoto)]
    return _make_each(missing, lambda muoto: stored_bytes(versio, muoto), is_in_the_way)


def _make_each(missing, make, is_in_the_way):
    for muoto in missing:
        make(muoto)
        if muoto in KALLIIT and muoto != missing[-1] and is_in_the_way():
            return False
    return True


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
        content = read_stored(name_of(tallenne))
    except FileNotFoundError:
        raise TallennePuuttuu(str(tallenne)) from None
    if hashlib.sha256(content).hexdigest() != tallenne.sha256:
        raise TallennePuuttuu(str(tallenne))
    return content


def _make(versio, muoto):
    return _store(Tallenne, render_apart(from_json(versio.data), muoto), versio=versio, muoto=muoto)


def _store(model, content, *, versio, muoto, **key):
    """The file first, then its row: what the row names is always there. Of two makers the first one's bytes stay."""
    digest = hashlib.sha256(content).hexdigest()
    default_storage.put(_name(versio.kunta_id, digest, muoto), content)
    key |= {"versio": versio, "muoto": muoto}
    try:
        with transaction.atomic():
            model.objects.create(**key, kunta_id=versio.kunta_id, sha256=digest, koko=len(content))
    except IntegrityError:
        return _read(model.objects.get(**key))
    return content


# --- the public form


def store_public(nakyma: Nakyma, *, is_in_the_way: Callable = lambda: False) -> bool:
    """As store_all, of what is visible now."""
    missing = [muoto for muoto in MUODOT if not is_public_stored(nakyma, muoto)]
    return _make_each(missing, lambda muoto: public_bytes(nakyma, muoto), is_in_the_way)


def is_public_stored(nakyma: Nakyma, muoto: str) -> bool:
    return _find_public(nakyma, muoto) is not None


def public_bytes(nakyma: Nakyma, muoto: str) -> bytes:
    """The public form in this format: the bytes that were made first of what is visible now.

    Raises TallennePuuttuu rather than give other bytes than those.
    """
    if tallenne := _find_public(nakyma, muoto):
        return _read(tallenne)
    content = render_apart(nakyma.raportti, muoto)
    return _store(JulkinenTallenne, content, versio=nakyma.versio, muoto=muoto, nakyma=nakyma.avain)


def public_digest(nakyma: Nakyma, muoto: str) -> str:
    """The sha256 of the public form's file; "" when it has not been made."""
    tallenne = _find_public(nakyma, muoto)
    return tallenne.sha256 if tallenne else ""


def _find_public(nakyma, muoto):
    return JulkinenTallenne.objects.filter(versio=nakyma.versio, nakyma=nakyma.avain, muoto=muoto).first()


def name_of(tallenne: Tallenne | JulkinenTallenne) -> str:
    """Of its file in the storage."""
    return _name(tallenne.kunta_id, tallenne.sha256, tallenne.muoto)


def _name(kunta_id, sha256, muoto):
    return f"raportit/{kunta_id}/{sha256}.{muoto}"


VANHA_KESKEN = re.compile(r"tmp\w{8}")  # as half-written files were called before
TUNTI = timedelta(hours=1)  # nothing is written for so long


def drop_unfinished() -> int:
    """Delete what a process that was killed left half-written -> how many files."""
    unfinished = [name for name in _all_files("raportit") if _is_unfinished(name.rpartition("/")[2])]
    return drop_older(unfinished, TUNTI)


def _is_unfinished(name):
    return name.startswith(KESKEN) or bool(VANHA_KESKEN.fullmatch(name))


def _all_files(folder):
    folders, names = list_stored(folder)
    yield from (f"{folder}/{name}" for name in names)
    for name in folders:
        yield from _all_files(f"{folder}/{name}")
