"""The pages of places + the rows of one page -> the painopisteet and tavoitteet with their bars and rows."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby

from .astepalkki import describe_bar, draw_bar

PAINOPISTEITA = 40  # with more of them the page shows those that it has rows of


@dataclass(frozen=True)
class Osio:
    """Of a painopiste or a tavoite how many rows match, how many there are, and the bar of those that match, in words.

    sisalto: of a painopiste its Osiot of tavoitteet and of a tavoite its rows, those that stand on the page; [] where
    it stands on others. sivu: the number of the page on which it begins.
    """

    kohde: object
    maara: int
    kaikkiaan: int
    osuudet: list
    selite: str
    sivu: int
    sisalto: list


def list_osiot(strategia, sivut, toimenpiteet, kaikkiaan):
    """[Osio] of the painopisteet in the plan's order.

    toimenpiteet: those of the page. kaikkiaan: {("painopiste" or "tavoite", id): how many rows it has in all}.
    """
    asteet, alut, nimet = _count(sivut)

    def osio(laji, kohde, sisalto):
        key = laji, kohde.pk
        osuudet = draw_bar(asteet[key])
        selite = describe_bar(osuudet, strategia)
        return Osio(kohde, len(asteet[key]), kaikkiaan[key], osuudet, selite, alut[key], sisalto)

    shown = {}
    for painopiste, rivit in groupby(toimenpiteet, key=lambda t: t.tavoite.painopiste_id):
        tavoitteet = groupby(rivit, key=lambda t: t.tavoite)
        shown[painopiste] = [osio("tavoite", tavoite, list(rows)) for tavoite, rows in tavoitteet]
    named = nimet if len(nimet) <= PAINOPISTEITA else [nimi for nimi in nimet if nimi.pk in shown]
    return [osio("painopiste", nimi, shown.get(nimi.pk, [])) for nimi in named]


def _count(sivut):
    """-> ({(kind, id): the scores of its rows}, {the same: the number of its first page}, [Nimi of a painopiste])."""
    asteet, alut, nimet = defaultdict(list), {}, {}
    for number, sivu in enumerate(sivut, 1):
        for paikka in sivu.rows:
            nimet.setdefault(paikka.painopiste.pk, paikka.painopiste)
            for key in (("painopiste", paikka.painopiste.pk), ("tavoite", paikka.tavoite)):
                asteet[key].append(paikka.aste)
                alut.setdefault(key, number)
    return asteet, alut, list(nimet.values())


def find_number(sivut, sivu, kohta):
    """The number of the page that was asked for: by its number, or by what is on it ("tavoite-12"); else 1."""
    if sivu.isdecimal() and 1 <= int(sivu[:9]) <= len(sivut):
        return int(sivu)
    pages = enumerate(sivut, 1) if kohta else ()
    return next((number for number, each in pages if any(kohta in _anchors(paikka) for paikka in each.rows)), 1)


def _anchors(paikka):
    return f"tavoite-{paikka.tavoite}", f"painopiste-{paikka.painopiste.pk}"
