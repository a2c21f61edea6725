"""Tyokirja -> Asettelu: where the tables are, what each column means, which rows are data and what is left out.

blocks -> evidence -> reading (roles) -> scale -> context (rows) -> jaksot. A table that cannot be known is refused
with the option that settles it; what was found of it is kept for the page "Miten luemme taulukon".
"""

import re
from dataclasses import dataclass, field

from ..guard import Issue, refusal
from ..pituudet import NIMI, shorten
from ..workbook import Tyokirja
from .bands import have_bands, legends_of, titles_of
from .blocks import read_blocks, read_like_others
from .choices import Choices
from .context import place_rows, skip_row, skip_sheet
from .jaksot import jaksot_of_sheets, name_jaksot
from .kaavat import leave_formulas
from .katkenneet import part_broken
from .marks import join_marks, read_colours
from .near import ask_near
from .parts import Datarivi, Osa, Skip
from .questions import Kysymys, Vaihtoehto
from .refusing import refuse_blocks, refuse_nameless
from .roles import Taulu, Tiedostosarake
from .scale import read_legend, read_scale
from .settle import name_own, settle
from .sheets import (
    find_copies,
    is_of_measures,
    is_summary,
    keep_known,
    name_sheets,
    split_kinds,
    taken_sheets,
    tells_measures,
)
from .tables import pool, read_tables
from .telling import tell, tell_another_table, tell_unreadable
from .trends import ask_trends
from .words import LISAT, VIENTI

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
    """How a file is read. `tables` in the file's order; `jaksot` names in order; `title` the first title line.

    `measures`: tables of measures of no row. `others`: tables that were not read. `named`: sheet -> (role, text) of its
    name. `unread`: sheet -> why.
    """

    tables: list[Taulu]
    jaksot: list[str]
    skipped: list[Skip] = field(default_factory=list)
    notices: list[Issue] = field(default_factory=list)
    errors: list[Issue] = field(default_factory=list)
    title: str | None = None
    legends: list[str] = field(default_factory=list)
    questions: list[Kysymys] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)  # role -> the word that a band or title has for it
    others: list[Taulu] = field(default_factory=list)
    measures: list[Taulu] = field(default_factory=list)
    named: dict[str, tuple[str, str]] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)
    labels: dict[int, str] = field(default_factory=dict)


def read_layout(
    book: Tyokirja, *, jakso: str | None = None, choices: Choices | None = None, labels: dict[int, str] | None = None
) -> tuple[Asettelu, Issue | None]:
    """The layout, or with what was found the refusal no_rows, no_header, missing_column, duplicate_header or others."""
    choices, asettelu = choices or Choices(), Asettelu([], [])
    sheets, left = taken_sheets(book.sheets, choices)
    lohkot = [read_blocks(sheet, choices.headers.get(sheet.name, choices.headers.get(""))) for sheet in sheets]
    keep_known(lohkot := read_like_others(lohkot))
    issue = refuse_blocks(lohkot, sheets, book.delimiter, choices)
    if issue:
        return asettelu, issue
    titles = {each.sheet.name: titles_of(each) for each in lohkot}
    periods = jaksot_of_sheets([(each.sheet.name, titles[each.sheet.name]) for each in lohkot if each.parts])
    selite = read_legend([text for each in lohkot for text in legends_of(each)])
    keys = frozenset(key for told in (selite.numbers(), selite.letters()) if len(told) > 1 for key in map(str, told))
    groups = pool(lohkot, periods)
    bands, copies = have_bands(lohkot), set() if periods else find_copies(lohkot)
    tables, nameless, issue = read_tables(groups, choices, periods, has_bands=bands, keys=keys, copies=copies)
    if issue or not tables:
        asettelu.tables = [*tables, *nameless]
        return asettelu, issue or refuse_nameless(asettelu, choices)
    tables, others = split_kinds(tables)
    summaries = [table for table in tables if _repeats_others(table, [each for each in tables if each is not table])]
    asettelu.tables = [table for table in tables if table not in summaries]
    asettelu.measures = [table for table in others if tells_measures(table)]
    asettelu.others = [*nameless, *(table for table in others if table not in asettelu.measures), *summaries]
    _settle(asettelu, selite, titles, choices, labels or {})
    _place(asettelu, lohkot, titles, choices)
    for table in asettelu.tables:
        leave_formulas(table)
    texts = [*(title for each in titles.values() for title in each), *(sheet.name for sheet in sheets), book.name]
    asettelu.jaksot = name_jaksot(asettelu.tables, texts, jakso or _own_jakso(book), choices, asettelu.questions)
    name_own(asettelu.tables)
    tell(asettelu, book, lohkot, left, jakso)
    if not any(part.rows for table in asettelu.tables for part in table.parts):
        return asettelu, refusal("no_rows")
    return asettelu, None


