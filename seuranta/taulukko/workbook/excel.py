""".xlsx -> Tyokirja: values as last calculated, merges, hidden rows, columns and sheets, fills and strikethrough.

openpyxl tells what the workbook is made of and its styles; its cells are read by excel_xml.
"""

import io
import math
import re
import warnings
from pathlib import PurePath
from typing import NamedTuple

from openpyxl.formula.translate import Translator
from openpyxl.reader.excel import SHARED_STRINGS, ExcelReader, apply_stylesheet
from openpyxl.styles.colors import COLOR_INDEX
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.utils.datetime import from_excel, from_ISO8601

from ..guard import Issue, Tarkastettu, refusal
from ..guard.limits import MAX_BESIDE, MAX_COLUMNS, MAX_ROWS
from .colours import tinted, traffic_light
from .excel_parts import read_beside
from .excel_xml import read_arkki, read_strings
from .kaavat import Rivikaavat
from .linkki import is_link, read_link
from .sheet import Solu, Tyokirja, Valilehti, clean, clean_name, unescape

_UNKNOWN = "808080"  # a colour, but nobody knows which
# Of the formats that a file names by number only, those whose sign of money is the reader's own.
_EUROS = dict.fromkeys((5, 6, 42), '#,##0 "€"') | dict.fromkeys((7, 8, 44), '#,##0.00 "€"')
_WHOLE_DIGITS = 15  # Excel keeps no more: a longer number is a float there too
_NOT_A_NUMBER = re.compile(r"[+-]?(?:NaN|INF|Infinity)", re.IGNORECASE)
# A cell counts the theme's colours with light and dark changed about: 0 is the light ground, 1 the dark text.
_THEME_ORDER = ("lt1", "dk1", "lt2", "dk2", *(f"accent{number}" for number in range(1, 7)), "hlink", "folHlink")
_THEME_COLOUR = re.compile(
    r"<a:(lt1|dk1|lt2|dk2|accent[1-6]|hlink|folHlink)>\s*<a:(?:srgbClr val|sysClr [^<>]*lastClr)=\"([0-9A-Fa-f]{6})\""
)


class Tyyli(NamedTuple):
    """What a cell's style means here; `date`: "" (no date), "date" or "time" (a span of it)."""

    colour: str
    struck: bool
    percent: bool
    date: str
    fill: str
    muoto: str


def read_excel(file: Tarkastettu) -> tuple[Tyokirja | None, Issue | None]:
    """The sheets, or the refusal corrupt, too_many_rows or too_many_columns."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of parts it drops (validation, headers): none is read here
            reader = _Reader(io.BytesIO(file.data), data_only=True, keep_links=False)
            reader.read()
    except MemoryError:
        raise  # not the file's fault as such: the child's limit, which the parent tells
    except Exception:  # noqa: BLE001 -- openpyxl meets a broken workbook with any exception there is
        return None, refusal("corrupt")
    if len(reader.wb.sheetnames) < file.sheets:  # a sheet whose part is missing
        return None, refusal("corrupt")
    if any(len(sheet.rows) > MAX_ROWS for sheet in reader.sheets):
        return None, refusal("too_many_rows")
    if any(len({column for cells in sheet.rows.values() for column in cells}) > MAX_COLUMNS for sheet in reader.sheets):
        return None, refusal("too_many_columns")
    if sum(len(sheet.oheiset) for sheet in reader.sheets) > MAX_BESIDE:
        return None, refusal("too_large")
    subject = clean(reader.wb.properties.subject or "")
    return Tyokirja(PurePath(file.name).stem, tuple(reader.sheets), subject=subject), None


class _Reader(ExcelReader):
    """openpyxl's reader of the package, with only the parts that a table is made of."""

    def read(self):
        self.sheets = []
        self.read_manifest()
        self.read_workbook()
        self.read_strings()
        self.read_properties()
        self.read_theme()
        apply_stylesheet(self.archive, self.wb)
        self.cells = _Cells(self.wb, self.shared_strings)
        for sheet, relation in self.parser.find_sheets():
            if relation.target in self.valid_files:
                title = self.wb.create_sheet(sheet.name).title
                if "chartsheet" not in relation.Type:
                    self._read_sheet(title, sheet.state != "visible", relation.target)

    def read_strings(self):
        part = self.package.find(SHARED_STRINGS)
        if part is not None:
            with self.archive.open(part.PartName[1:]) as stream:
                self.shared_strings = read_strings(stream)

    def _read_sheet(self, title, is_hidden, path):
        self.cells.links, self.cells.kaavat = [], Rivikaavat()
        with self.archive.open(path) as stream:
            arkki = read_arkki(stream, self.cells.make)
        origins = _origins(arkki.merges)
        covered = _take_covered(arkki.rows, origins)
        hidden_columns = {
            column for first, last in arkki.hidden_columns for column in range(first, min(last, MAX_COLUMNS) + 1)
        }
        name = clean_name(title)
        self.sheets.append(
            Valilehti(
                name,
                arkki.rows,
                origins=origins,
                is_hidden=is_hidden,
                hidden_rows=frozenset(arkki.hidden_rows),
                hidden_columns=frozenset(hidden_columns),
                covered=covered,
                oheiset=tuple(read_beside(self.archive, path, name, arkki, self.cells.links)),
                kaavat=frozenset(self.cells.kaavat.cells),
            )
        )


