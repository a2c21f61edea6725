"""The child: lines of JSON and bytes in, a Luettu as a line of JSON out. Run by path, never imported.

It limits itself before it reads anything, and only Python's own code and libraries run in it.
"""

import importlib
import json
import os
import resource
import sys
import traceback

ADDRESS_SPACE = 512 * 1024 * 1024
CPU_SECONDS = 9  # for one file
OPEN_FILES = 64
READERS = (  # no other module is run here
    "seuranta.taulukko.rows",
    "seuranta.vastaustaulukko.rows",
    "seuranta.kutsulista.rows",
)

_FORBIDDEN = (
    *("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "os.kill", "pty."),
    *("os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.chown"),
    *("os.utime", "os.putenv", "shutil.", "tempfile.", "ctypes.", "urllib.", "webbrowser.", "ftplib.", "smtplib."),
)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def main(paths):
    """Serve until the parent closes the pipe."""
    answers = _take_stdout()
    lock()
    sys.path[:0] = paths
    for line in sys.stdin.buffer:
        answers.write(_answer(json.loads(line)) + b"\n")
        answers.flush()


def _take_stdout():
    """The pipe to the parent; what a library prints goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def lock():
    """Give up, for good, what reading a file needs not."""
    _limit(resource.RLIMIT_AS, ADDRESS_SPACE)
    _limit(resource.RLIMIT_NOFILE, OPEN_FILES)
    for what in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE, resource.RLIMIT_NPROC):
        _limit(what, 0)
    # What openpyxl would load for pictures and for speed is not Python, and the files are not ours.
    sys.modules.update(dict.fromkeys(("PIL", "lxml", "numpy")))
    sys.addaudithook(_refuse)


def _limit(what, value):
    _, hard = resource.getrlimit(what)
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(what, (value, value))


def _answer(task):
    data = sys.stdin.buffer.read(task["size"])
    _limit_cpu()
    try:
        read = importlib.import_module(READERS[READERS.index(task["reader"])]).read
        rows = importlib.import_module("seuranta.taulukko.rows")
        with rows.collector_at_rest():
            return json.dumps(read(data, task["name"], **_choices(task["choices"])), default=rows.to_plain).encode()
    except MemoryError:
        os._exit(1)  # the parent tells it as any other death: here there may not be room even for that
    except Exception:  # noqa: BLE001 -- a bug of ours is one file's trouble, not the next one's
        return json.dumps({"trouble": traceback.format_exc()}).encode()


def _limit_cpu():
    """The limit counts the whole life of the process, so it is moved on before each file."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + 1 + CPU_SECONDS, hard))


def _choices(choices):
    """JSON knows no numbers as keys."""
    if choices.get("labels"):
        choices["labels"] = {int(score): word for score, word in choices["labels"].items()}
    return choices


def _refuse(event, arguments):
    """Audit hook: no sockets, no processes, nothing written or removed."""
    if event == "open":
        _, mode, flags = arguments
        if (isinstance(flags, int) and flags & _WRITING) or (isinstance(mode, str) and set(mode) & set("wax+")):
            raise PermissionError("writing")
    elif event.startswith(_FORBIDDEN):
        raise PermissionError(event)


if __name__ == "__main__":
    main(sys.argv[1:])
