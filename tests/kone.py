"""The machines of an installation: PostgreSQL, web servers and workers, as processes that a test may kill."""

import contextlib
import http.client
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode

import pytest

from .ymparisto import JUURI

ALKAA = 30  # seconds that a server may take to answer
AVAIN = "a" * 32  # a CSRF secret: what counts is that the cookie and the form say the same
LOMAKE = "application/x-www-form-urlencoded"


def wait_until(told, seconds=60):
    deadline = time.monotonic() + seconds
    while not told():
        assert time.monotonic() < deadline, "ei tapahtunut ajoissa"
        time.sleep(0.1)


class Kantapalvelin:
    """PostgreSQL as on a server: what it has acknowledged is on the disk (fsync)."""

    def __init__(self, folder):
        self.folder, self._as = folder, []
        if os.geteuid() == 0:  # it refuses to run as root
            self._as = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
            shutil.chown(folder, "nobody", "nogroup")
        self._run("initdb", "-D", folder / "data", "-U", "seuranta", "-A", "trust", "-E", "UTF8")
        self.start()
        self._run("createdb", "-h", folder, "-U", "seuranta", "seuranta")
        self.url = f"postgres://seuranta@/{folder}/seuranta"

    def start(self):
        options = f"-c listen_addresses='' -c unix_socket_directories='{self.folder}' -c fsync=on"
        self._run("pg_ctl", "start", "-D", self.folder / "data", "-l", self.folder / "loki", "-o", options, "-w")

    def kill(self):
        """As when the machine's power goes: the server and every process of it, none of which may say goodbye."""
        main = self.end()
        wait_until(lambda: not Path(f"/proc/{main}").exists())  # it does not start again before init has reaped it

    def end(self):
        """As `kill`, for good."""
        main = int((self.folder / "data" / "postmaster.pid").read_text().split("\n")[0])
        os.kill(main, signal.SIGSTOP)  # it starts no new ones meanwhile
        for pid in [*_children_of(main), main]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        wait_until(lambda: _has_ended(main))
        return main

    def replica(self, folder):
        """A server that follows this one by streaming, in a folder of its own; it may only be read."""
        if self._as:
            shutil.chown(folder, "nobody", "nogroup")
        taken = ["-D", folder / "data", "-h", self.folder, "-U", "seuranta", "-R", "-X", "stream", "-c", "fast"]
        self._run("pg_basebackup", *taken)
        follower = Kantapalvelin.__new__(Kantapalvelin)
        follower.folder, follower._as = folder, self._as
        follower.start()
        follower.url = f"postgres://seuranta@/{folder}/seuranta"
        return follower

    def psql(self, statement):
        return self._run("psql", "-At", "-h", self.folder, "-U", "seuranta", "seuranta", "-c", statement).strip()

    def copy_from(self, url):
        """All that is in another database."""
        folder, name = re.fullmatch("postgres://seuranta@/(/.*)/([^/]*)", url).groups()
        taken = self._run("pg_dump", "-h", folder, "-U", "seuranta", name)
        self._run("psql", "-q", "-v", "ON_ERROR_STOP=1", "-h", self.folder, "-U", "seuranta", "seuranta", input=taken)

    def _run(self, program, *told, **options):
        home = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "LC_ALL": "C.UTF-8"}
        command = [*self._as, _binaries() / program, *told]
        done = subprocess.run(command, cwd="/", env=home, text=True, check=False, capture_output=True, **options)
        assert done.returncode == 0, done.stderr
        return done.stdout


def _binaries():
    return sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))[-1]


def _has_ended(pid):
    try:
        return _state_of(Path(f"/proc/{pid}/stat"))[0] == "Z"
    except OSError:
        return True


def _state_of(stat):
    """The state and the rest, past the name."""
    return stat.read_text().rpartition(")")[2].split()


def _children_of(pid):
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if _state_of(path)[1] == str(pid):
                yield int(path.parent.name)


@pytest.fixture
def kantapalvelin():
    folder = Path(tempfile.mkdtemp(prefix="seuranta-kanta-", dir="/tmp"))  # noqa: S108  a socket's path must be short
    server = Kantapalvelin(folder)
    yield server
    server.end()
    shutil.rmtree(folder)


