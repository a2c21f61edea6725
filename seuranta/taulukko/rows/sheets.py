"""Asettelu -> sheet by sheet what was read of it, for the page where the reading is decided."""

from ..layout import Asettelu
from ..soluviite import letters_of
from .model import Luettusarake, Luettuvalilehti


def describe_sheets(layout: Asettelu, sheets) -> tuple[Luettuvalilehti, ...]:
    """Every visible sheet in the file's order; one that is in no table was not read."""
    return tuple(_describe(layout, sheet) for sheet in sheets if not sheet.is_hidden)


def _describe(layout, sheet):
    own = [(table, part) for table in layout.tables for part in table.parts if part.sheet is sheet]
    if not own:
        return Luettuvalilehti(sheet.name, luettu=False, why="Ei luettu taulukoksi.")
    table, part = own[0]
    return Luettuvalilehti(
        sheet.name,
        tuple(part.header_rows),
        tuple(
            Luettusarake(
                letters_of(column.column),
                column.heading,
                column.role or "pois",
                jakso=None if column.jakso is None or table.is_flat else layout.jaksot[column.jakso],
                is_chosen=column.is_chosen,
            )
            for column in table.columns
        ),
        sum(len(part.rows) for _table, part in own),
    )
