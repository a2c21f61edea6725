"""A text that holds several measures -> each as it would begin: its name, and the kind and unit that the name tells."""

from typing import NamedTuple

from ..models import NIMEN_PITUUS, Mittari
from ..solusta import KYLLA_EI, YKSIKKO, list_parts

__all__ = ["MittarinAlku", "list_parts", "read_part"]

_LAJIT = {"%": Mittari.Laji.PROSENTTI, "€": Mittari.Laji.EURO, "euroa": Mittari.Laji.EURO}


class MittarinAlku(NamedTuple):
    """How a measure begins that somebody makes of a text."""

    nimi: str
    laji: str
    yksikko: str = ""


def read_part(text: str) -> MittarinAlku:
    """The measure of one line: "Periaatteet valmiit: kyllä/ei." is asked, "Tapaamiset, kpl" counted, others told."""
    text = " ".join(text.split())
    if (found := KYLLA_EI.search(text)) and found.start():
        return MittarinAlku(text[: found.start()][:NIMEN_PITUUS], Mittari.Laji.KYLLA_EI)
    if (found := YKSIKKO.search(text)) and found.start():
        unit = found["yksikko"].lower()
        return MittarinAlku(text[: found.start()][:NIMEN_PITUUS], _LAJIT.get(unit, Mittari.Laji.LUKU), unit)
    return MittarinAlku(text[:NIMEN_PITUUS], Mittari.Laji.TEKSTI)
