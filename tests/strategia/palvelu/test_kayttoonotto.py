"""README's examples for servers are what their programs take, and compose.yaml says of each service what it must."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.ymparisto import CI, JUURI

README = (JUURI / "README.md").read_text()
NGINX = "events {{}}\nerror_log stderr;\npid {folder}/pid;\nhttp {{\n{server}\n}}\n"


def blocks(kind):
    return re.findall(rf"```{kind}\n(.*?)```", README, re.S)


@pytest.fixture
def ohjelma():
    """`ohjelma("nginx")`: its path; skipped where it is not installed, but not in CI."""

    def find(name):
        path = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
        assert path or not CI, f"{name} puuttuu: .ci/jarjestelma asentaa sen"
        return path or pytest.skip(f"{name} puuttuu")

    return find


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_nginx_takes_its_example(ohjelma, tmp_path):
    [server] = blocks("nginx")
    pem, key = tmp_path / "seuranta.pem", tmp_path / "seuranta.key"
    subject = ["-subj", "/CN=seuranta.kunta.example", "-days", "1"]
    made = run(*["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes"], "-keyout", key, "-out", pem, *subject)
    assert made.returncode == 0, made.stderr
    own = server.replace("/etc/ssl/seuranta", str(tmp_path / "seuranta"))
    (tmp_path / "nginx.conf").write_text(NGINX.format(folder=tmp_path, server=own))
    told = run(ohjelma("nginx"), "-t", "-c", tmp_path / "nginx.conf")
    assert told.returncode == 0, told.stderr
    for line in ("X-Forwarded-Proto $scheme", "X-Forwarded-For $proxy_add_x_forwarded_for", "client_max_body_size 12m"):
        assert line in server


def test_caddy_takes_its_example(ohjelma, tmp_path):
    [text] = blocks("caddy")
    (tmp_path / "Caddyfile").write_text(text)
    told = run(ohjelma("caddy"), "adapt", "--config", tmp_path / "Caddyfile", "--adapter", "caddyfile")
    assert told.returncode == 0, told.stderr
    assert '"dial":"127.0.0.1:8000"' in told.stdout and '"max_size":12000000' in told.stdout


def units():
    return {re.match(r"# (\S+)\n", text)[1]: text for text in blocks("ini")}


def test_systemd_takes_its_units(ohjelma, tmp_path):
    """With the paths of this machine in place of a server's."""
    program = ohjelma("systemd-analyze")
    for name, text in units().items():
        own = text.replace("/opt/seuranta", str(JUURI)).replace("User=seuranta", "User=root")
        (tmp_path / name).write_text(own)
    told = run(program, "verify", "--man=no", *(tmp_path / name for name in units()))
    faults = [line for line in told.stderr.splitlines() if str(tmp_path) in line or "seuranta" in line]
    assert not faults, told.stderr


def test_the_commands_of_the_examples_are_ours():
    """A word of a unit that is no option of the program would stop the service only on the server."""
    commands = {word for text in units().values() for word in re.findall(r"manage\.py (\w+)", text)}
    ours = {path.stem for path in JUURI.glob("*/management/commands/*.py")}
    assert commands == {"tyontekija", "muistuta", "varmuuskopio"} <= ours
    [line] = re.findall(r"ExecStart=\S*gunicorn (.*)", units()["seuranta.service"])
    options = {word for word in shlex.split(line) if word.startswith("--")}
    known = run(JUURI / ".venv/bin/gunicorn", "--help").stdout
    assert all(option in known for option in options)


def test_a_message_that_did_not_leave_stops_no_backup():
    """A oneshot ends at the first command that fails, but for one that begins with a hyphen."""
    commands = [line for line in units()["seuranta-yo.service"].splitlines() if line.startswith("ExecStart=")]
    assert [line.startswith("ExecStart=-") for line in commands] == [True, False]
    assert "muistuta" in commands[0] and "varmuuskopio" in commands[1]


