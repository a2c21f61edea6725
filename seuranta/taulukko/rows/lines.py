"""Taulu -> drafts of rows, one for each line of data or for several that continue it, with all that has to be told."""

from ..layout import LISAT, Datarivi, Osa, Taulu
from ..layout.choices import OMA, OMA_KIRJAUS, Choices
from ..layout.parts import text_of
from ..pituudet import NIMI
from .drafts import Kirjausluonnos, Luentatulos, Luonnos
from .kirjaukset import Kirjauslukija
from .kysymykset import ask
from .levels import LEVELS, Levels
from .mittariluvut import Mittarilukija
from .sentences import issue
from .solulukija import Solulukija
from .texts import read_text, short, split_code, split_goals
from .validity import read_validity

_TEXTS = ("koodi", "toimenpide", "toimielin", "toimiala", "vastuu", "riski", "mittari", "sdg")
_CONTINUES = {"kommentti", "vastuu", "mittari", "riski", "sdg", "koodi", OMA, OMA_KIRJAUS, "sisainen_huomio", *LISAT}
_CONTINUES |= {"mittari.lahto", "mittari.tavoite", "mittari.arvo", "mittari.suunta"}


class Reader:
    """Reads the lines of one table into a Luentatulos. `jaksot`: names."""

    def __init__(self, table: Taulu, jaksot: list[str], choices: Choices, tulos: Luentatulos):
        self.table, self.jaksot, self.choices, self.tulos = table, jaksot, choices, tulos
        self.levels = Levels(table)
        self.name_column = table.of_role("toimenpide")[0].column
        self.naming = {self.name_column, *self.levels.columns.values()}
        self.is_coded = _is_coded(table, self.name_column)
        self.texts = table.of_role(*_TEXTS)
        self.years = table.of_role("voimassa", "voimassa.alkaa", "voimassa.paattyy")
        self.own = table.of_role(OMA, "mittari.suunta")
        self.known = {column.column: column for column in reversed(table.columns) if column.role}
        self.worked_out = {column.column for column in table.columns if column.is_formula}
        self.solut = Solulukija(tulos)
        self.kirjaukset = Kirjauslukija(table, jaksot, choices, self.solut)
        self.mittarit = Mittarilukija(table, jaksot)
        self.last: Luonnos | None = None
        self.parts_of: dict[int, int] = {}

    def read(self) -> None:
        for part in self.table.parts:
            self.last = None
            for line in part.rows:
                self._line(part, line)
        self.kirjaukset.tell_percents()

    def _line(self, part: Osa, line: Datarivi):
        sheet, cells = part.sheet, part.sheet.rows[line.row]
        if line.is_ragged:
            self._ragged(part, line)
            return
        self._skip_unknown(sheet, line.row, cells)
        roles = {self.known[column].role for column in cells if column in self.known and cells[column].kind != "blank"}
        if not roles - {"sdg"} and self.name_column not in cells:
            self._only_goals(sheet, line.row, cells)
            return
        if self.last is not None and self._continues(sheet, line.row, cells):
            self._continue(sheet, line.row, cells, roles)
            return
        draft = Luonnos(sheet.ref(line.row, self.name_column))
        self._fill(sheet, line, cells, draft)
        self.solut.drop_too_long(draft)
        if not draft.texts.get("toimenpide") and not self.solut.is_told(draft.cell):
            self.tulos.errors.append(issue(draft.cell, "missing_name"))
        self._tell_looks(sheet, line.row, cells, draft)
        self.tulos.drafts.append(draft)
        self.last = draft

    def _fill(self, sheet, line, cells, draft):
        self._read_levels(sheet, line, draft)
        for column in self.texts:
            solu = self.solut.solu_at(sheet, line.row, column.column)
            if solu is not None:
                self.solut.read_text(draft, column, solu, sheet.ref(line.row, column.column))
        self._read_context(line, draft)
        self._read_code(draft)
        self._read_own(sheet, line.row, draft)
        self._read_years(sheet, line.row, draft)
        self.kirjaukset.read(sheet, line.row, draft)
        self.mittarit.read(sheet, line.row, draft, self.solut.solu_at)

    def _read_years(self, sheet, row, draft):
        years = [
            (column.role, sheet.ref(row, column.column), self.solut.solu_at(sheet, row, column.column))
            for column in self.years
        ]
        read_validity(draft, years, self.tulos.errors, self.tulos.notices)

    # --- lines that continue the row above

    def _continues(self, sheet, row, cells):
        """Name and levels blank or merged with those above, and something else filled."""
        if not self.naming.isdisjoint(cells):
            return False
        origin = sheet.origins.get((row, self.name_column))
        if origin and sheet.ref(*origin) not in (self.last.cell, *self.last.joined):
            return False
        return any(solu.kind != "blank" for solu in cells.values())

    def _continue(self, sheet, row, cells, roles):
        filled = {column: solu for column, solu in cells.items() if solu.kind != "blank" and column in self.known}
        parts = roles - _CONTINUES
        if parts and self.choices.parts != "yhdista":
            self._part_answer(sheet, row, filled, parts)
            return
        first = min(filled, default=min(cells))
        self.tulos.notices.append(issue(sheet.ref(row, first), "lines_joined", first=self.last.cell))
        for column in sorted(filled):
            for each in self.table.columns:
                if each.column == column and each.role:
                    self._join(sheet, row, each, filled[column])
        self.mittarit.read(sheet, row, self.last, self.solut.solu_at, is_more=True)

    def _join(self, sheet, row, column, solu):
        cell = sheet.ref(row, column.column)
        if column.role in _TEXTS:
            self.solut.read_text(self.last, column, solu, cell)
        elif column.role in (OMA, "mittari.suunta"):
            self.solut.put_own(self.last.omat, self.last.own_cells, column, solu, cell)
        elif column.jakso is not None and column.role not in ("toteutumisaste", "mittari.arvo"):
            name = self.jaksot[column.jakso]
            self.kirjaukset.read_words(self.last.kirjaukset.setdefault(name, Kirjausluonnos(name)), column, solu, cell)
        elif column.role == "toteutumisaste":
            self.solut.skip(sheet, row, column.column, solu, "left_out")

    def _part_answer(self, sheet, row, filled, parts):
        """A line with its own score or unit under the row above: another's answer to the same toimenpide."""
        above = self.last
        draft = Luonnos(sheet.ref(row, self.name_column))
        for role in (*LEVELS, "toimenpide", "toimielin", "toimiala"):
            if role in above.texts:
                draft.texts[role], draft.cells[role] = above.texts[role], above.cells.get(role, above.cell)
        for column in self.texts:
            solu = filled.get(column.column)
            if solu is not None:
                for above_it in (draft.texts, draft.cells):
                    above_it.pop(column.role, None)
                self.solut.read_text(draft, column, solu, sheet.ref(row, column.column))
        self._read_own(sheet, row, draft)
        self._read_years(sheet, row, draft)
        self.kirjaukset.read(sheet, row, draft)
        self.solut.drop_too_long(draft)
        number = self.parts_of[id(above)] = self.parts_of.get(id(above), 1) + 1
        if "toimenpide" in draft.texts and len(draft.texts["toimenpide"]) < NIMI - 6:
            draft.texts["toimenpide"] = f"{draft.texts['toimenpide']} ({number})"
        if self.mittarit.columns & filled.keys():
            self.mittarit.read(sheet, row, draft, self.solut.solu_at)
        if self.choices.parts != "riveiksi":
            cells = [column for column in filled if self.known[column].role in parts]
            cell = sheet.ref(row, min(cells))
            self.tulos.ask("part_answer", "", cell, lambda cells: ask("part_answer", cells))
        self.tulos.drafts.append(draft)

    def _ragged(self, part, line):
        sheet = part.sheet
        columns = list(sheet.rows[line.row])
        width, expected = sheet.widths[line.row], sheet.widths[part.main_row]
        cell = sheet.ref(line.row, next((column for column in columns if column > expected), columns[0]))
        self.tulos.errors.append(issue(cell, "ragged", width=width, expected=expected))
        for column in columns:
            if sheet.ref(line.row, column) != cell:
                self.solut.skip(sheet, line.row, column, sheet.rows[line.row][column], "not_table")
        self.tulos.drafts.append(Luonnos(sheet.ref(line.row, self.name_column)))

    def _skip_unknown(self, sheet, row, cells):
        """What a person left out of the table."""
        if cells.keys() <= self.known.keys():
            return
        for column, solu in cells.items():
            if column not in self.known and solu.value is not None:
                reason = "formula" if column in self.worked_out else "left_out"
                self.solut.skip(sheet, row, column, solu, reason if solu.kind != "blank" else "empty_row")

    def _only_goals(self, sheet, row, cells):
        """A line that lists one more goal of its painopiste, or holds nothing that is read."""
        for column, solu in cells.items():
            if column in self.known and solu.kind != "blank":
                cell = sheet.ref(row, column)
                self.tulos.notices.append(issue(cell, "needs_decision/sdg", text=text_of(solu)))

    def _read_levels(self, sheet, line, draft):
        for role, (text, cell, is_carried) in self.levels.read(sheet, line).items():
            draft.texts[role], draft.cells[role] = text, cell
            if is_carried:
                blank = sheet.ref(line.row, self.levels.columns[role])
                self.tulos.notices.append(issue(blank, "carried_down", text=short(text)))
        for role, column in self.levels.columns.items():
            solu = sheet.rows[line.row].get(column)
            if solu is not None:
                self._check_level(draft, role, solu, sheet.ref(line.row, column))

    def _check_level(self, draft, role, solu, cell):
        """What Levels does not see: errors, removed formatting, white space in place of a name."""
        if solu.kind in ("error", "no_value"):
            self.solut.tell_faulty(solu, cell)
            draft.cells[role] = cell
        elif solu.kind == "blank":
            draft.blanks[cell] = role
        elif solu.kind == "text" and "<" in solu.value and read_text(solu)[1]:
            self.tulos.notices.append(issue(cell, "html_removed"))

    def _read_own(self, sheet, row, draft):
        for column in self.own:
            solu = self.solut.solu_at(sheet, row, column.column)
            if solu is not None and solu.value is not None:
                self.solut.put_own(draft.omat, draft.own_cells, column, solu, sheet.ref(row, column.column))

    def _read_context(self, line, draft):
        for role in ("toimielin", "toimiala"):
            if role in line.context and role not in draft.texts:
                draft.texts[role], draft.cells[role] = line.context[role]

    def _read_code(self, draft):
        if self.is_coded and "toimenpide" in draft.texts and "koodi" not in draft.texts:
            code, name = split_code(draft.texts["toimenpide"])
            if code:
                draft.texts["koodi"], draft.cells["koodi"] = code, draft.cell
                draft.texts["toimenpide"] = name

    def _tell_looks(self, sheet, row, cells, draft):
        if row in sheet.hidden_rows:
            self.tulos.notices.append(issue(draft.cell, "hidden"))
        struck = [column for column, solu in cells.items() if solu.struck and column in self.known]
        if struck:
            self.tulos.notices.append(issue(sheet.ref(row, struck[0]), "struck_through"))


def _is_coded(table, column):
    """True if most names begin with a dotted code; else "1.9. avataan" would lose its date."""
    texts = [
        str(part.sheet.rows[line.row][column].value)
        for part in table.parts
        for line in part.rows
        if column in part.sheet.rows[line.row]
    ]
    coded = sum(1 for text in texts if text[:1].isdigit() and split_code(text)[0])
    return coded * 2 > len(texts)


__all__ = ["LEVELS", "Reader", "split_goals"]
