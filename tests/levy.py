"""A disk of eight megabytes that a test may fill: a real one, for a simulated fault fails where we thought it would."""

import errno
import subprocess

import pytest

from .ymparisto import CI

KOKO = 8  # megabytes
TAYTE = "täyte"


@pytest.fixture
def levy(tmp_path):
    """The folder where it is mounted; gone after the test. Only root may mount: elsewhere skipped, but not in CI."""
    folder = tmp_path / "levy"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={KOKO}m", "tmpfs", folder]
    mounted = subprocess.run(command, capture_output=True, text=True, check=False)
    if mounted.returncode:
        assert not CI, f"levyä ei saatu liitettyä: {mounted.stderr}"
        pytest.skip(f"levyä ei saa liittää: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def fill(folder, *, leave=0):
    """Take all the room of the disk but `leave` bytes."""
    with (folder / TAYTE).open("wb", buffering=0) as filler:
        try:
            while True:
                filler.write(bytes(4096))
        except OSError as error:
            assert error.errno == errno.ENOSPC
        filler.truncate(filler.tell() - leave)


def make_room(folder):
    (folder / TAYTE).unlink()


def files_in(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file() and path.name != TAYTE)
