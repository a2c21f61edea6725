""".ods -> Tyokirja: values, merges, hidden rows, columns and sheets, fills and strikethrough.

A reader of our own: odfpy builds the whole document as objects and takes a note for the text of its cell, calamine
gives a failed formula as an empty cell and knows no merges, fills or hidden rows. The guard has refused DTDs and
counted the elements; here a repeat ("1,048,570 rows of 16,384 cells") is made into cells only where it holds a value.
"""

import datetime
import io
import math
import re
import zipfile
from pathlib import PurePath
from xml.etree import ElementTree  # noqa: S405 -- the guard has run every member through expat and refused DTDs

from ..guard import Issue, Tarkastettu, refusal
from ..guard.limits import MAX_BESIDE, MAX_CELLS, MAX_COLUMNS, MAX_MERGED_AREA, MAX_ROWS
from ..soluviite import WIDEST, address
from .kaavat import is_of_own_row
from .linkki import read_link
from .ods_styles import Styles
from .ods_text import beside_of, drawn_in, text_of
from .oheiset import Keraaja
from .sheet import Solu, Tyokirja, Valilehti, clean, clean_name, unescape

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_CALC_TYPE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_SUBJECT = "{http://purl.org/dc/elements/1.1/}subject"
_CELL, _COVERED = f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"
_NUMBERS = {"float", "percentage", "currency"}
_SPAN = re.compile(r"PT(?:([0-9]{1,6})H)?(?:([0-9]{1,6})M)?(?:([0-9]{1,6})(?:[.,][0-9]*)?S)?$")
_ERRORS = ("#", "Err:", "Virhe:")


class _TooBig(Exception):
    """Raised deep in a sheet with the code of the refusal, and caught in read_ods."""


def read_ods(file: Tarkastettu) -> tuple[Tyokirja | None, Issue | None]:
    """The sheets, or the refusal corrupt, too_many_rows, too_many_columns or too_large."""
    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
            styles = Styles()
            if "styles.xml" in archive.namelist():
                with archive.open("styles.xml") as stream:
                    _read_styles(stream, styles)
            with archive.open("content.xml") as stream:
                sheets = _read_content(stream, styles)
            subject = _read_subject(archive)
    except _TooBig as too_big:
        return None, refusal(str(too_big))
    except (KeyError, ValueError, OverflowError, ElementTree.ParseError, zipfile.BadZipFile):
        return None, refusal("corrupt")
    if sum(len(sheet.oheiset) for sheet in sheets) > MAX_BESIDE:
        return None, refusal("too_large")
    return Tyokirja(PurePath(file.name).stem, tuple(sheets), subject=subject), None


def _read_styles(stream, styles):
    for _, element in ElementTree.iterparse(stream):  # noqa: S314 -- see the import
        styles.add(element)


def _read_subject(archive):
    if "meta.xml" not in archive.namelist():
        return ""
    root = ElementTree.fromstring(archive.read("meta.xml"))  # noqa: S314 -- see the import
    return clean(root.findtext(f".//{_SUBJECT}", ""))


def _read_content(stream, styles):
    """Tables of the spreadsheet itself; those within a cell or a picture are not sheets."""
    sheets, sheet, depth = [], None, 0
    for event, element in ElementTree.iterparse(stream, ("start", "end")):  # noqa: S314 -- see the import
        is_table = element.tag == f"{_TABLE}table"
        if event == "start":
            depth += is_table
            if is_table and depth == 1:
                sheet = _Sheet(element, styles)
        elif depth == 0:
            styles.add(element)
        elif is_table:
            depth -= 1
            if depth == 0 and not sheet.is_external:
                sheets.append(sheet.valilehti())
        elif depth == 1:
            sheet.take(element)
    return sheets