def _origins(merges):
    origins = {}
    for first_row, first_column, last_row, last_column in merges:
        for row in range(first_row, last_row + 1):
            for column in range(first_column, last_column + 1):
                if (row, column) != (first_row, first_column):
                    origins[row, column] = (first_row, first_column)
    return origins


def _take_covered(rows, origins):
    """Take out the cells that a merge covers -> {place: the text they still hold and nobody sees}."""
    covered = {}
    for row, column in origins:
        solu = rows.get(row, {}).pop(column, None)
        if solu and solu.value not in (None, ""):
            covered[row, column] = solu.text
        if row in rows and not rows[row]:
            del rows[row]
    return covered


class _Cells:
    """Makes a Solu of what stands in the XML, by the workbook's own strings and styles."""

    def __init__(self, book, strings):
        self.epoch, self.strings = book.epoch, strings
        self.styles = _styles(book)
        self.texts: dict[tuple[int, int], Solu] = {}  # a table repeats its words: each is cleaned once
        self.links: list[tuple[str, str]] = []  # (cell, address) of the formulas of the sheet at hand
        self.formulas: dict[str, Translator] = {}
        self.link_formulas: set[str] = set()
        self.kaavat = Rivikaavat()  # of the sheet at hand
        self.typed = {"n": self._number, "b": _bool, "d": _iso_date}

    def make(self, kind, value, style, formula):
        """The cell, or None where nothing stands and nothing is painted."""
        style = _index(style)
        tyyli = self.styles[style]
        if formula:
            self._look_at(*formula)
        if not value:
            return self._blank(kind, tyyli, formula)
        if kind == "s":
            return self._shared(_index(int(value)), style)
        if kind in self.typed:
            return self._typed(kind, value, tyyli)
        return _solu("error", value, tyyli) if kind == "e" else _text(value, tyyli)

    def _blank(self, kind, tyyli, formula):
        """A formula that was never calculated (but a link tells its own text), a blank with a colour, or None."""
        if formula and kind == "n":
            written = self._formula(*formula)
            linkki = read_link(written)
            return _text(linkki.text, tyyli) if linkki and linkki.text else _solu("no_value", written, tyyli)
        return Solu("blank", None, tyyli.colour, fill=tyyli.fill) if tyyli.colour else None

    def _look_at(self, text, attributes, place):
        """Keep what copies of a shared formula are made of, and the address that a link opens."""
        if attributes.get("t") == "shared" and text:
            self.formulas[attributes.get("si")] = Translator(f"={text}", place)
            if is_link(text):
                self.link_formulas.add(attributes.get("si"))
        self.kaavat.look(text, attributes.get("si") if attributes.get("t") == "shared" else None, place)
        if is_link(text) or attributes.get("si") in self.link_formulas:
            self.links.append((place, read_link(self._formula(text, attributes, place)).address))

    def _formula(self, text, attributes, place):
        """The formula as its cell has it: copies of a shared one are told by their first cell only."""
        first = self.formulas.get(attributes.get("si")) if attributes.get("t") == "shared" else None
        return first.translate_formula(place) if first and not text else f"={text}"

    def _typed(self, kind, value, tyyli):
        """What is no value of its type (a number of 5,000 digits) is this cell's error and no other's."""
        try:
            return self.typed[kind](value, tyyli)
        except (OverflowError, ValueError):
            return _solu("error", "#VALUE!", tyyli)

    def _shared(self, number, style):
        solu = self.texts.get((number, style))
        if solu is None:
            solu = self.texts[number, style] = _text(self.strings[number], self.styles[style])
        return solu

    def _number(self, value, tyyli):
        if _NOT_A_NUMBER.fullmatch(value):
            return _text(value, tyyli)
        number = int(value) if len(value) <= _WHOLE_DIGITS and value.lstrip("-").isdecimal() else float(value)
        if not math.isfinite(number):
            raise OverflowError
        if not tyyli.date:
            return _solu("number", number, tyyli)
        return _solu("date", from_excel(number, self.epoch, timedelta=tyyli.date == "time"), tyyli)


