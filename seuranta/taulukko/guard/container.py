"""Zip bytes -> Counts of what the workbook holds, or the Issue why it is not safe to open.

Every member is inflated once, in pieces, and every XML member is run through expat: so what is counted is what
really comes out, a DTD is seen in any encoding, and openpyxl later gets nothing that expat has not accepted.
"""

import io
import re
import struct
import zipfile
import zlib
from typing import NamedTuple
from xml.parsers import expat  # noqa: S407 -- the parser is here to refuse DTDs and to count

from ..soluviite import corners_of
from .issues import Issue, refusal
from .limits import (
    MAX_ALL_BYTES,
    MAX_CELLS,
    MAX_DEPTH,
    MAX_MEMBER_BYTES,
    MAX_MEMBERS,
    MAX_MERGED_AREA,
    MAX_ROWS,
    MAX_SHEETS,
)
from .tavalliset import WHOLE_BYTES, find_rows

_PIECE = 1 << 16
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main "
_ODS = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_ODS_MACRO = re.compile(r"Basic/.+/(?!script-l[bc]\.xml$).+\.xml$|Scripts/.+[^/]$")
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main "


# What zipfile, zlib and expat raise on bytes that nobody wrote; LookupError is an encoding that does not exist.
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, expat.ExpatError, struct.error),
    *(EOFError, NotImplementedError, OSError, ValueError, LookupError, RuntimeError),
)


class _Refused(Exception):
    """Raised inside expat's callbacks, which have no return value, and caught in check_container."""


class Counts(NamedTuple):
    """Formulas in all sheets, sheets (charts too) that the workbook says it has, and its kind: "xlsx" or "ods"."""

    formulas: int
    sheets: int
    kind: str


