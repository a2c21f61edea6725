"""One file of many parts, written and read from end to end: tar in gzip, and in age where a key is given.

Nothing of it is ever whole in memory or, unencrypted, on the disk.
"""

import hashlib
import io
import os
import tarfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pyrage
from django.conf import settings

KESKEN = ".kesken"
TIIVISTE = "SEURANTA.sha256"  # of each part, beside its name


class PakettiViallinen(Exception):
    """The file is none of ours, broken, or encrypted for another key. Its text says which."""


class Kirjoitin:
    """Adds parts to an open package."""

    def __init__(self, tar):
        self._tar = tar

    def add(self, name: str, content: bytes) -> None:
        part = tarfile.TarInfo(name)
        part.size, part.mtime, part.mode = len(content), int(time.time()), 0o600
        part.pax_headers = {TIIVISTE: hashlib.sha256(content).hexdigest()}
        self._tar.addfile(part, io.BytesIO(content))


def why_not_at(path: Path) -> str:
    """Why no new file of ours is written at the path, in a sentence; "" where it can be."""
    if path.exists():
        return f"{path} on jo olemassa. Anna toinen nimi."
    if not path.parent.is_dir():
        return f"Kansiota {path.parent} ei ole."
    if path.resolve().is_relative_to(Path(settings.MEDIA_ROOT).resolve()):
        return f"{path} on tiedostojen kansiossa (MEDIA_ROOT), ja tulisi mukaan seuraavaan kopioon. Anna toinen kansio."
    return ""


@contextmanager
def new_package(path: Path, *, recipient: str = ""):
    """A Kirjoitin of the file, which appears under its name once it is whole.

    recipient: the public key ("age1…") of whoever may open it; raises ValueError for what is no such key.
    """
    recipients = [_recipient(recipient)] if recipient else []
    unfinished = path.with_name(path.name + KESKEN)
    try:
        with _new_file(unfinished) as file, _encrypted(file, recipients) as inner:
            with tarfile.open(fileobj=inner, mode="w|gz") as tar:
                yield Kirjoitin(tar)
            inner.flush()
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _recipient(text):
    try:
        return pyrage.x25519.Recipient.from_str(text.strip())
    except (pyrage.RecipientError, ValueError):
        raise ValueError("Avain ei kelpaa. Anna age-avaimen julkinen osa, joka alkaa age1.") from None


@contextmanager
def _new_file(path):
    """Readable by its maker alone, and on the disk before it gets its name."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _encrypted(file, recipients):
    """What is written to it reaches the file encrypted; plainly where nobody is named."""
    if not recipients:
        yield file
        return
    reader, writer = (os.fdopen(end, mode) for end, mode in zip(os.pipe(), ("rb", "wb"), strict=True))
    faults = []
    thread = threading.Thread(target=_pump, args=(reader, file, recipients, faults), daemon=True)
    thread.start()
    try:
        with writer:
            yield writer
    except BrokenPipeError:
        thread.join()
        raise (faults or [OSError("Salaus keskeytyi.")])[0] from None
    thread.join()
    if faults:
        raise faults[0]


def _pump(reader, file, recipients, faults):
    """In a thread of its own: pyrage reads to the end of what it is given."""
    try:
        with reader:
            pyrage.encrypt_io(reader, file, recipients)
    except Exception as error:  # told by the thread that writes
        faults.append(error)


def read_package(path: Path, *, identity: Path | None = None):
    """(name, content) of each part, in the order they were added. Raises PakettiViallinen.

    identity: the file of the secret key, for a package that was encrypted.
    """
    with path.open("rb") as file, _decrypted(file, identity) as inner:
        try:
            with tarfile.open(fileobj=inner, mode="r|gz") as tar:
                for part in tar:
                    yield part.name, _read_whole(tar, part)
        except (tarfile.TarError, EOFError, OSError) as error:
            raise PakettiViallinen(f"Tiedosto on viallinen tai se ei ole tämän palvelun tekemä ({error}).") from error


def _read_whole(tar, part):
    """As it was added: gzip would tell of a changed byte only at the end of the file."""
    file = tar.extractfile(part)
    content = file.read() if file else b""
    if hashlib.sha256(content).hexdigest() != part.pax_headers.get(TIIVISTE):
        raise tarfile.ReadError(f"osa {part.name} on muuttunut")
    return content


@contextmanager
def _decrypted(file, identity):
    is_encrypted = file.read(len(AGE)) == AGE
    file.seek(0)
    if not is_encrypted:
        yield file
        return
    if identity is None:
        raise PakettiViallinen("Tiedosto on salattu. Anna salainen avain valitsimella --avain.")
    identities = _identities(identity)
    reader, writer = (os.fdopen(end, mode) for end, mode in zip(os.pipe(), ("rb", "wb"), strict=True))
    faults = []
    thread = threading.Thread(target=_unpump, args=(file, writer, identities, faults), daemon=True)
    thread.start()
    try:
        with reader:
            yield reader
    except PakettiViallinen:
        thread.join()
        raise (faults or [PakettiViallinen("Tiedosto on viallinen.")])[0] from None
    finally:
        thread.join()


AGE = b"age-encryption.org/v1"


def _identities(path):
    try:
        lines = [line.strip() for line in path.read_text().splitlines()]
        return [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except (OSError, ValueError, pyrage.IdentityError) as error:
        raise PakettiViallinen(f"Avaintiedostoa {path} ei voi lukea ({error}).") from None


def _unpump(file, writer, identities, faults):
    try:
        with writer:
            pyrage.decrypt_io(file, writer, identities)
    except BrokenPipeError:
        pass  # the reader has had enough
    except Exception as error:  # told by the thread that reads
        faults.append(PakettiViallinen(f"Avain ei avaa tiedostoa, tai tiedosto on viallinen ({error})."))
