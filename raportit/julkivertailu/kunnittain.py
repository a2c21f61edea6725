"""The newest published reports of the kunnat that all have said yes -> the painopisteet that they share by name."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from strategia.models import Kunta
from strategia.nimet import avain

from ..julkinen.asteluvut import ASTEET, Asteluvut, count_scores
from ..julkinen.kohteet import find_newest_head
from ..models import JulkinenRivi
from ..muodot.palkki import VARIT

Laji = JulkinenRivi.Laji


@dataclass(frozen=True)
class KunnanPainopiste:
    kunta: Kunta
    paa: JulkinenRivi
    rivi: JulkinenRivi
    luvut: Asteluvut


@dataclass(frozen=True)
class YhteinenPainopiste:
    """A name as the first of the kunnat writes it, and each kunta's own."""

    nimi: str
    kunnat: list[KunnanPainopiste]


def list_legend() -> list[tuple[str, str]]:
    """[(a score, its colour)] in the order of the bars: each kunta has words of its own for them."""
    names = {5: _("5, pisimmällä"), 1: _("1, alussa"), None: _("ei arviota")}
    return [(names.get(aste, aste), VARIT[aste]) for aste in ASTEET]


def list_shared() -> list[YhteinenPainopiste]:
    """Those that two kunnat or more have, by their names; a kunta whose report shows no scores is not among them."""
    found = {}
    for kunta in Kunta.objects.filter(vertailtavissa=True).order_by("nimi"):
        for each in _of_kunta(kunta):
            found.setdefault(avain(each.rivi.nimi), []).append(each)
    shared = [YhteinenPainopiste(kunnat[0].rivi.nimi, kunnat) for kunnat in found.values() if len(kunnat) > 1]
    return sorted(shared, key=lambda each: each.nimi.casefold())


def _of_kunta(kunta):
    """Each painopiste of its newest public report with the scores of its toimenpiteet. Two of one name are one."""
    paa = find_newest_head(kunta)
    if paa is None or not paa.tiedot["nayttaa_asteet"]:
        return
    rows = JulkinenRivi.objects.filter(kunta=kunta, versio=paa.versio_id)
    asteet, seen = {}, set()
    for painopiste, aste in rows.filter(laji=Laji.TOIMENPIDE).values_list("painopiste", "toteutumisaste"):
        asteet.setdefault(painopiste, []).append(aste)
    for rivi in rows.filter(laji=Laji.PAINOPISTE).exclude(nimi="").order_by("jarjestys").defer("haku"):
        if avain(rivi.nimi) not in seen and rivi.tunnus in asteet:
            seen.add(avain(rivi.nimi))
            yield KunnanPainopiste(kunta, paa, rivi, count_scores(asteet[rivi.tunnus]))
