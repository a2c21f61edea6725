"""The XML of one worksheet or of the shared strings -> cells: ordinary rows as they stand, all else from expat.

openpyxl makes a tree, a cell and a style object of every cell; this takes a sixth of its time and a third of its
memory, so that a file as large as the guard lets in can be read within the child's limits.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat  # noqa: S407 -- the guard has run the same bytes through the same parser

from ..guard.tavalliset import RIVI_TAI_SOLU, WHOLE_BYTES, find_rows
from ..soluviite import LAST_ROW, WIDEST, address, column_of, corners_of, place_of
from .sheet import Solu

_PIECE = 1 << 16
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main "
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships id"
_FALSE = (None, "", "0", "f", "false")
_HEADERS = [f"{pages}{place}" for pages in ("odd", "even", "first") for place in ("Header", "Footer")]


@dataclass
class Arkki:
    """A worksheet as it stands in its file: rows of cells, merged areas, what is hidden, links and page headers.

    links: (cell, id of the relation that tells the address, place within it). headers: as written, with their codes.
    """

    rows: dict[int, dict[int, Solu]] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)  # first row and column, last row and column
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)  # first and last
    links: list[tuple[str, str, str]] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)


def read_strings(stream) -> list[str]:
    """The shared strings in order, without the marks of how they are read aloud."""
    strings: list[str] = []
    pieces: list[str] = []
    texts = _Texts(pieces)
    ends = {"t": texts.end, "rPh": texts.leave_phonetic}

    def end_string():
        strings.append("".join(pieces))
        pieces.clear()

    _parse(_pieces(stream), texts, {"t": texts.start, "rPh": texts.enter_phonetic}, {**ends, "si": end_string})
    return strings


def read_arkki(stream, make: Callable[[str, str, int, tuple], Solu | None]) -> Arkki:
    """The sheet. `make(type, value, style, (formula, its attributes) or None)` -> the cell, None for nothing there.

    Raises ValueError, IndexError or ExpatError where the file is not what a spreadsheet program writes: where rows and
    cells did not follow each other, one could stand twice and its first value would be lost without a word.
    """
    return _Arkkilukija(make).read(stream)


def _pieces(stream):
    while piece := stream.read(_PIECE):
        yield piece


def _parse(pieces, texts, starts, ends):
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    texts.parser = parser
    find_start = {_MAIN + name: function for name, function in starts.items()}.get
    find_end = {_MAIN + name: function for name, function in ends.items()}.get

    def start(name, attributes):
        handler = find_start(name)
        if handler:
            handler(attributes)

    def end(name):
        handler = find_end(name)
        if handler:
            handler()

    parser.StartElementHandler, parser.EndElementHandler = start, end
    for piece in pieces:
        parser.Parse(piece, False)
    parser.Parse(b"", True)


class _Texts:
    """Collects what stands inside the elements of text, never the white space between elements."""

    def __init__(self, pieces):
        self.pieces, self.parser, self.is_phonetic = pieces, None, False

    def start(self, _attributes):
        if not self.is_phonetic:
            self.parser.CharacterDataHandler = self.pieces.append

    def end(self):
        self.parser.CharacterDataHandler = None

    def enter_phonetic(self, _attributes):
        self.is_phonetic = True

    def leave_phonetic(self):
        self.is_phonetic = False


class _Arkkilukija(_Texts):
    """Goes through a worksheet once; a cell is made when its element ends."""

    def __init__(self, make):
        super().__init__([])
        self.make = make
        self.arkki = Arkki()
        self.row = self.column = 0
        self.attributes, self.value, self.formula = {}, [], None

    def read(self, stream):
        starts = {"c": self._cell, "v": self._value, "t": self.start, "f": self._formula, "row": self._row}
        starts |= {"mergeCell": self._merge, "col": self._col, "rPh": self.enter_phonetic, "hyperlink": self._link}
        starts |= dict.fromkeys(_HEADERS, self._header)
        ends = {"c": self._end_cell, "v": self.end, "t": self.end, "f": self._end_formula, "rPh": self.leave_phonetic}
        ends |= dict.fromkeys(_HEADERS, self._end_header)
        _parse(self._pieces(stream), self, starts, ends)
        return self.arkki

    def _pieces(self, stream):
        """What is left for expat of the file: all but the ordinary rows, which are read here."""
        first = stream.read(WHOLE_BYTES)
        if span := find_rows(first):
            self._read_ordinary(first, *span)
            yield first[: span[0]]
            first = first[span[1] :]
        yield first
        yield from _pieces(stream)

    def _read_ordinary(self, part, start, end):
        made = _Tehdyt(self.make)
        number, solut, last = b"", {}, 0
        for begun, attributes, letters, row, style, kind, value, text in RIVI_TAI_SOLU.findall(part, start, end):
            if begun:
                self._row({"r": begun, "hidden": _hidden(attributes)})
                number, last = begun, 0
                solut = self.arkki.rows[self.row] = {}
                continue
            column = _COLUMNS[letters]
            if column <= last or row != number:
                raise ValueError(letters)
            last = column
            if solu := made[kind, text if kind == b"inlineStr" else value, style]:
                solut[column] = solu
        self.arkki.rows = {row: solut for row, solut in self.arkki.rows.items() if solut}

    def _row(self, attributes):
        number = attributes.get("r")
        self.row = _after(self.row, int(number) if number else self.row + 1, LAST_ROW)
        self.column = 0
        if attributes.get("hidden") not in _FALSE:
            self.arkki.hidden_rows.add(self.row)

    def _cell(self, attributes):
        self.attributes, self.formula = attributes, None
        self.value.clear()
        self.pieces.clear()

    def _value(self, _attributes):
        if not self.value:
            self.parser.CharacterDataHandler = self.value.append

    def _formula(self, attributes):
        self.formula = ([], attributes)
        self.parser.CharacterDataHandler = self.formula[0].append

    def _end_formula(self):
        self.parser.CharacterDataHandler = None

    def _end_cell(self):
        attributes = self.attributes
        place = attributes.get("r")
        row, column = place_of(place) if place else (self.row, self.column + 1)
        if row != self.row:
            raise ValueError(place)
        self.column = _after(self.column, column, WIDEST)
        kind = attributes.get("t", "n")
        value = "".join(self.pieces if kind == "inlineStr" else self.value)
        formula = self.formula and ("".join(self.formula[0]), self.formula[1], place or address("", column, row))
        solu = self.make(kind, value, int(attributes.get("s") or 0), formula)
        if solu:
            self.arkki.rows.setdefault(row, {})[column] = solu

    def _link(self, attributes):
        first = attributes["ref"].partition(":")[0]
        self.arkki.links.append((first, attributes.get(_RELATION, ""), attributes.get("location", "")))

    def _header(self, _attributes):
        self.value.clear()
        self.parser.CharacterDataHandler = self.value.append

    def _end_header(self):
        self.parser.CharacterDataHandler = None
        self.arkki.headers.append("".join(self.value))

    def _merge(self, attributes):
        self.arkki.merges.append(corners_of(attributes["ref"]))

    def _col(self, attributes):
        if attributes.get("hidden") not in _FALSE:
            self.arkki.hidden_columns.append((int(attributes["min"]), int(attributes["max"])))


class _Tehdyt(dict):
    """(type, value, style) as bytes -> the cell: a table repeats its words and numbers, and each is made once."""

    def __init__(self, make):
        super().__init__()
        self.make = make

    def __missing__(self, key):
        kind, value, style = key
        self[key] = solu = self.make(kind.decode() or "n", _plain(value), int(style or 0), None)
        return solu


class _Columns(dict):
    def __missing__(self, letters):
        self[letters] = number = column_of(letters.decode())
        return number


_COLUMNS = _Columns()
_HIDDEN = re.compile(rb' hidden="([^"]*)"')
_REFERENCE = re.compile(r"&(?:#x([0-9A-Fa-f]+)|#([0-9]+)|(\w+));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


def _hidden(attributes):
    found = _HIDDEN.search(attributes) if attributes else None
    return found[1].decode() if found else None


def _plain(text):
    """The characters of the bytes between two tags. The guard has let expat refuse those that are none."""
    text = text.decode()
    return _REFERENCE.sub(_character, text) if "&" in text else text


def _character(reference):
    hexadecimal, decimal, name = reference.groups()
    return _NAMED[name] if name else chr(int(hexadecimal, 16) if hexadecimal else int(decimal))


def _after(previous, number, last):
    """The number of the next row or column."""
    if not previous < number <= last:
        raise ValueError(number)
    return number
