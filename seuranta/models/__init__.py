"""How it is going: the seurantajaksot of a strategia, one kirjaus per toimenpide in each, and the tuonnit."""

from .jaksot import Seurantajakso, SuljettuJakso, ToimialanMaaraaika
from .joukkokirjaukset import Joukkokirjaus
from .kirjaukset import KOMMENTIN_PITUUS, Kirjaus, Toteutumisaste, Vastaus, join_searched
from .kirjoitus import PoistettuKohde
from .kokoukset import Kokous
from .kysymykset import KESKUSTELTAVAT, KYSYMYKSEN_PITUUS, Ketju, Rivikysymys
from .lukutavat import Lukutapa
from .mittariarvot import MittariArvo, Mittaus
from .osavastaukset import OSAN_KENTAT, OSIA_ENINTAAN, Osavastaus, Yksikkovastaus
from .riskit import Riski
from .sijaisena import KIRJOITTAJA, sign
from .tuonnit import Paatos, Tuonti

__all__ = [
    "KESKUSTELTAVAT",
    "KIRJOITTAJA",
    "KOMMENTIN_PITUUS",
    "KYSYMYKSEN_PITUUS",
    "OSAN_KENTAT",
    "OSIA_ENINTAAN",
    "Joukkokirjaus",
    "Ketju",
    "Kirjaus",
    "Kokous",
    "Lukutapa",
    "MittariArvo",
    "Mittaus",
    "Osavastaus",
    "Paatos",
    "PoistettuKohde",
    "Riski",
    "Rivikysymys",
    "Seurantajakso",
    "SuljettuJakso",
    "ToimialanMaaraaika",
    "Toteutumisaste",
    "Tuonti",
    "Vastaus",
    "Yksikkovastaus",
    "join_searched",
    "sign",
]
