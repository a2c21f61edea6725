"""Valilehti -> Lohkot: where its headers are, by words and by how the cells differ from those under them.

What a row of one cell is (a title, a band, a note) is not decided here: that takes the roles of the columns.
"""

import re

from strategia.nimet import normalise

from ..workbook import Valilehti
from .headings import FIRST, HEAD, WHOLE, is_period, weigh
from .parts import Lohkot, Osa, texts_of
from .periods import period_key
from .scale import legend_entries
from .scores import DEGREES, is_known_status, plain_word

_SEARCHED = 60  # rows among which the first header is
_AUXILIARY = 2  # rows of a header above its main row, and below it
_LEVELISH = {"ylin", "keski", "toimialan_tavoite", "alin", "nimi", "mittari", "kuvaus"}
_ENOUGH, _SURE = 1.7, 2.2  # weight of different classes that makes a header; without a whole heading
_STRUCTURE = 1.0
_FAINT = 0.4  # enough of the first row that is as wide as the table
_SAME = 0.6
_YEAR = re.compile(r"20\d\d")
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?\s*%?")
_SENTENCE = re.compile(r"(?:\S+\s+){3,}[^\W\d_]{4,}\.\s*$")
_COVERING = {"kausi", "aste", "varma_aste", "raha", "tarkeys", "mittari.arvo", "mittari.tavoite"}
_HEADING_LENGTH, _HEADING_WORDS = 80, 7


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
            current = Osa(sheet, rows, main, _paths(sheet, rows, texts))
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
    return _with_repeats(lohkot, {_first(lohkot, main): (_span(lohkot, main, 0), main)}, main)


def _spans(lohkot):
    """first row -> (rows of the header, its main row), of every header of the sheet."""
    texts = lohkot.texts
    mains = [row for row in texts if is_header(texts[row], lohkot.sheet.rows[row]) or _begins_another(texts, row)]
    mains = [row for row in mains if not _is_among_rows(lohkot, row)] or _only_column(texts)
    if not mains:
        lohkot.is_known = False
        mains = _by_structure(lohkot)
    spans, taken, main = {}, 0, 0
    for index, row in enumerate(mains):
        if row <= taken or (spans and not (_is_another(texts, row, main) and _has_rows(texts, row))):
            continue
        row = row if spans else _first_alike(texts, row)
        near = [row, *(other for other in mains[index : index + _AUXILIARY + 1] if row < other <= row + _AUXILIARY)]
        main = max(near, key=lambda other: (len(_classes(texts[other])), -other))
        rows = _span(lohkot, main, taken)
        if spans:
            rows = _with_groups(lohkot, rows, next(iter(spans.values()))[0])
        spans[rows[0]] = (rows, main)
        taken = rows[-1]
    first = min((main for _rows, main in spans.values()), default=0)
    return _with_repeats(lohkot, spans, first) if spans else {}


def _begins_another(texts, row):
    """Below an empty row nothing but headings in full, of several kinds: a table of something else."""
    found = [_best(text) for text in texts[row].values()]
    is_below = row > min(texts) and row - 1 not in texts and len(texts.get(row + 1, ())) > 1
    return is_below and len(found) > 1 and len({name for name, _ in found}) > 1 and all(w == WHOLE for _, w in found)


def _has_rows(texts, header):
    """A row of two cells or more stands below: a last line whose words happen to be headings begins no table."""
    return any(len(cells) > 1 for row, cells in texts.items() if row > header)


def _is_among_rows(lohkot, row):
    """A row of data whose words happen to be headings: more rows as wide stand right above it than a header has."""
    texts, above = lohkot.texts, []
    whole = sum(_best(text)[1] == WHOLE for text in texts[row].values())
    while (other := row - 1 - len(above)) in texts and _is_like(texts[other], texts[row]):
        above.append(other)
    return len(above) > _AUXILIARY and whole * 2 <= len(texts[row])


def _is_like(texts, others):
    both = texts.keys() & others.keys()
    return len(both) > 2 and len(both) >= _SAME * max(len(texts), len(others))


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
    both = [(_best(text)[0], _best(texts[main].get(column, ""))[0]) for column, text in texts[row].items()]
    return sum(1 for one, other in both if one and one == other) >= _SAME * len(both)


def _first(lohkot, main):
    return _span(lohkot, main, 0)[0]


def is_header(texts: dict[int, str], cells) -> bool:
    """True if the row's cells are headings by their words."""
    run = _number_run(texts)
    if len(texts) < 2 or any(_is_number(text, cells[column]) for column, text in texts.items() if column not in run):
        return False
    texts = {column: text for column, text in texts.items() if column not in run}
    classes = _classes(texts)
    if len(classes) < 2 or not classes.keys() & _LEVELISH:
        return False
    weight = sum(classes.values())
    known = sum(1 for text in texts.values() if _best(text)[1] >= FIRST or is_period(text))
    if known * 2 < len(texts) and len(classes) < 4:
        return False
    return weight >= _SURE or (weight >= _ENOUGH and WHOLE in classes.values())


