"""The Dockerfile's steps, taken in a root of Debian's: the image and its processes where no container can be built.

A stage is a folder and RUN a chroot. Debian's own Python stands for that of the image, which is another build of the
same version: what is tried is what the steps install, from which names, and that it runs with nothing to write to.
Every mount is in a namespace of the process that made it, and goes with it. Only root may do any of this.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from tests.ymparisto import JUURI

# What python:3.11-slim has, of Debian's packages. pip comes with venv.
POHJA = "python3,python3-venv,python-is-python3,ca-certificates"
PYORAT = "pyorat"  # where in a root the wheels lie while they are installed
POLKU = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
# $0: the root. The process sees itself (proc) and the devices; the rest of its arguments is the command.
RAKENNA = 'mount -t proc proc "$0/proc" && mount --rbind /dev "$0/dev" && exec chroot "$0" "$@"'
# $0: the root, $1: what its /data is, $2: a folder that it sees where it is. All else of it may only be read.
AJA = """
set -e
root=$0 data=$1 seen=$2; shift 2
mount --bind "$root" "$root"
mount --bind "$data" "$root/data"
mount -t tmpfs tmpfs "$root/tmp"
mkdir "$root$seen" && mount --bind "$seen" "$root$seen"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -o remount,ro,bind "$root"
exec chroot "$root" "$@"
"""


def read_steps(text):
    """[(instruction, the rest of it)] of a Dockerfile."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    whole = "\n".join(lines).replace("\\\n", " ")
    return [tuple(line.split(None, 1)) for line in whole.splitlines() if line.strip()]


def download_wheels(folder):
    """All that requirements.txt names, by its hashes; nothing is fetched from inside."""
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--quiet",
        "--no-deps",
        "--only-binary=:all:",
        "--require-hashes",
    ]
    _run([*command, "--dest", folder, "--requirement", JUURI / "requirements.txt"])


class Vaihe:
    """One stage: its root, and what ENV, WORKDIR, USER and CMD have said of it so far."""

    def __init__(self, root):
        self.root, self.environ, self.workdir, self.user = root, {"PATH": POLKU}, "/", "root"
        self.command, self.health = [], []

    def run(self, line, **environ):
        told = {"HOME": "/root", "DEBIAN_FRONTEND": "noninteractive", **self.environ, **environ}
        told |= {name: os.environ[name] for name in ("http_proxy", "https_proxy") if name in os.environ}
        inside = ["env", "-i", *(f"{name}={value}" for name, value in told.items())]
        _run(["unshare", "--mount", "sh", "-c", RAKENNA, self.root, *inside, "sh", "-ec", f"cd {self.workdir}; {line}"])

    def inside(self, path):
        return self.root / Path(self.workdir, path).relative_to("/")


def build(folder, wheels):
    """The last stage of our Dockerfile."""
    stages, stage = {}, None
    for instruction, told in read_steps((JUURI / "Dockerfile").read_text()):
        if instruction == "FROM":
            image, *name = told.split()
            stage = Vaihe(_copy_base(image, folder, len(stages)))
            stages[name[-1] if name else ""] = stage
            shutil.copytree(wheels, stage.root / PYORAT)
        elif instruction == "COPY":
            _copy(stage, stages, shlex.split(told))
        else:
            _take(stage, instruction, told)
    shutil.rmtree(stage.root / PYORAT)
    return stage


def _take(stage, instruction, told):
    if instruction == "RUN":
        stage.run(told, PIP_NO_INDEX="1", PIP_FIND_LINKS=f"/{PYORAT}")
    elif instruction == "ENV":
        for each in shlex.split(told):
            name, _is, value = each.partition("=")
            stage.environ[name] = value.replace("$PATH", stage.environ["PATH"])
    elif instruction == "WORKDIR":
        stage.workdir = told
        stage.inside(".").mkdir(parents=True, exist_ok=True)
    elif instruction == "USER":
        stage.user = told
    elif instruction == "CMD":
        stage.command = json.loads(told)
    elif instruction == "HEALTHCHECK":
        stage.health = json.loads(told.partition("CMD")[2])
    else:
        assert instruction in ("VOLUME", "EXPOSE"), f"tuntematon käsky {instruction}"


def _copy_base(image, folder, number):
    """A root of the image's Debian; made once, for both stages begin at the same."""
    python, debian = re.fullmatch(r"python:(\d\.\d+)-slim-(\w+)", image).groups()
    base = folder / debian
    if not base.exists():
        _run(["mmdebstrap", "--quiet", "--variant=minbase", f"--include={POHJA}", debian, base])
        assert (base / f"usr/bin/python{python}").exists(), f"Debianin {debian} Python ei ole {python}"
    root = folder / f"vaihe{number}"
    _run(["cp", "--archive", base, root])
    return root


def _copy(stage, stages, words):
    origin = JUURI
    if words[0].startswith("--from="):
        origin = stages[words.pop(0).partition("=")[2]].root
    source, target = words
    if source == ".":
        for name in _sent_to_docker():
            _run(["cp", "--archive", JUURI / name, stage.inside(target)])
    else:
        path = origin / source.lstrip("/")
        target = stage.inside(target)
        _run(["cp", "--archive", "--no-target-directory" if path.is_dir() else "--force", path, target])


def _sent_to_docker():
    """.dockerignore tells what is not ignored."""
    return [line[1:] for line in (JUURI / ".dockerignore").read_text().splitlines() if line.startswith("!")]


def start(stage, command, *, data, seen, environ, log):
    """A process of the built image: not root, nothing to gain, nothing to write to but /data and /tmp."""
    told = stage.environ | environ
    _run(["chroot", stage.root, "chown", stage.user, "/data"])
    identity = stage.root / "etc/passwd"
    uid, gid = re.search(rf"^{stage.user}:x:(\d+):(\d+):", identity.read_text(), re.M).groups()
    os.chown(data, int(uid), int(gid))
    limits = ["setpriv", f"--reuid={uid}", f"--regid={gid}", "--clear-groups", "--no-new-privs", "--bounding-set=-all"]
    inside = [*limits, "env", "-i", *(f"{name}={value}" for name, value in told.items())]
    command = [*inside, "sh", "-c", f'cd {stage.workdir} && exec "$@"', "sh", *command]
    program = ["unshare", "--mount", "sh", "-c", AJA, stage.root, data, seen, *command]
    return subprocess.Popen([str(word) for word in program], stdout=log, stderr=log)


def _run(command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout[-4000:]}{done.stderr[-4000:]}"
