"""Valilehti -> Lohkot: where its headers are, by words and by how the cells differ from those under them.

What a row of one cell is (a title, a band, a note) is not decided here: that takes the roles of the columns.
"""

from functools import cache
from math import ceil

from strategia.nimet import normalise

from ..workbook import Valilehti
from .headers.broken import join_broken
from .headers.known import SAME, class_of, classes_of, is_header, only_column
from .headers.paths import paths_of
from .headers.span import AUXILIARY, span_of
from .headers.unknown import SEARCHED, find_by_structure
from .headings import FIRST, WHOLE
from .parts import Lohkot, Osa, texts_of


def read_blocks(sheet: Valilehti, header: int | None = None) -> Lohkot:
    """The sheet's headers and the rows under each. `header`: the row that a person named, 0 for none."""
    texts = {row: found for row, cells in sheet.rows.items() if (found := texts_of(cells))}
    lohkot = Lohkot(sheet, texts)
    if header == 0:
        return _without_header(lohkot)
    spans = _chosen(lohkot, header) if header else _spans(lohkot)
    current = None
    for row in texts:
        if row in spans:
            rows, main = spans[row]
            current = Osa(sheet, rows, main, paths_of(sheet, rows, texts))
            lohkot.parts.append(current)
        elif current is None:
            lohkot.above.append(row)
        elif row not in current.header_rows:
            current.body.append(row)
    return lohkot


def read_like_others(lohkot: list[Lohkot]) -> list[Lohkot]:
    """A header that stands over too few rows to be told from them is known by another sheet that says the same."""
    said = [(part, each.is_known) for each in lohkot for part in each.parts if part.main_row]
    return [each if each.parts else _read_like(each, said) for each in lohkot]


def _read_like(lohkot, said):
    for part, is_known in said:
        heads = {column: normalise(text) for column, text in texts_of(part.sheet.rows[part.main_row]).items()}
        for row, texts in lohkot.texts.items():
            if len(texts) > 1 and {column: normalise(text) for column, text in texts.items()} == heads:
                found = read_blocks(lohkot.sheet, row)
                found.is_known = is_known
                return found
    return lohkot


def _without_header(lohkot):
    rows = [row for row in lohkot.texts if len(lohkot.texts[row]) > 1]
    if rows:
        lohkot.above = [row for row in lohkot.texts if row < rows[0]]
        body = [row for row in lohkot.texts if row >= rows[0]]
        columns = sorted({column for row in body for column in lohkot.texts[row]})
        lohkot.parts.append(Osa(lohkot.sheet, (), 0, dict.fromkeys(columns, ()), body))
    return lohkot


def _chosen(lohkot, header):
    main = min((row for row in lohkot.texts if row >= header), default=None)
    if main is None:
        return {}
    return _with_repeats(lohkot, {_first(lohkot, main): (span_of(lohkot, main, 0), main)}, main)


def _spans(lohkot):
    """first row -> (rows of the header, its main row), of every header of the sheet."""
    texts = lohkot.texts
    broken = _broken(lohkot)
    mains = [
        row for row in texts
        if row in broken or is_header(texts[row], lohkot.sheet.rows[row]) or _begins_another(texts, row)
    ]  # fmt: skip
    mains = [row for row in mains if not _is_among_rows(lohkot, row)] or only_column(texts)
    if not mains:
        lohkot.is_known = False
        mains = find_by_structure(lohkot)
    spans, taken, main = {}, 0, 0
    for index, row in enumerate(mains):
        if row <= taken or (spans and not (_is_another(texts, row, main) and _has_rows(texts, row))):
            continue
        row = row if spans else _first_alike(texts, row)
        near = [row, *(other for other in mains[index : index + AUXILIARY + 1] if row < other <= row + AUXILIARY)]
        main = max(near, key=lambda other: (len(classes_of(texts[other])), -other))
        rows = span_of(lohkot, main, taken)
        if spans:
            rows = _with_groups(lohkot, rows, next(iter(spans.values()))[0])
        spans[rows[0]] = (rows, main)
        taken = rows[-1]
    first = min((main for _rows, main in spans.values()), default=0)
    return _with_repeats(lohkot, spans, first) if spans else {}