def has_headings(lohkot: Lohkot) -> bool:
    """True if some row of the sheet is made of known headings, though of no table."""
    return any(
        all(_best(text)[1] == WHOLE for text in texts.values()) and not _has_numbers(lohkot, row)
        for row, texts in lohkot.texts.items()
    )


def _number_run(texts):
    """Columns of 1, 2, 3 … side by side, three at least: options of a status, not values."""
    runs: list[list[int]] = [[]]
    for column, text in texts.items():
        run = runs[-1]
        if text.isdigit() and run and column == run[-1] + 1 and int(text) == int(texts[run[-1]]) + 1:
            run.append(column)
        elif text == "1":
            runs.append([column])
        elif run:
            runs.append([])
    return {column for run in runs if len(run) >= 3 for column in run}


def _is_number(text, solu):
    return bool(_NUMBER.fullmatch(text)) and not _YEAR.fullmatch(text) and solu.kind != "date"


def _classes(texts):
    """class -> its best weight among the cells of a row."""
    found = {}
    for text in texts.values():
        name, weight = _best(text)
        if weight >= FIRST:
            found[name] = max(found.get(name, 0), weight)
    return found


def _best(text):
    if len(text) > _HEADING_LENGTH or text.count(" ") >= _HEADING_WORDS or _SENTENCE.search(text):
        return "", 0
    found = weigh(text)
    name = max(found, key=found.get, default="")
    return name, found.get(name, 0)


def _only_column(texts):
    """[the first row] of a sheet that is one column under the heading of a lowest level, else []."""
    columns = {column for cells in texts.values() for column in cells}
    if len(columns) != 1 or len(texts) < 2:
        return []
    row = min(texts)
    return [row] if _best(next(iter(texts[row].values()))) == ("alin", WHOLE) else []


# --- a header whose words nobody knows


def _by_structure(lohkot):
    """[the first row that differs from what stands under it as headings do], or []."""
    rows = list(lohkot.texts)[:_SEARCHED]
    for place, row in enumerate(rows):
        below = [other for other in list(lohkot.texts)[place + 1 : place + 31] if len(lohkot.texts[other]) > 1]
        if len(lohkot.texts[row]) > 1 and below and _looks_like_header(lohkot, row, below):
            return [row]
        width = max((len(lohkot.texts[other]) for other in below[:8]), default=0)
        if len(lohkot.texts[row]) > 2 and len(lohkot.texts[row]) >= width * _SAME:
            # a row as wide as the table is a row of it: no header stands below
            return [row] if _looks_like_header(lohkot, row, below, _FAINT) else []
    return []


def _looks_like_header(lohkot, row, below, least=_STRUCTURE):
    texts, cells = lohkot.texts[row], lohkot.sheet.rows[row]
    below = [other for other in below if not _repeats(texts, lohkot.texts[other])]
    if not below:
        return False
    run = _number_run(texts)
    named = {column: text for column, text in texts.items() if column not in run and not _YEAR.fullmatch(text.strip())}
    if any(len(text) > _HEADING_LENGTH or _is_number(text, cells[column]) for column, text in named.items()):
        return False
    if len(set(map(normalise, texts.values()))) < len(texts) - len(texts) // 3:
        return False
    width = max(len(lohkot.texts[other]) for other in below[:8])
    if len(texts) < 2 or len(texts) < width * _SAME:
        return False
    words = sum(_classes(texts).values())
    contrast = sum(_contrast(lohkot, column, texts[column], below) for column in texts)
    return contrast + min(words, 1) >= least and (len(below) > 1 or words >= 1)


def _repeats(texts, others):
    """The same header on a later page or under a band."""
    same = sum(1 for column, text in texts.items() if normalise(others.get(column, "")) == normalise(text))
    return same >= 2 and same >= _SAME * len(texts)


def _contrast(lohkot, column, heading, below):
    values = [lohkot.texts[row][column] for row in below if column in lohkot.texts[row]]
    if not values:
        return 0
    if heading in values:
        return -1.5
    typed = sum(1 for row in below if column in lohkot.texts[row] and _is_typed(lohkot.sheet.rows[row][column]))
    if typed * 2 > len(values):
        return 0.6
    if len(values) > 2 and len(set(values)) <= len(values) * 0.7:
        return 0.4
    mean = sum(map(len, values)) / len(values)
    return 0.4 if mean > 25 and mean > 1.8 * len(heading) else 0


def _is_typed(solu):
    return solu.kind in ("number", "date", "bool") or (solu.kind == "text" and bool(_NUMBER.fullmatch(solu.value)))