def _bool(value, tyyli):
    return _solu("bool", bool(int(value)), tyyli)


def _iso_date(value, tyyli):
    return _solu("date", from_ISO8601(value), tyyli)


def _solu(kind, value, tyyli):
    return Solu(kind, value, tyyli.colour, tyyli.struck, tyyli.percent, tyyli.fill, tyyli.muoto)


def _index(number):
    """A place in a list: one before its beginning would be found at its end."""
    if number < 0:
        raise IndexError(number)
    return number


def _text(value, tyyli):
    text = clean(unescape(value))
    return Solu("text" if text else "blank", text, tyyli.colour, tyyli.struck, False, tyyli.fill)


def _styles(book) -> list[Tyyli]:
    fills = _fills(book)
    struck = {number for number, font in enumerate(book._fonts) if font.strike}
    return [
        Tyyli(
            traffic_light(fills[style.fillId]) if style.fillId in fills else "",
            style.fontId in struck,
            "%" in _number_format(book, style.numFmtId),
            ("time" if number in book._timedelta_formats else "date") if number in book._date_formats else "",
            fills.get(style.fillId, ""),
            _plain_format(_number_format(book, style.numFmtId)),
        )
        for number, style in enumerate(book._cell_styles)
    ]


def _number_format(book, number):
    if number in _EUROS:
        return _EUROS[number]
    if number < BUILTIN_FORMATS_MAX_SIZE:
        return BUILTIN_FORMATS.get(number, "General")
    return book._number_formats[number - BUILTIN_FORMATS_MAX_SIZE]


def _plain_format(muoto):
    return "" if muoto in ("General", "@") else muoto


def _fills(book):
    """Fill's number -> "rrggbb", for solid fills only."""
    theme = _theme(book)
    return {
        number: rgb
        for number, fill in enumerate(book._fills)
        if getattr(fill, "fill_type", None) == "solid" and (rgb := _rgb(fill.fgColor, theme))
    }


def _theme(book):
    """The theme's colours "rrggbb" in the order that cells count them; [] where the file has none."""
    found = dict(_THEME_COLOUR.findall((book.loaded_theme or b"").decode("utf-8", "replace")))
    return [found[name].lower() for name in _THEME_ORDER] if found.keys() >= set(_THEME_ORDER) else []


def _rgb(color, theme):
    if color.type == "rgb" and isinstance(color.rgb, str):
        return color.rgb[-6:].lower()
    if color.type == "indexed" and color.indexed < len(COLOR_INDEX):
        return COLOR_INDEX[color.indexed][-6:].lower()
    if color.type == "theme" and color.theme < len(theme):
        return tinted(theme[color.theme], color.tint)
    return _UNKNOWN
