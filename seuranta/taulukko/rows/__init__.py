"""Bytes + name -> Luettu: every row of the file with its values, and every cell that did not become one.

guard -> workbook -> layout -> rows, in pure Python: it runs in a limited child process, and knows no database.
"""

import gc
from collections import Counter
from contextlib import contextmanager
from dataclasses import replace

from ..guard import Issue, check, refusal
from ..guard.limits import MAX_TOIMENPITEET
from ..layout import LISAT, Asettelu, Kysymys, Skip, Vaihtoehto, read_layout
from ..layout.choices import OMA, OMA_KIRJAUS, Choices
from ..layout.roles import KIRJAUS_ROLES, TOIMENPIDE_ROLES
from ..layout.scores import read_score
from ..layout.sheets import taken_sheets
from ..workbook import Solu, read_workbook, shift_right, type_over
from .drafts import Kirjausluonnos, Luentatulos, Luonnos
from .grid import list_grids
from .joins import join_flat, join_spellings, split_toimialat, tell_duplicates, tell_shifted
from .levels import alike
from .lines import Reader, split_goals
from .mittariluvut import year_of
from .mittaritaulut import read_measures
from .model import Kirjausarvo, Luettu, Tiedostorivi, make_quickly
from .palstat import read_plain, to_plain
from .reading import list_reading, tell_reading
from .sentences import issue as cell_issue

__all__ = [
    "Issue",
    "Kirjausarvo",
    "Kysymys",
    "Luettu",
    "Skip",
    "Tiedostorivi",
    "Vaihtoehto",
    "collector_at_rest",
    "read",
    "read_plain",
    "to_plain",
    "year_of",
]


def read(
    data: bytes,
    name: str,
    *,
    jakso: str | None = None,
    columns: dict[str, str] | None = None,
    labels: dict[int, str] | None = None,
    cells: dict[str, str] | None = None,
    shifted: tuple[str, ...] = (),
    choices: Choices | dict | None = None,
) -> Luettu:
    """The file as read; bad data is in the result, never raised.

    `jakso`: the name of the file's only jakso. `columns`: a person's choices, "Taul1!E", or "E" on every sheet, ->
    role ("" leaves it out). `labels`: the words of the strategia's scale, 1-5 -> word, known beside the file's own.
    `cells`: "Taul1!E5" (in a text file "E5") -> the text a person typed over it; each is told as `typed_over`.
    `shifted`: "Taul1!C5": this cell and what is right of it on its row stand one column further right, told as
    `shifted_back`; `cells` are places in the row as it is then.
    `choices`: all that a person has said of the table (a Choices or its `to_dict`); `columns` win over its roles.
    """
    said = choices if isinstance(choices, Choices) else Choices.from_dict(choices or {})
    said = replace(said, roles={**said.roles, **(columns or {})})
    with collector_at_rest():
        return _read(data, name, jakso, said, labels or {}, cells or {}, shifted)


