"""The records of an .xls sheet -> True if each of its cells stands once and points to what the workbook has.

xlrd puts a second cell over the first without a word and counts a shared string -1 from the end of the list.
"""

import struct

_BOF, _EOF = 0x0809, 0x000A
_LABELSST, _MULRK, _MULBLANK = 0x00FD, 0x00BD, 0x00BE
_CELLS = {0x0006, 0x0201, 0x0203, 0x0204, 0x0205, 0x0206, 0x0406, 0x027E, 0x00D6, _LABELSST, _MULRK, _MULBLANK}
_ROW_BITS = 16


def is_sound(book, number: int) -> bool:
    """Of an xlrd.Book opened on demand and the number of a worksheet in it; struct.error where its bytes end."""
    strings, styles = len(book._sharedstrings), len(book.xf_list)
    places = set()
    for code, data in _records(book.mem, book._sh_abs_posn[number]):
        row, first, style = struct.unpack_from("<HHH", data)
        last = struct.unpack_from("<H", data, len(data) - 2)[0] if code in (_MULRK, _MULBLANK) else first
        cells = {row << _ROW_BITS | column for column in range(first, last + 1)}
        if not cells or style >= styles or not places.isdisjoint(cells):
            return False
        if code == _LABELSST and struct.unpack_from("<I", data, 6)[0] >= strings:
            return False
        places |= cells
    return True


def _records(stream, position):
    """(code, data) of the sheet's own cells: a chart in the sheet is a sheet within it, with cells of its own."""
    depth = 0
    while position + 4 <= len(stream):
        code, size = struct.unpack_from("<HH", stream, position)
        depth += (code == _BOF) - (code == _EOF)
        if depth == 0:
            return
        if depth == 1 and code in _CELLS:
            yield code, stream[position + 4 : position + 4 + size]
        position += 4 + size
