"""Tables of measures beside the table of the rows -> the measures of their painopisteet and tavoitteet."""

from dataclasses import replace

from ..layout import Skip, Taulu
from ..layout.parts import text_of
from ..soluviite import letters_of
from .drafts import Luentatulos, Luonnos
from .levels import Levels
from .mittariluvut import Mittarilukija
from .model import Luettumittari
from .sentences import issue

_OF_VALUES = ("mittari.lahto", "mittari.tavoite", "mittari.arvo")


def read_measures(tables: list[Taulu], tulos: Luentatulos) -> tuple[Luettumittari, ...]:
    """The measures in the file's order; a cell that is neither name, level nor value is told to be left out."""
    return tuple(mittari for table in tables for mittari in _Mittaritaulu(table, tulos).read())


class _Mittaritaulu:
    def __init__(self, table, tulos):
        self.table, self.tulos = table, tulos
        self.levels, self.values = Levels(table), Mittarilukija(table, [])
        self.values.named = table.of_role("toimenpide")
        self.name = self.values.named[0].column
        own = {self.name, *self.levels.columns.values(), *(each.column for each in table.of_role(*_OF_VALUES))}
        self.left = [column for column in table.columns if column.column not in own]

    def read(self):
        found = [mittari for part in self.table.parts for line in part.rows for mittari in self._line(part.sheet, line)]
        self._tell()
        return found

    def _line(self, sheet, line):
        draft = Luonnos(sheet.ref(line.row, self.name))
        for role, (text, _cell, _carried) in self.levels.read(sheet, line).items():
            draft.texts[role] = text
        self._skip_left(sheet, line.row)
        name = _solu(sheet, line.row, self.name)
        if name is None or name.kind == "blank":
            self._skip(sheet, line.row, [column for column in sheet.rows[line.row] if column != self.name])
            return []
        draft.texts["toimenpide"] = text_of(name)
        self.values.read(sheet, line.row, draft, _solu)
        made = draft.mittarit or [Luettumittari(draft.texts["toimenpide"], cell=draft.cell)]
        whose = {role: draft.texts.get(role) for role in ("painopiste", "tavoite")}
        return [replace(mittari, cell=draft.cell, **whose) for mittari in made]

    def _skip_left(self, sheet, row):
        self._skip(sheet, row, [column.column for column in self.left if column.column in sheet.rows[row]])

    def _skip(self, sheet, row, columns):
        for column in columns:
            solu = sheet.rows[row][column]
            if solu.kind != "blank":
                self.tulos.skipped.append(Skip(sheet.ref(row, column), "left_out", text_of(solu)))

    def _tell(self):
        filled = [column for column in self.left if self.table.evidence[column.column].filled]
        letters = ", ".join(letters_of(column.column) for column in filled)
        way = "needs_decision/measures_left" if filled else "needs_decision/measures"
        cell = self.table.cell(self.name)
        self.tulos.notices.append(issue(cell, way, sheet=self.table.parts[0].sheet.name, columns=letters))


def _solu(sheet, row, column):
    """The cell, or the one whose vertical merge covers it."""
    origin = sheet.origins.get((row, column))
    if origin and origin[1] == column:
        return sheet.rows.get(origin[0], {}).get(column)
    return sheet.rows[row].get(column)
