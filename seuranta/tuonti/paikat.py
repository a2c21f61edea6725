"""Luettu -> the sheets and columns of a file by their places, which of them are alike, and what becomes of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from ..taulukko.rows import Luettu
from ..taulukko.soluviite import column_of, split_key
from ..tiedosto.rivit import POIS, role_word


def place_of(sheet: str, kirjain: str) -> str:
    return f"{sheet}!{kirjain}" if sheet else kirjain


def list_places(luettu: Luettu) -> list[str]:
    """The places of all columns of the visible sheets, filled or read."""
    found = {}
    for grid in luettu.ruudukot:
        if not grid.on_piilotettu:
            found |= {(grid.nimi, kirjain): None for _row, cells in grid.rivit for kirjain in cells}
    found |= {(sheet.nimi, sarake.kirjain): None for sheet in luettu.reading for sarake in sheet.sarakkeet}
    return [place_of(*each) for each in found]


def columns_alike(luettu: Luettu, paikka: str) -> list[str]:
    """The column and those with its letter and heading on the other sheets that were read."""
    headings = dict(_headings(luettu))
    heading, letters = headings.get(paikka), split_key(paikka)[1]
    if not heading:
        return [paikka]
    alike = [each for each, text in headings.items() if text == heading and split_key(each)[1] == letters]
    return [paikka, *(each for each in alike if each != paikka)]


def _headings(luettu) -> Iterator[tuple[str, str]]:
    for sheet in luettu.reading:
        if sheet.luettu:
            for sarake in sheet.sarakkeet:
                yield place_of(sheet.nimi, sarake.kirjain), sarake.otsikko


def sheets_alike(luettu: Luettu, nimi: str) -> list[str]:
    """The sheet and those whose headings stand on the same row, or on no known row, as on this one."""
    rows = {sheet.nimi: sheet.otsikkorivit for sheet in luettu.reading if sheet.luettu}
    names = [grid.nimi for grid in luettu.ruudukot if not grid.on_piilotettu]
    return [nimi, *(each for each in names if each != nimi and rows.get(each, ()) == rows.get(nimi, ()))]


@dataclass(frozen=True)
class Sarakerivi:
    """A column, and the same one on every sheet: its letter, its heading, and in a line what becomes of it."""

    kirjain: str
    otsikko: str
    rooli: str
    lause: str


TARKEIMMAT = 12  # lines in sight
_JARJESTYS = (
    *("toteutumisaste", "kommentti", "toimenpide", "painopiste", "tavoite", "toimialan_tavoite", "toimiala", "jakso"),
    *("mittari", "mittari.arvo", "mittari.tavoite", "mittari.lahto", "mittari.suunta"),
)
_VIIMEISET = ("oma.kirjaus", "oma", POIS)


def list_columns(luettu: Luettu) -> list[Sarakerivi]:
    """What becomes of each column, what matters most first; the same on several sheets is told once."""
    found = {}
    for sheet in luettu.reading:
        for sarake in sheet.sarakkeet if sheet.luettu else ():
            told = sarake.becomes or _told(sarake)
            found.setdefault((sarake.kirjain, sarake.otsikko, sarake.role or POIS, told), None)
    return sorted((Sarakerivi(*each) for each in found), key=_weight)


def _told(sarake):
    word = str(role_word(sarake.role))
    return f"{word}, {sarake.jakso}" if sarake.jakso else word


def _weight(sarake):
    if sarake.rooli in _JARJESTYS:
        return 0, _JARJESTYS.index(sarake.rooli), column_of(sarake.kirjain)
    return 1 + (sarake.rooli in _VIIMEISET), 0, column_of(sarake.kirjain)
