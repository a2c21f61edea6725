"""What a row of the sheet of mittarit was made from: its mittari and jakso, and the value as it then was."""

import hashlib
import json
import re
from dataclasses import dataclass

from .tunniste import as_cell

ARVON_KENTAT = ("teksti", "huomautus")
_TUNNISTE = re.compile(r"(\d{1,18})-(\d{1,18})-(\d{1,9})-([0-9a-f]{8})m")


@dataclass(frozen=True)
class Mittaritunniste:
    """jakso and mittari are ids; versio and tiiviste say which state of the value the row shows."""

    jakso: int
    mittari: int
    versio: int
    tiiviste: str

    def __str__(self):
        # It ends in a letter, as that of a row.
        return f"{self.jakso}-{self.mittari}-{self.versio}-{self.tiiviste}m"


def read_mittaritunniste(text):
    """The Mittaritunniste, or None if this is not one."""
    match = _TUNNISTE.fullmatch(text.strip())
    return Mittaritunniste(int(match[1]), int(match[2]), int(match[3]), match[4]) if match else None


def make_mittaritunniste(arvo):
    return Mittaritunniste(arvo.jakso_id, arvo.mittari_id, arvo.versio, digest_of(told_by(arvo)))


def told_by(arvo):
    """{field: text as a cell gives it back} of a value or of a row of its history."""
    return {name: as_cell(getattr(arvo, name)) for name in ARVON_KENTAT}


def digest_of(values):
    return hashlib.sha256(json.dumps([values[name] for name in ARVON_KENTAT]).encode()).hexdigest()[:8]
