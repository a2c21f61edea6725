"""One row of the user's list as its pages, filters and counts need it: there may be thousands, and a page shows few."""

from typing import NamedTuple

from ..models import Kirjaus
from .kommenttirivi import Kommenttirivi
from .kortti import Mittarikortti
from .rivi import Kirjausrivi


class Nimi(NamedTuple):
    """What a heading or a choice of the filter says, and what it is known by."""

    pk: int
    nimi: str


class Paikka(NamedTuple):
    """A Kirjausrivi without what only its own fields show; `haku` is "" where no word is looked for.

    Of a card of mittarit `aste` and `kommentti` tell only whether it has some value, and whether it has all.
    """

    pk: int
    painopiste: Nimi
    toimiala: Nimi | None
    is_mine: bool  # is the user a vastuuhenkilö of this?
    tila: str
    aste: str
    kommentti: str
    on_sanallinen: bool
    is_sent: bool
    haku: str
    jarjestys: tuple[int, int] = (0, 0)  # of its painopiste and its tavoite
    tavoite: int | None = None
    paino: int = 1  # how many rows' fields it has: a mittari has as many as a toimenpide
    laji: str = "t"  # of a card of mittarit "g" under a tavoite, "p" under a painopiste; "k" of one to comment on
    sitovuus: str = ""  # its own, else that of its tavoite
    toimialat: tuple[Nimi | None, ...] = ()  # of a card of several toimialat each of them

    @property
    def prefix(self):
        return f"{self.laji}{self.pk}"

    @property
    def tunnus(self):
        """How buttons and addresses name it."""
        return str(self.pk) if self.laji == "t" else self.prefix


def update_places(paikat: list[Paikka], rows: list[Kirjausrivi | Mittarikortti | Kommenttirivi]) -> list[Paikka]:
    """The same with what these rows hold, still waiting for the person; one that is gone meanwhile comes first."""
    waiting = {row.prefix: row for row in rows}
    known = [_updated(each, waiting.pop(each.prefix, None)) for each in paikat]
    return [*(_place_of(row, is_mine=False) for row in waiting.values() if not row.on_kortti), *known]


def _updated(paikka, row):
    if row is None:
        return paikka
    if row.on_kortti:
        return paikka._replace(tila=row.tila, aste="on" if row.has_value else "", is_sent=row.is_sent)
    return _place_of(row, paikka.is_mine)._replace(
        jarjestys=paikka.jarjestys, tavoite=paikka.tavoite, paino=paikka.paino, sitovuus=paikka.sitovuus
    )


def _place_of(row, is_mine):
    painopiste, toimiala = row.painopiste, row.toimenpide.toimiala
    return Paikka(
        row.toimenpide.pk,
        Nimi(painopiste.pk, painopiste.nimi),
        toimiala and Nimi(toimiala.pk, toimiala.nimi),
        is_mine,
        row.kirjaus.tila,
        row.aste,
        row.kommentti,
        row.on_sanallinen,
        row.is_sent,
        row.haku,
    )


def is_unanswered(row: Paikka | Kirjausrivi | Mittarikortti | Kommenttirivi) -> bool:
    if isinstance(row, Mittarikortti | Kommenttirivi):
        return not row.is_sent and not row.has_value
    return not row.is_sent and not row.aste


def is_ready(paikka: Paikka) -> bool:
    """Has the draft what the button for all ready ones asks: a score and a comment, or of a card every value?"""
    has_score = paikka.aste or paikka.on_sanallinen
    return bool(paikka.tila == Kirjaus.Tila.LUONNOS and has_score and paikka.kommentti.strip())
