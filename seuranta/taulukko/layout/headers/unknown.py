"""A header whose words nobody knows: the first row that differs from what stands under it as headings do."""

from strategia.nimet import normalise

from .known import HEADING_LENGTH, NUMBER, SAME, YEAR, classes_of, is_number, number_run

SEARCHED = 60  # rows among which the first header is
_STRUCTURE = 1.0
_FAINT = 0.4  # enough of the first row that is as wide as the table


def find_by_structure(lohkot):
    """[the first row that differs from what stands under it as headings do], or []."""
    rows = list(lohkot.texts)[:SEARCHED]
    for place, row in enumerate(rows):
        below = [other for other in list(lohkot.texts)[place + 1 : place + 31] if len(lohkot.texts[other]) > 1]
        if len(lohkot.texts[row]) > 1 and below and _looks_like_header(lohkot, row, below):
            return [row]
        width = max((len(lohkot.texts[other]) for other in below[:8]), default=0)
        if len(lohkot.texts[row]) > 2 and len(lohkot.texts[row]) >= width * SAME:
            # a row as wide as the table is a row of it: no header stands below
            return [row] if _looks_like_header(lohkot, row, below, _FAINT) else []
    return []


def _looks_like_header(lohkot, row, below, least=_STRUCTURE):
    texts, cells = lohkot.texts[row], lohkot.sheet.rows[row]
    below = [other for other in below if not _repeats(texts, lohkot.texts[other])]
    if not below:
        return False
    run = number_run(texts)
    named = {column: text for column, text in texts.items() if column not in run and not YEAR.fullmatch(text.strip())}
    if any(len(text) > HEADING_LENGTH or is_number(text, cells[column]) for column, text in named.items()):
        return False
    if len(set(map(normalise, texts.values()))) < len(texts) - len(texts) // 3:
        return False
    width = max(len(lohkot.texts[other]) for other in below[:8])
    if len(texts) < 2 or len(texts) < width * SAME:
        return False
    words = sum(classes_of(texts).values())
    contrast = sum(_contrast(lohkot, column, texts[column], below) for column in texts)
    return contrast + min(words, 1) >= least and (len(below) > 1 or words >= 1)


def _repeats(texts, others):
    """The same header on a later page or under a band."""
    same = sum(1 for column, text in texts.items() if normalise(others.get(column, "")) == normalise(text))
    return same >= 2 and same >= SAME * len(texts)


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
    return solu.kind in ("number", "date", "bool") or (solu.kind == "text" and bool(NUMBER.fullmatch(solu.value)))
