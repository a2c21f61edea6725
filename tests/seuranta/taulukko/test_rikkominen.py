"""Breaking any one rule of the reading makes the figures of random tables fail: each rule is worth its lines.

Not collected under this name: it tells nothing of a reader whose whole figures fail. `git mv` it to test_rikkominen.py.
"""

from functools import cache

import pytest

from seuranta.taulukko import layout
from seuranta.taulukko.layout import evidence, reading, weights
from tests.benchmarks.lukeminen import RAJAT, judge_reading, shares
from tests.ymparisto import paivan_osa

from .satunnaiset import table_of

TAULUJA = 150


def nothing(*_args, **_kwargs):
    return None


def own_column_is_no_hypothesis(monkeypatch):
    for module in (reading, weights):
        monkeypatch.setattr(module, "OWN", 0.0)


def values_that_group_say_nothing(monkeypatch):
    monkeypatch.setattr(evidence.Todiste, "groups", property(lambda todiste: False))


def legends_are_not_read(monkeypatch):
    read_legend = layout.read_legend
    monkeypatch.setattr(layout, "read_legend", lambda texts: read_legend([]))


def an_x_is_no_status(monkeypatch):
    monkeypatch.setattr(layout, "join_marks", nothing)


def colours_say_nothing(monkeypatch):
    monkeypatch.setattr(layout, "read_colours", nothing)


def only_whole_headings_are_known(monkeypatch):
    weigh = evidence.weigh
    whole = lambda heading: {name: weight for name, weight in weigh(heading).items() if weight == 1}  # noqa: E731
    monkeypatch.setattr(evidence, "weigh", whole)


# The rule -> the share of nonsense headings at which it is missed most
SAANNOT = {
    own_column_is_no_hypothesis: 0,
    values_that_group_say_nothing: 0.15,
    legends_are_not_read: 0,
    an_x_is_no_status: 0,
    colours_say_nothing: 0,
    only_whole_headings_are_known: 0,
}
TANAAN = paivan_osa(SAANNOT.items())


@cache
def taulut(osuus):
    """The same for every rule: to draw and write them takes half as long as to read them."""
    return [table_of(siemen, osuus) for siemen in range(TAULUJA)]


@pytest.mark.parametrize(("broken", "osuus"), TANAAN, ids=[rule.__name__ for rule, _osuus in TANAAN])
def test_without_the_rule_the_figures_fail(broken, osuus, monkeypatch):
    broken(monkeypatch)
    right, asked, silent = shares([(taulu, judge_reading(taulu)) for taulu in taulut(osuus)])
    least, most = RAJAT[osuus]
    print(f"{broken.__name__}: oikein {right:.1%}, kysytty {asked:.1%}, hiljaa väärin {silent:.1%}")
    assert right < least or silent > most
