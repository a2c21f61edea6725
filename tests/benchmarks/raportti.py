"""How dear a report is: its page alone, and its PDF beside headless Chromium on the same HTML.

`python -m tests.benchmarks.raportti [rows …]` (200, 1000 and 2000 unless told). Measured is the processor's time, which
holds on a machine that does other things too: of this process, or of all processes of the browser. "warm" is a render
in a process that has made one already, "whole" is a process from its start to its end, with its own peak memory. Every
PDF of ours is then read back: each row's name is in its text, and each mark of the HTML was drawn.
"""

import ctypes
import io
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django  # noqa: E402

django.setup()

import pikepdf  # noqa: E402
import weasyprint  # noqa: E402
from django.template.loader import render_to_string  # noqa: E402
from django.test.utils import setup_databases, teardown_databases  # noqa: E402
from django.utils.html import format_html_join  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

from raportit.muodot.pdf import render_pdf  # noqa: E402
from raportit.osavuosikatsaus import build, from_json, to_json  # noqa: E402
from tests.raportit.rakenna import KOOTTU, rakenna  # noqa: E402
from tests.ymparisto import JUURI  # noqa: E402

CHROMIUM = ("/usr/bin/chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")
ROUNDS, WARM_ROUNDS = 5, 3
_SET_CHILD_SUBREAPER = 36  # prctl's
# What the whole process does: from the frozen text to the file. Its own peak of memory (in MiB) is what it tells, for
# the system's count of a child starts from its parent's.
DRAW_ONCE = """
import re, sys, django
django.setup()
from pathlib import Path
from raportit.osavuosikatsaus import from_json
from raportit.muodot.pdf import render_pdf
render_pdf(from_json(Path(sys.argv[1]).read_text()))
print(int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""
GOALS = {"page_ms": 100, "warm": 1.0, "whole": 3.0, "memory": 400}


def make_report(rows):
    """JSON of a report in which every tenth row moved, with Keuruu's number of rows to a tavoite and a painopiste."""
    asteet = [n % 5 + 1 for n in range(rows)]
    edelliset = [max(1, aste - 1) if n % 10 == 0 else aste for n, aste in enumerate(asteet)]
    jakso = rakenna(asteet, edelliset=edelliset, tavoitteessa=8, painopisteessa=47)
    text = to_json(build(jakso, koottu=KOOTTU, versio=1))
    jakso.kunta.nimi = f"Saarikko {rows}"
    jakso.kunta.save()
    return text


def measure(text, folder):
    rows = len(from_json(text).rivit)
    page = min(_render_page(text) for _round in range(ROUNDS)) * 1000
    yield f"{rows} rows; page {page:.0f} ms" + _goal(rows == 2000, f"{GOALS['page_ms']} ms")
    data, html = folder / "raportti.json", folder / "raportti.html"
    data.write_text(text)
    html.write_text(_printed_page(text))
    render_pdf(from_json(text))
    yield from _measure_warm(text, html, rows)
    ours, memory = _whole([sys.executable, "-c", DRAW_ONCE, str(data)])
    theirs, _nothing = _whole([*CHROMIUM, f"--print-to-pdf={folder / 'c.pdf'}", html.as_uri()])
    yield (
        f"whole process {ours:.2f} s, Chromium {theirs:.2f} s: {ours / theirs:.2f} x"
        + _goal(rows == 1000, f"{GOALS['whole']} x")
        + f"; memory {memory} MiB"
        + _goal(rows == 2000, f"{GOALS['memory']} MiB")
    )
    yield _check_drawn(text, render_pdf(from_json(text)))


def _goal(applies, goal):
    return f" (goal {goal})" if applies else ""


def _render_page(text):
    raportti = from_json(text)
    start = time.process_time()
    render_to_string("raportit/osavuosikatsaus/raportti.html", {"raportti": raportti})
    return time.process_time() - start


def _printed_page(text):
    """The very HTML that WeasyPrint gets, with its stylesheet and fonts where a browser finds them."""
    style = (JUURI / "static" / "css" / "print.css").as_uri()
    page = render_to_string("print.html", {"raportti": from_json(text), "merkit_tekstina": True})
    return page.replace("</head>", f'<link rel="stylesheet" href="{style}"></head>', 1)


