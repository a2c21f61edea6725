"""Seurantajakso -> Osavuosikatsaus: the report as data, whole in itself, to JSON and back.

A renderer takes an Osavuosikatsaus and asks nothing more of the database: what is frozen at closing gives
the same report for ever.
"""

from .build import build
from .jaadytys import from_json, readable, to_json
from .korjaus import compare
from .model import (
    ASTEET,
    MUUTOKSET,
    Jakauma,
    Jakso,
    Korjaus,
    Kunta,
    Muutos,
    Osavuosikatsaus,
    Painopiste,
    Rivi,
    Sarake,
    Strategia,
    Tavoite,
)
from .rajaus import Rajaus, rajaa

__all__ = [
    "ASTEET",
    "MUUTOKSET",
    "Jakauma",
    "Jakso",
    "Korjaus",
    "Kunta",
    "Muutos",
    "Osavuosikatsaus",
    "Painopiste",
    "Rajaus",
    "Rivi",
    "Sarake",
    "Strategia",
    "Tavoite",
    "build",
    "compare",
    "from_json",
    "rajaa",
    "readable",
    "to_json",
]