def check_container(data: bytes) -> tuple[Counts | None, Issue | None]:
    """The counts or the refusal; exactly one of the two is None."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            code = _check_names(archive)
            if code:
                return None, refusal(code)
            return _check_contents(archive), None
    except _Refused as refused:
        return None, refusal(str(refused))
    except _BROKEN:
        return None, refusal("corrupt")


def _check_names(archive):
    members = archive.infolist()
    names = [member.filename for member in members]
    if len(members) > MAX_MEMBERS:
        return "too_many_members"
    if sum(member.file_size for member in members) > MAX_ALL_BYTES:
        return "zip_bomb"
    if any(member.file_size > MAX_MEMBER_BYTES for member in members):
        return "zip_bomb"
    if any(member.flag_bits & 1 for member in members):
        return "encrypted"
    if len(set(names)) < len(names):
        return "corrupt"
    if any(member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for member in members):
        return "corrupt"
    if any(name.lower().endswith("vbaproject.bin") or _ODS_MACRO.match(name) for name in names):
        return "macro"
    return "" if "[Content_Types].xml" in names or "content.xml" in names else "not_xlsx"


def _check_contents(archive):
    total = 0
    members = []
    for member in archive.infolist():
        is_xml = member.filename.lower().endswith((".xml", ".rels", ".vml"))
        seen = _Seen()
        total += _inflate(archive, member, seen if is_xml else None, MAX_ALL_BYTES - total)
        members.append(seen)
    _check_seen(members)
    return Counts(sum(seen.formulas for seen in members), sum(seen.sheets for seen in members), _kind(archive))


def _inflate(archive, member, seen, room):
    """Inflate a member through expat (if it is XML); the bytes that came out, whatever the zip says."""
    size, at_once = 0, WHOLE_BYTES if member.file_size <= WHOLE_BYTES else _PIECE
    with archive.open(member) as stream:
        while piece := stream.read(at_once):
            size += len(piece)
            if size > min(MAX_MEMBER_BYTES, room):
                raise _Refused("zip_bomb")
            if seen:
                seen.read(piece)
    if seen and size:
        seen.end()
    return size


def _check_seen(members):
    if sum(seen.sheets for seen in members) > MAX_SHEETS:
        raise _Refused("too_many_sheets")
    if any(seen.rows > MAX_ROWS and seen.values > MAX_ROWS for seen in members):
        raise _Refused("too_many_rows")
    if any(seen.strict for seen in members):
        raise _Refused("strict_ooxml")


def _kind(archive):
    names = set(archive.namelist())
    if "[Content_Types].xml" in names:
        if b"spreadsheetml" in archive.read("[Content_Types].xml"):
            return "xlsx"
    else:
        manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
        if b"encryption-data" in manifest:
            raise _Refused("encrypted")
        if _ODS_TYPE in manifest or ("mimetype" in names and archive.read("mimetype").strip() == _ODS_TYPE):
            return "ods"
    raise _Refused("not_xlsx")


class _Seen:
    """Counts what a member holds while expat reads it, and stops at what is not allowed."""

    def __init__(self):
        self.rows = self.cells = self.values = self.formulas = self.sheets = self.merged = 0
        self.strict = self.has_begun = False
        self.handlers = {
            f"{_MAIN}c": self._cell,
            f"{_MAIN}v": self._value,
            f"{_MAIN}is": self._value,
            f"{_MAIN}row": self._row,
            f"{_MAIN}f": self._formula,
            f"{_MAIN}sheet": self._sheet,
            f"{_MAIN}mergeCell": self._merge,
            f"{_STRICT}workbook": self._strict,
            f"{_ODS}table": self._sheet,
            f"{_ODS}table-row": self._row,
            f"{_ODS}table-cell": self._cell,
            f"{_ODS}covered-table-cell": self._cell,
        }

        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.callbacks = self._element_handlers()
        self._call(*self.callbacks)

    def _call(self, start, end):
        self.parser.StartElementHandler, self.parser.EndElementHandler = start, end

    def read(self, piece):
        """All of it through expat, but what it holds of ordinary rows is counted without a callback for each."""
        span = None if self.has_begun else find_rows(piece)
        self.has_begun = True
        if span and self._count(piece, *span):
            start, end = span
            self.parser.Parse(piece[:start], False)
            self._call(None, None)
            self.parser.Parse(piece[start:end], False)
            self._call(*self.callbacks)
            piece = piece[end:]
        self.parser.Parse(piece, False)

    def _count(self, piece, start, end):
        """Count ordinary rows; False for so many that they are counted one by one, for the limit that is passed."""
        rows, cells = piece.count(b"<row ", start, end), piece.count(b"<c ", start, end)
        if rows > 2 * MAX_ROWS or cells > MAX_CELLS:
            return False
        self.rows, self.cells = rows, cells
        self.values = piece.count(b"<v>", start, end) + piece.count(b"<is>", start, end)
        return True

    def end(self):
        self.parser.Parse(b"", True)

    def _element_handlers(self):
        """As closures: they are called for every element of a file, and a method costs twice as much."""
        depth, get_handler = 0, self.handlers.get

        def start(name, attributes):
            nonlocal depth
            depth += 1
            if depth > MAX_DEPTH:
                raise _Refused("corrupt")
            handler = get_handler(name)
            if handler:
                handler(attributes)

        def end(_):
            nonlocal depth
            depth -= 1

        return start, end

    def _doctype(self, *_):
        raise _Refused("xml_dtd")

    def _cell(self, _):
        self.cells += 1
        if self.cells > MAX_CELLS:
            raise _Refused("too_large")

    def _value(self, _):
        self.values += 1

    def _formula(self, _):
        self.formulas += 1

    def _sheet(self, _):
        self.sheets += 1

    def _strict(self, _):
        self.strict = True

    def _row(self, _):
        self.rows += 1
        # Rows past the limit that hold nothing (a styled sheet) are dear to read all the same.
        if self.rows > 2 * MAX_ROWS:
            raise _Refused("too_many_rows" if self.values > MAX_ROWS else "too_large")

    def _merge(self, attributes):
        self.merged += _area(attributes.get("ref", ""))
        if self.merged > MAX_MERGED_AREA:
            raise _Refused("too_large")


def _area(ref):
    first_row, first_column, last_row, last_column = corners_of(ref)
    return max(0, last_row - first_row + 1) * max(0, last_column - first_column + 1)
