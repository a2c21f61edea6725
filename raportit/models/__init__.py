"""What is told to the council: the frozen raporttiversiot, their käsittelyt, and the lines of the public forms."""

from .julkinen import JulkinenRivi
from .kasittelyt import Kasittely, Saate, Syke
from .tallenteet import JulkinenTallenne, Tallenne
from .tilaukset import Tilaus, Tilausviesti
from .versiot import (
    SEURAAJAT,
    JaadytettyTunnus,
    Julkaisu,
    Raporttiversio,
    has_several_plans,
    is_public_at,
    julkaistaan_sanoin,
)

__all__ = [
    "SEURAAJAT",
    "JaadytettyTunnus",
    "Julkaisu",
    "JulkinenRivi",
    "JulkinenTallenne",
    "Kasittely",
    "Raporttiversio",
    "Saate",
    "Syke",
    "Tallenne",
    "Tilaus",
    "Tilausviesti",
    "has_several_plans",
    "is_public_at",
    "julkaistaan_sanoin",
]
