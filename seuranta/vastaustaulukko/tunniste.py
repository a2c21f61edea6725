"""What a row of a vastaustaulukko was made from: its toimenpide and jakso, and the kirjaus as it then was."""

import hashlib
import json
import re
from dataclasses import dataclass

from strategia.models import LISAKENTAT

from ..solut import readable

KENTAT = ("toteutumisaste", "syy", "kommentti", "sisainen_huomio")
LISAT = tuple(LISAKENTAT)

_EDGES = " \t\n\u00a0\u200b\u200e\u200f\ufeff"
_TUNNISTE = re.compile(r"(\d{1,18})-(\d{1,18})-(\d{1,9})-([0-9a-f]{8})r")


@dataclass(frozen=True)
class Tunniste:
    """jakso and toimenpide are ids; versio and tiiviste say which state of the kirjaus the row shows."""

    jakso: int
    toimenpide: int
    versio: int
    tiiviste: str

    def __str__(self):
        # It ends in a letter: dragging a cell down in a spreadsheet counts on from a number at its end.
        return f"{self.jakso}-{self.toimenpide}-{self.versio}-{self.tiiviste}r"


def read_tunniste(text):
    """The Tunniste, or None if this is not one."""
    match = _TUNNISTE.fullmatch(text.strip())
    return Tunniste(int(match[1]), int(match[2]), int(match[3]), match[4]) if match else None


def make_tunniste(kirjaus):
    return Tunniste(kirjaus.jakso_id, kirjaus.toimenpide_id, kirjaus.versio, digest(values_of(kirjaus)))


def values_of(kirjaus):
    """{field: value as a cell gives it back} of a kirjaus or of a row of its history."""
    syy = "" if kirjaus.syy == "ei_vastattu" else kirjaus.syy
    return {
        "toteutumisaste": kirjaus.toteutumisaste,
        "syy": syy,
        "kommentti": as_cell(kirjaus.kommentti),
        "sisainen_huomio": as_cell(kirjaus.sisainen_huomio),
        **{name: as_cell(getattr(kirjaus, name)) for name in LISAT},
        "omat": {otsikko: as_cell(text) for otsikko, text in kirjaus.omat.items()},
    }


def as_cell(text):
    """The text as it comes back from a cell: plain line breaks, no white space at the ends of it or of its lines."""
    lines = readable(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip(_EDGES)


def digest(values):
    told = [values[name] for name in KENTAT]
    told += [[name, values[name]] for name in LISAT if values[name]]
    told += [[otsikko, text] for otsikko, text in sorted(values["omat"].items())]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:8]
