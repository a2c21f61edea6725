"""What the council decided: the kunta, its people and units, and the strategia down to the toimenpide."""

from .kayttajat import (
    Jasenyys,
    Kayttaja,
    KayttajaManager,
    Rooli,
)
from .kunta import (
    NIMEN_PITUUS,
    KunnanRivi,
    Kunta,
    Nimetty,
    Palaute,
    Toimiala,
    Toimielin,
    logo_path,
)
from .suunnitelma import (
    KIRJOITUSASUN_KOHTEET,
    LISAKENTAT,
    SANASTO,
    TARJOTUT_NIMET,
    Kirjoitusasu,
    Painopiste,
    Sitovuus,
    Strategia,
    StrateginenTavoite,
    Toimenpide,
    Vastuuhenkilo,
    exactly_one_set,
)

__all__ = [
    "Jasenyys",
    "KIRJOITUSASUN_KOHTEET",
    "Kayttaja",
    "KayttajaManager",
    "Kirjoitusasu",
    "KunnanRivi",
    "Kunta",
    "LISAKENTAT",
    "NIMEN_PITUUS",
    "Nimetty",
    "Painopiste",
    "Palaute",
    "Rooli",
    "SANASTO",
    "Sitovuus",
    "Strategia",
    "StrateginenTavoite",
    "TARJOTUT_NIMET",
    "Toimenpide",
    "Toimiala",
    "Toimielin",
    "Vastuuhenkilo",
    "exactly_one_set",
    "logo_path",
]
