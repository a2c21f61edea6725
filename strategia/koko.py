"""How much one POST may hold: little, unless its page says otherwise. What is too much is kept nowhere."""

from dataclasses import dataclass

_KT, _MT = 1024, 1024 * 1024
KENEN_TAHANSA = 256 * _KT  # on a page for everybody: an answer shows it back up to six times as long (' is &#x27;)
ISTUNNON_JALKEEN = _MT  # on a page whose session has ended: what was typed there is shown, not lost
KIRJAUTUNEEN = 2 * _MT  # the longest texts of any one form, each letter sent as twelve
SUURIN = 12 * _MT  # a page of many rows; settings.DATA_UPLOAD_MAX_MEMORY_SIZE is the same


@dataclass(frozen=True)
class Koko:
    """Bytes: of all the texts of a POST, and of the file beside them (0: the page takes none)."""

    tekstit: int
    tiedosto: int = 0


def takes(*, tekstit: int = 0, tiedosto: int = 0):
    """Decorator of a view that needs more than the others; `tekstit` counts for who has signed in."""

    def mark(view):
        view.koko = Koko(tekstit, tiedosto)
        return view

    return mark
