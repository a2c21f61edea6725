"""What was decided of a table's reading -> the kunta's Lukutapa of that shape, for the next file alike."""

from django.utils import timezone

from seuranta.models import Lukutapa
from seuranta.taulukko.soluviite import split_key
from seuranta.tiedosto.paatokset import Laji

from ..luku import join_decisions
from ..muoto import heading_key, shape_of, shape_without_headings, sheet_key

HETKEN = {"numerointi"}  # of one file's numbers, not of the table


def keep_reading(tuonti, plan, *, by) -> dict | None:
    """The change as undo wants it; None where nobody decided anything that the next file could be read by.

    A pasted list has no headings: remembered, it would tell how any table of its width is read.
    """
    own = plan.target.luvusta
    if not own or own.keys() <= {Laji.VUOSI} or tuonti.on_luettelo:
        return None
    values = _values(plan.luettu, join_decisions(plan.target.muistettu, own))
    values |= {"tiedostonimi": tuonti.tiedostonimi, "kuka": by, "milloin": timezone.now()}
    avain = values.pop("avain")
    tapa = Lukutapa.objects.filter(kunta=tuonti.kunta, avain=avain).first()
    if tapa is None:
        tapa = Lukutapa.objects.create(kunta=tuonti.kunta, avain=avain, **values)
        return {"malli": "lukutapa", "id": tapa.pk, "luotu": True, "versio": tapa.versio}
    before = {name: tapa.serializable_value(name) for name in values}
    for name, value in values.items():
        setattr(tapa, name, value)
    tapa.versio += 1
    tapa.save()
    return {"malli": "lukutapa", "id": tapa.pk, "luotu": False, "versio": tapa.versio, "ennen": before}


def _values(luettu, arvot):
    rows = set(arvot.get(Laji.OTSIKKORIVI, {}).values())
    muoto = shape_without_headings(luettu) if rows == {0} else shape_of(luettu)
    taken = arvot.get(Laji.VALILEHDET, {}).get("")
    visible = [grid.nimi for grid in luettu.ruudukot if not grid.on_piilotettu]
    tavat = arvot.get(Laji.TAPA, {})
    return {
        "avain": muoto.avain,
        "otsikot": muoto.otsikot,
        "sarakkeet": dict(_roles(muoto, arvot.get(Laji.SARAKE, {}))),
        "otsikkorivi": min(rows, default=None),
        "jatetyt": sorted({sheet_key(nimi) for nimi in visible if nimi not in taken}) if taken else [],
        "tavat": {nimi: tapa for nimi, tapa in tavat.items() if nimi not in HETKEN},
    }


def _roles(muoto, decided):
    """[(key of a heading, role)]: a column may have been told by its place, its letter or its heading."""
    for paikka, rooli in decided.items():
        if split_key(paikka)[1] == "*":
            yield "*", rooli
            continue
        key = heading_key(paikka)
        for sarake in muoto.sarakkeet:
            if paikka in (sarake.paikka, split_key(sarake.paikka)[1]) or (key and key == sarake.avain):
                yield sarake.avain, rooli
