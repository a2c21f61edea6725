"""Excel 97-2003 .xls -> Tyokirja: values, merges, hidden rows, columns and sheets, fills and strikethrough.

By xlrd: it is pure Python and tells a failed formula, a fill and a hidden row, of which calamine tells none.
"""

import datetime
import io
from pathlib import PurePath

import xlrd

from ..guard import Issue, Tarkastettu, refusal
from ..guard.limits import MAX_BESIDE, MAX_CELLS, MAX_COLUMNS, MAX_MERGED_AREA, MAX_ROWS, MAX_SHEETS
from ..soluviite import address
from .biff import is_sound, list_links, list_objects, list_row_formulas, read_headers
from .colours import traffic_light
from .oheiset import Keraaja
from .sheet import Solu, Tyokirja, Valilehti, clean, clean_name, unescape

_SOLID = 1
_DAY = 24 * 60 * 60


def read_xls(file: Tarkastettu) -> tuple[Tyokirja | None, Issue | None]:
    """The sheets, or the refusal old_format, corrupt, encrypted, too_many_sheets, _rows or _columns, or too_large."""
    try:
        book = xlrd.open_workbook(
            file_contents=file.data, logfile=io.StringIO(), formatting_info=True, on_demand=True, ragged_rows=True
        )
        if book.nsheets > MAX_SHEETS:
            return None, refusal("too_many_sheets")
        sheets = []
        for number in range(book.nsheets):
            if not is_sound(book, number):
                return None, refusal("corrupt")
            sheet = book.sheet_by_index(number)
            code = _too_big(sheet)
            if code:
                return None, refusal(code)
            sheets.append(_read_sheet(book, sheet))
            if sum(len(each.oheiset) for each in sheets) > MAX_BESIDE:
                return None, refusal("too_large")
    except MemoryError:
        raise  # the child's limit, which the parent tells
    except Exception as error:  # noqa: BLE001 -- xlrd meets a broken workbook with any exception there is
        return None, refusal("encrypted" if "encrypted" in str(error) else "old_format")
    return Tyokirja(PurePath(file.name).stem, tuple(sheets)), None


def _too_big(sheet):
    rows = columns = cells = 0
    for row in range(sheet.nrows):
        types = sheet.row_types(row)
        filled = sum(1 for kind in types if kind not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK))
        rows, columns, cells = rows + (filled > 0), max(columns, filled), cells + len(types)
    if rows > MAX_ROWS:
        return "too_many_rows"
    if columns > MAX_COLUMNS:
        return "too_many_columns"
    area = sum((last_row - row) * (last - column) for row, last_row, column, last in sheet.merged_cells)
    return "too_large" if cells > MAX_CELLS or area > MAX_MERGED_AREA else ""


def _read_sheet(book, sheet):
    rows = {}
    looks = {}
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            if cell.ctype == xlrd.XL_CELL_EMPTY:
                continue
            if cell.xf_index not in looks:
                looks[cell.xf_index] = _look(book, cell.xf_index)
            solu = _solu(book, cell, looks[cell.xf_index])
            if solu:
                rows.setdefault(row + 1, {})[column + 1] = solu
    return Valilehti(
        clean_name(sheet.name),
        rows,
        origins=_origins(sheet),
        is_hidden=sheet.visibility != 0,
        hidden_rows=frozenset(row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden),
        hidden_columns=frozenset(column + 1 for column, info in sheet.colinfo_map.items() if info.hidden),
        oheiset=tuple(_beside(book, sheet)),
        kaavat=list_row_formulas(book, sheet.number),
    )


def _beside(book, sheet):
    """Notes, links, text boxes, pictures and page headers; of a note xlrd knows the text, of a box nothing."""
    keraaja = Keraaja(clean_name(sheet.name))
    for (row, column), note in sheet.cell_note_map.items():
        keraaja.add(address("", column + 1, row + 1), "cell_note", note.text)
    for link in sheet.hyperlink_list:
        target = "#".join(filter(None, (_plain(link.url_or_path), _plain(link.textmark))))
        keraaja.add(address("", link.fcolx + 1, link.frowx + 1), "link", target)
    for cell, target in list_links(book, sheet.number):
        keraaja.add(cell, "link", target)
    for each in list_objects(book, sheet.number):
        if each.is_picture:
            keraaja.add_picture(each.cell)
        else:
            keraaja.add(each.cell, "text_box", each.text)
    for header in read_headers(book, sheet.number):
        keraaja.add_header(header)
    return keraaja.list()


def _plain(part):
    """A path of an old program is bytes of nobody knows which letters."""
    return part.decode("cp1252", "replace") if isinstance(part, bytes) else part or ""


def _look(book, number):
    """What a cell's format means: the looks that a Solu has, by its fields."""
    style = book.xf_list[number]
    rgb = book.colour_map.get(style.background.pattern_colour_index)
    is_solid = style.background.fill_pattern == _SOLID and rgb
    fill = "".join(f"{part:02x}" for part in rgb) if is_solid else ""
    number_format = book.format_map.get(style.format_key)
    muoto = number_format.format_str if number_format else ""
    return {
        "colour": traffic_light(fill) if fill else "",
        "struck": bool(book.font_list[style.font_index].struck_out),
        "percent": "%" in muoto,
        "fill": fill,
        "muoto": "" if muoto in ("General", "@") else muoto,
    }


def _solu(book, cell, look):
    value = cell.value
    if cell.ctype == xlrd.XL_CELL_TEXT:
        text = clean(unescape(value, is_copied=True))
        return Solu("text" if text else "blank", text, look["colour"], look["struck"], fill=look["fill"])
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        value = int(value) if value.is_integer() else value
        return Solu("number" if value == value else "nan", value, **look)  # noqa: PLR0124 -- NaN
    if cell.ctype == xlrd.XL_CELL_DATE:
        return Solu("date", _date(book, value), **look)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return Solu("bool", bool(value), **look)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return Solu("error", xlrd.error_text_from_code.get(value, "#?"), **look)
    return Solu("blank", None, look["colour"], fill=look["fill"]) if look["colour"] else None


def _date(book, value):
    if 0 <= value < 1:  # a time of no day
        return (datetime.datetime.min + datetime.timedelta(seconds=round(value * _DAY))).time()
    try:
        moment = xlrd.xldate_as_datetime(value, book.datemode)
    except (ValueError, OverflowError):
        return str(value)  # a number that is shown as a date no calendar has
    return moment if value % 1 else moment.date()


def _origins(sheet):
    return {
        (row + 1, column + 1): (first_row + 1, first_column + 1)
        for first_row, last_row, first_column, last_column in sheet.merged_cells
        for row in range(first_row, last_row)
        for column in range(first_column, last_column)
        if (row, column) != (first_row, first_column)
    }
