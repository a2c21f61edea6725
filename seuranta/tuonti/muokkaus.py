"""Luettu + a row's cell -> the cells of that row, each with its value, for a person to type over."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from strategia.models import LISAKENTAT, SANASTO

from ..taulukko.rows import Luettu
from ..taulukko.soluviite import Soluviite, sheet_of
from ..tiedosto.rivit import word_of

_SHORT = {"koodi", "toimiala", "toimielin", "toteutumisaste", "syy", "voimassa", "jakso"}
_OF_KIRJAUS = ("toteutumisaste", "syy", "kommentti", *LISAKENTAT, "sisainen_huomio")


@dataclass(frozen=True)
class Kentta:
    """One cell: what it is called, the value read from it, and whether the value is of many rows."""

    cell: str
    sana: str
    arvo: str
    on_lyhyt: bool
    on_yhteinen: bool = False


def cells_of_row(luettu: Luettu, cell: str) -> list[Kentta] | None:
    """The fields of the row whose toimenpide stands in `cell`, in the sheet's order; None if there is no such row.

    A cell that is empty on this row is there too, where the sheet has its column. What was joined of several cells
    is left out: it can only be mended in the file.
    """
    rivi = next((rivi for rivi in luettu.rows if rivi.cell == cell), None)
    if rivi is None:
        return None
    fields = {}
    for (role, jakso), viite in _columns(luettu, cell).items():
        kirjaus = next((k for k in rivi.kirjaukset if k.jakso == jakso), None)
        told = kirjaus or rivi
        if role in told.joined.values():
            continue
        row = _row(told.cells, cell)
        blank = next((own for own, level in rivi.blanks.items() if level == role), None)
        place = told.cells.get(role) or blank or str(viite._replace(row=row))
        word = f"{_word(role)}, {jakso}" if jakso and len(luettu.jaksot) > 1 else _word(role)
        is_shared = Soluviite.parse(place).row != row
        if place not in fields:  # a koodi before a name stands in the name's own cell
            fields[place] = Kentta(place, word, _value(rivi, kirjaus, role), role in _SHORT, is_shared)
    return sorted(fields.values(), key=lambda field: (not field.on_yhteinen, Soluviite.parse(field.cell).column))


def _columns(luettu, cell):
    """{(role, jakso or None): Soluviite of the column} of the cell's sheet, from the cells of all its rows."""
    found, sheet = {}, sheet_of(cell)
    for rivi in luettu.rows:
        if sheet_of(rivi.cell) == sheet:
            for role, each in rivi.cells.items():
                if role in SANASTO or role == "voimassa":
                    found.setdefault((role, None), each)
            for kirjaus in rivi.kirjaukset:
                for role, each in kirjaus.cells.items():
                    if role in _OF_KIRJAUS:
                        found.setdefault((role, kirjaus.jakso), each)
    if ("toimenpide", None) in found:  # first, so that a koodi of the same cell is typed with its name
        found = {("toimenpide", None): found[("toimenpide", None)], **found}
    name = Soluviite.parse(cell).sheet
    return {what: Soluviite(name, Soluviite.parse(each).column) for what, each in found.items()}


def _value(rivi, kirjaus, role):
    if role == "toteutumisaste":
        return kirjaus.raw or str(kirjaus.toteutumisaste or "")
    if role == "syy":
        return ""  # the words of the sheet stand for it; an empty field leaves them as they are
    if kirjaus:
        return getattr(kirjaus, role) or ""
    if role == "sdg":
        return "; ".join(rivi.sdg)
    if role == "voimassa":
        return rivi.vuosina
    if role == "toimenpide" and rivi.koodi and rivi.cells.get("koodi") == rivi.cells.get("toimenpide"):
        return f"{rivi.koodi} {rivi.toimenpide or ''}"
    return getattr(rivi, role) or ""


def _word(role):
    return _("Voimassa") if role == "voimassa" else str(word_of(role))


def _row(cells, cell):
    """The row a kirjaus stands on: its own in a flat table, else that of its toimenpide."""
    place = next((cells[role] for role in ("toteutumisaste", "kommentti", "jakso") if role in cells), cell)
    return Soluviite.parse(place).row
