"""Scores -> a bar of how many there are of each, and the same in words."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

KAPEIN = 6  # per cent: a number does not fit into a narrower piece, and the words beside tell it


@dataclass(frozen=True)
class Osuus:
    """One piece of a bar; x, leveys and keski are per cents of it. luku: the number drawn in it, "" where it is not."""

    aste: int  # 0: no score
    maara: int
    luku: str
    x: str
    leveys: str
    keski: str


def draw_bar(asteet):
    """[score or None] -> [Osuus] from 5 to 1, then those without a score."""
    counts, osuudet, at = Counter(aste or 0 for aste in asteet), [], 0
    for aste in (5, 4, 3, 2, 1, 0):
        if maara := counts[aste]:
            x, leveys = (100 * each / counts.total() for each in (at, maara))
            luku = str(maara) if leveys >= KAPEIN else ""
            osuudet.append(Osuus(aste, maara, luku, f"{x:.2f}%", f"{leveys:.2f}%", f"{x + leveys / 2:.2f}%"))
            at += maara
    return osuudet


def describe_bar(osuudet, strategia):
    """ "5 Valmis: 8, 3: 2, ei arviota: 1": the same in words."""
    names = ((f"{o.aste} {strategia.asteen_nimi(o.aste)}".strip() if o.aste else _("ei arviota")) for o in osuudet)
    return ", ".join(f"{name}: {osuus.maara}" for name, osuus in zip(names, osuudet, strict=True))
