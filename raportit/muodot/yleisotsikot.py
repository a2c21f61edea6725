"""The columns of the kunta's own table -> the same under neutral headings, where they are chosen for the report."""

from dataclasses import replace

from strategia.models import LISAKENTAT, SANASTO

from ..osavuosikatsaus import Sarake

YLEISET = "xlsx.yleiset_otsikot"


def list_neutral(sarakkeet: list) -> list[Sarake]:
    """The same columns under our own neutral words, alike in every kunta: one row of headings."""
    words = {**SANASTO, **LISAKENTAT}
    unsaid = {"taulukossa": "", "sanoin": False}
    return [
        replace(s, otsikko=words.get(s.rooli, s.otsikko), yla="", **unsaid if isinstance(s, Sarake) else {})
        for s in sarakkeet
    ]
