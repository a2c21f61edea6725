"""HTML texts -> what vnu, the W3C's checker of HTML, says of them. One Java process reads them all."""

import hashlib
import json
import subprocess
import tarfile
import tempfile
from pathlib import Path

import pytest

from .ymparisto import CI, JUURI

PAKETTI = "vnu-jar@26.9.27"
SHA256 = "22f15dd39a33bed929d2a5c0cddf5946849a647eca9272bf4d5d00bc7e7a4d47"
JAR = JUURI / ".test" / "vnu-26.9.27.jar"
AIKAA = 300  # seconds
JAVA = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss4m"]  # half the work for a program so brief


def check_html(texts):
    """{name: HTML} -> [(what is wrong, name)], its warnings too."""
    with tempfile.TemporaryDirectory() as folder:
        files = {f"{number}.html": name for number, name in enumerate(texts)}
        for file, name in files.items():
            (Path(folder) / file).write_text(texts[name])
        command = [*JAVA, "-jar", _jar(), "--format", "json", "--exit-zero-always", *files]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True, timeout=AIKAA)
    said = json.loads(done.stderr)["messages"]
    return [(_sentence(each), files[Path(each["url"]).name]) for each in said]


def _sentence(message):
    return f"{message['type']}: {message['message']} {' '.join(message.get('extract', '').split())}"


def _jar():
    """The checker, fetched once. Without it the test is skipped, but not in CI."""
    if not JAR.exists():
        try:
            _fetch()
        except (OSError, subprocess.SubprocessError) as error:
            if CI:
                raise
            pytest.skip(f"vnu puuttuu eikä sitä saa haettua: {error}")
    assert hashlib.sha256(JAR.read_bytes()).hexdigest() == SHA256, f"{JAR} ei ole se, joka piti hakea"
    return JAR


def _fetch():
    JAR.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=JAR.parent) as folder:
        subprocess.run(["npm", "pack", "--silent", PAKETTI], cwd=folder, check=True, timeout=AIKAA)
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as package:
            package.extract("package/build/dist/vnu.jar", folder, filter="data")
        (Path(folder) / "package/build/dist/vnu.jar").rename(JAR)