@contextmanager
def collector_at_rest():
    """Everything that reading makes lives to its end: going through it again and again takes a quarter of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _read(data, name, jakso, choices, labels, cells, shifted):
    book, typed, issue = read_cells(data, name, cells, shifted)
    grids = list_grids(book) if book else ()
    if issue:
        return Luettu("reject", issue.code, errors=(issue,), headings={}, labels={}, ruudukot=grids)
    layout, issue = read_layout(book, jakso=jakso, choices=choices, labels=labels)
    if issue:
        refused = Luettu("reject", issue.code, errors=(issue,), headings={}, labels={}, ruudukot=grids)
        return replace(refused, reading=list_reading(book, layout))
    layout.skipped += [Skip(*each) for sheet in book.sheets for each in sheet.oheiset]
    layout.notices[:0] = [
        *(cell_issue(cell, "shifted_back") for cell in shifted),
        *(_typed_over(cell, *texts) for cell, texts in typed.items()),
    ]
    read_rows = _read_rows(book, layout, choices)
    if sum(1 for row in read_rows.rows if row.toimenpide) > MAX_TOIMENPITEET:
        issue = refusal("too_many_rows")
        return Luettu("reject", issue.code, errors=(issue,), headings={}, labels={}, ruudukot=grids)
    return replace(read_rows, ruudukot=grids)


def read_cells(data: bytes, name: str, cells: dict[str, str], shifted: tuple[str, ...] = ()):
    """-> (the workbook with rows `shifted` and `cells` typed over, {cell: (before, text)} of those, the refusal)."""
    file, issue = check(data, name)
    if issue:
        return None, {}, issue
    book, issue = read_workbook(file)
    if issue:
        return None, {}, issue
    book, issue = shift_right(book, shifted)
    typed, issue = type_over(book, cells) if book else ({}, issue)
    return book, typed, issue


def _typed_over(cell, before, text):
    way = "" if before and text else "/emptied" if before else "/filled"
    return cell_issue(cell, f"typed_over{way}", before=before, text=text)


def _read_rows(book, layout: Asettelu, choices):
    tulos = Luentatulos(errors=list(layout.errors), notices=list(layout.notices), skipped=list(layout.skipped))
    for table in layout.tables:
        start = len(tulos.drafts)
        Reader(table, layout.jaksot, choices, tulos).read()
        drafts = tulos.drafts[start:]
        if table.is_flat:
            drafts = join_flat(tulos, drafts)
        tell_shifted(tulos, table, drafts)
        tulos.drafts[start:] = drafts
    if any(table.jakso for table in layout.tables):
        tulos.drafts = join_flat(tulos, tulos.drafts)
    join_spellings(tulos)
    split_toimialat(tulos, choices, layout.tables)
    tell_duplicates(tulos, [sheet.name for sheet in taken_sheets(book.sheets, choices)[0]], choices)
    mittarit = read_measures(layout.measures, tulos)
    tell_reading(tulos, layout, choices)
    questions = [*layout.questions, *tulos.questions()]
    tulos.errors += [
        Issue(cell, each.code, each.fi, each.en, each.value)
        for each in questions
        for cell in each.cells or (each.cell,)
    ]
    return replace(_luettu(book, layout, tulos, questions), mittarit=mittarit)


def _labels(layout):
    """1-5 -> the sheet's words for it: from scores written with their words, and from legends."""
    counts: dict[int, Counter] = {}
    for table in layout.tables:
        for column in table.of_role("toteutumisaste"):
            for value, count in table.evidence[column.column].values.items():
                if value[:1] in "12345":
                    arvio = read_score(Solu("text", value), {})
                    if arvio.label:
                        counts.setdefault(arvio.score, Counter())[arvio.label] += count
    labels = {score: words.most_common(1)[0][0] for score, words in counts.items()}
    return dict(sorted({**layout.labels, **labels}.items()))


def _luettu(book, layout: Asettelu, tulos: Luentatulos, questions):
    jaksot, columns = dict.fromkeys(_jaksot(layout, tulos.drafts)), _columns(layout)
    return Luettu(
        "row_errors" if tulos.errors else "ok",
        None,
        tuple(_rivi(draft, jaksot) for draft in tulos.drafts),
        tuple(tulos.errors),
        tuple(tulos.notices),
        tuple(tulos.skipped),
        layout.title,
        _headings(layout),
        tuple(entry for entry, _above in columns),
        tuple(jaksot),
        _labels(layout),
        _esitys(tulos.drafts),
        tuple(questions),
        tuple(above for _entry, above in columns),
        reading=list_reading(book, layout),
        scale=next((table.scale.numbers for table in layout.tables if table.scale.numbers), None),
        siirtyneet=tuple(tulos.siirtyneet),
    )


def _jaksot(layout, drafts):
    """Names in order: of the headings, in a flat table of the rows; spellings of one name are joined."""
    if not any(table.is_flat for table in layout.tables):
        return layout.jaksot
    names: dict[str, str] = {}
    for draft in drafts:
        for name in draft.kirjaukset:
            names.setdefault(alike(name), name)
    return list(names.values())


