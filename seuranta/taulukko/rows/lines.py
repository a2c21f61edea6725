"""Taulu -> drafts of rows, one for each line of data, with the errors and notices of their cells."""

from dataclasses import dataclass, field

from ..guard import Issue
from ..layout import LISAT, Datarivi, Osa, Skip, Taulu, Tiedostosarake
from ..layout.scores import EI_VASTATTU, SYYT, Arvio, as_text, read_score
from ..pituudet import JAKSO, NIMI, ROOLIT, TEKSTI
from ..workbook import Solu
from .levels import LEVELS, Levels
from .sentences import issue
from .texts import read_text, split_code, split_goals
from .validity import read_validity

_TEXTS = ("koodi", "toimenpide", "toimielin", "toimiala", "vastuu", "riski", "mittari", "sdg")


@dataclass
class Kirjausluonnos:
    """A Kirjausarvo in the making; `jakso` is a name."""

    jakso: str
    arvio: Arvio = Arvio(None, EI_VASTATTU)
    kommentti: str | None = None
    sisainen_huomio: str | None = None
    raw: str | None = None
    lisat: dict[str, str] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    joined: dict[str, str] = field(default_factory=dict)


@dataclass
class Luonnos:
    """A Tiedostorivi in the making: field -> text, field -> cell, and its kirjaukset by the jakso's name."""

    cell: str
    texts: dict[str, str] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    joined: dict[str, str] = field(default_factory=dict)
    blanks: dict[str, str] = field(default_factory=dict)
    kirjaukset: dict[str, Kirjausluonnos] = field(default_factory=dict)
    voimassa: tuple[int, int] | None = None
    nimen_vuodet: tuple[int, int] | None = None


@dataclass
class Luentatulos:
    """What the lines gave: drafts in order, and all that has to be told."""

    drafts: list[Luonnos] = field(default_factory=list)
    errors: list[Issue] = field(default_factory=list)
    notices: list[Issue] = field(default_factory=list)
    skipped: list[Skip] = field(default_factory=list)


