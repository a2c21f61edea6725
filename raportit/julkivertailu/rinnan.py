"""Two published jaksot of a strategia -> its painopisteet and toimenpiteet side by side.

Only JulkinenRivi is read. A jakso is named by the tunnus of a version of it, which stays when that one is corrected:
what is shown is always the newest public version.
"""

from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import F

from strategia.models import Kunta

from ..models import JulkinenRivi, Raporttiversio
from .asteluvut import Asteluvut, count_scores

Laji = JulkinenRivi.Laji


@dataclass(frozen=True)
class Rivipari:
    """A toimenpide in the earlier and in the later jakso; None where it was not in the report."""

    ennen: JulkinenRivi | None
    nyt: JulkinenRivi | None

    @property
    def rivi(self):
        return self.nyt or self.ennen

    @property
    def muutos(self):
        """ "nousi", "laski", "ennallaan"; "uusi" and "poistui" of what is in one of the two; "" where a score lacks."""
        if self.ennen is None or self.nyt is None:
            return "poistui" if self.nyt is None else "uusi"
        old, new = self.ennen.toteutumisaste, self.nyt.toteutumisaste
        if old is None or new is None:
            return ""
        return "nousi" if new > old else "laski" if new < old else "ennallaan"


@dataclass(frozen=True)
class Painopistepari:
    """A painopiste with the scores of both jaksot and its toimenpiteet."""

    nimi: str
    ennen: Asteluvut
    nyt: Asteluvut
    rivit: list[Rivipari]


def list_heads(kunta: Kunta) -> list[JulkinenRivi]:
    """The head of each jakso's newest public version, the latest jakso first, of the plan that the newest is of."""
    heads = JulkinenRivi.objects.filter(kunta=kunta, laji=Laji.STRATEGIA).standing()
    in_time = heads.order_by(F("jakso__paattyy").asc(nulls_first=True), "jakso__jarjestys", "jakso")
    found = list(in_time.select_related("versio__jakso").defer("versio__data", "haku"))[::-1]
    return [head for head in found if head.strategia == found[0].strategia]


def choose(kunta: Kunta, heads: list[JulkinenRivi], ennen: str, nyt: str) -> tuple[JulkinenRivi, JulkinenRivi] | None:
    """The heads of the two that the address names, the two newest where it names none; None of what is not there."""
    chosen = [_find(kunta, heads, ennen, heads[1]), _find(kunta, heads, nyt, heads[0])]
    if None in chosen:
        return None
    return tuple(sorted(chosen, key=heads.index, reverse=True))


def _find(kunta, heads, tunnus, default):
    if not tunnus:
        return default
    try:
        known = Raporttiversio.objects.public_at().filter(kunta=kunta, tunnus=UUID(tunnus))
    except ValueError:
        return None
    jakso = known.values_list("jakso", flat=True).first()
    return next((head for head in heads if head.jakso_id == jakso), None)


def compare(ennen: JulkinenRivi, nyt: JulkinenRivi) -> list[Painopistepari]:
    """In the order of the later report; what is in the earlier one alone stands last in its painopiste."""
    old, new = ({rivi.tunnus: rivi for rivi in _rows(head)} for head in (ennen, nyt))
    tunnukset = dict.fromkeys([*new, *old])
    pairs = {}
    for tunnus in tunnukset:
        pair = Rivipari(old.get(tunnus), new.get(tunnus))
        pairs.setdefault(pair.rivi.painopiste, []).append(pair)
    return [
        Painopistepari(
            rivit[0].rivi.painopisteen_nimi,
            *(_scores([getattr(pair, name) for pair in rivit]) for name in ("ennen", "nyt")),
            rivit,
        )
        for rivit in pairs.values()
    ]


def keep_changed(parit: list[Painopistepari], muutos: str) -> list[Painopistepari]:
    """Of each painopiste the toimenpiteet that changed so, all with ""; without those that have none to show."""
    kept = [replace(pari, rivit=[rivi for rivi in pari.rivit if muutos in ("", rivi.muutos)]) for pari in parit]
    return [pari for pari in kept if pari.rivit]


def _scores(rivit):
    return count_scores(rivi.toteutumisaste for rivi in rivit if rivi)


def _rows(head):
    rows = JulkinenRivi.objects.filter(kunta=head.kunta_id, versio=head.versio_id, laji=Laji.TOIMENPIDE)
    return rows.defer("haku", "kommentti").order_by("jarjestys")
