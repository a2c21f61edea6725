"""Lohkot or Taulut -> the refusal of a file in which no table of toimenpiteet can be known."""

from ..guard import refusal
from .headers.known import has_headings
from .muut_muodot import refusal_of

_OF_ANYTHING = {"nimi", "muu", "kuvaus", "koodi", "numero", "aikataulu", "alkaa", "paattyy"}  # lists of any kind


def refuse_blocks(lohkot, sheets, delimiter, choices):
    """The refusal where no header, no row or no even width is found, else None."""
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


def refuse_nameless(asettelu, choices):
    """The refusal where no column of any table names the rows."""
    if any(column.is_chosen and not column.role for table in asettelu.tables for column in table.columns):
        return refusal("missing_column/left_out")
    others = [table for table in asettelu.tables if table.of_role("toimenpide")]
    if code := next(filter(None, map(refusal_of, others)), ""):
        return refusal(code)
    found = {name for table in asettelu.tables for todiste in table.evidence.values() for name in todiste.words}
    is_known = bool(found - _OF_ANYTHING) or bool(choices.headers)  # where a person chose it, the column is what lacks
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
