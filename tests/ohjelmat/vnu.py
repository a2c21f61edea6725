"""HTML texts -> what vnu, the W3C's checker of HTML, says of them. One Java process reads them all."""

import json
import subprocess
import tempfile
from pathlib import Path

from .npm import AIKAA, JAVA, fetch_jar

PAKETTI = "vnu-jar@26.9.27"
SHA256 = "22f15dd39a33bed929d2a5c0cddf5946849a647eca9272bf4d5d00bc7e7a4d47"


def check_html(texts):
    """{name: HTML} -> [(what is wrong, name)], its warnings too."""
    jar = fetch_jar(PAKETTI, "build/dist/vnu.jar", SHA256)
    with tempfile.TemporaryDirectory() as folder:
        files = {f"{number}.html": name for number, name in enumerate(texts)}
        for file, name in files.items():
            (Path(folder) / file).write_text(texts[name])
        command = ["java", *JAVA, "-jar", jar, "--format", "json", "--exit-zero-always", *files]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True, timeout=AIKAA)
    said = json.loads(done.stderr)["messages"]
    return [(_sentence(each), files[Path(each["url"]).name]) for each in said]


def _sentence(message):
    return f"{message['type']}: {message['message']} {' '.join(message.get('extract', '').split())}"
