"""A cell -> its text in the draft, with all that has to be told of it."""

from ..layout import Skip, Tiedostosarake
from ..layout.parts import text_of
from ..pituudet import NIMI, ROOLIT, TEKSTI
from ..workbook import Solu
from .drafts import Luentatulos, Luonnos
from .sentences import issue
from .texts import read_text


class Solulukija:
    """Reads cells of any column into drafts of one Luentatulos."""

    def __init__(self, tulos: Luentatulos):
        self.tulos = tulos
        self.too_long: set[str] = set()  # the cells told to be: a merged level is on many rows

    def solu_at(self, sheet, row, column) -> Solu | None:
        """The cell, or the one whose vertical merge covers it."""
        solu = sheet.rows[row].get(column)
        origin = sheet.origins.get((row, column)) if sheet.origins else None
        if origin and origin[1] == column:
            return sheet.rows.get(origin[0], {}).get(column, solu)
        return solu

    def text(self, solu: Solu, cell: str) -> str | None:
        """The text of a filled cell without its HTML; None, told, where the file has an error there."""
        if solu.kind in ("error", "no_value"):
            self.tell_faulty(solu, cell)
            return None
        text, is_html = read_text(solu)
        if is_html:
            self.tulos.notices.append(issue(cell, "html_removed"))
        return text

    def read_text(self, draft: Luonnos, column: Tiedostosarake, solu: Solu, cell: str) -> None:
        """The text of the column's role, after what another cell of that role said."""
        draft.name_cell(column.role, cell)
        if solu.kind == "blank":
            return
        text = self.text(solu, cell)
        if not text:
            return
        is_joined = column.role in draft.texts
        joined = f"{draft.texts[column.role]}\n{text}" if is_joined else text
        if is_joined and self.is_too_long(cell, joined, ROOLIT.get(column.role, NIMI)):
            return
        draft.texts[column.role] = joined

    def put_own(self, omat, own_cells, column, solu, cell):
        """An own column's text under its heading; an x of several columns by the headings it stands under."""
        own_cells[cell] = column.key
        text = (column.heading if column.group else self.text(solu, cell)) if solu.kind != "blank" else ""
        if text:
            mark = ", " if column.group else "\n"
            joined = f"{omat[column.key]}{mark}{text}" if omat.get(column.key) else text
            if not self.is_too_long(cell, joined, TEKSTI):
                omat[column.key] = joined

    def tell_faulty(self, solu: Solu, cell: str) -> None:
        """An error of the file, or a formula without its value."""
        code = "error_cell" if solu.kind == "error" else "formula_without_value"
        self.tulos.errors.append(issue(cell, code, text=solu.text))

    def is_too_long(self, cell, text, limit):
        """True, and told once at the cell, if the text has more characters than its field takes."""
        if len(text) <= limit:
            return False
        if cell not in self.too_long:
            self.too_long.add(cell)
            self.tulos.errors.append(issue(cell, "too_long", length=len(text), limit=limit))
        return True

    def drop_too_long(self, draft):
        """The last look at a row's texts, wherever they came from: its own cells, a band, another text's code."""
        for role in [role for role, text in draft.texts.items() if len(text) > ROOLIT.get(role, NIMI)]:
            self.is_too_long(draft.cells[role], draft.texts.pop(role), ROOLIT.get(role, NIMI))

    def is_told(self, cell: str) -> bool:
        """True if an error of this row's cell stands already."""
        return cell in self.too_long or cell in {error.cell for error in self.tulos.errors[-3:]}

    def skip(self, sheet, row, column, solu, reason) -> None:
        """A cell that is no value of the row."""
        self.tulos.skipped.append(Skip(sheet.ref(row, column), reason, text_of(solu) if solu.kind != "blank" else ""))