class Reader:
    """Reads the lines of one table into a Luentatulos. `labels`: casefolded words -> 1-5; `jaksot`: names."""

    def __init__(self, table: Taulu, jaksot: list[str], labels: dict[str, int], tulos: Luentatulos):
        self.table, self.jaksot, self.labels, self.tulos = table, jaksot, labels, tulos
        self.levels = Levels(table)
        self.name_column = next(column.column for column in table.columns if column.role == "toimenpide")
        self.is_coded = _is_coded(table, self.name_column)
        self.texts = [column for column in table.columns if column.role in _TEXTS]
        self.years = [column.column for column in table.columns if column.role == "voimassa"]
        self.known = {column.column: column for column in table.columns if column.role}
        self.of_jakso = [column for column in table.columns if column.jakso is not None]
        self.jakso_column = next((column for column in table.columns if column.role == "jakso"), None)
        self.too_long: set[str] = set()  # the cells told to be: a merged level is on many rows

    def read(self) -> None:
        for part in self.table.parts:
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
        draft = Luonnos(sheet.ref(line.row, self.name_column))
        self._read_levels(sheet, line, draft)
        for column in self.texts:
            solu = self._solu(sheet, line.row, column.column)
            if solu is not None:
                self._read_text(draft, column, solu, sheet.ref(line.row, column.column))
        self._read_context(line, draft)
        self._read_code(draft)
        years = [(sheet.ref(line.row, column), self._solu(sheet, line.row, column)) for column in self.years]
        read_validity(draft, years, self.tulos.errors, self.tulos.notices)
        self._read_kirjaukset(sheet, line.row, draft)
        self._drop_too_long(draft)
        if not draft.texts.get("toimenpide") and not self._is_told(draft.cell):
            self.tulos.errors.append(issue(draft.cell, "missing_name"))
        self._tell_looks(sheet, line.row, cells, draft)
        self.tulos.drafts.append(draft)

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
                text = sheet.rows[line.row][column].text
                self.tulos.skipped.append(Skip(sheet.ref(line.row, column), "not_table", text))
        self.tulos.drafts.append(Luonnos(sheet.ref(line.row, self.name_column)))

    def _skip_unknown(self, sheet, row, cells):
        if cells.keys() <= self.known.keys():
            return
        for column, solu in cells.items():
            if column not in self.known and solu.value is not None:
                self.tulos.skipped.append(Skip(sheet.ref(row, column), "unknown_column", solu.text))

    def _only_goals(self, sheet, row, cells):
        """A line that lists one more goal of its painopiste, or holds nothing that is read."""
        for column, solu in cells.items():
            if column in self.known and solu.kind != "blank":
                cell = sheet.ref(row, column)
                self.tulos.notices.append(issue(cell, "needs_decision/sdg", text=solu.text))

    def _read_levels(self, sheet, line, draft):
        for role, (text, cell, is_carried) in self.levels.read(sheet, line).items():
            draft.texts[role], draft.cells[role] = text, cell
            if is_carried:
                blank = sheet.ref(line.row, self.levels.columns[role])
                self.tulos.notices.append(issue(blank, "carried_down", text=_short(text)))
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
        if draft.cells.setdefault(column.role, cell) != cell:
            draft.joined[cell] = column.role
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

    def _read_kirjaukset(self, sheet, row, draft):
        named = self._named_jakso(sheet, row, draft)
        for column in self.of_jakso:
            solu = self._solu(sheet, row, column.column)
            name = named or self.jaksot[column.jakso]
            kirjaus = draft.kirjaukset.setdefault(name, Kirjausluonnos(name))
            cell = sheet.ref(row, column.column)
            if column.role == "toteutumisaste":
                self._read_score(kirjaus, column, solu, cell)
            elif solu is not None:
                self._read_words(kirjaus, column.role, solu, cell)
        if self.jakso_column and not named and not any(map(_says, draft.kirjaukset.values())):
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
        arvio = read_score(solu, self.labels, colours=column.by_colour, percents=column.by_percent)
        if solu.value is not None or arvio.score:
            kirjaus.cells["toteutumisaste"] = cell
        # A reason on the row (the column "Syy") may have been read already: a blank score does not wipe it out.
        if arvio.score or arvio.error or arvio.syy != EI_VASTATTU:
            kirjaus.arvio = arvio
        if arvio.error:
            kirjaus.raw = as_text(solu)
            way = "/percent" if column.by_percent and arvio.error == "score_not_integer" else ""
            self.tulos.errors.append(issue(cell, arvio.error + way, text=kirjaus.raw))
        elif arvio.by_colour:
            way = "read_from_colour/word" if solu.kind == "text" else "read_from_colour"
            self.tulos.notices.append(issue(cell, way, score=arvio.score, text=solu.value))
        elif column.by_colour and solu.colour == "other":
            self.tulos.notices.append(issue(cell, "needs_decision/colour"))

    def _read_words(self, kirjaus, role, solu, cell):
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
            self.tulos.notices.append(issue(cell, "needs_decision/syy", text=_short(text)))
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
            if column.by_percent:
                part = self.table.parts[0]
                cell = part.sheet.ref(part.main_row, column.column)
                self.tulos.notices.append(issue(cell, "needs_decision/percent"))


def _says(kirjaus: Kirjausluonnos):
    return bool(
        kirjaus.arvio.score or kirjaus.arvio.error or kirjaus.arvio.syy != EI_VASTATTU
        or kirjaus.kommentti or kirjaus.sisainen_huomio or kirjaus.lisat
    )  # fmt: skip


def _is_coded(table, column):
    """True if most names begin with a dotted code; else "1.9. avataan" would lose its date."""
    texts = [
        part.sheet.rows[line.row][column].text
        for part in table.parts
        for line in part.rows
        if column in part.sheet.rows[line.row]
    ]
    coded = sum(1 for text in texts if text[:1].isdigit() and split_code(text)[0])
    return coded * 2 > len(texts)


def _short(text):
    text = " ".join(text.split())
    return text if len(text) <= 80 else f"{text[:79]}…"


__all__ = ["LEVELS", "Kirjausluonnos", "Luentatulos", "Luonnos", "Reader", "split_goals"]
