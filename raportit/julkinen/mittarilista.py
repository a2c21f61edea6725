"""The head of the newest public report -> its measures that a reader's filters leave, and what there is to filter by.

Only JulkinenRivi is read.
"""

from ..models import JulkinenRivi
from .kohteet import JulkinenMittari

Laji = JulkinenRivi.Laji


def search_measures(head: JulkinenRivi, haku: dict):
    """The lines of the measures that answer to every filter told, in the order of the report."""
    found = _measures(head)
    for word in haku.get("q", "").casefold().split():
        found = found.filter(haku__contains=word)
    for name in ("painopiste", "toimiala"):
        if value := haku.get(name):
            found = found.filter(**{name: value})
    if tulos := haku.get("tulos"):
        found = found.filter(tiedot__tulos=tulos)
    return found.defer("haku")


def list_measure_choices(head: JulkinenRivi) -> dict[str, list]:
    """{filter: [(value, name)]} of what the measures of the report have, in its order."""
    told = {"painopiste": {}, "toimiala": {}, "tulos": {}}
    for rivi in _measures(head).defer("haku", "kommentti"):
        told["painopiste"][str(rivi.painopiste)] = rivi.painopisteen_nimi
        told["toimiala"][rivi.toimiala] = rivi.toimiala
        told["tulos"][rivi.tiedot["tulos"]] = rivi.tiedot["tulos_sanoin"]
    return {name: [pair for pair in found.items() if all(pair)] for name, found in told.items()}


def group_by_painopiste(rivit) -> list[tuple[JulkinenRivi, list[JulkinenMittari]]]:
    """[(the first line of a painopiste, its measures)] of lines in the order of the report."""
    found = {}
    for rivi in rivit:
        found.setdefault(rivi.painopiste, []).append(JulkinenMittari(rivi))
    return [(mittarit[0].rivi, mittarit) for mittarit in found.values()]


def _measures(head):
    rivit = JulkinenRivi.objects.filter(kunta=head.kunta_id, versio=head.versio_id, laji=Laji.MITTARI)
    return rivit.order_by("jarjestys")