def _repeats_others(table, others):
    return is_summary(table, others) or is_of_measures(table, others)


def _own_jakso(book):
    """The jakso's name in a workbook of our own: its subject, which its sheet's name repeats as far as it may."""
    sheet = book.sheets[0].name
    return book.subject if sheet and _NOT_IN_SHEET_NAME.sub(" ", book.subject)[:31].strip() == sheet else None


def _settle(asettelu, selite, titles, choices, labels):
    asked = {}
    for table in asettelu.tables:
        _undo_export(table)
        join_marks(table, selite)
        asettelu.questions += ask_trends(table, selite, choices)
        asked[id(table)] = settle(table, choices)
    lines = [title for each in titles.values() for title in each]
    for table in asettelu.tables:
        scores = [table.evidence[column.column] for column in table.of_role("toteutumisaste") if not column.group]
        own = read_legend([text for column in table.columns for text in column.path])
        for key, word in own.entries.items():
            selite.entries.setdefault(key, word)
        table.scale = read_scale(selite, scores, lines, choices, labels)
        read_colours(table, table.scale, selite)
        asettelu.questions += [*asked[id(table)], *ask_near(table, asked[id(table)])]
        asettelu.labels = {**table.scale.labels, **asettelu.labels}


def _undo_export(table: Taulu):
    """Our flat text file has an apostrophe before what a spreadsheet would run; it was not in the text itself."""
    if not table.parts[0].sheet.widths or not {column.heading for column in table.columns} >= VIENTI:
        return
    for part in table.parts:
        for row in part.body:
            cells = part.sheet.rows[row]
            for column, solu in cells.items():
                if solu.kind == "text" and solu.value[0] == "'" and _FORMULA.match(solu.value[1:]):
                    cells[column] = solu._replace(value=solu.value[1:])


def _place(asettelu, lohkot, titles, choices):
    """Data rows with what stands over them, and what the sheets' names say."""
    roles_of = {
        id(part): {column.column: column.role for column in table.columns}
        for table in (*asettelu.tables, *asettelu.measures) for part in table.parts
    }  # fmt: skip
    told, all_titles = {}, []
    for each in lohkot:
        if not any(id(part) in roles_of for part in each.parts):
            skip_sheet(each, "guide", asettelu.skipped)
            continue
        _drop_others(each, roles_of, asettelu)
        for part in each.parts:
            asettelu.errors += part_broken(part, each, roles_of[id(part)], asettelu.skipped)
        tausta = place_rows(each, roles_of)
        asettelu.skipped += tausta.skipped
        asettelu.legends += tausta.legends
        all_titles += tausta.titles
        asettelu.notices += [tell_unreadable(cell) for cell in tausta.unreadable]
        for role, word in tausta.words.items():
            asettelu.words.setdefault(role, shorten(word, NIMI))
        rows = [line for part in each.parts for line in part.rows]
        told[each.sheet.name] = {role: text for line in rows[:1] for role, (text, _cell) in line.context.items()}
    asettelu.title = _title(all_titles)
    asettelu.named = name_sheets(asettelu.tables, told, choices, asettelu.questions)
    _put_names(asettelu)


def _drop_others(lohkot, roles_of, asettelu):
    """Another kind of table on the sheet of one that is read: told, and none of its rows read by the other's roles."""
    others = [part for part in lohkot.parts if id(part) not in roles_of]
    lohkot.parts = [part for part in lohkot.parts if id(part) in roles_of]
    for part in others:
        rows = [*part.header_rows, *part.body]
        lohkot.broken.update(rows)
        for row in rows:
            skip_row(lohkot.sheet, row, "not_table", asettelu.skipped)
        asettelu.notices.append(tell_another_table(lohkot.sheet, rows[0]))


def _put_names(asettelu):
    for table in asettelu.tables:
        for part in table.parts:
            role, text = asettelu.named.get(part.sheet.name, ("", ""))
            if role:
                first = min(part.sheet.rows)
                named = {role: (text, part.sheet.ref(first, min(part.sheet.rows[first])))}
                part.rows[:] = [Datarivi(line.row, {**named, **line.context}, line.is_ragged) for line in part.rows]


def _title(titles):
    """The first title line; lines within one pair of asterisks (emphasis of a published text) are one title."""
    text = " ".join(title.strip() for title in titles)
    if text.startswith("*") and "*" in text[1:]:
        return _shown(text[1:].partition("*")[0])
    return next((_shown(title) for title in titles if _shown(title)), None)


def _shown(title):
    return " ".join(title.strip("#* ").split())
