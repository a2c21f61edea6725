"""The records of an .xls sheet: is each of its cells sound, and what stands beside them that xlrd does not tell.

xlrd puts a second cell over the first without a word and counts a shared string -1 from the end of the list; of text
boxes, pictures and page headers it tells nothing.
"""

import re
import struct
from typing import NamedTuple

from xlrd.formula import FMLA_TYPE_CELL, FMLA_TYPE_SHARED, decompile_formula

from ..soluviite import address
from .kaavat import is_of_own_row

_BOF, _EOF = 0x0809, 0x000A
_LABELSST, _MULRK, _MULBLANK = 0x00FD, 0x00BD, 0x00BE
_CELLS = {0x0006, 0x0201, 0x0203, 0x0204, 0x0205, 0x0206, 0x0406, 0x027E, 0x00D6, _LABELSST, _MULRK, _MULBLANK}
_ROW_BITS = 16
_HEADER, _FOOTER = 0x0014, 0x0015
_DRAWING, _OBJECT, _TEXT, _CONTINUE = 0x00EC, 0x005D, 0x01B6, 0x003C
_NOTE_OBJECT, _PICTURE_OBJECTS = 0x19, {0x05, 0x08}  # a chart, a picture
_FORMULA, _SHARED = 0x0006, 0x04BC
_OF_SHARED = b"\x01"  # a formula that stands once for many cells, its first cell after it
# A formula's own code for HYPERLINK: texts (0x17, their length and width before them), then the function of one or two.
_LINK = re.compile(rb"[\x22\x42\x62][\x01\x02]\x67\x01", re.DOTALL)
_LITERAL = 0x17
_ANCHOR = struct.pack("<HI", 0xF010, 18)  # of a drawing, before its flags, column, offset and row


class Piirros(NamedTuple):
    """Something drawn on a sheet at its cell: a picture, or a box with its text."""

    cell: str
    is_picture: bool
    text: str = ""


def is_sound(book, number: int) -> bool:
    """Of an xlrd.Book opened on demand and the number of a worksheet in it; struct.error where its bytes end."""
    strings, styles = len(book._sharedstrings), len(book.xf_list)
    places = set()
    for code, data in _records(book.mem, book._sh_abs_posn[number], _CELLS):
        row, first, style = struct.unpack_from("<HHH", data)
        last = struct.unpack_from("<H", data, len(data) - 2)[0] if code in (_MULRK, _MULBLANK) else first
        cells = {row << _ROW_BITS | column for column in range(first, last + 1)}
        if not cells or style >= styles or not places.isdisjoint(cells):
            return False
        if code == _LABELSST and struct.unpack_from("<I", data, 6)[0] >= strings:
            return False
        places |= cells
    return True


def list_links(book, number: int) -> list[tuple[str, str]]:
    """(cell, address) of the formulas that open something; "=HYPERLINK(…)" where other cells make the address."""
    found = []
    for _code, data in _records(book.mem, book._sh_abs_posn[number], {_FORMULA}):
        row, column = struct.unpack_from("<HH", data)
        written = data[22 : 22 + struct.unpack_from("<H", data, 20)[0]]
        if _LINK.search(written):
            found.append((address("", column + 1, row + 1), _literal_of(written) or "=HYPERLINK(…)"))
    return found


def list_row_formulas(book, number: int) -> frozenset[tuple[int, int]]:
    """The cells (row, column) whose formulas look along their own row, as xlrd writes the formulas out."""
    formulas, shared = [], {}
    for code, data in _records(book.mem, book._sh_abs_posn[number], {_FORMULA, _SHARED}):
        if code == _FORMULA:
            size = struct.unpack_from("<H", data, 20)[0]
            formulas.append((*struct.unpack_from("<HH", data), data[22 : 22 + size]))
        else:
            row, _last, column = struct.unpack_from("<HHB", data)
            shared[row, column] = data[10 : 10 + struct.unpack_from("<H", data, 8)[0]]
    return frozenset(
        (row + 1, column + 1) for row, column, written in formulas if _is_of_own_row(book, row, column, written, shared)
    )


def _is_of_own_row(book, row, column, written, shared):
    kind = FMLA_TYPE_CELL
    if written[:1] == _OF_SHARED and len(written) >= 5:
        written, kind = shared.get(struct.unpack_from("<HH", written, 1), b""), FMLA_TYPE_SHARED
    try:
        text = decompile_formula(book, written, len(written), kind, row, column) if written else ""
    except Exception:  # noqa: BLE001 -- xlrd meets a code that it does not know with any exception there is
        return False
    return bool(text) and is_of_own_row(text, row + 1)


def _literal_of(written):
    """The address where it is a text, "" where it is not: then other codes follow than one text more."""
    if written[0] != _LITERAL:
        return ""
    length, is_wide = written[1], written[2] & 1
    end = 3 + length * (1 + is_wide)
    is_alone = written[end : end + 1] == bytes([_LITERAL]) or _LINK.match(written, end)
    return written[3:end].decode("utf-16-le" if is_wide else "latin-1", "replace") if is_alone else ""


def read_headers(book, number: int) -> list[str]:
    """The page's header and footer as they are written, with their codes."""
    found = _records(book.mem, book._sh_abs_posn[number], {_HEADER, _FOOTER})
    return [_string(data) for _code, data in found if data]


def _string(data):
    """Two bytes of length, one that says how wide the letters are, and the letters."""
    length, is_wide = struct.unpack_from("<HB", data)
    letters = data[3 : 3 + length * (1 + (is_wide & 1))]
    return letters.decode("utf-16-le" if is_wide & 1 else "latin-1", "replace")


def list_objects(book, number: int) -> list[Piirros]:
    """The pictures, charts and boxes with text that are drawn on the sheet; notes are not among them."""
    found, cell, kind, text = [], "", None, None
    codes = {_DRAWING, _OBJECT, _TEXT, _CONTINUE}
    for code, data in _records(book.mem, book._sh_abs_posn[number], codes):
        if code == _DRAWING:
            cell = _anchor(data) or cell
        elif code == _OBJECT and len(data) >= 6:
            kind, text = struct.unpack_from("<H", data, 4)[0], None
            if kind in _PICTURE_OBJECTS:
                found.append(Piirros(cell, True))
        elif code == _TEXT:
            text = struct.unpack_from("<H", data, 10)[0]  # how many letters follow
        elif code == _CONTINUE and text:
            piece = data[1:].decode("utf-16-le" if data[0] & 1 else "latin-1", "replace")
            if kind != _NOTE_OBJECT:
                found.append(Piirros(cell, False, piece[:text]))
            text = None
    return found


def _anchor(data):
    """The cell of the last thing that the record places."""
    place = data.rfind(_ANCHOR)
    if place < 0 or place + 6 + 18 > len(data):
        return ""
    column, _dx, row = struct.unpack_from("<HHH", data, place + 6 + 2)
    return address("", column + 1, row + 1)


def _records(stream, position, codes):
    """(code, data) of the sheet's own records: a chart in the sheet is a sheet within it, with cells of its own."""
    depth = 0
    while position + 4 <= len(stream):
        code, size = struct.unpack_from("<HH", stream, position)
        depth += (code == _BOF) - (code == _EOF)
        if depth == 0:
            return
        if depth == 1 and code in codes:
            yield code, stream[position + 4 : position + 4 + size]
        position += 4 + size
