"""What a row of the sheet of units was made from: its jakso, toimenpide and unit, and the answer as it then was."""

import hashlib
import json
import re
from dataclasses import dataclass

from .tunniste import as_cell

_TUNNISTE = re.compile(r"(\d{1,18})-(\d{1,18})-(\d{1,18})-(\d{1,9})-([0-9a-f]{8})([yk])")


@dataclass(frozen=True)
class Yksikkotunniste:
    """jakso, toimenpide and osa are ids; osa is 0 of a unit that has not answered, which its name tells.

    on_kommentti: a toimiala's comment on a toimenpide that another leads, whether it is written already or not.
    """

    jakso: int
    toimenpide: int
    osa: int
    versio: int
    tiiviste: str
    on_kommentti: bool = False

    def __str__(self):
        # It ends in a letter, as that of a row.
        kind = "k" if self.on_kommentti else "y"
        return f"{self.jakso}-{self.toimenpide}-{self.osa}-{self.versio}-{self.tiiviste}{kind}"


def read_yksikkotunniste(text):
    """The Yksikkotunniste, or None if this is not one."""
    match = _TUNNISTE.fullmatch(text.strip())
    return Yksikkotunniste(*map(int, match.groups()[:4]), match[5], match[6] == "k") if match else None


def make_yksikkotunniste(jakso, toimenpide, osa, *, on_kommentti=False):
    ids = (jakso.pk, toimenpide.pk, osa.pk or 0, osa.versio)
    return Yksikkotunniste(*ids, digest_of(answer_of(osa)), on_kommentti)


def answer_of(osa):
    """{field: value as a cell gives it back} of an osavastaus or of a row of its history."""
    return {"toteutumisaste": osa.toteutumisaste, "kommentti": as_cell(osa.kommentti)}


def digest_of(values):
    return hashlib.sha256(json.dumps([values["toteutumisaste"], values["kommentti"]]).encode()).hexdigest()[:8]