def _measure_warm(text, html, rows):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM[0], args=list(CHROMIUM[2:]))
        page = browser.new_page()
        page.goto(html.as_uri())
        page.pdf(tagged=True)
        ratios, best = [], 1e9
        for _round in range(WARM_ROUNDS):
            start = time.process_time()
            render_pdf(from_json(text))
            ours = time.process_time() - start
            before = _browser_cpu()
            page.goto(html.as_uri())
            page.pdf(tagged=True)
            theirs = _browser_cpu() - before
            ratios.append(ours / theirs)
            best = min(best, ours)
        browser.close()
    ratio = statistics.median(ratios)
    bare = min(_draw_bare(text) for _round in range(WARM_ROUNDS))
    yield (
        f"PDF warm {best:.2f} s: {ratio:.2f} x Chromium"
        + _goal(rows == 200, f"{GOALS['warm']} x")
        + f", {best / bare:.2f} x the least that WeasyPrint takes for these rows"
    )


def _draw_bare(text):
    """Processor seconds of WeasyPrint for one tagged table of these texts and nothing else: what no look can save."""
    raportti = from_json(text)
    cells = ((r.toimenpide, r.toimiala, f"{r.toteutumisaste}", r.muutos, r.kommentti) for r in raportti.rivit)
    rows = format_html_join("", "<tr><td>{}<td>{}<td>{}<td>{}<td>{}", cells)
    start = time.process_time()
    weasyprint.HTML(string=f'<html lang="fi"><title>.</title><table>{rows}</table>').write_pdf(
        stylesheets=[weasyprint.CSS(string="table { table-layout: fixed; width: 100% }")], pdf_variant="pdf/ua-1"
    )
    return time.process_time() - start


def _adopt_orphans():
    """Whoever of the browser's processes outlives its parent becomes a child of ours, so that its time is counted."""
    ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1)


def _browser_cpu():
    """Processor seconds of all descendants of this process: playwright's driver and the browser's processes.

    With what those of theirs used that have ended: a browser draws each page in processes of its own, and ends them.
    """
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append((int(stat.parent.name), sum(map(int, fields[11:15]))))
    total, todo = 0, [os.getpid()]
    while todo:
        for pid, ticks in parents.get(todo.pop(), ()):
            total += ticks
            todo.append(pid)
    return total / os.sysconf("SC_CLK_TCK")


def _whole(command):
    """(processor seconds of a command and all that it starts, what it printed)."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, check=True, text=True, cwd=JUURI)
    with suppress(ChildProcessError):  # none is left
        while True:
            os.waitpid(-1, 0)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout.strip()


def _check_drawn(text, content):
    """Every name is in the text, every mark of the HTML is five squares, every cell of the HTML a tag."""
    raportti, html = from_json(text), _printed_page(text)
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(content)
        file.flush()
        read = subprocess.run(["pdftotext", "-raw", file.name, "-"], capture_output=True, check=True, text=True).stdout
    squeezed = re.sub(r"\s", "", read)
    missing = [rivi.id for rivi in raportti.rivit if re.sub(r"\s", "", rivi.toimenpide) not in squeezed]
    assert not missing, missing
    marks = len(re.findall("[■□]", read)) / 5  # of the letters that a mark is
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pages = len(pdf.pages)
        kinds = Counter(str(each.get("/S", "")) for each in pdf.objects if isinstance(each, pikepdf.Dictionary))
    assert marks == html.count('class="merkki"'), (marks, html.count('class="merkki"'))
    cells, heads = len(re.findall(r"<td[\s>]", html)), len(re.findall(r"<th[\s>]", html))
    assert kinds["/TD"] == cells, (kinds["/TD"], cells)
    assert kinds["/TH"] >= heads, (kinds["/TH"], heads)  # a header stands again where its table goes on
    return f"{pages} pages, {len(content) // 1024} kB: {len(raportti.rivit)} names, {marks} marks, {cells} cells drawn"


if __name__ == "__main__":
    _adopt_orphans()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        for rows in [int(each) for each in sys.argv[1:] if each.isdigit()] or (200, 1000, 2000):
            with tempfile.TemporaryDirectory() as folder:
                print(*measure(make_report(rows), Path(folder)), sep="\n  ", flush=True)
    finally:
        teardown_databases(databases, verbosity=0)
