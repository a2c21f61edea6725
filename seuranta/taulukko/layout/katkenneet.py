"""Osa of a pasted table + roles -> errors of the lines that broke off, which are no rows and no bands of it."""

from strategia.nimet import normalise

from ..guard import Issue
from ..workbook.katkot import BROKEN, find_broken
from .bands import is_total, is_unit, titles_of
from .parts import Lohkot, Osa, Skip, text_of

_SHOWN = 60  # letters of the line


def part_broken(part: Osa, lohkot: Lohkot, roles: dict[int, str], skipped: list[Skip]) -> list[Issue]:
    """Notes the broken lines on the blocks: an error at the first cell of each, its others among the skipped."""
    name_column = next((column for column, role in roles.items() if role == "toimenpide"), None)
    if name_column is None or not part.main_row or not part.body or not part.sheet.widths:  # of a workbook none is
        return []
    titles, first = titles_of(lohkot), next(row for each in lohkot.parts for row in each.body)
    is_banded = len(lohkot.texts[first]) == 1
    last = max((row for row in part.body if len(lohkot.texts[row]) > 1), default=0)  # what follows leads to a header
    exempt = {row for row in part.body if row > last or is_known_line(lohkot.texts[row], titles, is_banded=is_banded)}
    exempt |= {row for row in part.body if len(lohkot.texts[row]) > 1 and is_total(lohkot.texts[row], roles)}
    broken = find_broken(part.sheet, part.body, header_row=part.main_row, name_column=name_column, exempt=exempt)
    lohkot.broken.update(broken)
    return [_tell(part, row, skipped) for row in broken]


def is_known_line(texts: dict[int, str], titles: list[str], *, is_banded: bool) -> bool:
    """Does a line of one field repeat a title, name a board, or stand on a sheet whose rows begin with such a band?"""
    (text, *others) = texts.values()
    return not others and (is_banded or is_unit(text) or normalise(text) in map(normalise, titles))


def _tell(part, row, skipped):
    cells = [(part.sheet.ref(row, column), text_of(solu)) for column, solu in part.sheet.rows[row].items()]
    (first, text), *others = [each for each in cells if each[1]]
    skipped += [Skip(cell, "not_table", other) for cell, other in others]
    fi, en = (sentence.format(text=text[:_SHOWN]) for sentence in BROKEN)
    return Issue(first, "ragged", fi, en, text)