def _rivi(draft: Luonnos, jaksot):
    texts, own = draft.texts, draft.kirjaukset
    if own.keys() != jaksot.keys():
        by_name = {alike(name): kirjaus for name, kirjaus in own.items()}
        own = {name: by_name.get(alike(name)) or Kirjausluonnos(name) for name in jaksot}
    values = {
        "cell": draft.cell,
        "painopiste": texts.get("painopiste"),
        "tavoite": texts.get("tavoite"),
        "toimialan_tavoite": texts.get("toimialan_tavoite"),
        "koodi": texts.get("koodi"),
        "toimenpide": texts.get("toimenpide"),
        "toimielin": texts.get("toimielin"),
        "toimiala": texts.get("toimiala"),
        "vastuu": texts.get("vastuu"),
        "riski": texts.get("riski"),
        "mittari": texts.get("mittari"),
        "sdg": split_goals(texts["sdg"]) if "sdg" in texts else (),
        "kirjaukset": tuple(_kirjausarvo(own[name], name) for name in jaksot),
        "cells": draft.cells,
        "joined": draft.joined,
        "blanks": draft.blanks,
        "voimassa": draft.voimassa,
        "nimen_vuodet": draft.nimen_vuodet,
        "tunniste": None,
        "muut_toimialat": draft.muut_toimialat,
        "mittarit": tuple(draft.mittarit),
        "omat": draft.omat,
        "own_cells": draft.own_cells,
    }
    return make_quickly(Tiedostorivi, values)


_EI_LISIA = dict.fromkeys(LISAT)


def _kirjausarvo(kirjaus: Kirjausluonnos, name):
    arvio = kirjaus.arvio
    values = {
        "jakso": name,
        "toteutumisaste": arvio.score,
        "syy": "" if arvio.score else arvio.syy or "ei_vastattu",
        "kommentti": kirjaus.kommentti,
        "sisainen_huomio": kirjaus.sisainen_huomio,
        "raw": kirjaus.raw,
        "cells": kirjaus.cells,
        "joined": kirjaus.joined,
        "alkuperainen": kirjaus.alkuperainen,
        "omat": kirjaus.omat,
        "own_cells": kirjaus.own_cells,
        **_EI_LISIA,
        **kirjaus.lisat,
    }
    return make_quickly(Kirjausarvo, values)


def _headings(layout):
    headings: dict[str, str] = {}
    for table in layout.tables:
        for column in table.columns:
            if column.heading and (column.role in TOIMENPIDE_ROLES or column.role in KIRJAUS_ROLES):
                headings.setdefault(column.role, column.heading)
    return {**layout.words, **headings}


def _columns(layout):
    """[(column, the heading above its heading)] of the largest table, and the jaksot that only other tables have."""
    largest = max(layout.tables, key=lambda table: sum(len(part.rows) for part in table.parts))
    columns = []
    for table in [largest, *(table for table in layout.tables if table is not largest)]:
        for column in table.columns:
            jakso = None if column.jakso is None or table.is_flat else layout.jaksot[column.jakso]
            entry = (column.role, column.key or column.heading, jakso)
            if column.role and not column.why and not any(_is_same(known, entry) for known, _above in columns):
                above = column.path[-2] if len(column.path) > 1 and not table.is_flat else ""
                columns.append((entry, above))
    return columns


def _is_same(known, entry):
    """One role of one jakso is one column of a report; own columns and those of measures are each their own."""
    is_own = entry[0] in (OMA, OMA_KIRJAUS) or entry[0].startswith("mittari.")
    return known == entry if is_own else known[::2] == entry[::2]


def _esitys(drafts):
    arviot = [kirjaus.arvio for draft in drafts for kirjaus in draft.kirjaukset.values() if kirjaus.arvio.score]
    if not arviot:
        return "ei"
    if any(not arvio.by_words and not arvio.by_colour for arvio in arviot):
        return "numerot"
    return "liikennevalo" if any(arvio.by_colour for arvio in arviot) else "sanat"
