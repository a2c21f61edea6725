"""Tyokirja -> Asettelu: where the tables are, what each column means, which rows are data and what is left out."""

import re
from dataclasses import dataclass, field

from ..guard import Issue, refusal
from ..pituudet import NIMI, shorten
from ..workbook import Tyokirja, Valilehti
from .headers import heading_words
from .headings import LISAT, VIENTI
from .jaksot import jaksot_of_sheets, name_jaksot
from .lengths import fit_headings, fit_jaksot
from .parts import Datarivi, Osa, Skip
from .questions import Kysymys, Vaihtoehto, ask_names, ask_scores
from .regions import read_regions
from .roles import Taulu, Tiedostosarake, read_columns

_A_TABLE = 2  # headings on one row that make a sheet a table, if of another kind
_NOT_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")
_FORMULA = re.compile(r"'*\s*[=+\-@].", re.DOTALL)

__all__ = [
    "LISAT",
    "Asettelu",
    "Datarivi",
    "Kysymys",
    "Osa",
    "Skip",
    "Taulu",
    "Tiedostosarake",
    "Vaihtoehto",
    "read_layout",
]


@dataclass
class Asettelu:
    """How a file is read. `tables` in the file's order; `jaksot` names in order; `title` the first title line."""

    tables: list[Taulu]
    jaksot: list[str]
    skipped: list[Skip]
    notices: list[Issue]
    title: str | None
    legends: list[str] = field(default_factory=list)
    questions: list[Kysymys] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)  # role -> the word that a band or title has for it


def read_layout(
    book: Tyokirja, *, jakso: str | None = None, columns: dict[str, str] | None = None
) -> tuple[Asettelu | None, Issue | None]:
    """The layout, or the refusal no_rows, no_header, missing_column, duplicate_header, unknown_header or ragged."""
    visible = [sheet for sheet in book.sheets if not sheet.is_hidden]
    regions = [read_regions(sheet) for sheet in visible]
    parts = [part for osat in regions for part in osat.parts]
    if not parts:
        return None, _no_table(visible)
    if not any(part.rows for part in parts):
        return None, refusal("no_rows")
    if _mark_ragged(parts, book.delimiter):
        return None, refusal("ragged")
    sheets = [(osat.parts[0].sheet.name, osat.titles) for osat in regions if osat.parts]
    tables, issue = read_columns(parts, columns, jaksot_of_sheets(sheets))
    if issue:
        return None, issue
    for table in tables:
        _undo_export(table)
    questions = [question for table in tables for question in (*ask_names(table), *ask_scores(table))]
    titles = [title for osat in regions for title in osat.titles]
    texts = [*titles, *(sheet.name for sheet in visible), book.name]
    names = name_jaksot(tables, texts, jakso or _own_jakso(book), questions)
    asettelu = _asettelu(book, regions, tables, names, titles, jakso)
    asettelu.notices += [*fit_jaksot(asettelu.jaksot, tables), *fit_headings(tables)]
    asettelu.questions = questions
    asettelu.notices += [Issue(question.cell, "needs_decision", question.fi, question.en) for question in questions]
    return asettelu, None


def _own_jakso(book):
    """The jakso's name in a workbook of our own: its subject, which its sheet's name repeats as far as it may."""
    sheet = book.sheets[0].name
    return book.subject if sheet and _NOT_IN_SHEET_NAME.sub(" ", book.subject)[:31].strip() == sheet else None


def _no_table(sheets):
    if not any(solu.kind != "blank" for sheet in sheets for cells in sheet.rows.values() for solu in cells.values()):
        return refusal("no_rows")
    return refusal("missing_column" if any(heading_words(sheet) for sheet in sheets) else "no_header")


def _mark_ragged(parts, delimiter):
    """Mark the rows of another width than their header; True if most are so and the file is beyond reading.

    Tab-separated text often lacks its last empty fields, so there only what stands past the last heading counts.
    """
    rows = ragged = 0
    for part in parts:
        if not part.sheet.widths:
            return False
        width = part.sheet.widths[part.main_row]
        for number, line in enumerate(part.rows):
            is_long = any(column > width for column in part.sheet.rows[line.row])
            is_short = delimiter != "\t" and part.sheet.widths[line.row] < width
            if is_long or is_short:
                part.rows[number] = Datarivi(line.row, line.context, is_ragged=True)
        rows += len(part.rows)
        ragged += sum(line.is_ragged for line in part.rows)
    return ragged * 2 > rows


