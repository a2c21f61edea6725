"""Tyokirja -> Asettelu: where the tables are, what each column means, which rows are data and what is left out.

blocks -> evidence -> reading (roles) -> scale -> context (rows) -> jaksot. A table that cannot be known is refused
with the option that settles it; what was found of it is kept for the page "Miten luemme taulukon".
"""

import re
from dataclasses import dataclass, field

from ..guard import Issue, refusal
from ..pituudet import NIMI, shorten
from ..workbook import Tyokirja, Valilehti
from .blocks import has_headings, read_blocks, read_like_others
from .choices import Choices
from .context import have_bands, legends_of, place_rows, skip_row, skip_sheet, titles_of
from .jaksot import jaksot_of_sheets, name_jaksot
from .kaavat import leave_formulas
from .katkenneet import part_broken
from .lengths import fit_headings, fit_jaksot
from .marks import join_marks, read_colours
from .muut_muodot import refusal_of
from .parts import Datarivi, Lohkot, Osa, Skip, text_of
from .questions import Kysymys, Vaihtoehto
from .roles import Taulu, Tiedostosarake
from .scale import read_legend, read_scale
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
from .tables import ask_near, name_own, pool, read_tables, settle
from .trends import ask_trends
from .words import LISAT, VIENTI

_NOT_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")
_OF_ANYTHING = {"nimi", "muu", "kuvaus", "koodi", "numero", "aikataulu", "alkaa", "paattyy"}  # lists of any kind
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
    issue = _refused(lohkot, sheets, book.delimiter, choices)
    if issue:
        return asettelu, issue
    titles = {each.sheet.name: titles_of(each) for each in lohkot}
    periods = jaksot_of_sheets([(each.sheet.name, titles[each.sheet.name]) for each in lohkot if each.parts])
    selite = read_legend([text for each in lohkot for text in legends_of(each)])
    keys = frozenset(map(str, selite.numbers())) if len(selite.numbers()) > 1 else frozenset()
    groups = pool(lohkot, periods)
    bands, copies = have_bands(lohkot), set() if periods else find_copies(lohkot)
    tables, nameless, issue = read_tables(groups, choices, periods, has_bands=bands, keys=keys, copies=copies)
    if issue or not tables:
        asettelu.tables = [*tables, *nameless]
        return asettelu, issue or _nameless(asettelu, choices)
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
    _tell(asettelu, book, lohkot, left, jakso)
    if not any(part.rows for table in asettelu.tables for part in table.parts):
        return asettelu, refusal("no_rows")
    return asettelu, None


def _repeats_others(table, others):
    return is_summary(table, others) or is_of_measures(table, others)


def _own_jakso(book):
    """The jakso's name in a workbook of our own: its subject, which its sheet's name repeats as far as it may."""
    sheet = book.sheets[0].name
    return book.subject if sheet and _NOT_IN_SHEET_NAME.sub(" ", book.subject)[:31].strip() == sheet else None


def _refused(lohkot, sheets, delimiter, choices):
    parts = [part for each in lohkot for part in each.parts]
    if not parts:
        has_text = any(each.texts for each in lohkot)
        is_known = any(map(has_headings, lohkot))
        return refusal("missing_column" if is_known else "no_header" if has_text else "no_rows")
    if not any(part.body for part in parts):
        return refusal("no_rows")
    if _mark_ragged(parts, delimiter) and not choices.headers:
        return refusal("ragged")
    return None


def _nameless(asettelu, choices):
    if any(column.is_chosen and not column.role for table in asettelu.tables for column in table.columns):
        return refusal("missing_column/left_out")
    others = [table for table in asettelu.tables if table.of_role("toimenpide")]
    if code := next(filter(None, map(refusal_of, others)), ""):
        return refusal(code)
    found = {name for table in asettelu.tables for todiste in table.evidence.values() for name in todiste.words}
    is_known = bool(found - _OF_ANYTHING)
    return refusal("missing_column" if is_known else "no_header")


