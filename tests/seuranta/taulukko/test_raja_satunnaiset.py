"""How random tables must be read: right at least, silently wrong at most, by the share of unknown headings."""

import pytest

from tests.benchmarks.lukeminen import OSUUDET, RAJAT, run, shares
from tests.ymparisto import kierrokset

from .satunnaiset.tuomari import OIKEIN

TAULUJA = kierrokset(2000)


@pytest.mark.parametrize("osuus", OSUUDET)
def test_random_tables_are_read_right_or_asked_about(osuus):
    results = run(osuus, TAULUJA)
    right, asked, silent = shares(results)
    print(f"{osuus:.0%} outoja: oikein {right:.1%}, kysytty {asked:.1%}, hiljaa väärin {silent:.1%}")
    least, most = RAJAT[osuus]
    worst = [(taulu.siemen, tuomio.hiljaiset[:1]) for taulu, tuomio in results if tuomio.hiljaiset]
    assert silent <= most, worst[:10]
    assert right >= least, [
        (taulu.siemen, tuomio.turhat[:1]) for taulu, tuomio in results if tuomio.lopputulos != OIKEIN
    ][:20]  # noqa: E501
