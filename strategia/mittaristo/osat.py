"""A text that holds several measures -> each as it would begin: its name, and the kind and unit that the name tells."""

import re
from typing import NamedTuple

from ..models import NIMEN_PITUUS, Mittari

_LUETELMA = re.compile(r"^(?:[•●▪◦*–—-]\s*)+|^\(?[0-9a-zåäö]{1,2}[.)]\s+", re.IGNORECASE)
_OTSIKKO = re.compile(r"^mittarit?\s*:\s*", re.IGNORECASE)
_KYLLA_EI = re.compile(r"[\s:(]*kyllä\s*/\s*ei\s*\)?\.?$", re.IGNORECASE)
_LAUSEEN_KYLLA_EI = re.compile(r"(?<=kyllä/ei\.)\s+(?=\S)|(?<=kyllä/ ei\.)\s+(?=\S)", re.IGNORECASE)
_YKSIKKO = re.compile(r"[\s,(]+(?P<yksikko>kpl|lkm|%|€|htv|euroa)\s*\)?\.?$", re.IGNORECASE)
_LAJIT = {"%": Mittari.Laji.PROSENTTI, "€": Mittari.Laji.EURO, "euroa": Mittari.Laji.EURO}


class MittarinAlku(NamedTuple):
    """How a measure begins that somebody makes of a text."""

    nimi: str
    laji: str
    yksikko: str = ""


def list_parts(text: str) -> list[str]:
    """The measures that a text seems to hold, one for each line; of a sentence that asks kyllä/ei each by itself."""
    lines = [_OTSIKKO.sub("", _without_mark(line)) for line in text.splitlines()]
    return [part.strip() for line in lines for part in _LAUSEEN_KYLLA_EI.split(line) if part.strip()]


def read_part(text: str) -> MittarinAlku:
    """The measure of one line: "Periaatteet valmiit: kyllä/ei." is asked, "Tapaamiset, kpl" counted, others told."""
    text = " ".join(text.split())
    if (found := _KYLLA_EI.search(text)) and found.start():
        return MittarinAlku(text[: found.start()][:NIMEN_PITUUS], Mittari.Laji.KYLLA_EI)
    if (found := _YKSIKKO.search(text)) and found.start():
        unit = found["yksikko"].lower()
        return MittarinAlku(text[: found.start()][:NIMEN_PITUUS], _LAJIT.get(unit, Mittari.Laji.LUKU), unit)
    return MittarinAlku(text[:NIMEN_PITUUS], Mittari.Laji.TEKSTI)


def _without_mark(line):
    line = line.strip()
    while (shorter := _LUETELMA.sub("", line)) != line:
        line = shorter.strip()
    return line