def _mark_ragged(parts, delimiter):
    """Notes the rows of another width than their header; True if most are so and the file is beyond reading.

    Tab-separated text often lacks its last empty fields, so there only what stands past the last heading counts.
    """
    rows = ragged = 0
    for part in parts:
        if not part.sheet.widths or not part.main_row:
            return False
        width = part.sheet.widths[part.main_row]
        body = [row for row in part.body if sum(solu.kind != "blank" for solu in part.sheet.rows[row].values()) > 1]
        for row in body:
            is_long = any(column > width for column in part.sheet.rows[row])
            if is_long or (delimiter != "\t" and part.sheet.widths[row] < width):
                part.ragged.add(row)
        rows += len(body)
        ragged += len(part.ragged)
    return ragged * 2 > rows


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
        asettelu.notices += [_unreadable(cell) for cell in tausta.unreadable]
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
        asettelu.notices.append(_another_table(lohkot.sheet, rows[0]))


def _another_table(sheet, row):
    return Issue(
        sheet.ref(row, min(sheet.rows[row])),
        "needs_decision",
        f"Riviltä {row} alkaa toinen taulukko, jossa ei ole toimenpiteitä, joten sitä ei luettu.",
        f"From row {row} on there is another table without measures, so it was not read.",
    )


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


def _tell(asettelu, book, lohkot, left, jakso):
    if jakso and len(asettelu.jaksot) > 1:
        asettelu.notices.append(_many_jaksot(asettelu.jaksot))
    read = {id(part.sheet) for table in (*asettelu.tables, *asettelu.measures) for part in table.parts}
    for sheet in book.sheets:
        if sheet.is_hidden:
            _hide_sheet(sheet, asettelu)
        asettelu.skipped += [Skip(sheet.ref(*place), "hidden", text) for place, text in sheet.covered.items()]
    for each in left:
        asettelu.unread[each.name] = "Jätetty pois."
        asettelu.skipped += _cells_of(each, "left_out")
    for each in lohkot:
        if id(each.sheet) not in read and _is_table(each):
            asettelu.notices.append(_another_kind(each.sheet))
            asettelu.unread[each.sheet.name] = "Taulukossa ei ole toimenpiteitä."
    _tell_hidden_columns(asettelu.tables, asettelu)
    asettelu.notices += [*fit_jaksot(asettelu.jaksot, asettelu.tables), *fit_headings(asettelu.tables)]


def _is_table(lohkot: Lohkot):
    return bool(lohkot.parts) or sum(len(texts) > 1 for texts in lohkot.texts.values()) > 1


def _cells_of(sheet: Valilehti, reason):
    return [
        Skip(sheet.ref(row, column), reason, text_of(solu) if solu.kind != "blank" else "")
        for row, cells in sheet.rows.items()
        for column, solu in cells.items()
        if solu.value is not None
    ]


def _another_kind(sheet):
    row = next(iter(sheet.rows))
    return Issue(
        sheet.ref(row, next(iter(sheet.rows[row]))),
        "needs_decision",
        f"Välilehdellä ”{sheet.name}” on taulukko mutta ei toimenpiteiden saraketta, joten sitä ei luettu.",
        f"The sheet “{sheet.name}” has a table but no column of measures, so it was not read.",
    )


def _unreadable(cell):
    return Issue(
        cell,
        "needs_decision",
        "Tästä alkaen teksti ei ole taulukkona, joten sitä ei luettu. Toimenpiteet, jotka ovat vain siinä, voi lisätä "
        "strategian sivulla.",
        "From here on the text is not laid out as a table, so it was not read. Measures that stand only there can be "
        "added on the strategy's page.",
    )


def _many_jaksot(names):
    return Issue(
        "",
        "needs_decision",
        f"Tiedostossa on useita jaksoja ({', '.join(names)}), joten annettua jakson nimeä ei käytetty.",
        f"The file has several periods ({', '.join(names)}), so the name given for the period was not used.",
    )


def _hide_sheet(sheet: Valilehti, asettelu):
    asettelu.skipped += _cells_of(sheet, "hidden")
    cells = [(row, column) for row, cells in sheet.rows.items() for column in cells]
    if cells:
        asettelu.unread[sheet.name] = "Piilotettu."
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
