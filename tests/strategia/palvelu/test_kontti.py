"""What the Dockerfile builds runs as compose.yaml starts it: not as root, on a root that may only be read."""

import json
import os
import re
import secrets
import shlex
import socket
import urllib.request
from pathlib import Path

import pytest
import yaml

from tests.kone import kantapalvelin, wait_until  # noqa: F401  a fixture
from tests.ohjelmat import kontti
from tests.ymparisto import CI, JUURI

ARVOT = {
    "POSTGRES_PASSWORD": "salainen",
    "SOVELLUKSEN_SALASANA": "salainen",
    "ALLOWED_HOSTS": "seuranta.kunta.example",
    "SITE_URL": "https://seuranta.kunta.example",
    "CSRF_TRUSTED_ORIGINS": "https://seuranta.kunta.example",
    "EMAIL_URL": "smtp://127.0.0.1:9",
    "DEFAULT_FROM_EMAIL": "seuranta@kunta.example",
}


def test_steps_are_read_as_docker_reads_them():
    text = "# a\nFROM x AS y\nRUN a \\\n    && b\n# c\nENV A=1 B=2\n"
    assert kontti.read_steps(text) == [("FROM", "x AS y"), ("RUN", "a      && b"), ("ENV", "A=1 B=2")]


@pytest.fixture
def kuva(tmp_path):
    """The image, some 1 GB; only root can make it, and only when all rounds are asked for: it takes two minutes."""
    if os.geteuid():
        assert not CI, "kuvan voi rakentaa vain root"
        pytest.skip("kuvan voi rakentaa vain root")
    wheels = JUURI / ".test" / "pyorat"
    kontti.download_wheels(wheels)
    return kontti.build(tmp_path, wheels)


@pytest.fixture
def palvelut():
    """`palvelut("tyo")`: (its command, its environment) in compose.yaml, filled in as from .env."""
    services = yaml.safe_load((JUURI / "compose.yaml").read_text())["services"]
    given = ARVOT | {"SECRET_KEY": secrets.token_hex(40), "MFA_KEY": secrets.token_hex(32)}

    def fill(value):
        return re.sub(r"\$\{(\w+)(?::?[-?]([^}]*))?\}", lambda found: given.get(found[1], found[2] or ""), str(value))

    return lambda name: (services[name].get("command"), {k: fill(v) for k, v in services[name]["environment"].items()})


@pytest.fixture
def kaynnista(kuva, kantapalvelin, tmp_path):  # noqa: F811
    """`kaynnista(command, environ)`: a process in the image, whose "kanta" is the server of this test."""
    started, data = [], tmp_path / "data"
    kantapalvelin.folder.chmod(0o711)
    data.mkdir()

    def start(command, environ):
        own = {name: value.replace("@kanta:5432/", f"@/{kantapalvelin.folder}/") for name, value in environ.items()}
        with (tmp_path / f"loki{len(started)}").open("wb") as log:
            seen = kantapalvelin.folder
            started.append(kontti.start(kuva, command, data=data, seen=seen, environ=own, log=log))
        return started[-1]

    yield start
    for process in started:
        process.terminate()
        process.wait(timeout=60)


@pytest.fixture
def portti():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.mark.vain_kaikki
def test_the_image_serves_as_nobody_on_a_root_that_may_only_be_read(kuva, kaynnista, palvelut, portti):
    def run(command, environ, seconds=120):
        return kaynnista(command, environ).wait(seconds)

    command, environ = palvelut("omistaja")
    assert run(shlex.split(command), environ) == 0, "migrate"
    _none, environ = palvelut("sovellus")
    web = kaynnista([word.replace(":8000", f":{portti}") for word in kuva.command], environ)
    command, own = palvelut("tyo")
    worker = kaynnista(shlex.split(command), own)
    probe = [word.replace(":8000", f":{portti}") for word in kuva.health]
    wait_until(lambda: run(probe, {}) == 0)
    wait_until(lambda: "tyontekija" not in ask(portti)["varoitukset"])
    assert ask(portti)["tila"] == "valmis" and ask(portti)["viat"] == []
    for process in (web, worker):
        told = dict(re.findall(r"^(\w+):\s+(\S+)", Path(f"/proc/{process.pid}/status").read_text(), re.M))
        assert told["Uid"] != "0" and int(told["CapBnd"], 16) == int(told["CapEff"], 16) == 0
    assert run(["touch", "/app/x"], environ) != 0 and run(["touch", "/venv/x"], environ) != 0
    assert run(["touch", "/data/x"], environ) == run(["touch", "/tmp/x"], environ) == 0  # noqa: S108  the image's own
    assert "/vaihe" not in Path("/proc/mounts").read_text(), "liitos jäi"


def ask(portti):
    with urllib.request.urlopen(f"http://127.0.0.1:{portti}/terveys/valmis", timeout=30) as answer:
        assert answer.status == 200
        return json.loads(answer.read())
