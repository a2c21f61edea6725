"""One row of the user's list as its pages, filters and counts need it: there may be thousands, and a page shows few."""

from typing import NamedTuple

from ..models import Kirjaus
from .rivi import Kirjausrivi


class Nimi(NamedTuple):
    """What a heading or a choice of the filter says, and what it is known by."""

    pk: int
    nimi: str


class Paikka(NamedTuple):
    """A Kirjausrivi without what only its own fields show; `haku` is "" where no word is looked for."""

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

    @property
    def prefix(self):
        return f"t{self.pk}"


def update_places(paikat: list[Paikka], rows: list[Kirjausrivi]) -> list[Paikka]:
    """The same with what these rows hold, still waiting for the person; one that is gone meanwhile comes first."""
    waiting = {row.toimenpide.pk: row for row in rows}
    known = [_place_of(waiting.pop(each.pk), each.is_mine) if each.pk in waiting else each for each in paikat]
    return [*(_place_of(row, is_mine=False) for row in waiting.values()), *known]


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


def is_unanswered(row: Paikka | Kirjausrivi) -> bool:
    return not row.is_sent and not row.aste


def is_ready(paikka: Paikka) -> bool:
    """Has the draft what the button for all ready ones asks: a score and a comment?"""
    has_score = paikka.aste or paikka.on_sanallinen
    return bool(paikka.tila == Kirjaus.Tila.LUONNOS and has_score and paikka.kommentti.strip())