def _undo_export(table: Taulu):
    """Our flat text file has an apostrophe before what a spreadsheet would run; it was not in the text itself."""
    if not table.parts[0].sheet.widths or not {column.heading for column in table.columns} >= VIENTI:
        return
    for part in table.parts:
        for line in part.rows:
            cells = part.sheet.rows[line.row]
            for column, solu in cells.items():
                if solu.kind == "text" and solu.value[0] == "'" and _FORMULA.match(solu.value[1:]):
                    cells[column] = solu._replace(value=solu.value[1:])


def _asettelu(book, regions, tables, names, titles, jakso):
    asettelu = Asettelu(
        tables,
        names,
        [skip for osat in regions for skip in osat.skipped],
        [_unreadable(cell) for osat in regions for cell in osat.unreadable],
        _title(titles),
        [legend for osat in regions for legend in osat.legends],
    )
    for osat in reversed(regions):
        asettelu.words.update({role: shorten(word, NIMI) for role, word in osat.words.items()})
    if jakso and len(names) > 1:
        asettelu.notices.append(_many_jaksot(names))
    read = {id(part.sheet) for table in tables for part in table.parts}
    for sheet in book.sheets:
        if sheet.is_hidden:
            _hide_sheet(sheet, asettelu)
        elif id(sheet) not in read and heading_words(sheet) >= _A_TABLE:
            asettelu.notices.append(_another_kind(sheet))
        asettelu.skipped += [Skip(sheet.ref(*place), "hidden", text) for place, text in sheet.covered.items()]
    _tell_hidden_columns(tables, asettelu)
    return asettelu


def _another_kind(sheet):
    row = next(iter(sheet.rows))
    return Issue(
        sheet.ref(row, next(iter(sheet.rows[row]))),
        "needs_decision",
        f"Välilehdellä ”{sheet.name}” on taulukko mutta ei toimenpiteiden saraketta, joten sitä ei luettu.",
        f"The sheet “{sheet.name}” has a table but no column of measures, so it was not read.",
    )


def _title(titles):
    """The first title line; lines within one pair of asterisks (emphasis of a published text) are one title."""
    text = " ".join(title.strip() for title in titles)
    if text.startswith("*") and "*" in text[1:]:
        return _shown(text[1:].partition("*")[0])
    return next((_shown(title) for title in titles if _shown(title)), None)


def _shown(title):
    return " ".join(title.strip("#* ").split())


def _unreadable(cell):
    return Issue(
        cell,
        "needs_decision",
        "Tästä alkaen teksti ei ole taulukkona, joten sitä ei luettu. Siirrä se taulukoksi ja tuo uudelleen.",
        "From here on the text is not laid out as a table, so it was not read. Make it a table and import it again.",
    )


def _many_jaksot(names):
    return Issue(
        "",
        "needs_decision",
        f"Tiedostossa on useita jaksoja ({', '.join(names)}), joten annettua jakson nimeä ei käytetty.",
        f"The file has several periods ({', '.join(names)}), so the name given for the period was not used.",
    )


def _hide_sheet(sheet: Valilehti, asettelu):
    cells = [(row, column) for row, cells in sheet.rows.items() for column in cells]
    for row, column in cells:
        solu = sheet.rows[row][column]
        if solu.value is not None:
            asettelu.skipped.append(Skip(sheet.ref(row, column), "hidden", solu.text))
    if cells:
        asettelu.notices.append(
            Issue(
                sheet.ref(*cells[0]),
                "hidden",
                f"Välilehti ”{sheet.name}” on piilotettu, joten sitä ei luettu.",
                f"The sheet “{sheet.name}” is hidden, so it was not read.",
            )
        )


def _tell_hidden_columns(tables, asettelu):
    told = set()
    for table in tables:
        for part in table.parts:
            for column in table.columns:
                cell = part.sheet.ref(part.main_row, column.column)
                if column.column in part.sheet.hidden_columns and column.role and cell not in told:
                    told.add(cell)
                    asettelu.notices.append(
                        Issue(
                            cell,
                            "hidden",
                            f"Sarake ”{column.heading}” on piilotettu, mutta se luettiin.",
                            f"The column “{column.heading}” is hidden but was read.",
                        )
                    )
