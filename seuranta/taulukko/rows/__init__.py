"""Bytes + name -> Luettu: every row of the file with its values, and every cell that did not become one.

guard -> workbook -> layout -> rows, in pure Python: it runs in a limited child process, and knows no database.
"""

import gc
import re
from collections import Counter
from contextlib import contextmanager
from dataclasses import replace

from ..guard import Issue, check
from ..layout import LISAT, Asettelu, Kysymys, Skip, Vaihtoehto, read_layout
from ..layout.choices import OMA, OMA_KIRJAUS, POIS, Choices
from ..layout.scores import COLOUR_WORDS, LABELS, read_score
from ..workbook import read_workbook, type_over
from .grid import list_grids
from .joins import join_flat, join_spellings, tell_duplicates, tell_several_toimialat, tell_shifted
from .levels import alike
from .lines import Kirjausluonnos, Luentatulos, Luonnos, Reader, split_goals
from .model import Kirjausarvo, Luettu, Tiedostorivi, make_quickly
from .sentences import issue as cell_issue
from .sheets import describe_sheets

__all__ = ["Issue", "Kirjausarvo", "Kysymys", "Luettu", "Skip", "Tiedostorivi", "Vaihtoehto", "read"]

_NO_ROLE = {OMA, OMA_KIRJAUS, POIS}
_LEGEND_ENTRY = re.compile(r"\b([1-5]|vihreä|keltainen|punainen)\s*[=:–-]\s*([^\W\d_][^,;=\n]*)", re.IGNORECASE)


def read(
    data: bytes,
    name: str,
    *,
    jakso: str | None = None,
    columns: dict[str, str] | None = None,
    labels: dict[int, str] | None = None,
    cells: dict[str, str] | None = None,
    choices: Choices | dict | None = None,
) -> Luettu:
    """The file as read; bad data is in the result, never raised.

    `jakso`: the name of the file's only jakso. `columns`: a person's choices, "Taul1!E", or "E" on every sheet, ->
    role ("" leaves it out). `labels`: the words of the strategia's scale, 1-5 -> word, known beside the file's own.
    `cells`: "Taul1!E5" (in a text file "E5") -> the text a person typed over it; each is told as `typed_over`.
    `choices`: all that a person has said of the table (a Choices or its `to_dict`); `columns` win over its roles.
    """
    said = choices if isinstance(choices, Choices) else Choices.from_dict(choices or {})
    with collector_at_rest():
        roles = {place: "" if role in _NO_ROLE else role for place, role in said.roles.items()}
        return _read(data, name, jakso, {**roles, **(columns or {})}, labels or {}, cells or {})


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


def _read(data, name, jakso, columns, labels, cells):
    layout = None
    book, typed, issue = read_cells(data, name, cells)
    grids = list_grids(book) if book else ()
    if not issue:
        layout, issue = read_layout(book, jakso=jakso, columns=columns)
    if layout is not None:
        layout.notices[:0] = [_typed_over(cell, *texts) for cell, texts in typed.items()]
        layout.skipped += [Skip(*each) for sheet in book.sheets for each in sheet.oheiset]
    if layout is None:
        return Luettu("reject", issue.code, errors=(issue,), headings={}, labels={}, ruudukot=grids)
    return replace(_read_rows(layout, labels), ruudukot=grids, reading=describe_sheets(layout, book.sheets))


def read_cells(data: bytes, name: str, cells: dict[str, str]):
    """-> (the workbook with `cells` typed over, {cell: (before, text)} of those, the refusal or None)."""
    file, issue = check(data, name)
    if issue:
        return None, {}, issue
    book, issue = read_workbook(file)
    if issue:
        return None, {}, issue
    typed, issue = type_over(book, cells)
    return book, typed, issue


def _typed_over(cell, before, text):
    way = "" if before and text else "/emptied" if before else "/filled"
    return cell_issue(cell, f"typed_over{way}", before=before, text=text)


def _read_rows(layout: Asettelu, labels):
    found = _labels(layout)
    words = {**LABELS, **{word.casefold(): score for score, word in {**labels, **found}.items()}}
    tulos = Luentatulos(notices=list(layout.notices), skipped=list(layout.skipped))
    for table in layout.tables:
        start = len(tulos.drafts)
        Reader(table, layout.jaksot, words, tulos).read()
        drafts = tulos.drafts[start:]
        if table.is_flat:
            drafts = join_flat(tulos, drafts)
        tell_shifted(tulos, table, drafts)
        tulos.drafts[start:] = drafts
    if any(table.jakso for table in layout.tables):
        tulos.drafts = join_flat(tulos, tulos.drafts)
    join_spellings(tulos)
    tell_several_toimialat(tulos)
    tell_duplicates(tulos)
    return _luettu(layout, tulos, found)


