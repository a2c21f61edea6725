"""How it is going: the seurantajaksot of a strategia, one kirjaus per toimenpide in each, and the tuonnit."""

from .jaksot import Seurantajakso, SuljettuJakso, ToimialanMaaraaika
from .kirjaukset import KOMMENTIN_PITUUS, Kirjaus, PoistettuToimenpide, Toteutumisaste, Vastaus, join_published
from .muistutukset import Muistutus
from .tuonnit import Paatos, Tuonti

__all__ = [
    "KOMMENTIN_PITUUS",
    "Kirjaus",
    "Muistutus",
    "Paatos",
    "PoistettuToimenpide",
    "Seurantajakso",
    "SuljettuJakso",
    "ToimialanMaaraaika",
    "Toteutumisaste",
    "Tuonti",
    "Vastaus",
    "join_published",
]
