"""The figures of a report that are counted from the scores of its rows."""

from collections import Counter
from functools import cached_property

from seuranta.models import Kirjaus
from strategia.models import LISAKENTAT

from ..mitattu import EI_LAHETETTY
from .runko import ASTEET, MUUTOKSET, Jakauma

JUMISSA = 3  # jaksot with the same score that make a toimenpide stand still
VASTAAMATTA = {Kirjaus.Syy.EI_VASTATTU, EI_LAHETETTY}  # nobody gave a reason


class Arviot:
    """Of an Osavuosikatsaus, by its rows, toimialat and toimielimet."""

    @cached_property
    def jakauma(self):
        return Jakauma(self.strategia.nimi, self.rivit)

    @cached_property
    def painopisteittain(self):
        return [painopiste.jakauma for painopiste in self.painopisteet]

    @cached_property
    def toimialoittain(self):
        return self._group_by("toimiala", self.toimialat)

    @cached_property
    def toimielimittain(self):
        return self._group_by("toimielin", self.toimielimet)

    def _group_by(self, rooli, nimet):
        """[Jakauma] of each name, last those without one (nimi ""); [] when no row has a name."""
        groups = {nimi: [] for nimi in (*nimet, "")}
        for rivi in self.rivit:
            groups[getattr(rivi, rooli)].append(rivi)
        return [Jakauma(nimi, tuple(rivit)) for nimi, rivit in groups.items() if rivit] if nimet else []

    @cached_property
    def arviotta(self):
        """The rows without a score, in the plan's order."""
        return tuple(rivi for rivi in self.rivit if rivi.toteutumisaste is None)

    @cached_property
    def perustellut(self):
        """Those of them that have a reason somebody gave; who was not answered for stands in its own table alone."""
        given = self.syyt.keys() - VASTAAMATTA
        return tuple(rivi for rivi in self.arviotta if rivi.syy in given)

    @cached_property
    def syyt(self):
        """{syy: how many rows have no score for this reason}, in the order of Kirjaus.Syy."""
        found = Counter(rivi.syy for rivi in self.arviotta)
        return {syy: found[syy] for syy in (*Kirjaus.Syy.values, EI_LAHETETTY) if found[syy]}

    @cached_property
    def muutokset(self):
        """{muutos: n} of every one of MUUTOKSET; every row is in one of them."""
        found = Counter(rivi.muutos for rivi in self.rivit)
        return {muutos: found[muutos] for muutos in MUUTOKSET}

    @cached_property
    def laskeneet(self):
        """The rows whose score fell, the steepest first."""
        return sorted((rivi for rivi in self.rivit if rivi.askel < 0), key=lambda rivi: rivi.askel)

    @cached_property
    def isoimmat_nousut(self):
        """The rows whose score rose two steps or more, the steepest first."""
        return sorted((rivi for rivi in self.rivit if rivi.askel > 1), key=lambda rivi: -rivi.askel)

    @cached_property
    def pysyneet(self):
        """The rows not done yet whose score has been the same for JUMISSA jaksot or more, the longest first."""
        found = (rivi for rivi in self.rivit if rivi.samana >= JUMISSA and rivi.toteutumisaste != ASTEET[0])
        return sorted(found, key=lambda rivi: -rivi.samana)

    @cached_property
    def poikkeamat(self):
        """The rows that tell of a deviation, a forecast or corrective measures."""
        return tuple(rivi for rivi in self.rivit if any(getattr(rivi, rooli) for rooli in LISAKENTAT))

    @cached_property
    def lisakentat(self):
        """The roles of LISAKENTAT in which somebody has written something."""
        return [rooli for rooli in LISAKENTAT if any(getattr(rivi, rooli) for rivi in self.rivit)]
