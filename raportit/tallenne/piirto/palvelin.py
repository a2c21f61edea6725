"""The fork server: a line of JSON and a report's text in, its file out. Each file is drawn in a child of its own.

Loaded once are Django, WeasyPrint, python-docx, the stylesheet and the fonts. It ends when its parent closes the pipe
or dies, and takes a child that is drawing with it.
"""

import ctypes
import gc
import json
import os
import resource
import select
import signal
import sys
import time
import traceback
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.template.loader import get_template

from ...muodot import MUODOT, VERTAILUN_MUODOT
from ...muodot.pdf import warm_up
from ...osavuosikatsaus.rinnakkain import Vertailu
from ..aineisto import from_text

KOHTELIAS, EI_KOHTELIAS = 15, 0  # nice: pages are answered first, till the file has starved
PALA = 1 << 16
_DIE_WITH_PARENT = 1  # prctl's PR_SET_PDEATHSIG


def serve():
    """Draw what is asked until the parent goes, or nothing has been asked for so many seconds (the one argument)."""
    idle = float(sys.argv[1])
    answers = _take_stdout()
    warm_up()
    import_module("raportit.muodot.docx")
    for path in sorted((settings.BASE_DIR / "templates" / "raportit" / "osavuosikatsaus").glob("*.html")):
        get_template(f"raportit/osavuosikatsaus/{path.name}")
    gc.collect()
    gc.freeze()  # what is here now is shared by all children, and nobody writes on it to count it
    gc.disable()
    while select.select([0], [], [], idle)[0] and (line := _read_line()):
        task = json.loads(line)
        told, content = _draw_in_child(task, _read(task["size"]))
        answers.write(json.dumps({**told, "size": len(content)}).encode() + b"\n" + content)
        answers.flush()


def _take_stdout():
    """The pipe to the parent; what a library prints goes where the parent's log goes."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def _read_line():
    """Byte by byte: nothing is left in a buffer that `select` does not see."""
    line = b""
    while not line.endswith(b"\n"):
        part = os.read(0, 1)
        if not part:
            return b""
        line += part
    return line


def _read(size):
    parts, left = [], size
    while left and (part := os.read(0, min(left, PALA))):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def _draw_in_child(task, data):
    """({"cpu": seconds}, the file's bytes), or ({"virhe": why not}, b"").

    A child whose politeness starves it is given up for one as any other process: none may become less polite itself.
    What is lost is less than a quarter of the time that went by.
    """
    return _try_in_child(task, data, KOHTELIAS, task["nalka"]) or _try_in_child(task, data, EI_KOHTELIAS)


def _try_in_child(task, data, politeness, patience=None):
    """As _draw_in_child; None where it got less than a quarter of a processor in `patience` seconds, if any."""
    out, into = os.pipe()
    pid = os.fork()
    if not pid:
        os.close(out)
        _be_a_child(task, data, into, politeness)
    os.close(into)
    content, given_up = _collect(out, pid, task["enintaan"], patience)
    os.close(out)
    _pid, status, used = os.wait4(pid, 0)
    code, cpu = os.waitstatus_to_exitcode(status), round(used.ru_utime + used.ru_stime, 3)
    if given_up == NALKA:
        return None
    if given_up:
        return {"virhe": f"Tiedosto ei valmistunut {task['enintaan']:g} sekunnissa."}, b""
    if code == 0:
        return {"cpu": cpu}, content
    why = content.decode() or f"Piirtävä prosessi päättyi ({code}): muisti voi olla lopussa."
    return {"virhe": why}, b""


AIKA, NALKA = "aika", "nalka"  # what a child is given up for


def _collect(out, pid, seconds, patience):
    """(all that the child writes, what it was given up for or ""). A parent that goes takes the child with it."""
    parts, began = [], time.monotonic()
    while True:
        left = began + seconds - time.monotonic()
        ready, _, _ = select.select([0, out], [], [], max(0, min(left, patience or left)))
        if 0 in ready or (not ready and (given_up := _given_up(pid, began, seconds, patience))):
            os.kill(pid, signal.SIGKILL)
            if ready:  # the parent asks nothing while it waits: it has closed the pipe
                os._exit(0)
            return b"", given_up
        if not ready:
            continue
        part = os.read(out, PALA)
        if not part:
            return b"".join(parts), ""
        parts.append(part)


def _given_up(pid, began, seconds, patience):
    taken = time.monotonic() - began
    if taken >= seconds:
        return AIKA
    return NALKA if patience and taken >= patience and _cpu_of(pid) < taken / 4 else ""


def _cpu_of(pid):
    """Processor seconds of a child that has not been waited for."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


def _be_a_child(task, data, into, politeness):
    """Ends the process, and frees nothing: the system does it at once."""
    code = 1
    try:
        _yield_to_others(politeness)
        content, code = _render(task, data)
        with os.fdopen(into, "wb") as answer:
            answer.write(content)
    finally:
        os._exit(code)


def _yield_to_others(politeness):
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    os.nice(max(0, politeness - os.nice(0)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Where the memory ends it is this one that goes, neither the worker nor the database.
    Path("/proc/self/oom_score_adj").write_text("1000")


def _render(task, data):
    """(the file, 0) or (what went wrong, 1)"""
    try:
        raportti = from_text(data.decode())
        muodot = VERTAILUN_MUODOT if isinstance(raportti, Vertailu) else MUODOT
        return muodot[task["muoto"]].render(raportti), 0
    except MemoryError:
        return b"Muisti loppui kesken tiedoston.", 1
    except Exception:  # noqa: BLE001 -- a bug of one file is told to whoever asked for it
        return traceback.format_exc().encode(), 1
