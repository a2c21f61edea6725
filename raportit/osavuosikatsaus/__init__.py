"""Seurantajakso -> Osavuosikatsaus: the report as data, whole in itself, to JSON and back.

A renderer takes an Osavuosikatsaus and asks nothing more of the database: what is frozen at closing gives
the same report for ever.
"""

from .build import build
from .henkilotiedot import Henkilotieto, find_in_report
from .jaadytys import from_json, readable, to_json
from .julkinen import make_public
from .korjaus import compare
from .model import (
    ASTEET,
    EI_LAHETETTY,
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
    syy_name,
)
from .osissa import Raporttisivu, open_page
from .rajaus import Rajaus, rajaa
from .tiedot import split_meeting

__all__ = [
    "ASTEET",
    "EI_LAHETETTY",
    "MUUTOKSET",
    "Henkilotieto",
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
    "Raporttisivu",
    "Strategia",
    "Tavoite",
    "build",
    "compare",
    "find_in_report",
    "from_json",
    "make_public",
    "open_page",
    "rajaa",
    "readable",
    "split_meeting",
    "syy_name",
    "to_json",
]
