"""Luettu -> the shape of a table: its headings without what changes from one file to the next."""

import hashlib
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from ..taulukko.rows import Luettu
from ..taulukko.soluviite import column_of
from .paikat import place_of

_KUUKAUSI = (
    r"(?:tammi|helmi|maalis|huhti|touko|kesä|heinä|elo|syys|loka|marras|joulu)(?:kuu[a-zäö]*)?"
    r"|januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
    r"|january|february|march|may|june|july|august|october"
)
_AIKA = re.compile(rf"\b(?:{_KUUKAUSI}|[ivx]{{1,4}}|\d+)\b|\d+")  # also the digits of "ovk1" and "q2"
_VUOSI = re.compile(r"\b(?:\d{1,2}\.\d{1,2}\.)?(?:19|20)\d\d(?:\s*[-–—/]\s*(?:(?:19|20)?\d\d))?\b")
_VALI = re.compile(r"[^\w#*%€]+|_+")


def heading_key(text: str) -> str:
    """ "Toteuma 30.4.2026" -> "toteuma"; "" where the heading is nothing but a time."""
    return _collapsed(_AIKA.sub(" ", _VALI.sub(" ", _lower(text))))


def sheet_key(name: str) -> str:
    """ "Seuranta 2026 (2)" -> "seuranta 2": a number that is no year tells sheets apart."""
    return _collapsed(_VALI.sub(" ", _VUOSI.sub(" ", _lower(name))))


def _lower(text):
    return unicodedata.normalize("NFC", text).casefold()


def _collapsed(text):
    return " ".join(text.split())


@dataclass(frozen=True)
class Sarakepaikka:
    """A column of a file where its reading puts it: "Taul1!E", and its heading as a key."""

    paikka: str
    avain: str


@dataclass(frozen=True)
class Taulukonmuoto:
    """The columns of the tables of a file, and the digest by which a table of the same shape is known."""

    sarakkeet: tuple[Sarakepaikka, ...]

    @property
    def otsikot(self) -> list[str]:
        """The keys of the headings in their order, each once."""
        return sorted({sarake.avain.partition("#")[0] for sarake in self.sarakkeet} - {""})

    @property
    def avain(self) -> str:
        """Where there are no headings, by how many columns there are."""
        told = self.otsikot or [f"#{len({sarake.avain for sarake in self.sarakkeet})}"]
        return hashlib.sha256("\n".join(told).encode()).hexdigest()


def shape_of(luettu: Luettu) -> Taulukonmuoto:
    """Of all sheets that were read, by the headings that were found."""
    sheets = (sheet for sheet in luettu.reading if sheet.luettu)
    return _shape((sheet.nimi, [(s.kirjain, s.otsikko) for s in sheet.sarakkeet]) for sheet in sheets)


def shape_of_row(luettu: Luettu, row: int) -> Taulukonmuoto:
    """As if the headings stood on this row of every sheet that has one."""
    grids = ((grid.nimi, dict(grid.rivit).get(row)) for grid in luettu.ruudukot if not grid.on_piilotettu)
    return _shape((nimi, list(cells.items())) for nimi, cells in grids if cells)


def shape_without_headings(luettu: Luettu) -> Taulukonmuoto:
    """The columns by their order on their sheet: "#1", "#2" and so on."""
    found = []
    for grid in luettu.ruudukot:
        letters = {kirjain for _row, cells in grid.rivit for kirjain in cells} if not grid.on_piilotettu else ()
        ordered = sorted(letters, key=column_of)
        found += [Sarakepaikka(place_of(grid.nimi, each), f"#{number}") for number, each in enumerate(ordered, 1)]
    return Taulukonmuoto(tuple(found))


def _shape(sheets):
    """sheets: [(name, [(letter, heading)])]. Of headings alike on one sheet the second is "heading#2"."""
    found = []
    for nimi, columns in sheets:
        times = Counter()
        for kirjain, otsikko in columns:
            key = heading_key(otsikko)
            times[key] += 1
            place = place_of(nimi, kirjain)
            found.append(Sarakepaikka(place, key if times[key] == 1 else f"{key}#{times[key]}"))
    return Taulukonmuoto(tuple(found))
