"""How a golden table is written down: sheets of rows, and beside them what must be read of it.

An expected score: 4 is exactly that, None none, "?5" is 5 or none and asked, "?" anything but asked. Of the rows only
the fields named in `kentat` are compared, in this order; `solu` is the cell of the name.
"""

from dataclasses import dataclass

from ..satunnaiset.asettelu import Arkki
from ..satunnaiset.kirjoita import as_bytes
from ..satunnaiset.malli import Solu

TAULUT = {}


@dataclass
class Kultataulu:
    """A table of one kind: its sheets, and the expected reading as it is stored beside it."""

    nimi: str
    laji: int
    arkit: dict
    odotus: dict
    merkisto: str = "utf-8"

    def tavut(self):
        return as_bytes(self.nimi.rpartition(".")[2], self._sheets(), self.merkisto)

    def solut(self):
        """Every filled cell."""
        return {cell for arkki in self._sheets() for cell, _solu in arkki.filled()}

    def _sheets(self):
        sheets = []
        for name, rows in self.arkit.items():
            arkki = Arkki(name)
            for row in rows:
                arkki.add({n: _solu(value) for n, value in enumerate(row, 1) if value not in (None, "")})
            sheets.append(arkki)
        return sheets


def _solu(value):
    return value if isinstance(value, Solu) else Solu(value)


def V(arvo=None, tayte="", muoto="", alas=0, oikealle=0):  # noqa: N802 -- short: it stands in every other cell
    """A cell with a fill, a number format or a merge."""
    return Solu(arvo, tayte, muoto, alas, oikealle)


def taulu(nimi, arkit, kentat="", rivit=(), **odotus):
    """Adds a table. `nimi` begins with its kind; `arkit`: rows of the only sheet, or {name: rows}."""
    if not isinstance(arkit, dict):
        arkit = {"": arkit} if nimi.endswith("csv") else {"Seuranta": arkit}
    names = ["solu", *kentat.split()]
    rows = [dict(zip(names, row, strict=True)) for row in rivit]
    merkisto = odotus.pop("merkisto", "utf-8")
    expected = {"status": "ok", "reason": None, **odotus, "rivit": rows}
    if odotus.get("kysymykset") and "status" not in odotus:
        expected["status"] = "row_errors"
    assert nimi not in TAULUT
    TAULUT[nimi] = Kultataulu(nimi, int(nimi[:2]), arkit, expected, merkisto)
