"""Small .xls files for the tests: the BIFF8 records of Excel 97-2003 in the least container that holds them."""

import datetime
import struct
from typing import NamedTuple

FILLS = {"00B050": 17, "92D050": 11, "C6EFCE": 42, "A9D08E": 42, "FFFF00": 13, "FFEB9C": 43, "FFE699": 43}
FILLS |= {"FF0000": 10, "FFC7CE": 29, "FF7C80": 29}  # the nearest of the 56 colours that every workbook has
_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_FORMATS = {"0 %": 9, "dd.mm.yyyy": 14}


class Kaava(NamedTuple):
    """A formula as Excel writes it, the value that it had, and the record of a shared one that follows it."""

    written: bytes
    value: float
    after: bytes = b""


def shared(first, last, column, written):
    """The record of a formula that stands once for the rows first … last of a column."""
    return _record(0x04BC, struct.pack("<HHBBHH", first, last, column, column, 0, len(written)) + written)


def xls(*sheets):
    """(name, [(row, column, value, fill, format)], [(first row, last row, first column, last column)]) -> bytes.

    Rows and columns count from 0; a fill is one of FILLS.
    """
    looks = sorted(
        {(FILLS.get(fill, 0), _FORMATS.get(form, 0)) for _n, cells, _m in sheets for *_c, fill, form in cells}
    )
    looks = [(0, 0), *[look for look in looks if look != (0, 0)]]
    bodies = [_sheet(cells, merges, looks) for _name, cells, merges in sheets]
    start = len(_globals(looks, [(name, 0) for name, *_ in sheets]))
    offsets = []
    for (name, *_), body in zip(sheets, bodies, strict=True):
        offsets.append((name, start))
        start += len(body)
    return _container(_globals(looks, offsets) + b"".join(bodies))


def _record(kind, data):
    return struct.pack("<HH", kind, len(data)) + data


def _bof(kind):
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0x41, 0x06))


def _globals(looks, sheets):
    font = _record(0x0031, struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + b"\x05\x00Arial")
    book = _bof(0x0005) + _record(0x0042, struct.pack("<H", 1200)) + font * 4
    for colour, form in looks:
        pattern = (1 << 26) if colour else 0
        book += _record(
            0x00E0, struct.pack("<HHHBBBBIIH", 0, form, 0x0001, 0x20, 0, 0, 0xFC, 0, pattern, colour | (65 << 7))
        )
    for name, offset in sheets:
        book += _record(0x0085, struct.pack("<IBBBB", offset, 0, 0, len(name), 1) + name.encode("utf-16-le"))
    return book + _record(0x000A, b"")


def _sheet(cells, merges, looks):
    body = _bof(0x0010)
    rows = max((row for row, *_ in cells), default=0) + 1
    columns = max((column for _row, column, *_ in cells), default=0) + 1
    body += _record(0x0200, struct.pack("<IIHHH", 0, rows, 0, columns, 0))
    for row, column, value, fill, form in sorted(cells, key=lambda cell: cell[:2]):
        look = looks.index((FILLS.get(fill, 0), _FORMATS.get(form, 0)))
        place = struct.pack("<HHH", row, column, look)
        if value is None:
            body += _record(0x0201, place)
        elif isinstance(value, datetime.date):
            days = (value - datetime.date(1899, 12, 30)).days
            body += _record(0x0203, place + struct.pack("<d", days))
        elif isinstance(value, Kaava):
            head = place + struct.pack("<dHIH", value.value, 0, 0, len(value.written))
            body += _record(0x0006, head + value.written) + value.after
        elif isinstance(value, int | float):
            body += _record(0x0203, place + struct.pack("<d", value))
        else:
            text = value.encode("utf-16-le")
            body += _record(0x0204, place + struct.pack("<HB", len(text) // 2, 1) + text)
    if merges:
        areas = b"".join(struct.pack("<HHHH", *area) for area in merges)
        body += _record(0x00E5, struct.pack("<H", len(merges)) + areas)
    return body + _record(0x000A, b"")


def _container(stream):
    """The stream "Workbook" in an OLE2 file: header, table of sectors, directory, then the stream itself."""
    stream = stream.ljust(max(4096, -(-len(stream) // _SECTOR) * _SECTOR), b"\0")
    sectors = len(stream) // _SECTOR
    tables = -(-(sectors + 1) // (_SECTOR // 4 - 1))
    fat = [_FAT] * tables + [_END] + [tables + 2 + n for n in range(sectors - 1)] + [_END]
    fat += [_FREE] * (tables * _SECTOR // 4 - len(fat))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, tables, tables, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", *range(tables), *[_FREE] * (109 - tables))
    directory = _entry("Root Entry", 5, _END, 0, child=1) + _entry("Workbook", 2, tables + 1, len(stream)) + bytes(256)
    return header + struct.pack(f"<{len(fat)}I", *fat) + directory + stream


def _entry(name, kind, start, size, child=_FREE):
    text = (name + "\0").encode("utf-16-le")
    head = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, _FREE, _FREE, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)
