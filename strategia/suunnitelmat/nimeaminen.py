"""What a strategia calls its levels and its scores -> the strategia's own words. Nothing here saves."""

from ..models import SANASTO, TARJOTUT_NIMET, Strategia
from ..nimet import word_key
from ..valot import VALOT, light_name

TASOT = ("painopiste", "tavoite", "toimialan_tavoite", "toimenpide")


def name_level(strategia, rooli, sana):
    """Call a level by this word, in its column's heading too; by the neutral word where it is empty."""
    sana = sana or SANASTO[rooli]
    if sana == strategia.sana(rooli):
        return
    strategia.sanasto = {**strategia.sanasto, rooli: sana}
    strategia.sarakkeet = [
        {**entry, "otsikko": sana} if entry["rooli"] == rooli and entry.get("otsikko") else entry
        for entry in strategia.sarakkeet
    ]


def name_scores(strategia, nimet):
    """{score: label or ""} become the scale's labels; a table that still has the old ones is understood."""
    asteikko = {str(aste): nimi for aste, nimi in nimet.items() if nimi}
    old = {word_key(nimi): int(aste) for aste, nimi in strategia.asteikko.items() if nimi}
    now = {word_key(nimi) for nimi in asteikko.values()}
    known = {**strategia.tilasanat, **old}
    strategia.tilasanat = {sana: aste for sana, aste in known.items() if sana not in now}
    strategia.asteikko = asteikko


def draw_scores(esitys, nimet):
    """[(score, what stands beside its mark or alone, how it is drawn)] from the best down, as a report shows them.

    Drawn by "merkki" (number and cells), a light's shape, or "" where the words stand alone.
    """
    return [_draw(esitys, aste, nimet.get(aste, "")) for aste in sorted(map(int, TARJOTUT_NIMET), reverse=True)]


def _draw(esitys, aste, nimi):
    if esitys == Strategia.Esitys.SANAT and nimi:
        return aste, nimi, ""
    if esitys == Strategia.Esitys.LIIKENNEVALO:
        return aste, nimi or light_name(aste), VALOT[aste]
    return aste, nimi, "merkki"
