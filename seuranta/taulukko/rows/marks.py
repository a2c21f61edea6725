"""An x under one of several headings -> the status that its heading says."""

from ..layout import Taulu, Tiedostosarake
from ..layout.parts import text_of
from ..layout.scores import EI_ARVIOIDA, Arvio, box_of, plain_word
from .drafts import Kirjausluonnos, Luentatulos
from .kysymykset import ask
from .sentences import issue

_MARKS = {"x", "×", "✕", "✓", "✔", "☑"}


def read_marks(
    table: Taulu, first: Tiedostosarake, sheet, row: int, kirjaus: Kirjausluonnos, tulos: Luentatulos
) -> None:
    """One x a row is the status of its heading; two are an error, and so is anything but an x."""
    columns = [column for column in table.columns if column.group == first.group]
    cells = sheet.rows[row]
    marked = [column for column in columns if column.column in cells and _is_marked(cells[column.column])]
    for column in columns:
        if column.column in cells and cells[column.column].value is not None:
            cell = sheet.ref(row, column.column)
            if kirjaus.cells.setdefault("toteutumisaste", cell) != cell:
                kirjaus.joined[cell] = "toteutumisaste"
    if not marked:
        return
    cell, text = sheet.ref(row, marked[0].column), text_of(cells[marked[0].column])
    is_mark = text.casefold() in _MARKS or box_of(cells[marked[0].column])
    if len(marked) > 1 or not is_mark:
        shown = ", ".join(column.heading for column in marked) if len(marked) > 1 else text
        kirjaus.arvio, kirjaus.raw = Arvio(None, error="ambiguous_score"), shown
        tulos.errors.append(issue(cell, "ambiguous_score", text=shown))
        return
    word, kirjaus.alkuperainen = marked[0].heading, text
    known = table.scale.known if table.scale else {}
    score = marked[0].marks or known.get(plain_word(word))
    if score or plain_word(word) in known:
        kirjaus.arvio = Arvio(score, by_words=True) if score else Arvio(None, EI_ARVIOIDA)
        return
    kirjaus.arvio, kirjaus.raw = Arvio(None, error="unknown_word"), word
    tulos.ask("unknown_word", word.casefold(), cell, lambda cells: ask("unknown_word", cells, text=word))


def _is_marked(solu):
    return solu.kind != "blank" and box_of(solu) is not False
