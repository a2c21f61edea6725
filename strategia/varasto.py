"""Where files lie: a folder of this machine, or a bucket that several machines share. A file is there whole or not.

Turns and locks are not files of the storage: they are each machine's own, and their folder stands beside it.
"""

import hashlib
import os
import tempfile
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.utils import timezone

KESKEN = ".kesken-"  # what the name of a file begins with until it is whole


class VarastoEiVastaa(OSError):
    """The bucket cannot be reached, or refuses. Nothing was half-written."""


class Varasto(FileSystemStorage):
    """A folder (MEDIA_ROOT), of which a failed write leaves nothing behind."""

    def _save(self, name, content):
        """Half a file of a full disk would look like a whole one, and take the room that is missing."""
        existed = self.exists(name)
        try:
            return super()._save(name, content)
        except OSError:
            if not existed:
                with suppress(OSError):
                    self.delete(name)
            raise

    def put(self, name: str, content: bytes) -> None:
        """The file appears whole or not at all, in place of one of that name; with no room nothing is left of the try.

        For names that tell their content: save() would give a second file a name of its own.
        """
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=KESKEN, delete=False) as file:
            try:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                Path(file.name).unlink()
                raise
        Path(file.name).replace(path)


def turns_folder(name: str) -> Path:
    """Where the processes of this installation on this machine find their turns: not among the stored files, which
    several machines may share and of which a refused file leaves no trace.
    """
    own = hashlib.sha256(str(settings.MEDIA_ROOT).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"strategian-seuranta-{os.getuid()}-{own}" / name


def read_stored(name: str) -> bytes:
    """Raises FileNotFoundError."""
    with default_storage.open(name) as file:
        return file.read()


def list_stored(folder: str) -> tuple[list[str], list[str]]:
    """([folder], [name]) right under it; nothing where it is not there yet."""
    try:
        return default_storage.listdir(folder)
    except FileNotFoundError:
        return [], []


def drop_older(names, age: timedelta) -> int:
    """Delete the files that are older -> how many. Others write and drop at the same moment: what has gone since it
    was listed, or got its name, is theirs.
    """
    oldest, dropped = timezone.now() - age, 0
    for name in names:
        with suppress(FileNotFoundError):
            if default_storage.get_modified_time(name) < oldest:
                default_storage.delete(name)
                dropped += 1
    return dropped
