"""A real OpenID provider for the tests: npm's oidc-provider on npm's own node, for Debian's is too old for it."""

import json
import shutil
import socket
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from ...ymparisto import CI, JUURI

TAALLA = Path(__file__).parent
KANSIO = JUURI / ".test" / "oidc"
AIKAA = 300  # seconds
CLIENT, SALAISUUS = "strategian-seuranta", "tunnistajan-ja-palvelun-yhteinen-salaisuus"


@dataclass
class Tunnistaja:
    """henkilot: a file of {sub: claims} that the provider reads at each sign-in; the sub is what one signs in with."""

    issuer: str
    henkilot: Path

    def tell(self, **people):
        self.henkilot.write_text(json.dumps(people))


@contextmanager
def run_tunnistaja(paluu, folder, portti=None):
    """A provider whose one client comes back to the address `paluu`."""
    portti = portti or free_port()
    henkilot = folder / "henkilot.json"
    henkilot.write_text("{}")
    told = {"portti": portti, "client": CLIENT, "salaisuus": SALAISUUS, "paluu": paluu, "henkilot": str(henkilot)}
    command = [_node(), "tunnistaja.js", json.dumps(told)]
    with subprocess.Popen(command, cwd=KANSIO, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            _wait(process)
            yield Tunnistaja(f"http://localhost:{portti}", henkilot)
        finally:
            process.kill()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait(process):
    """Until it listens; what it says before, and if it dies, is the fault's message."""
    said = []
    for line in process.stdout:
        if line.strip() == "valmis":
            return
        said.append(line)
    raise AssertionError("".join(said))


def _node():
    """The path of npm's node, fetched once with the provider. Without them a test is skipped, but not in CI."""
    node = KANSIO / "node_modules" / ".bin" / "node"
    KANSIO.mkdir(parents=True, exist_ok=True)
    wanted = (TAALLA / "package.json").read_text()
    try:
        if not node.exists() or (KANSIO / "package.json").read_text() != wanted:
            shutil.copy(TAALLA / "package.json", KANSIO)
            command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--no-package-lock"]
            subprocess.run(command, cwd=KANSIO, check=True, timeout=AIKAA)
    except (OSError, subprocess.SubprocessError) as error:
        (KANSIO / "package.json").unlink(missing_ok=True)
        if CI:
            raise
        pytest.skip(f"oidc-provider puuttuu eikä sitä saa haettua: {error}")
    shutil.copy(TAALLA / "tunnistaja.js", KANSIO)
    return str(node)
