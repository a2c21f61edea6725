"""The row of a page -> what stands beside its line: scores of what is under it, versions replaced, its own columns.

Only JulkinenRivi, and of versions their numbers, are read, and only what the clock says to be public.
"""

from strategia.models import LISAKENTAT

from ..models import JulkinenRivi, Raporttiversio
from ..muodot.palkki import VARIT
from .asteluvut import Asteluvut, count_scores
from .kohteet import JulkinenKohde, name_score

SARAKKEET = ("toimialan_tavoite", *LISAKENTAT, "mittari", "riski")  # never vastuu: a person may stand there


def list_scores(kohde: JulkinenKohde) -> list[tuple[JulkinenRivi, dict, Asteluvut]]:
    """[(line, head, the scores of the toimenpiteet under it)], the newest first; [] where no jakso has a score."""
    nyt, asteet = kohde.nyt, {}
    rows = JulkinenRivi.objects.filter(kunta=nyt.kunta_id, versio__in=kohde.paat, laji=JulkinenRivi.Laji.TOIMENPIDE)
    for versio, aste in rows.filter(**{nyt.laji: nyt.tunnus}).values_list("versio", "toteutumisaste"):
        asteet.setdefault(versio, []).append(aste)
    told = [(rivi, paa, count_scores(asteet.get(rivi.versio_id, ()))) for rivi, paa in kohde.jaksoittain]
    return told if any(aste for each in asteet.values() for aste in each) else []


def find_toimenpide(mittari: JulkinenRivi) -> JulkinenRivi | None:
    """The toimenpide of a measure in the same version; None of one that hangs higher."""
    rows = JulkinenRivi.objects.filter(kunta=mittari.kunta_id, versio=mittari.versio_id)
    return rows.filter(laji=JulkinenRivi.Laji.TOIMENPIDE, tunnus=mittari.toimenpide).defer("haku").first()


def list_legend(head: dict) -> list[tuple[str, str]]:
    """[(name of a score, its colour)] of the bars, in their order."""
    return [(name_score(aste, head), VARIT[aste]) for aste in head["asteet"]]


def list_jaksot(kohde: JulkinenKohde) -> list[tuple[JulkinenRivi, dict, list[Raporttiversio]]]:
    """[(line, head, the public versions that the line's own one has replaced)], the newest first."""
    found = _replaced(kohde)
    return [(rivi, paa, found.get(rivi.jakso_id, [])) for rivi, paa in kohde.jaksoittain]


def _replaced(kohde):
    """{the jakso's id: its public versions that a later one has replaced}, without their contents"""
    standing = {rivi.versio_id for rivi, _paa in kohde.jaksoittain}
    jaksot = {rivi.jakso_id for rivi, _paa in kohde.jaksoittain}
    public = Raporttiversio.objects.public_at().filter(kunta=kohde.nyt.kunta_id, jakso__in=jaksot)
    found = {}
    for versio in public.exclude(pk__in=standing).only("numero", "tunnus", "jakso").order_by("numero"):
        found.setdefault(versio.jakso_id, []).append(versio)
    return found


def list_columns(kohde: JulkinenKohde, *, with_mittari: bool) -> list[tuple[str, str]]:
    """[(heading, text)] of what the newest report tells of the toimenpide beside its score and comment."""
    tiedot, words = kohde.nyt.tiedot, kohde.paa["sanasto"]
    own = [(words.get(name) or name, tiedot[name]) for name in SARAKKEET if with_mittari or name != "mittari"]
    return [(otsikko, teksti) for otsikko, teksti in (*own, *tiedot["omat"].items()) if teksti]
