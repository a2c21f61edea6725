"""Text -> Tyokirja of one nameless sheet. A line is a row as in a spreadsheet; a quoted field may hold line breaks."""

import csv
import io
from collections import Counter
from pathlib import PurePath

from ..guard import Issue, Tarkastettu, refusal
from ..guard.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS
from .sheet import Solu, Tyokirja, Valilehti, clean, unescape

_DELIMITERS = "\t;,"


def read_text(file: Tarkastettu) -> tuple[Tyokirja | None, Issue | None]:
    """The sheet, or the refusal unbalanced_quotes, too_many_rows, too_many_columns or too_large."""
    delimiter = find_delimiter(file.text)
    records, issue = _split(file.text, delimiter)
    if issue:
        return None, issue
    rows = {}
    for number, record in enumerate(records, 1):
        cells = {column: _solu(text) for column, text in enumerate(record, 1) if text}
        if cells:
            rows[number] = cells
    widths = {number: len(records[number - 1]) for number in rows}
    code = _too_big(rows, widths)
    if code:
        return None, refusal(code)
    sheet = Valilehti("", rows, widths=widths)
    return Tyokirja(PurePath(file.name).stem, (sheet,), delimiter), None


def find_delimiter(text: str) -> str:
    """Tab, semicolon or comma: the one that most lines hold equally many of; a tab when no line has any."""
    lines = [line for line in text.split("\n")[:200] if line.strip()]
    return max(_DELIMITERS, key=lambda delimiter: _evenness(lines, delimiter))


def _evenness(lines, delimiter):
    """Fields on the lines that agree on their number: commas of sentences lose to the delimiters of a table."""
    counts = Counter(line.count(delimiter) for line in lines if delimiter in line)
    return max((count * times for count, times in counts.items()), default=0)


def _split(text, delimiter):
    """The records and no issue. Tab-separated text is often written without quoting, so there quotes may be letters."""
    if '"' not in text:
        return [line.split(delimiter) for line in text.split("\n")], None
    records, row = _read_quoted(text, delimiter)
    if records is not None:
        return records, None
    if delimiter == "\t":
        return [line.split(delimiter) for line in text.split("\n")], None
    return None, refusal("unbalanced_quotes", row=row)


def _read_quoted(text, delimiter):
    """(records, 0) or (None, the line where the quotes go wrong)."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records = []
    try:
        for record in reader:
            if any(_swallowed(value, delimiter, len(record)) for value in record):
                return None, len(records) + 1
            records.append(record)
    except csv.Error:
        return None, len(records) + 1
    return records, 0


def _swallowed(value, delimiter, width):
    """A quote without its pair has eaten the next rows: the field has lines that look like rows themselves."""
    return "\n" in value and any(line.count(delimiter) >= max(2, width - 1) for line in value.split("\n"))


def _solu(text):
    value = clean(unescape(text, is_copied=True))
    return Solu("text", value) if value else Solu("blank", "")


def _too_big(rows, widths):
    if len(rows) > MAX_ROWS:
        return "too_many_rows"
    if any(max(cells) > MAX_COLUMNS for cells in rows.values()):
        return "too_many_columns"
    return "too_large" if sum(widths.values()) > MAX_CELLS else ""
