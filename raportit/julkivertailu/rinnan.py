"""Two published jaksot of a strategia, or of two of its terms -> its painopisteet and toimenpiteet side by side.

Only JulkinenRivi is read, and of the plans which toimenpide continues which. A jakso is named by the tunnus of a
version of it, which stays when that one is corrected: what is shown is always the newest public version.
"""

from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import F

from strategia.models import Kunta

from ..julkinen.asteluvut import Asteluvut, count_scores
from ..julkinen.julkisuus import UUSIN_JAKSO_ENSIN
from ..kaudet import list_terms, read_edeltavat_tunnukset
from ..models import JulkinenRivi, Raporttiversio

Laji = JulkinenRivi.Laji
KERROTUT = (
    *("laji", "tunnus", "koodi", "nimi", "painopiste", "painopisteen_nimi"),
    *("toteutumisaste", "aste_sanoin", "syy"),
)


@dataclass(frozen=True)
class Rivipari:
    """A toimenpide in the earlier and in the later jakso; None where it was not in the report.

    vertautuu: do the scores of both say the same?
    """

    ennen: JulkinenRivi | None
    nyt: JulkinenRivi | None
    vertautuu: bool = True

    @property
    def rivi(self):
        return self.nyt or self.ennen

    @property
    def muutos(self):
        """ "nousi", "laski", "ennallaan"; "uusi" and "poistui" of what is in one of the two; "" where a score lacks."""
        if self.ennen is None or self.nyt is None:
            return "poistui" if self.nyt is None else "uusi"
        old, new = self.ennen.toteutumisaste, self.nyt.toteutumisaste
        if old is None or new is None or not self.vertautuu:
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
    """The head of each jakso's newest public version, the latest jakso first, of one plan and its other terms.

    Of the kunta's strategia where that has two to compare, else of the first plan that has.
    """
    heads = JulkinenRivi.objects.filter(kunta=kunta, laji=Laji.STRATEGIA).standing()
    in_time = heads.order_by(*UUSIN_JAKSO_ENSIN, "-jakso")
    left = found = list(in_time.select_related("versio__jakso__strategia").defer("versio__data", "haku"))
    while left:
        terms = list_terms(kunta.pk, left[0].versio.jakso.strategia_id)
        same = [head for head in left if head.versio.jakso.strategia_id in terms]
        if len(same) > 1:
            return same
        left = [head for head in left if head not in same]
    return found[:1]


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
    """In the order of the later report; what is in the earlier one alone stands last in its painopiste.

    Of another term a toimenpide is the one that it continues, and a painopiste the one of its name.
    """
    old, new = ({rivi.tunnus: rivi for rivi in _rows(head)} for head in (ennen, nyt))
    is_same, same_scale = ennen.strategia == nyt.strategia, vertautuu(ennen, nyt)
    before = {} if is_same else read_edeltavat_tunnukset(nyt.kunta_id)
    origins = {tunnus: _find_origin(tunnus, old, before) for tunnus in new}
    gone = old.keys() - origins.values()
    rows = [Rivipari(old.get(origins[tunnus]), rivi, same_scale) for tunnus, rivi in new.items()]
    rows += [Rivipari(rivi, None) for tunnus, rivi in old.items() if tunnus in gone]
    pairs = {}
    for pair in rows:
        pairs.setdefault(pair.rivi.painopiste if is_same else pair.rivi.painopisteen_nimi, []).append(pair)
    return [
        Painopistepari(
            rivit[0].rivi.painopisteen_nimi,
            *(_scores([getattr(pair, name) for pair in rivit]) for name in ("ennen", "nyt")),
            rivit,
        )
        for rivit in pairs.values()
    ]


def vertautuu(ennen: JulkinenRivi, nyt: JulkinenRivi) -> bool:
    """Do the scores of both heads' reports say the same? Within a plan they do, whatever they are called."""
    return ennen.strategia == nyt.strategia or ennen.tiedot["asteikko"] == nyt.tiedot["asteikko"]


def _find_origin(tunnus, old, before):
    """Itself or the one that it continues, however many terms ago, as far as the earlier report has it."""
    seen = set()
    while tunnus and tunnus not in old and tunnus not in seen:
        seen.add(tunnus)
        tunnus = before.get(tunnus)
    return tunnus


def keep_changed(parit: list[Painopistepari], muutos: str) -> list[Painopistepari]:
    """Of each painopiste the toimenpiteet that changed so, all with ""; without those that have none to show."""
    kept = [replace(pari, rivit=[rivi for rivi in pari.rivit if muutos in ("", rivi.muutos)]) for pari in parit]
    return [pari for pari in kept if pari.rivit]


def _scores(rivit):
    return count_scores(rivi.toteutumisaste for rivi in rivit if rivi)


def _rows(head):
    """All are compared and few shown: of each no more is read than is told of it."""
    rows = JulkinenRivi.objects.filter(kunta=head.kunta_id, versio=head.versio_id, laji=Laji.TOIMENPIDE)
    return rows.annotate(sanoin=F("tiedot__sanoin")).only(*KERROTUT).order_by("jarjestys")