def test_a_shell_and_systemd_read_the_variables_alike(tmp_path):
    [text] = blocks("sh")
    (tmp_path / "seuranta.env").write_text(text)
    names = re.findall(r"^([A-Z_]+)='", text, re.M)
    told = run("sh", "-euc", f". {tmp_path}/seuranta.env; printf '%s\\n' " + " ".join(f'"${name}"' for name in names))
    values = re.findall(r"^[A-Z_]+='(.*)'$", text, re.M)  # systemd takes a comment on the same line for the value
    assert len(values) == len(names) and (told.stderr, told.stdout.splitlines()) == ("", values)
    assert {"SECRET_KEY", "MFA_KEY", "DATABASE_URL"} <= set(names)
    assert "OMISTAJAN_DATABASE_URL" not in names  # what the services read does not name the owner


@pytest.fixture(scope="module")
def palvelut():
    text = Path(JUURI / "compose.yaml").read_text()
    return yaml.safe_load(text)["services"]


@pytest.mark.parametrize("name", ["omistaja", "sovellus", "tyo", "ajastus", "varmuuskopio"])
def test_a_service_of_ours_may_do_little(name, palvelut):
    palvelu = palvelut[name]
    assert palvelu["read_only"] and palvelu["cap_drop"] == ["ALL"]
    assert palvelu["security_opt"] == ["no-new-privileges:true"]
    assert palvelu["tmpfs"] == ["/tmp"]  # noqa: S108  the container's own
    assert palvelu["env_file"] == [{"path": "oidc.env", "required": False}]  # never .env: it has the owner's password
    has_owner = "OMISTAJAN_DATABASE_URL" in palvelu["environment"]
    assert has_owner == (name == "omistaja")
    if name != "omistaja":
        assert palvelu["mem_limit"] and palvelu["restart"] == "unless-stopped"
        assert palvelu["depends_on"]["omistaja"]["condition"] == "service_completed_successfully"


def test_a_variable_that_is_empty_is_one_that_is_not_said():
    """compose passes each, said or not."""
    names = ("S3_BUCKET", "S3_ENDPOINT", "S3_AVAIN", "S3_SALAISUUS", "CACHE_URL", "OIDC_KEURUU_ISSUER")
    code = "from strategia import settings as s; print(s.STORAGES['default'], s.CACHES['default']['LOCATION'], s.OIDC)"
    environ = dict.fromkeys(names, "") | {"SECRET_KEY": "x" * 50, "HSTS_ALIVERKOT": "0", "PYTHONPATH": "."}
    done = subprocess.run([sys.executable, "-c", code], cwd=JUURI, env=environ, capture_output=True, text=True)
    assert done.stdout == "{'BACKEND': 'strategia.varasto.Varasto'} valimuisti {}\n", done.stderr


def test_a_web_process_and_its_health(palvelut):
    dockerfile = (JUURI / "Dockerfile").read_text()
    assert "/terveys'" in dockerfile and "USER seuranta" in dockerfile and "--no-control-socket" in dockerfile
    assert dockerfile.count("\nFROM ") == 2 and "AS rakennus" in dockerfile
    assert palvelut["sovellus"]["stop_grace_period"] > "120s"


def told_variables():
    table = README.partition("### Ympäristömuuttujat")[2].partition("\n### ")[0]
    firsts = "".join(line.split("|")[1] for line in table.splitlines() if line.startswith("| `"))
    return set(re.findall(r"`([A-Z0-9_]+)`", firsts))


def test_the_table_names_every_variable_that_is_read_and_no_other():
    """An operator finds in README what can be set, and only that."""
    settings = (JUURI / "strategia" / "settings.py").read_text()
    read = set(re.findall(r'env(?:\.\w+)?\(\s*"([A-Z0-9_]+)"', settings))
    shell = re.findall(r"\$\{?([A-Z0-9_]+):?-", (JUURI / "Dockerfile").read_text()) + ["VARMUUSKOPION_AVAIN"]
    told = told_variables() - {"_CLIENT", "_SECRET"}  # of OIDC_<KUNTA>_ISSUER
    assert told == read | set(shell)


def test_what_can_be_set_can_be_set_in_containers(palvelut):
    """A service sees no variable that compose.yaml does not hand on."""
    own = {"DEBUG", "MEDIA_ROOT", "OMISTAJAN_DATABASE_URL", "SECURE_SSL_REDIRECT", "VARMUUSKOPION_AVAIN"}
    handed = palvelut["sovellus"]["environment"].keys()
    assert told_variables() - {"_CLIENT", "_SECRET"} - own <= handed