class Palvelin:
    """gunicorn on a socket of its own: the proxy before it is the test."""

    def __init__(self, folder, *options, settings="tests.palvelin", **environ):
        folder.mkdir(exist_ok=True)
        self.path, self.loki = str(folder / "portti"), folder / "loki"
        own = {"MEDIA_ROOT": str(folder / "tiedostot"), "DJANGO_SETTINGS_MODULE": settings, **environ}
        told = ["--bind", f"unix:{self.path}", "--threads", "4", "--no-control-socket", "--worker-tmp-dir", folder]
        told += ["--graceful-timeout", "1"]  # a child that does not go by itself is ended
        command = [sys.executable, "-m", "gunicorn", "strategia.wsgi", *told, *options]
        with self.loki.open("wb") as loki:
            self.process = subprocess.Popen(command, cwd=JUURI, env=os.environ | own, stdout=loki, stderr=loki)
        wait_until(self.answers, ALKAA)

    def answers(self):
        assert self.process.poll() is None, self.loki.read_text()
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as asked:
            asked.connect(self.path)
            return True


class Yhteys(http.client.HTTPConnection):
    """A connection of the proxy's to the socket."""

    def __init__(self, path, timeout=ALKAA):
        super().__init__("localhost", timeout=timeout)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


class Selain:
    """A person's browser: signed in by this cookie, at whichever server it is told to ask."""

    def __init__(self, cookie):
        self.headers = {"Cookie": f"{cookie.key}={cookie.value}; csrftoken={AVAIN}", "Host": "localhost"}

    def get(self, palvelin, path):
        return self._ask(palvelin, "GET", path)

    def post(self, palvelin, path, fields):
        return self._ask(palvelin, "POST", path, _form(fields), {"Content-Type": LOMAKE})

    def post_row(self, palvelin, path, fields):
        """As the script of the page does while one types."""
        return self._ask(palvelin, "POST", path, _form(fields), {"Content-Type": LOMAKE, "HX-Request": "true"})

    def send_file(self, palvelin, path, name, content):
        edge = secrets.token_hex(16)
        parts = {"csrfmiddlewaretoken": AVAIN.encode(), "liite": b"", f'tiedosto"; filename="{name}': content}
        body = b"".join(
            f'--{edge}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n'.encode() + value + b"\r\n"
            for field, value in parts.items()
        )
        kind = f"multipart/form-data; boundary={edge}"
        return self._ask(palvelin, "POST", path, body + f"--{edge}--\r\n".encode(), {"Content-Type": kind})

    def _ask(self, palvelin, method, path, body=None, headers=()):
        with contextlib.closing(Yhteys(palvelin.path, timeout=90)) as yhteys:
            yhteys.request(method, path, body, self.headers | dict(headers))
            answer = yhteys.getresponse()
            return Vastaus(answer.status, answer.headers, answer.read())


def _form(fields):
    return urlencode({"csrfmiddlewaretoken": AVAIN, **fields})


class Vastaus:
    def __init__(self, status, headers, content):
        self.status, self.headers, self.content = status, headers, content

    @property
    def text(self):
        return self.content.decode()

    @property
    def location(self):
        return self.headers["Location"]


@pytest.fixture
def koneet(tmp_path):
    """`koneet.palvelin("a", DATABASE_URL=…)`, `koneet.tyontekija("a", …)`: gone when the test is over."""
    with Koneet(tmp_path) as koneet:
        yield koneet


class Koneet:
    def __init__(self, folder):
        self.folder, self.processes = folder, []

    def __enter__(self):
        return self

    def __exit__(self, *error):
        for process in self.processes:
            process.send_signal(signal.SIGQUIT)  # gunicorn ends its children too, without waiting for who asks
        for process in self.processes:
            with contextlib.suppress(subprocess.TimeoutExpired):  # a worker ends what it is making first
                process.wait(timeout=ALKAA)
            process.kill()
            process.wait()

    def palvelin(self, name, *options, **environ):
        started = Palvelin(self.folder / name, *options, **environ)
        self.processes.append(started.process)
        return started

    def tyontekija(self, name, **environ):
        """A worker with its files where the server of the same name has them."""
        own = {"MEDIA_ROOT": str(self.folder / name / "tiedostot"), "DJANGO_SETTINGS_MODULE": "tests.palvelin"}
        with (self.folder / f"{name}-tyontekija").open("wb") as loki:
            program = [sys.executable, "manage.py", "tyontekija"]
            process = subprocess.Popen(program, cwd=JUURI, env=os.environ | own | environ, stdout=loki, stderr=loki)
        self.processes.append(process)
        return process
