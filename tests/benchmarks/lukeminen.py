"""How random tables are read: right, asked, wrong in silence: `python -m tests.benchmarks.lukeminen [tables] [-v]`.

Four shares of headings that mean nothing (0, 15, 30, 100 %), each as many tables of fixed seeds. `-v` names every table
that is not right; `--siemen 17 --osuus 0.15` writes that table to a file and tells what is wrong with it.
"""

import argparse
import os
import sys
from collections import Counter
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django  # noqa: E402

django.setup()

from seuranta.taulukko.rows import read  # noqa: E402
from tests.seuranta.taulukko.satunnaiset import table_of  # noqa: E402
from tests.seuranta.taulukko.satunnaiset.tuomari import HILJAA, KYSYTTY, OIKEIN, Tuomio, judge  # noqa: E402

OSUUDET = (0, 0.15, 0.3, 1)
RAJAT = {
    0: (0.97, 0.005),
    0.15: (0.90, 0.02),
    0.3: (0.84, 0.03),
    1: (0, 0.05),
}  # share -> (right at least, silent at most)
LAJIT = (
    "asteikko",
    "jaksot",
    "jaksotapa",
    "alin",
    "ylin",
    "yksikkö",
    "toisto",
    "muoto",
    "kieli",
    "kaksikielinen",
    "mittarit",
    "omia",
    "summat",
    "toistuva otsikko",
    "numerointi",
    "tasoja",
)  # noqa: E501


def run(osuus, tables):
    """[(Taulu, Tuomio)] of the seeds 0 … tables - 1; a reader that breaks is told as wrong in silence."""
    return [(taulu, judge_reading(taulu)) for taulu in (table_of(siemen, osuus) for siemen in range(tables))]


def judge_reading(taulu):
    try:
        return judge(taulu, read(taulu.tavut, taulu.nimi))
    except Exception as error:  # noqa: BLE001 -- one table that breaks the reader is counted, the others are read
        return Tuomio(HILJAA, [(f"kaatui: {error!r}", (), False)])


def shares(results):
    """(right, asked, silent) as shares of the tables."""
    counts = Counter(tuomio.lopputulos for _taulu, tuomio in results)
    return tuple(counts[kind] / len(results) for kind in (OIKEIN, KYSYTTY, HILJAA))


def worst_kinds(results, least=4):
    """[(what, value, tables of it, not right, silent)], those with the largest share of failures first."""
    totals, faulty, silent = Counter(), Counter(), Counter()
    for taulu, tuomio in results:
        for kind in LAJIT:
            entry = (kind, taulu.kuvaus.get(kind))
            totals[entry] += 1
            faulty[entry] += tuomio.lopputulos != OIKEIN
            silent[entry] += tuomio.lopputulos == HILJAA
    rows = [(*entry, count, faulty[entry], silent[entry]) for entry, count in totals.items() if count >= least]
    return sorted(rows, key=lambda row: -row[3] / row[2])


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("tables", type=int, nargs="?", default=200)
    arguments.add_argument("-v", action="store_true")
    arguments.add_argument("--siemen", type=int)
    arguments.add_argument("--osuus", type=float)
    chosen = arguments.parse_args()
    if chosen.siemen is not None:
        return show(chosen.siemen, _osuus(chosen.osuus or 0))
    failed = False
    for osuus in OSUUDET if chosen.osuus is None else (_osuus(chosen.osuus),):
        results = run(osuus, chosen.tables)
        failed |= not _tell(osuus, results)
        for row in worst_kinds(results)[:12] if chosen.v else ():
            print("     {} {}: {} taulua, {} ei oikein, {} hiljaa".format(*row))
        for taulu, tuomio in results if chosen.v else ():
            if tuomio.lopputulos != OIKEIN:
                first = (tuomio.hiljaiset or tuomio.viat or tuomio.turhat)[0]
                print(f"  {taulu.siemen[0]:4} {tuomio.lopputulos}: {first}")
    return sys.exit(failed)


def _tell(osuus, results):
    """One line of the figures; True if they hold."""
    right, asked, silent = shares(results)
    least, most = RAJAT.get(osuus, (0, 1))
    limits = f"raja {least:.0%} ja {most:.1%}" if least else f"raja – ja {most:.1%}"
    print(f"{osuus:4.0%} outoja: oikein {right:6.1%}  kysytty {asked:6.1%}  hiljaa väärin {silent:6.1%}  ({limits})")
    return right >= least and silent <= most


def _osuus(number):
    return int(number) if number == int(number) else number


def show(siemen, osuus):
    taulu = table_of(siemen, osuus)
    Path(taulu.nimi).write_bytes(taulu.tavut)
    tuomio = judge(taulu, read(taulu.tavut, taulu.nimi))
    print(taulu.nimi, taulu.kuvaus, tuomio.lopputulos, sep="\n")
    for what, cells, is_asked in tuomio.viat[:20]:
        print("  ", "kysytty" if is_asked else "HILJAA", what, cells[:2])
    for each in tuomio.turhat[:20]:
        print("   turha kysymys", each)


if __name__ == "__main__":
    main()