def _with_repeats(lohkot, spans, first):
    """Also the rows that repeat the first header word for word, on a later page or under a band."""
    known = {column: normalise(text) for column, text in lohkot.texts[first].items()}
    named = {column for column, text in lohkot.texts[first].items() if _best(text)[1] >= FIRST} or known.keys()
    taken = {row for rows, _main in spans.values() for row in rows}
    for row, texts in lohkot.texts.items():
        if row in taken or row <= first or len(texts) < 2:
            continue
        same = sum(1 for column, text in texts.items() if known.get(column) == normalise(text))
        heads = sum(1 for column in named if normalise(texts.get(column, "")) == known[column])
        if same >= 2 and same >= _SAME * len(known) and heads >= _SAME * len(named):
            rows = _span(lohkot, row, max((other for other in taken if other < row), default=0))
            rows = _with_groups(lohkot, rows, next(iter(spans.values()))[0])
            spans[rows[0]] = (rows, row)
            taken.update(rows)
    return dict(sorted(spans.items()))


def _with_groups(lohkot, rows, firsts):
    """Also the rows above that stand above the first header, word for word."""
    known = [{column: normalise(text) for column, text in lohkot.texts[row].items()} for row in firsts]
    above = rows[0] - 1
    while above in lohkot.texts and {c: normalise(t) for c, t in lohkot.texts[above].items()} in known:
        rows, above = (above, *rows), above - 1
    return rows


# --- rows that belong to a header


def _span(lohkot, main, taken):
    rows = [*_above(lohkot, main, taken), main, *_below(lohkot, main)]
    return tuple(row for row in rows if row in lohkot.texts)


def _above(lohkot, main, taken):
    rows, texts = [], lohkot.texts
    for row in range(main - 1, max(taken, main - 1 - _AUXILIARY), -1):
        if row not in texts or not (_is_above(lohkot, row, main) or (not taken and _is_grouping(lohkot, row, main))):
            break
        rows.insert(0, row)
    return rows


def _is_above(lohkot, row, main):
    texts = lohkot.texts[row]
    if len(texts) == 1 and set(texts) == {min(lohkot.texts[main])}:
        return False
    if any(len(text) > _HEADING_LENGTH for text in texts.values()):
        return False
    if all(_best(text)[1] >= FIRST or is_period(text) for text in texts.values()):
        return True
    heads = lohkot.texts[main]
    parts = {column for column, text in heads.items() if _is_bare_period(text)} | _number_run(heads)
    if parts.issuperset(texts) and min(texts) > min(heads):
        return True
    spanned = [column for column in texts if _is_spread(lohkot.sheet, row, column)]
    width = max(lohkot.texts[main]) - min(lohkot.texts[main]) + 1
    return len(texts) > 1 and bool(spanned) and len(texts) <= width and not _has_numbers(lohkot, row)


def _is_grouping(lohkot, row, main):
    """A few short texts right above the first header, each over the first of several columns."""
    texts, heads = lohkot.texts[row], lohkot.texts[main]
    short = all(len(text) <= 40 for text in texts.values()) and not _has_numbers(lohkot, row)
    return (
        short
        and 1 < len(texts) <= len(heads) / 2
        and row == main - 1
        and texts.keys() <= heads.keys()
        and not any(plain_word(text) in DEGREES or legend_entries(text) for text in texts.values())
    )


def _has_numbers(lohkot, row):
    return any(_is_number(text, lohkot.sheet.rows[row][column]) for column, text in lohkot.texts[row].items())


def _is_spread(sheet, row, column):
    return sheet.origins.get((row, column + 1)) == (row, column)


def _below(lohkot, main):
    """Rows under the main row that fill only what it left open or spread over several columns."""
    rows = []
    for row in range(main + 1, main + 1 + _AUXILIARY):
        if row not in lohkot.texts or not _is_below(lohkot, row, main):
            break
        rows.append(row)
    return rows


def _is_below(lohkot, row, main):
    texts, heads, cells = lohkot.texts[row], lohkot.texts[main], lohkot.sheet.rows[row]
    run = _number_run(texts)
    texts = {column: text for column, text in texts.items() if column not in run}
    if not texts or _divides(lohkot.texts[row], heads) or _names_parts_of_periods(texts, heads):
        return True
    first = min(heads)
    if set(texts) == {first} and len(heads) > 1 and not _is_spread(lohkot.sheet, main, first):
        return False  # a band right under the header, however wide
    if any(len(text) > _HEADING_LENGTH or _is_number(text, cells[column]) for column, text in texts.items()):
        return False
    if _is_translation(texts, heads) or (texts != heads and _are_headings(texts)):
        return True
    if any(column in heads and _best(heads[column])[0] in _LEVELISH for column in texts):
        return False
    if all(_best(text)[1] >= FIRST or is_period(text) for text in texts.values()):
        named = {column for column, text in heads.items() if _best(text)[1] >= FIRST and _best(text)[0] != "kausi"}
        tied = {column for column in texts if _is_spread(lohkot.sheet, main, column) or column + 1 in texts}
        return not (named & set(texts)) - tied
    opened = all(column not in heads or _is_spread(lohkot.sheet, main, column) for column in texts)
    tied = any(_is_spread(lohkot.sheet, main, column) for column in texts)
    return opened and tied and len(texts) > 1


