"""Bytes + name -> Tarkastettu, or the Issue why the file is not read.

Nothing here builds a table: it says what kind of file the bytes are and that reading them is safe.
"""

from dataclasses import dataclass
from pathlib import PurePosixPath

from strategia.teksti import clean_text

from .container import check_container
from .issues import Issue, refusal
from .limits import MAX_BYTES
from .text import decode

__all__ = ["Issue", "Tarkastettu", "check", "refusal"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_MACROS = "_VBA_PROJECT".encode("utf-16-le")
_WORKBOOK_STREAMS = tuple(f"{name}\0".encode("utf-16-le") for name in ("Workbook", "Book"))
_SPREADSHEET_SUFFIXES = {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"}
_TEXT = {"fi": "tekstiä", "en": "text"}
_HTML_STARTS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<table", b"<meta", b"<script")


@dataclass(frozen=True)
class Tarkastettu:
    """A file that is safe to read: `data` of kind "xlsx", "ods" or "xls", or `text` (lines end in \\n) of "text"."""

    kind: str
    name: str
    data: bytes
    text: str = ""
    has_formulas: bool = False
    sheets: int = 0


def check(data: bytes, name: str) -> tuple[Tarkastettu | None, Issue | None]:
    """The checked file or the refusal; exactly one of the two is None. The name counts by its ending only."""
    name = clean_text(name)
    if not data.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n"):
        return None, refusal("empty_file")
    if len(data) > MAX_BYTES:
        return None, refusal("too_large")
    if data.startswith(_OLE):
        code = _check_ole(data)
        return (None, refusal(code)) if code else (Tarkastettu("xls", name, data), None)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:15].lower().startswith(_HTML_STARTS):
        return None, refusal("html_not_excel")
    suffix = PurePosixPath(name.strip()).suffix.lower()
    return _check_zip(data, name) if data.startswith(b"PK") else _check_text(data, name, suffix)


def _check_ole(data):
    """The code of the refusal of an OLE file, "" for a workbook. Its streams are named in UTF-16."""
    if _ENCRYPTED_PACKAGE in data:
        return "encrypted"
    if _MACROS in data:
        return "macro"
    return "" if any(stream in data for stream in _WORKBOOK_STREAMS) else "old_format"


def _check_zip(data, name):
    """What is inside decides, whatever the name says."""
    counts, issue = check_container(data)
    if issue:
        return None, issue
    return Tarkastettu(counts.kind, name, data, has_formulas=counts.formulas > 0, sheets=counts.sheets), None


def _check_text(data, name, suffix):
    text, issue = decode(data)
    if suffix in _SPREADSHEET_SUFFIXES:
        return None, refusal("type_mismatch", suffix=suffix, **_TEXT) if text is not None else refusal("not_xlsx")
    return (None, issue) if issue else (Tarkastettu("text", name, data, text), None)
