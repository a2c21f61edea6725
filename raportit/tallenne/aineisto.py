"""A report or a comparison <-> the text that it travels in: aside for the queue, to the process that draws it."""

import json

from ..osavuosikatsaus import Osavuosikatsaus, from_json, to_json
from ..osavuosikatsaus.rinnakkain import Vertailu

_BEGINS = '{"vertailu": '


def to_text(aineisto: Osavuosikatsaus | Vertailu) -> str:
    """A report or a comparison as one JSON object; from_text gives an equal one back."""
    if isinstance(aineisto, Osavuosikatsaus):
        return to_json(aineisto)
    texts = [to_json(raportti) for raportti in aineisto.raportit]
    edeltajat = list(aineisto.edeltajat.items())
    return json.dumps({"vertailu": texts, "kommentit": aineisto.nayttaa_kommentit, "edeltajat": edeltajat})


def from_text(text: str) -> Osavuosikatsaus | Vertailu:
    if not text.startswith(_BEGINS):
        return from_json(text)
    data = json.loads(text)
    edeltajat = dict(data.get("edeltajat", ()))  # not there in what was put aside before there were any
    return Vertailu(tuple(map(from_json, data["vertailu"])), data["kommentit"], edeltajat)
