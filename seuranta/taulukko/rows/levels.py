"""Which painopiste, tavoite and toimialan tavoite a row stands under: written, merged, from a band or carried down."""

from functools import lru_cache

from strategia.nimet import normalise

from ..layout import Datarivi, Taulu
from ..workbook import Solu, Valilehti
from .texts import read_text

# A table has few names on many rows.
alike = lru_cache(maxsize=10_000)(normalise)

LEVELS = ("painopiste", "tavoite", "toimialan_tavoite")


class Levels:
    """Goes down the rows of a table. `read` gives role -> (text, source cell, carried)."""

    def __init__(self, table: Taulu):
        self.columns = {}
        for column in table.of_role(*LEVELS):
            self.columns.setdefault(column.role, column.column)
        self.is_flat = table.is_flat
        self.repeated = {role for role in self.columns if _is_repeated(table, self.columns[role])}
        self.held: dict[str, tuple[str, str]] = {}
        self.context: dict[str, tuple[str, str]] = {}
        self.sheet: Valilehti | None = None

    def read(self, sheet: Valilehti, line: Datarivi) -> dict[str, tuple[str, str, bool]]:
        if sheet is not self.sheet:
            self.sheet, self.held, self.context = sheet, {}, {}
        found = {}
        is_new = is_written = False  # of the levels above
        for role in LEVELS:
            if not (role in self.columns or role in line.context or role in self.held):
                continue
            written = self._written(sheet, line.row, role)
            banded = line.context.get(role)
            if written:
                text, cell, is_own = written
                held = self.held[role][0] if role in self.held else ""
                is_new = is_new or (text != held and alike(text) != alike(held))
                is_written = is_written or is_own
                self.held[role] = (text, cell)
            elif banded and (banded is not self.context.get(role) or role not in self.columns):
                is_new = is_new or banded is not self.context.get(role)
                self.held[role] = banded
            elif is_new or self.is_flat or (is_written and role in self.repeated):
                # A new parent above, or a sheet that writes its values on every row: this blank is meant.
                self.held.pop(role, None)
            if role in self.held:
                is_carried = role in self.columns and not written and banded is not self.held[role]
                found[role] = (*self.held[role], is_carried)
        self.context = line.context
        return found

    def _written(self, sheet, row, role):
        """(text, cell, True if in this very row) of the level's own cell or of the merge that covers it."""
        column = self.columns.get(role)
        if column is None:
            return None
        solu = sheet.rows[row].get(column)
        if _has_text(solu):
            return read_text(solu)[0], sheet.ref(row, column), True
        origin = sheet.origins.get((row, column))
        if origin and origin[1] == column:
            solu = sheet.rows.get(origin[0], {}).get(column)
            if _has_text(solu):
                return read_text(solu)[0], sheet.ref(*origin), False
        return None


def _is_repeated(table, column):
    """True if the sheet writes a level again on the next row where it could have left it blank."""
    for part in table.parts:
        last = None
        for line in part.rows:
            solu = part.sheet.rows[line.row].get(column)
            text = solu.text if _has_text(solu) else None
            if text and text == last:
                return True
            last = text
    return False


def _has_text(solu: Solu | None):
    return solu is not None and solu.kind not in ("blank", "error", "no_value")