def _labels(layout):
    """1-5 -> the sheet's words for it: from scores written with their words, and from legends."""
    counts: dict[int, Counter] = {}
    for table in layout.tables:
        for column in (column for column in table.columns if column.role == "toteutumisaste"):
            for part in table.parts:
                for line in part.rows:
                    solu = part.sheet.rows[line.row].get(column.column)
                    if solu is not None and solu.kind == "text" and solu.value[:1] in "12345":
                        arvio = read_score(solu, {})
                        if arvio.label:
                            counts.setdefault(arvio.score, Counter())[arvio.label] += 1
    labels = {score: words.most_common(1)[0][0] for score, words in counts.items()}
    for legend in layout.legends:
        for key, word in _LEGEND_ENTRY.findall(legend):
            score = COLOUR_WORDS.get(key.casefold()) or int(key)
            labels.setdefault(score, word.strip(" ."))
    return dict(sorted(labels.items()))


def _luettu(layout: Asettelu, tulos: Luentatulos, labels):
    jaksot, columns = _jaksot(layout, tulos.drafts), _columns(layout)
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
        labels,
        _esitys(tulos.drafts),
        tuple(layout.questions),
        tuple(above for _entry, above in columns),
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
    if own and len(own) != len(jaksot) or any(name not in own for name in jaksot):
        by_name = {alike(name): kirjaus for name, kirjaus in own.items()}
        own = {name: by_name.get(alike(name)) or Kirjausluonnos(name) for name in jaksot}
    values = {role: texts.get(role) for role in _TEXTS}
    values |= {
        "cell": draft.cell,
        "sdg": split_goals(texts["sdg"]) if "sdg" in texts else (),
        "kirjaukset": tuple(_kirjausarvo(own[name], name) for name in jaksot),
        "cells": draft.cells,
        "joined": draft.joined,
        "blanks": draft.blanks,
        "voimassa": draft.voimassa and {"alkaa": f"{draft.voimassa[0]}-01-01", "paattyy": f"{draft.voimassa[1]}-12-31"},
        "nimen_vuodet": draft.nimen_vuodet,
        "tunniste": None,
        "muut_toimialat": (),
        "mittarit": (),
        "omat": {},
        "own_cells": {},
    }
    return make_quickly(Tiedostorivi, values)


_TEXTS = (
    *("painopiste", "tavoite", "toimialan_tavoite", "koodi", "toimenpide", "toimielin", "toimiala"),
    *("vastuu", "riski", "mittari"),
)


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
        "alkuperainen": None,
        "omat": {},
        "own_cells": {},
        **dict.fromkeys(LISAT),
        **kirjaus.lisat,
    }
    return make_quickly(Kirjausarvo, values)


def _headings(layout):
    headings: dict[str, str] = {}
    for table in layout.tables:
        for column in table.columns:
            if column.role and column.heading:
                headings.setdefault(column.role, column.heading)
    return {**layout.words, **headings}


def _columns(layout):
    """[(column, the heading above its heading)] of the largest table, and the jaksot that only other tables have."""
    largest = max(layout.tables, key=lambda table: sum(len(part.rows) for part in table.parts))
    columns = []
    for table in [largest, *(table for table in layout.tables if table is not largest)]:
        for column in table.columns:
            jakso = None if column.jakso is None or table.is_flat else layout.jaksot[column.jakso]
            entry = (column.role, column.heading, jakso)
            if column.role and not any(known[::2] == entry[::2] for known, _above in columns):
                above = column.path[-2] if len(column.path) > 1 and not table.is_flat else ""
                columns.append((entry, above))
    return columns


def _esitys(drafts):
    arviot = [kirjaus.arvio for draft in drafts for kirjaus in draft.kirjaukset.values() if kirjaus.arvio.score]
    if not arviot:
        return "ei"
    if any(not arvio.by_words and not arvio.by_colour for arvio in arviot):
        return "numerot"
    return "liikennevalo" if any(arvio.by_colour for arvio in arviot) else "sanat"
