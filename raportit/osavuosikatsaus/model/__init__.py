"""What an Osavuosikatsaus is: frozen dataclasses of raw values, and the figures computed from them.

Fields are the keys of frozen JSON: a class may be renamed, its fields never.
"""

from ..mitattu import EI_LAHETETTY
from .katsaus import ALWAYS_SHOWN, MUOTOVERSIO, Osavuosikatsaus
from .puitteet import Jakso, Korjaus, Kunta, Muutos, Numerosarake, Sarake, Strategia
from .runko import ASTEET, MUUTOKSET, Jakauma, Painopiste, Rivi, Tavoite, is_own, sitovuus_name, syy_name

__all__ = [
    "ALWAYS_SHOWN",
    "ASTEET",
    "EI_LAHETETTY",
    "MUOTOVERSIO",
    "MUUTOKSET",
    "Jakauma",
    "Jakso",
    "Korjaus",
    "Kunta",
    "Muutos",
    "Numerosarake",
    "Osavuosikatsaus",
    "Painopiste",
    "Rivi",
    "Sarake",
    "Strategia",
    "Tavoite",
    "is_own",
    "sitovuus_name",
    "syy_name",
]
