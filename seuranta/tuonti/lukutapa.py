"""Luettu -> how a table of the same shape was read earlier in this kunta, as decisions on this file. Only reads."""

from strategia.nimet import avain

from ..models import Lukutapa
from ..taulukko.rows import Luettu
from ..tiedosto.paatokset import Laji
from .muoto import Taulukonmuoto, shape_of, shape_of_row, shape_without_headings, sheet_key

ERO = 2  # headings that a table of the same shape may have more or less
YHTEISIA = 2 / 3  # of all headings of both


def find_reading(kunta: str, luettu: Luettu) -> dict:
    """What Tuonti.muistettu holds; {} where the kunta of this name knows no table of this shape. One query."""
    if not luettu.ruudukot:
        return {}
    tavat = list(Lukutapa.objects.filter(kunta__avain=avain(kunta)).select_related("kuka"))
    found = _nearest(tavat, luettu) if tavat else None
    if found is None:
        return {}
    tapa, muoto, row = found
    return {
        "tiedosto": tapa.tiedostonimi,
        "kuka": tapa.kuka.nimi if tapa.kuka else "",
        "milloin": tapa.milloin.date().isoformat(),
        "arvot": (arvot := _decisions(tapa, muoto, row, luettu)),
        "avaimet": {each.paikka: each.avain for each in muoto.sarakkeet if each.paikka in arvot.get(Laji.SARAKE, ())},
    }


def _nearest(tavat, luettu):
    """(the lukutapa, the shape that is like it, the row of its headings or None) or None."""
    own = shape_of(luettu)
    best = max(((_likeness(tapa, own), tapa.pk, tapa) for tapa in tavat), key=lambda each: each[:2])
    if best[0]:
        return best[2], own, None
    chosen = [tapa for tapa in tavat if tapa.otsikkorivi]
    rows = {row for grid in luettu.ruudukot for row, cells in grid.rivit if len(cells) > 1} if chosen else ()
    for row in sorted(rows):
        muoto = shape_of_row(luettu, row)
        likely = max(((_likeness(tapa, muoto), tapa.pk, tapa) for tapa in chosen), key=lambda each: each[:2])
        if likely[0]:
            return likely[2], muoto, row
    return _headless(tavat, luettu)


def _likeness(tapa: Lukutapa, muoto: Taulukonmuoto):
    """1 for the same shape, less for one that differs a little, 0 for another."""
    if tapa.otsikkorivi == 0:
        return 0
    if tapa.avain == muoto.avain:
        return 1
    kept, new = set(tapa.otsikot), set(muoto.otsikot)
    common = len(kept & new) / max(len(kept | new), 1)
    return common if len(kept ^ new) <= ERO and common >= YHTEISIA else 0


def _headless(tavat, luettu):
    """A table without headings is known by its width alone, so only where nothing was found to read."""
    if luettu.status != "reject":
        return None
    muoto = shape_without_headings(luettu)
    found = next((tapa for tapa in tavat if tapa.otsikkorivi == 0 and tapa.avain == muoto.avain), None)
    return found and (found, muoto, 0)


def _decisions(tapa, muoto, row, luettu):
    """{laji: {paikka: value}} on this file."""
    told = {Laji.TAPA: dict(tapa.tavat)}
    if row is not None:
        told[Laji.OTSIKKORIVI] = {"": row}
    told[Laji.SARAKE] = {
        paikka: rooli for paikka, avain in _places(tapa, muoto) if (rooli := tapa.sarakkeet.get(avain)) is not None
    }
    visible = [grid.nimi for grid in luettu.ruudukot if not grid.on_piilotettu]
    taken = [nimi for nimi in visible if sheet_key(nimi) not in tapa.jatetyt]
    if taken and len(taken) < len(visible):
        told[Laji.VALILEHDET] = {"": taken}
    return {str(laji): places for laji, places in told.items() if places}


def _places(tapa, muoto):
    """[(place, key)]: of more columns alike than there were then the new ones are as the others, if these were one."""
    yield "*", "*"
    for sarake in muoto.sarakkeet:
        first = sarake.avain.partition("#")[0]
        alike = {rooli for avain, rooli in tapa.sarakkeet.items() if avain.partition("#")[0] == first}
        yield sarake.paikka, sarake.avain if sarake.avain in tapa.sarakkeet or len(alike) != 1 else first