class _Sheet:
    """A sheet in the making: takes its elements one by one as they end."""

    def __init__(self, element, styles):
        self.styles = styles
        self.name = clean_name(element.get(f"{_TABLE}name", ""))
        self.is_hidden = styles.is_hidden_table(element.get(f"{_TABLE}style-name"))
        self.is_external = False
        self.rows, self.origins, self.covered = {}, {}, {}
        self.kaavat = set()
        self.hidden_rows, self.hidden_columns, self.column_styles = set(), set(), {}
        self.row = self.column = self.cells = 0
        self.keraaja = Keraaja(self.name)
        for header in styles.headers_of_table(element.get(f"{_TABLE}style-name")):
            self.keraaja.add_header(header.replace("&", "&&"))
        self.takers = {
            f"{_TABLE}shapes": self._take_shapes,
            f"{_TABLE}table-row": self._take_row,
            f"{_TABLE}table-column": self._take_column,
            f"{_TABLE}table-source": self._take_source,
        }

    def take(self, element):
        if element.tag in self.takers:
            self.takers[element.tag](element)

    def valilehti(self):
        return Valilehti(
            self.name,
            self.rows,
            origins=self.origins,
            is_hidden=self.is_hidden,
            hidden_rows=frozenset(self.hidden_rows),
            hidden_columns=frozenset(self.hidden_columns),
            covered=self.covered,
            oheiset=tuple(self.keraaja.list()),
            kaavat=frozenset(self.kaavat),
        )

    def _take_shapes(self, element):
        """What is drawn on the sheet and stands at no cell."""
        self._tell("", drawn_in(element))

    def _tell(self, cell, found):
        for reason, text in found:
            if reason == "picture":
                self.keraaja.add_picture(cell)
            else:
                self.keraaja.add(cell, reason, text)

    def _take_source(self, _):
        """A copy of another file's sheet that a formula looks into: nobody sees it."""
        self.is_external = True

    def _take_column(self, element):
        times = _count(element, "number-columns-repeated")
        for column in range(self.column + 1, min(self.column + times, MAX_COLUMNS) + 1):
            self.column_styles[column] = element.get(f"{_TABLE}default-cell-style-name")
            if _is_hidden(element):
                self.hidden_columns.add(column)
        self.column += times

    def _take_row(self, element):
        times = _count(element, "number-rows-repeated")
        cells = self._cells(element)
        if any(solu.value is not None for solu in cells.values()):
            self._keep(cells, times, _is_hidden(element))
        self.row += times
        element.clear()

    def _keep(self, cells, times, is_hidden):
        self.cells += len(cells) * times
        if len(self.rows) + times > MAX_ROWS:
            raise _TooBig("too_many_rows")
        if len(cells) > MAX_COLUMNS:
            raise _TooBig("too_many_columns")
        if self.cells > MAX_CELLS:
            raise _TooBig("too_large")
        for row in range(self.row + 1, self.row + times + 1):
            self.rows[row] = dict(cells)
            if is_hidden:
                self.hidden_rows.add(row)

    def _cells(self, element):
        """column -> Solu. A blank is there for its colour or its white space only."""
        cells, column = {}, 0
        row_style = element.get(f"{_TABLE}default-cell-style-name")
        for cell in element:
            if cell.tag not in (_CELL, _COVERED):
                continue
            times = _count(cell, "number-columns-repeated")
            style = cell.get(f"{_TABLE}style-name") or row_style or self.column_styles.get(column + 1)
            solu = _solu(cell, self.styles.look_of(style))
            if len(cell):
                self._tell(address("", column + 1, self.row + 1), beside_of(cell))
            formula = cell.get(f"{_TABLE}formula")
            if formula and is_of_own_row(formula, self.row + 1):
                self.kaavat.add((self.row + 1, column + 1))
            if solu and cell.tag == _COVERED:
                self._cover(column + 1, solu)
            elif solu and solu.value is not None and (times > MAX_COLUMNS or column >= WIDEST):
                raise _TooBig("too_many_columns")
            elif solu and times <= MAX_COLUMNS:
                cells.update(dict.fromkeys(range(column + 1, column + times + 1), solu))
            self._merge(cell, column + 1)
            column += times
        return cells

    def _cover(self, column, solu):
        """What lies under a merge is seen by nobody, yet it is in the file."""
        if solu.kind != "blank":
            self.covered[self.row + 1, column] = solu.text

    def _merge(self, cell, column):
        width, height = _count(cell, "number-columns-spanned"), _count(cell, "number-rows-spanned")
        if len(self.origins) + width * height > MAX_MERGED_AREA:
            raise _TooBig("too_large")
        first = (self.row + 1, column)
        for row in range(first[0], first[0] + height):
            for covered in range(column, column + width):
                if (row, covered) != first:
                    self.origins[row, covered] = first


def _count(element, name):
    """A repeat or a span: at least 1. One before nothing would put the cells after it over those before it."""
    count = int(element.get(_TABLE + name, 1))
    if count < 0:
        raise ValueError(count)
    return max(1, count)


def _is_hidden(element):
    return element.get(f"{_TABLE}visibility", "visible") != "visible"


def _solu(cell, look):
    kind = cell.get(f"{_OFFICE}value-type")
    written = text_of(cell) or cell.get(f"{_OFFICE}string-value", "")
    text = clean(unescape(written, is_copied=True))
    formula = cell.get(f"{_TABLE}formula")
    looks = {"colour": look.colour, "struck": look.struck, "fill": look.fill}
    if cell.get(_CALC_TYPE) == "error" or (formula is not None and text.startswith(_ERRORS)):
        return Solu("error", text or "#?", **looks)
    if kind in (None, "string"):
        if not text and formula is not None and kind is None:
            linkki = read_link(formula)
            text = clean(linkki.text) if linkki else ""
            return Solu("text", text, **looks) if text else Solu("no_value", formula, **looks)
        if text:
            return Solu("text", text, **looks)
        return Solu("blank", "" if written else None, **looks) if written or look.colour else None
    return _typed(cell, kind, text)._replace(**looks, muoto=look.muoto)


def _typed(cell, kind, text):
    if kind in _NUMBERS and cell.get(f"{_OFFICE}value"):
        return _number(cell.get(f"{_OFFICE}value"), is_percent=kind == "percentage")
    if kind == "boolean":
        return Solu("bool", cell.get(f"{_OFFICE}boolean-value") == "true")
    if kind == "date":
        return Solu("date", _date(cell.get(f"{_OFFICE}date-value", ""), text))
    if kind == "time":
        return Solu("date", _time(cell.get(f"{_OFFICE}time-value", ""), text))
    return Solu("text" if text else "blank", text)


def _number(written, *, is_percent):
    """What is no number, or has more digits than a number can have, is this cell's error and no other's."""
    try:
        value = float(written)
    except ValueError:
        return Solu("error", "#VALUE!")
    if math.isinf(value):
        return Solu("error", "#VALUE!")
    value = int(value) if value.is_integer() else value
    return Solu("number" if value == value else "nan", value, percent=is_percent)  # noqa: PLR0124 -- NaN


def _date(value, text):
    try:
        moment = datetime.datetime.fromisoformat(value)
    except ValueError:
        return text or value
    return moment if "T" in value else moment.date()


def _time(value, text):
    """A span of time, "PT08H30M00S"; within a day it is told as a time of the clock is."""
    match = _SPAN.match(value)
    if not match:
        return text or value
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return datetime.timedelta(hours=hours, minutes=minutes, seconds=seconds)
