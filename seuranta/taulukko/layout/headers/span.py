"""The main row of a header -> the rows above and below that belong to it."""

from strategia.nimet import normalise

from ..headings import FIRST, HEAD, WHOLE, is_period
from ..parts import Lohkot
from ..scale import legend_entries
from ..scores import DEGREES, is_known_status, plain_word
from .broken import are_broken
from .known import HEADING_LENGTH, LEVELISH, SAME, class_of, has_numbers, is_bare_period, is_number, number_run

AUXILIARY = 2  # rows of a header above its main row, and below it


def span_of(lohkot: Lohkot, main: int, taken: int) -> tuple[int, ...]:
    """The rows of the header whose main row this is. `taken`: the last row of the header before it."""
    rows = [*_above(lohkot, main, taken), main, *_below(lohkot, main)]
    return tuple(row for row in rows if row in lohkot.texts)


def _above(lohkot, main, taken):
    rows, texts = [], lohkot.texts
    for row in range(main - 1, max(taken, main - 1 - AUXILIARY), -1):
        is_above = row in texts and (_is_above(lohkot, row, main) or are_broken(lohkot.sheet, row, main, texts))
        if not is_above and not (row in texts and not taken and _is_grouping(lohkot, row, main)):
            break
        rows.insert(0, row)
    return rows


def _is_above(lohkot, row, main):
    texts = lohkot.texts[row]
    if len(texts) == 1 and set(texts) == {min(lohkot.texts[main])}:
        return False
    if any(len(text) > HEADING_LENGTH for text in texts.values()):
        return False
    if all(class_of(text)[1] >= FIRST or is_period(text) for text in texts.values()):
        return True
    heads = lohkot.texts[main]
    parts = {column for column, text in heads.items() if is_bare_period(text)} | number_run(heads)
    if parts.issuperset(texts) and min(texts) > min(heads):
        return True
    spanned = [column for column in texts if is_spread(lohkot.sheet, row, column)]
    width = max(lohkot.texts[main]) - min(lohkot.texts[main]) + 1
    return len(texts) > 1 and bool(spanned) and len(texts) <= width and not has_numbers(lohkot, row)


def _is_grouping(lohkot, row, main):
    """A few short texts right above the first header, each over the first of several columns."""
    texts, heads = lohkot.texts[row], lohkot.texts[main]
    short = all(len(text) <= 40 for text in texts.values()) and not has_numbers(lohkot, row)
    return (
        short
        and 1 < len(texts) <= len(heads) / 2
        and row == main - 1
        and texts.keys() <= heads.keys()
        and not any(plain_word(text) in DEGREES or legend_entries(text) for text in texts.values())
    )


def is_spread(sheet, row, column):
    """True if the cell is merged with the one to its right."""
    return sheet.origins.get((row, column + 1)) == (row, column)


def _below(lohkot, main):
    """Rows under the main row that fill only what it left open or spread over several columns."""
    rows = []
    for row in range(main + 1, main + 1 + AUXILIARY):
        is_below = row in lohkot.texts and _is_below(lohkot, row, main)
        if not is_below and not are_broken(lohkot.sheet, main, row, lohkot.texts):
            break
        rows.append(row)
    return rows


def _is_below(lohkot, row, main):
    texts, heads, cells = lohkot.texts[row], lohkot.texts[main], lohkot.sheet.rows[row]
    run = number_run(texts)
    texts = {column: text for column, text in texts.items() if column not in run}
    if not texts or _divides(lohkot.texts[row], heads) or _names_parts_of_periods(texts, heads):
        return True
    first = min(heads)
    if set(texts) == {first} and len(heads) > 1 and not is_spread(lohkot.sheet, main, first):
        return False  # a band right under the header, however wide
    if any(len(text) > HEADING_LENGTH or is_number(text, cells[column]) for column, text in texts.items()):
        return False
    if _is_translation(texts, heads) or (texts != heads and _are_headings(texts)):
        return True
    if any(column in heads and class_of(heads[column])[0] in LEVELISH for column in texts):
        return False
    if all(class_of(text)[1] >= FIRST or is_period(text) for text in texts.values()):
        named = {
            column for column, text in heads.items() if class_of(text)[1] >= FIRST and class_of(text)[0] != "kausi"
        }
        tied = {column for column in texts if is_spread(lohkot.sheet, main, column) or column + 1 in texts}
        return not (named & set(texts)) - tied
    opened = all(column not in heads or is_spread(lohkot.sheet, main, column) for column in texts)
    tied = any(is_spread(lohkot.sheet, main, column) for column in texts)
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
    bare = all(is_bare_period(heads.get(column, "")) for column in texts)
    said = set(map(normalise, texts.values()))
    return bare and len(texts) > 1 and len(said) == 1 and not any(map(is_known_status, texts.values()))


def _is_translation(texts, heads):
    """The same headings in another language; what a period or an option divides is translated by none."""
    divided = {
        column for column, text in texts.items()
        if _is_divided(column, texts, heads) or (is_period(heads.get(column, "")) and not is_period(text))
    }  # fmt: skip
    twice = [column for column in texts if column in heads and column not in divided]
    both = [(class_of(texts[column])[0], class_of(heads[column])[0]) for column in twice]
    same = sum(1 for first, second in both if first and first == second)
    return same >= 2 and same >= SAME * len(both) and texts != heads


def _are_headings(texts):
    """Every cell says in words what a column is, two of them in full and of no level: no row of data does."""
    told = [class_of(text) for text in texts.values()]
    full = {name for name, weight in told if weight == WHOLE and name not in LEVELISH}
    return len(full) > 1 and all(weight >= HEAD for _name, weight in told)


def _is_divided(column, texts, heads):
    return column + 1 in texts and column + 1 not in heads