def _broken(lohkot):
    """The upper rows of headers that are known only when two rows are one."""
    found = []
    for row in list(lohkot.texts)[:SEARCHED]:
        rows, texts = join_broken(lohkot.sheet, (row, row + 1), lohkot.texts)
        if len(rows) == 1 and is_header(texts[row + 1], {**lohkot.sheet.rows[row], **lohkot.sheet.rows[row + 1]}):
            found.append(row)
    return found


def _begins_another(texts, row):
    """Below an empty row nothing but headings in full, of several kinds: a table of something else."""
    is_below = row - 1 not in texts and len(texts.get(row + 1, ())) > 1 and row != next(iter(texts))
    if not is_below or len(texts[row]) < 2:
        return False
    found = [class_of(text) for text in texts[row].values()]
    return len({name for name, _ in found}) > 1 and all(w == WHOLE for _, w in found)


def _has_rows(texts, header):
    """A row of two cells or more stands below: a last line whose words happen to be headings begins no table."""
    return any(len(cells) > 1 for row, cells in texts.items() if row > header)


def _is_among_rows(lohkot, row):
    """A row of data whose words happen to be headings: more rows as wide stand right above it than a header has."""
    texts, above = lohkot.texts, []
    whole = sum(class_of(text)[1] == WHOLE for text in texts[row].values())
    while (other := row - 1 - len(above)) in texts and _is_like(texts[other], texts[row]):
        above.append(other)
    return len(above) > AUXILIARY and whole * 2 <= len(texts[row])


def _is_like(texts, others):
    both = texts.keys() & others.keys()
    return len(both) > 2 and len(both) >= SAME * max(len(texts), len(others))


def _first_alike(texts, row):
    """The first row that says word for word what this one does: a header may be known only where it is repeated."""
    plain = {column: normalise(text) for column, text in texts[row].items()}
    for other in texts:
        if other < row and {column: normalise(text) for column, text in texts[other].items()} == plain:
            return other
    return row


def _is_another(texts, row, main):
    """A later header has room above it or says what the one before did; else it is a row of words."""
    above = texts.get(row - 1, ())
    if len(above) < 2:
        return True
    both = [(class_of(text)[0], class_of(texts[main].get(column, ""))[0]) for column, text in texts[row].items()]
    return sum(1 for one, other in both if one and one == other) >= SAME * len(both)


def _first(lohkot, main):
    return span_of(lohkot, main, 0)[0]


def _with_repeats(lohkot, spans, first):
    """Also the rows that repeat the first header word for word, on a later page or under a band."""
    plain = cache(normalise)  # a table repeats its words
    known = {column: plain(text) for column, text in lohkot.texts[first].items()}
    most = len(known) - max(2, ceil(SAME * len(known)))  # of its cells that another may have otherwise
    named = {column for column, text in lohkot.texts[first].items() if class_of(text)[1] >= FIRST} or known.keys()
    taken = {row for rows, _main in spans.values() for row in rows}
    for row, texts in lohkot.texts.items():
        if row in taken or row <= first or len(texts) < 2 or _has_others(texts, known, most, plain):
            continue
        heads = sum(1 for column in named if plain(texts.get(column, "")) == known[column])
        if heads >= SAME * len(named):
            rows = span_of(lohkot, row, max((other for other in taken if other < row), default=0))
            rows = _with_groups(lohkot, rows, next(iter(spans.values()))[0])
            spans[rows[0]] = (rows, row)
            taken.update(rows)
    return dict(sorted(spans.items()))


def _has_others(texts, known, most, plain):
    """True if the row has more cells than that which say something else: nearly every row of data, at its first few."""
    others = 0
    for column, heading in known.items():
        others += column not in texts or plain(texts[column]) != heading
        if others > most:
            return True
    return False


def _with_groups(lohkot, rows, firsts):
    """Also the rows above that stand above the first header, word for word."""
    known = [{column: normalise(text) for column, text in lohkot.texts[row].items()} for row in firsts]
    above = rows[0] - 1
    while above in lohkot.texts and {c: normalise(t) for c, t in lohkot.texts[above].items()} in known:
        rows, above = (above, *rows), above - 1
    return rows
