"""The PDF of one report: this tree beside an earlier one, and beside a bare table, all in one run.

    git worktree add ../vanha 15cb9d4
    cd ../vanha && python3 -m venv .venv && .venv/bin/pip install -r requirements.txt
    python -m tests.benchmarks.pdf ../vanha [rows] [rounds]          (500 rows, 3 rounds unless told)

Both import the same table with their own `tuo` into a database of their own and draw its draft. Told is the processor's
time of the warm second file, the least of the rounds, which take turns: of the earlier tree in its own process, of this
one in the child that draws it, all as polite (nice 15) as that child is. The bare table has the same texts, our font
and size, and is drawn in such a child too.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from openpyxl import Workbook

from tests.ymparisto import JUURI

GOAL = 0.80
KOMMENTTI = "Työ on käynnissä: kilpailutus on tehty, ja toimittaja valitaan syksyllä – hinta 12 000 €. "
COMMON = """
import datetime, json, resource, sys, django
django.setup()
from raportit.osavuosikatsaus import build, from_json, to_json
from seuranta.models import Seurantajakso
def used():
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
jakso = Seurantajakso.objects.get()
text = to_json(build(jakso, koottu=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC), versio=None))
"""
VANHA = (
    COMMON
    + """
try:
    from raportit.muodot.pdf import render_pdf
except ImportError:
    from raportit.pdf import render_pdf
render_pdf(from_json(text))
before = used()
content = render_pdf(from_json(text))
print(used() - before, len(content))
"""
)
UUSI = (
    COMMON
    + """
from raportit.tallenne.piirto import Piirtaja
piirtaja = Piirtaja()
piirtaja.draw(text, "pdf")
before = used()
content = piirtaja.draw(text, "pdf")
print(piirtaja.cpu + used() - before, len(content))
piirtaja.stop()
"""
)
PALJAS = (
    COMMON
    + """
import gc, os, weasyprint
from weasyprint.text.fonts import FontConfiguration
from django.utils.html import format_html_join
from raportit.muodot.pdf import OMAT, _make_fetcher
raportti, fonts = from_json(text), FontConfiguration()
cells = ((r.toimenpide, r.toimiala, f"{r.toteutumisaste}", r.muutos, r.kommentti) for r in raportti.rivit)
rows = format_html_join("", "<tr><td>{}<td>{}<td>{}<td>{}<td>{}", cells)
css = ('@font-face { font-family: "Source Sans 3"; src: url("fonts/SourceSans3-Regular.ttf.woff2") }'
       '@page { size: A4; margin: 22mm 16mm 20mm } html { font: 400 10pt/1.36 "Source Sans 3" }'
       'table { table-layout: fixed; width: 100% }')
css = weasyprint.CSS(string=css, base_url=OMAT, url_fetcher=_make_fetcher(), font_config=fonts)
def draw():
    page = weasyprint.HTML(string=f'<html lang="fi"><title>.</title><table>{rows}</table>')
    return page.write_pdf(stylesheets=[css], font_config=fonts, pdf_variant="pdf/ua-1")
gc.freeze()
gc.disable()
pid = os.fork()
if not pid:
    draw()
    os._exit(0)
_pid, _status, told = os.wait4(pid, 0)
print(told.ru_utime + told.ru_stime, 0)
"""
)


def write_table(path, rows):
    book = Workbook()
    sheet = book.active
    sheet.append(["Painopiste", "Tavoite", "Toimenpide", "Toimiala", "Toteutumisaste", "Kommentti"])
    for n in range(rows):
        plan = [f"Painopiste {n // 47 + 1}: sujuva arki", f"Tavoite {n // 8 + 1}: palvelut ovat lähellä"]
        name = f"Toimenpide {n + 1}: lähipalveluiden saavutettavuus paranee"
        unit = ("Hallinto", "Tekniikka ja ympäristö")[n % 2]
        sheet.append([*plan, name, unit, n % 5 + 1, KOMMENTTI * (1 + n % 3)])
    book.save(path)


class Puu:
    """A checkout, its own .venv and a database of its own."""

    def __init__(self, root, folder):
        self.root, self.folder = root, folder
        folder.mkdir()
        self.environment = {
            **os.environ,
            **{"DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}", "MEDIA_ROOT": str(folder / "media")},
            **{"DJANGO_SETTINGS_MODULE": "strategia.settings", "DEBUG": "1", "SECRET_KEY": "x", "PYTHONPATH": "."},
        }

    def run(self, *arguments):
        python = self.root / ".venv" / "bin" / "python"
        done = subprocess.run(
            ["nice", "-n", "15", python, *arguments],
            cwd=self.root,
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def take(self, table):
        self.run("manage.py", "migrate", "--verbosity", "0")
        self.run("manage.py", "tuo", table, "--kunta", "Koe", "--jakso", "Osavuosikatsaus I 2025", "--luo-toimialat")

    def measure(self, code):
        return [float(each) for each in self.run("-c", code).split()]


def main(earlier, rows=500, rounds=3):
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "taulukko.xlsx"
        write_table(table, rows)
        old, new = Puu(earlier, Path(folder) / "vanha"), Puu(JUURI, Path(folder) / "uusi")
        for tree in (old, new):
            tree.take(table)
        told = {"vanha": [], "uusi": [], "paljas": []}
        for _round in range(rounds):
            for name, tree, code in (("vanha", old, VANHA), ("uusi", new, UUSI), ("paljas", new, PALJAS)):
                told[name].append(tree.measure(code)[0])
                print(f"  {name:7} {told[name][-1]:6.2f} s", flush=True)
    least = {name: min(seconds) for name, seconds in told.items()}
    print(
        f"{rows} rows: earlier {least['vanha']:.2f} s, now {least['uusi']:.2f} s = "
        f"{least['uusi'] / least['vanha']:.2f} x (goal {GOAL} x), bare {least['paljas']:.2f} s: "
        f"{least['uusi'] / least['paljas']:.2f} x"
    )


if __name__ == "__main__":
    numbers = [int(each) for each in sys.argv[2:] if re.fullmatch(r"\d+", each)]
    main(Path(sys.argv[1]).resolve(), *numbers)
