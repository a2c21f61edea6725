"""One table of what a report costs, with a bar for each earlier run on this machine: `make bench`.

Measured is the processor's time, the least of some rounds, of this process or of the child that draws. The runs are
kept in .test/mitat.jsonl, which is not of the repository: figures of two machines do not compare. What takes minutes,
or a database of a whole installation, is named at the end with its command.
"""

import ast
import json
import os
import subprocess
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django  # noqa: E402

django.setup()

from django.test.utils import setup_databases, teardown_databases  # noqa: E402

from raportit.muodot import render_report  # noqa: E402
from raportit.osavuosikatsaus import build, from_json, to_json  # noqa: E402
from raportit.tallenne.piirto import Piirtaja  # noqa: E402
from tests.raportit.rakenna import KOOTTU, rakenna  # noqa: E402
from tests.ymparisto import JUURI  # noqa: E402

ROWS, ROUNDS, SHOWN, WIDTH = 200, 2, 5, 40
AJOT = JUURI / ".test" / "mitat.jsonl"


def measure():
    """{what: milliseconds} of a report of so many rows."""
    jakso = rakenna([n % 5 + 1 for n in range(ROWS)], edelliset=[3] * ROWS, tavoitteessa=8, painopisteessa=47)
    text = to_json(build(jakso, koottu=KOOTTU, versio=None))
    told = {"kootaan kannasta": _least(lambda: build(jakso, koottu=KOOTTU, versio=None))}
    for muoto in ("html", "xlsx", "csv"):
        told[muoto] = _least(lambda muoto=muoto: render_report(from_json(text), muoto))
    piirtaja = Piirtaja()
    for muoto in ("pdf", "docx"):
        told[f"{muoto}, lapsessa"] = min(_in_child(piirtaja, text, muoto) for _round in range(ROUNDS))
    piirtaja.stop()
    return told


def _least(work):
    def once():
        start = time.process_time()
        work()
        return (time.process_time() - start) * 1000

    return round(min(once() for _round in range(ROUNDS)), 1)


def _in_child(piirtaja, text, muoto):
    piirtaja.draw(text, muoto)
    return round(piirtaja.cpu * 1000, 1)


def show(runs):
    """The newest run last; each bar is as long as its share of the slowest of them."""
    for what in runs[-1]["ms"]:
        print(f"\n{what} ({ROWS} riviä)")
        past = [run for run in runs[-SHOWN:] if what in run["ms"]]
        most = max(run["ms"][what] for run in past) or 1
        for run in past:
            bar = "█" * max(1, round(WIDTH * run["ms"][what] / most))
            print(f"  {run['versio']:>9} {run['ms'][what]:9.1f} ms {bar}")


def tell_others():
    """The benchmarks beside this one, each by the first line of what it says of itself."""
    print("\nMuut mittaukset, kukin omalla komennollaan (PostgreSQL: .ci/postgresissa KOMENTO):")
    for path in sorted(Path(__file__).parent.glob("*.py")):
        tree = ast.parse(path.read_text())
        if path.stem != "kaikki" and any(isinstance(each, ast.If) for each in tree.body):  # it can be run
            what = ast.get_docstring(tree).splitlines()[0].partition("`")[0].partition(": .ci")[0]
            print(f"  {f'python -m tests.benchmarks.{path.stem}':41} {what.rstrip(' :')}")


def _version():
    command = ["git", "log", "-1", "--format=%h"]
    return subprocess.run(command, cwd=JUURI, capture_output=True, text=True, check=False).stdout.strip()


if __name__ == "__main__":
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        run = {"versio": _version(), "ms": measure()}
    finally:
        teardown_databases(databases, verbosity=0)
    AJOT.parent.mkdir(exist_ok=True)
    with AJOT.open("a") as file:
        file.write(json.dumps(run, ensure_ascii=False) + "\n")
    show([json.loads(line) for line in AJOT.read_text().splitlines()])
    tell_others()