def _divides(texts, heads):
    """Only parts of headings: runs of columns of which the heading row fills the first alone, and nothing else."""
    runs = []
    for column in sorted(texts):
        if runs and column == runs[-1][-1] + 1 and column not in heads:
            runs[-1].append(column)
        else:
            runs.append([column])
    short = all(len(text) <= 40 for text in texts.values())
    whole = all(run[0] in heads and (len(run) > 1 or is_period(heads[run[0]])) for run in runs)
    return short and whole and any(len(run) > 1 for run in runs) and len(texts) < len(heads) * 3


def _names_parts_of_periods(texts, heads):
    """The same words under several headings that are a time and nothing else, and nothing under the others."""
    bare = all(_is_bare_period(heads.get(column, "")) for column in texts)
    said = set(map(normalise, texts.values()))
    return bare and len(texts) > 1 and len(said) == 1 and not any(map(is_known_status, texts.values()))


def _is_bare_period(text):
    return is_period(text) and not _best(text)[0]


def _is_translation(texts, heads):
    """The same headings in another language; what a period or an option divides is translated by none."""
    divided = {
        column for column, text in texts.items()
        if _is_divided(column, texts, heads) or (is_period(heads.get(column, "")) and not is_period(text))
    }  # fmt: skip
    twice = [column for column in texts if column in heads and column not in divided]
    both = [(_best(texts[column])[0], _best(heads[column])[0]) for column in twice]
    same = sum(1 for first, second in both if first and first == second)
    return same >= 2 and same >= _SAME * len(both) and texts != heads


def _are_headings(texts):
    """Every cell says in words what a column is, two of them in full and of no level: no row of data does."""
    told = [_best(text) for text in texts.values()]
    full = {name for name, weight in told if weight == WHOLE and name not in _LEVELISH}
    return len(full) > 1 and all(weight >= HEAD for _name, weight in told)


def _is_divided(column, texts, heads):
    return column + 1 in texts and column + 1 not in heads


def _paths(sheet, rows, texts):
    """column -> header texts over it. A heading covers the empty cells to its right that a row below it divides."""
    paths: dict[int, list[str]] = {}
    last = _last_column(sheet, rows)
    for place, row in enumerate(rows):
        held, over_time, lower = "", "", {column for other in rows[place + 1 :] for column in texts[other]}
        for column in range(1, last + 1):
            text = texts[row].get(column, "")
            origin = sheet.origins.get((row, column))
            if text:
                held = text if column in lower and not _is_spread(sheet, row, column) else ""
                over_time = held and _time_below(texts, rows[place + 1 :], column)
            elif origin and origin[0] == row:
                text = texts[row].get(origin[1], "")
            elif over_time and _time_below(texts, rows[place + 1 :], column) != over_time:
                held, over_time = "", ""
            elif held and column in lower and _covers(held, texts, rows[place + 1 :], column):
                text = held
            if text:
                shown = " ".join(text.split())
                if shown not in paths.setdefault(column, []):
                    paths[column].append(shown)
    return {column: tuple(paths[column]) for column in sorted(paths)}


def _time_below(texts, rows, column):
    """ "year" or "part" where only bare periods stand below it, else ""."""
    below = [texts[row][column] for row in rows if column in texts[row]]
    if not below or not all(map(_is_bare_period, below)):
        return ""
    return "year" if all(map(_YEAR.fullmatch, below)) else "part"


def _covers(held, texts, rows, column):
    """A period or what is followed is divided by what stands below it, but not by another period's own heading.

    Any other words are, where what stands below is bare periods or the words of a status.
    """
    below = [texts[row][column] for row in rows if column in texts[row]]
    times = set().union(*(period_key((text,)) for text in below))
    if is_period(held) and times - set(period_key((held,))) and any(_best(text)[0] for text in below):
        return False
    if is_period(held) or _best(held)[0] in _COVERING:
        return True
    parts = all(is_period(text) or len(text) < 3 or is_known_status(text) for text in below)
    return bool(below) and parts and (not _best(held)[0] or all(map(is_period, below)))


def _last_column(sheet, rows):
    merged = [column for row, column in sheet.origins if row in rows]
    return max([max(sheet.rows[row]) for row in rows] + merged)
