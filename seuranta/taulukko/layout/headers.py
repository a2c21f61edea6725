"""Texts of a sheet -> its header blocks: a row is a header when its cells are headings."""

import re

from ..workbook import Solu, Valilehti
from .headings import ARVO, MUU, may_name_toimenpide, names_toimenpide, role_of

_MAX_AUXILIARY = 2  # rows of a header above its main row, and below it
_ENOUGH = 4  # different roles that make a row a header whatever else stands on it
_SCORE = re.compile(r"[0-9]{1,3}(?:[.,][0-9])?")


def heading_words(sheet: Valilehti) -> int:
    """The most headings that any row of the sheet has: a header without its toimenpide column, or none at all."""
    rows = [roles_of(texts_of(cells)) for cells in sheet.rows.values()]
    return max((len(set(roles.values()) - {ARVO, MUU}) for roles in rows if _mostly(roles)), default=0)


def _mostly(roles):
    return sum(1 for role in roles.values() if role) * 2 >= len(roles)


def texts_of(cells: dict[int, Solu]) -> dict[int, str]:
    """column -> text of the cells that hold any."""
    return {column: solu.text for column, solu in cells.items() if solu.kind != "blank"}


def roles_of(texts: dict[int, str]) -> dict[int, str]:
    """column -> what its text would mean as a heading."""
    return {column: role_of(text) for column, text in texts.items()}


def header_blocks(texts: dict[int, dict[int, str]]) -> dict[int, tuple[tuple[int, ...], int]]:
    """first row -> (rows of the header, its main row)."""
    blocks = {}
    taken = 0
    mains = [row for row in texts if _is_main(texts[row])] or _only_column(texts)
    for index, row in enumerate(mains):
        if row <= taken:
            continue
        # "TOIMENPITEET | VASTUUTAHO" above "Painopiste | … | Toimenpide": the row with most headings names them.
        near = [other for other in mains[index : index + _MAX_AUXILIARY + 1] if other <= row + _MAX_AUXILIARY]
        main = max(near, key=lambda other: (len(_distinct(texts[other])), -other))
        rows = [*_above(main, texts, taken), main, *_below(main, texts)]
        rows = [number for number in rows if number in texts]
        blocks[rows[0]] = (tuple(rows), main)
        taken = rows[-1]
    return blocks


def _only_column(texts):
    """[the first row] of a sheet that is one column under the heading of toimenpide, else []."""
    columns = {column for cells in texts.values() for column in cells}
    if len(columns) != 1 or len(texts) < 2:
        return []
    row = min(texts)
    return [row] if role_of(next(iter(texts[row].values()))) == "toimenpide" else []


def _is_main(texts):
    if not may_name_toimenpide("\n".join(texts.values())):
        return False
    if not any(map(names_toimenpide, texts.values())) or any(map(_SCORE.fullmatch, texts.values())):
        return False
    roles = roles_of(texts)
    known = [role for role in roles.values() if role]
    # Many columns of a kunta's own beside ours do not make a header less of one.
    is_most = len(known) * 2 >= len(roles) or len(set(known)) >= _ENOUGH
    return is_most and len(known) >= 2 and len(set(known)) >= 2


def _distinct(texts):
    return set(roles_of(texts).values()) - {"", ARVO, MUU}


def _above(main, texts, taken):
    rows = []
    for row in range(main - 1, max(taken, main - 1 - _MAX_AUXILIARY), -1):
        if row not in texts or not _is_auxiliary(texts[row]) or set(texts[row]) == {min(texts[main])}:
            break
        rows.insert(0, row)
    return rows


def _below(main, texts):
    """Rows under the main row that name only what it left open (periods), so never a row of data."""
    main_roles = roles_of(texts[main])
    named = {column for column, role in main_roles.items() if role not in ("", ARVO)}
    rows = []
    for row in range(main + 1, main + 1 + _MAX_AUXILIARY):
        if row not in texts or named & set(texts[row]) or not _is_auxiliary(texts[row]):
            break
        rows.append(row)
    return rows


def _is_auxiliary(texts):
    return all(roles_of(texts).values())
