"""The XML of a worksheet -> where its rows stand, if they are written as every spreadsheet program writes them.

Such rows hold cells with a value or one text each and nothing else: no formula, no runs of text. Nearly all of a large
table is such, and an expression goes through it in a fraction of the time that a callback for every element takes.
Whoever meets anything else reads the elements one by one; both count and read the same.
"""

import re

WHOLE_BYTES = 8 * 1024 * 1024  # a part of this size at most is looked at as a whole

_DECLARATION = r'(?:<\?xml version="1\.0"(?: encoding="(?:UTF|utf)-8")?(?: standalone="(?:yes|no)")? ?\?>[ \r\n]*)?'
_ATTRIBUTES = r'(?: [A-Za-z0-9:]+="[^"<&]*")*+'
_NUMBER = r"[1-9][0-9]{0,6}"
_TEXT = r"[^<]*+"
_VALUE = rf'<v>({_TEXT})</v>|<is><t(?: xml:space="preserve")?>({_TEXT})</t></is>'
_STYLE = r'(?: s="([0-9]{1,6})")?(?: t="([A-Za-z]+)")?'
_CELL = rf'<c r="([A-Z]{{1,3}})({_NUMBER})"{_STYLE}(?:/>|>(?:{_VALUE})?</c>)'
_ROW = rf'<row r="({_NUMBER})"({_ATTRIBUTES})'
_ROWS = re.sub(r"\((?!\?)", "(?:", rf"(?:{_ROW}(?:/>|>(?:{_CELL})*+</row>))*+")

_ROOT = re.compile(rf"(?:\xef\xbb\xbf)?{_DECLARATION}<worksheet({_ATTRIBUTES})>".encode("latin-1"))
_DEFAULT = b' xmlns="'
_MAIN = _DEFAULT + b'http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_START, _END = b"<sheetData>", b"</sheetData>"
# Before the rows: what could make them another thing than they look, or stand before the first of them.
_UNCLEAR = re.compile(rb"<[!?]|xmlns(?!:)|<(?:row|c)[\s/>]")
_ALL = re.compile(_ROWS.encode())

# A row's number and its other attributes, or a cell's column, row, style, type, value and text.
RIVI_TAI_SOLU = re.compile(f"{_ROW}|{_CELL}".encode())


def find_rows(part: bytes) -> tuple[int, int] | None:
    """The span of the rows in the part, None where it is no worksheet, not whole, or written in any other way.

    It does not tell that the part is XML: that is expat's to say, of these bytes too.
    """
    root = _ROOT.match(part)
    if not root or root[1].count(_DEFAULT) != 1 or _MAIN not in root[1]:
        return None
    start = part.find(_START, root.end()) + len(_START)
    if start < len(_START) or _UNCLEAR.search(part, root.end(), start):
        return None
    end = _ALL.match(part, start).end()
    # A carriage return is for expat: XML has its own way to end lines.
    return (start, end) if part.startswith(_END, end) and part.find(b"\r", start, end) < 0 else None
