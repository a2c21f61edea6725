"""Taulu -> drafts of rows, one for each line of data or for several that continue it, with all that has to be told."""

from ..layout import LISAT, Datarivi, Osa, Skip, Taulu, Tiedostosarake
from ..layout.choices import OMA, OMA_KIRJAUS, Choices
from ..layout.parts import text_of
from ..layout.scores import EI_VASTATTU, SYYT, Arvio
from ..pituudet import JAKSO, NIMI, ROOLIT, TEKSTI
from ..workbook import Solu
from .cells import Astelukija
from .drafts import Kirjausluonnos, Luentatulos, Luonnos
from .kysymykset import ask
from .levels import LEVELS, Levels
from .marks import read_marks
from .mittariluvut import Mittarilukija
from .sentences import issue
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
        self.is_coded = _is_coded(table, self.name_column)
        self.texts = table.of_role(*_TEXTS)
        self.years = table.of_role("voimassa", "voimassa.alkaa", "voimassa.paattyy")
        self.own = table.of_role(OMA, "mittari.suunta")
        self.known = {column.column: column for column in reversed(table.columns) if column.role}
        self.worked_out = {column.column for column in table.columns if column.is_formula}
        self.of_jakso = [column for column in table.columns if column.jakso is not None]
        self.jakso_column = next(iter(table.of_role("jakso")), None)
        self.readers = {
            id(column): Astelukija(column, table.evidence[column.column], table.scale, choices)
            for column in table.of_role("toteutumisaste")
        }
        self.mittarit = Mittarilukija(table, jaksot)
        self.too_long: set[str] = set()  # the cells told to be: a merged level is on many rows
        self.last: Luonnos | None = None
        self.parts_of: dict[int, int] = {}

    def read(self) -> None:
        for part in self.table.parts:
            self.last = None
            for line in part.rows:
                self._line(part, line)
        self._tell_percents()

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
        self._drop_too_long(draft)
        if not draft.texts.get("toimenpide") and not self._is_told(draft.cell):
            self.tulos.errors.append(issue(draft.cell, "missing_name"))
        self._tell_looks(sheet, line.row, cells, draft)
        self.tulos.drafts.append(draft)
        self.last = draft

    def _fill(self, sheet, line, cells, draft):
        self._read_levels(sheet, line, draft)
        for column in self.texts:
            solu = self._solu(sheet, line.row, column.column)
            if solu is not None:
                self._read_text(draft, column, solu, sheet.ref(line.row, column.column))
        self._read_context(line, draft)
        self._read_code(draft)
        self._read_own(sheet, line.row, draft)
        self._read_years(sheet, line.row, draft)
        self._read_kirjaukset(sheet, line.row, draft)
        self.mittarit.read(sheet, line.row, draft, self._solu)

    def _read_years(self, sheet, row, draft):
        years = [
            (column.role, sheet.ref(row, column.column), self._solu(sheet, row, column.column)) for column in self.years
        ]
        read_validity(draft, years, self.tulos.errors, self.tulos.notices)

    # --- lines that continue the row above

    def _continues(self, sheet, row, cells):
        """Name and levels blank or merged with those above, and something else filled."""
        named = [self.name_column, *self.levels.columns.values()]
        if any(column in cells for column in named):
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
        self.mittarit.read(sheet, row, self.last, self._solu, is_more=True)

    def _join(self, sheet, row, column, solu):
        cell = sheet.ref(row, column.column)
        if column.role in _TEXTS:
            self._read_text(self.last, column, solu, cell)
        elif column.role in (OMA, "mittari.suunta"):
            self._put_own(self.last.omat, self.last.own_cells, column, solu, cell)
        elif column.jakso is not None and column.role not in ("toteutumisaste", "mittari.arvo"):
            name = self.jaksot[column.jakso]
            self._read_words(self.last.kirjaukset.setdefault(name, Kirjausluonnos(name)), column, solu, cell)
        elif column.role == "toteutumisaste":
            self._skip(sheet, row, column.column, solu, "left_out")

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
                self._read_text(draft, column, solu, sheet.ref(row, column.column))
        self._read_own(sheet, row, draft)
        self._read_years(sheet, row, draft)
        self._read_kirjaukset(sheet, row, draft)
        self._drop_too_long(draft)
        number = self.parts_of[id(above)] = self.parts_of.get(id(above), 1) + 1
        if "toimenpide" in draft.texts and len(draft.texts["toimenpide"]) < NIMI - 6:
            draft.texts["toimenpide"] = f"{draft.texts['toimenpide']} ({number})"
        if self.mittarit.columns & filled.keys():
            self.mittarit.read(sheet, row, draft, self._solu)
        if self.choices.parts != "riveiksi":
            cells = [column for column in filled if self.known[column].role in parts]
            cell = sheet.ref(row, min(cells))
            self.tulos.ask("part_answer", "", cell, lambda cells: ask("part_answer", cells))
        self.tulos.drafts.append(draft)

    # --- cells of a row

    def _solu(self, sheet, row, column) -> Solu | None:
        """The cell, or the one whose vertical merge covers it."""
        solu = sheet.rows[row].get(column)
        origin = sheet.origins.get((row, column)) if sheet.origins else None
        if origin and origin[1] == column:
            return sheet.rows.get(origin[0], {}).get(column, solu)
        return solu

    def _ragged(self, part, line):
        sheet = part.sheet
        columns = list(sheet.rows[line.row])
        width, expected = sheet.widths[line.row], sheet.widths[part.main_row]
        cell = sheet.ref(line.row, next((column for column in columns if column > expected), columns[0]))
        self.tulos.errors.append(issue(cell, "ragged", width=width, expected=expected))
        for column in columns:
            if sheet.ref(line.row, column) != cell:
                self._skip(sheet, line.row, column, sheet.rows[line.row][column], "not_table")
        self.tulos.drafts.append(Luonnos(sheet.ref(line.row, self.name_column)))

    def _skip(self, sheet, row, column, solu, reason):
        self.tulos.skipped.append(Skip(sheet.ref(row, column), reason, text_of(solu) if solu.kind != "blank" else ""))

    def _skip_unknown(self, sheet, row, cells):
        """What a person left out of the table."""
        if cells.keys() <= self.known.keys():
            return
        for column, solu in cells.items():
            if column not in self.known and solu.value is not None:
                reason = "formula" if column in self.worked_out else "left_out"
                self._skip(sheet, row, column, solu, reason if solu.kind != "blank" else "empty_row")

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
            self._faulty(solu, cell)
            draft.cells[role] = cell
        elif solu.kind == "blank":
            draft.blanks[cell] = role
        elif solu.kind == "text" and "<" in solu.value and read_text(solu)[1]:
            self.tulos.notices.append(issue(cell, "html_removed"))

    def _read_text(self, draft, column: Tiedostosarake, solu, cell):
        draft.name_cell(column.role, cell)
        if solu.kind == "blank":
            return
        text = self._text(solu, cell)
        if not text:
            return
        is_joined = column.role in draft.texts
        joined = f"{draft.texts[column.role]}\n{text}" if is_joined else text
        if is_joined and self._is_too_long(cell, joined, ROOLIT.get(column.role, NIMI)):
            return
        draft.texts[column.role] = joined

    def _read_own(self, sheet, row, draft):
        for column in self.own:
            solu = self._solu(sheet, row, column.column)
            if solu is not None and solu.value is not None:
                self._put_own(draft.omat, draft.own_cells, column, solu, sheet.ref(row, column.column))

    def _put_own(self, omat, own_cells, column, solu, cell):
        """An own column's text under its heading; an x of several columns by the headings it stands under."""
        own_cells[cell] = column.key
        text = (column.heading if column.group else self._text(solu, cell)) if solu.kind != "blank" else ""
        if text:
            mark = ", " if column.group else "\n"
            joined = f"{omat[column.key]}{mark}{text}" if omat.get(column.key) else text
            if not self._is_too_long(cell, joined, TEKSTI):
                omat[column.key] = joined

    def _text(self, solu, cell):
        if solu.kind in ("error", "no_value"):
            self._faulty(solu, cell)
            return None
        text, is_html = read_text(solu)
        if is_html:
            self.tulos.notices.append(issue(cell, "html_removed"))
        return text

    def _faulty(self, solu, cell):
        code = "error_cell" if solu.kind == "error" else "formula_without_value"
        self.tulos.errors.append(issue(cell, code, text=solu.text))

    def _is_too_long(self, cell, text, limit):
        """True, and told once at the cell, if the text has more characters than its field takes."""
        if len(text) <= limit:
            return False
        if cell not in self.too_long:
            self.too_long.add(cell)
            self.tulos.errors.append(issue(cell, "too_long", length=len(text), limit=limit))
        return True

    def _drop_too_long(self, draft):
        """The last look at a row's texts, wherever they came from: its own cells, a band, another text's code."""
        for role, text in list(draft.texts.items()):
            if self._is_too_long(draft.cells[role], text, ROOLIT.get(role, NIMI)):
                del draft.texts[role]

    def _is_told(self, cell):
        return cell in self.too_long or cell in {error.cell for error in self.tulos.errors[-3:]}

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

    # --- the kirjaukset of a row

    def _read_kirjaukset(self, sheet, row, draft):
        named = self._named_jakso(sheet, row, draft)
        seen: set[tuple] = set()
        for column in self.of_jakso:
            name = named or self.jaksot[column.jakso]
            kirjaus = draft.kirjaukset.setdefault(name, Kirjausluonnos(name))
            solu, cell = self._solu(sheet, row, column.column), sheet.ref(row, column.column)
            if column.role == "toteutumisaste" and column.group:
                if column.group not in seen:
                    seen.add(column.group)
                    read_marks(self.table, column, sheet, row, kirjaus, self.tulos)
            elif column.role == "toteutumisaste":
                self._read_score(kirjaus, column, solu, cell)
            elif solu is not None and column.role != "mittari.arvo":
                self._read_words(kirjaus, column, solu, cell)
        if self.jakso_column and not named and not any(kirjaus.says for kirjaus in draft.kirjaukset.values()):
            draft.kirjaukset = {}
        if named:
            kirjaus = draft.kirjaukset.setdefault(named, Kirjausluonnos(named))
            kirjaus.cells["jakso"] = sheet.ref(row, self.jakso_column.column)

    def _named_jakso(self, sheet, row, draft):
        """The jakso that a flat table names on the row, "" if none."""
        solu = sheet.rows[row].get(self.jakso_column.column) if self.jakso_column else None
        if solu is None:
            return ""
        cell = sheet.ref(row, self.jakso_column.column)
        if solu.kind == "blank":
            draft.cells["jakso"] = cell
            return ""
        name = " ".join((self._text(solu, cell) or "").split())
        if self._is_too_long(cell, name, JAKSO):
            draft.cells["jakso"] = cell
            return ""
        return name

    def _read_score(self, kirjaus, column, solu, cell):
        if solu is None:
            return
        aste = self.readers[id(column)].read(solu)
        arvio = aste.arvio
        if solu.value is not None or arvio.score:
            kirjaus.cells.setdefault("toteutumisaste", cell)
        # A reason on the row (the column "Syy") may have been read already: a blank score does not wipe it out.
        if arvio.score or arvio.error or arvio.syy != EI_VASTATTU:
            kirjaus.arvio, kirjaus.alkuperainen = arvio, aste.shown
        if aste.asks:
            kirjaus.raw = None if aste.asks == "unknown_scale" else text_of(solu)
            self._ask_score(aste, solu, cell, column)
        elif arvio.error:
            kirjaus.raw = text_of(solu)
            self.tulos.errors.append(issue(cell, arvio.error, text=kirjaus.raw))
        elif arvio.by_colour:
            way = "read_from_colour/word" if solu.kind == "text" and not column.why else "read_from_colour"
            self.tulos.notices.append(issue(cell, way, score=arvio.score, text=solu.value))
        elif column.by_colour == "own" and not column.why and solu.colour == "other":
            self.tulos.notices.append(issue(cell, "needs_decision/colour"))

    def _ask_score(self, aste, solu, cell, column):
        scale = self.table.scale
        if aste.asks == "unknown_word":
            word = " ".join(solu.value.split())
            self.tulos.ask("unknown_word", word.casefold(), cell, lambda cells: ask("unknown_word", cells, text=word))
        elif aste.asks == "unknown_scale":
            key = str(sorted(scale.numbers.items()))
            self.tulos.ask("unknown_scale", key, cell, lambda cells: ask("unknown_scale", cells, scale=scale))
        else:
            heading = column.heading
            self.tulos.ask(aste.asks, heading, cell, lambda cells: ask(aste.asks, cells, text=heading))

    def _read_words(self, kirjaus, column, solu, cell):
        role = column.role
        if role == OMA_KIRJAUS:
            if solu.value is not None:
                self._put_own(kirjaus.omat, kirjaus.own_cells, column, solu, cell)
            return
        if kirjaus.cells.setdefault(role, cell) != cell:
            kirjaus.joined[cell] = role
        text = self._text(solu, cell) if solu.kind != "blank" else None
        if not text:
            return
        if role == "syy":
            self._read_reason(kirjaus, text, cell)
            return
        before = kirjaus.lisat.get(role) if role in LISAT else getattr(kirjaus, role)
        joined = f"{before}\n{text}" if before else text
        if self._is_too_long(cell, joined, TEKSTI):
            return
        if role in LISAT:
            kirjaus.lisat[role] = joined
        else:
            setattr(kirjaus, role, joined)

    def _read_reason(self, kirjaus, text, cell):
        syy = SYYT.get(" ".join(text.split()).casefold().rstrip("."))
        if not syy:
            self.tulos.notices.append(issue(cell, "needs_decision/syy", text=short(text)))
        elif not kirjaus.arvio.score and not kirjaus.arvio.error:
            kirjaus.arvio = Arvio(None, syy)

    def _tell_looks(self, sheet, row, cells, draft):
        if row in sheet.hidden_rows:
            self.tulos.notices.append(issue(draft.cell, "hidden"))
        struck = [column for column, solu in cells.items() if solu.struck and column in self.known]
        if struck:
            self.tulos.notices.append(issue(sheet.ref(row, struck[0]), "struck_through"))

    def _tell_percents(self):
        for column in self.table.columns:
            if column.by_percent and column.role == "toteutumisaste":
                way = "_nearest" if self.choices.percents else ""
                self.tulos.notices.append(issue(self.table.cell(column.column), f"needs_decision/percent{way}"))


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
