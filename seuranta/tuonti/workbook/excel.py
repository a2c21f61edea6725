""".xlsx -> Tyokirja: values as last calculated, merges, hidden rows, columns and sheets, fills and strikethrough."""

import datetime
import io
import re
import warnings
import zipfile
from pathlib import PurePath

from openpyxl import load_workbook
from openpyxl.styles.colors import COLOR_INDEX

from ..guard import Issue, Tarkastettu, refusal
from .colours import tinted, traffic_light
from .sheet import Solu, Taulukko, Tyokirja, clean

MAX_ROWS = 20_000
MAX_COLUMNS = 200

_NOT_A_NUMBER = re.compile(rb"<c(\s[^<>]*)><v>\s*([+-]?(?:NaN|INF|Infinity))\s*</v>", re.IGNORECASE)
# A cell counts the theme's colours with light and dark changed about: 0 is the light ground, 1 the dark text.
_THEME_ORDER = ("lt1", "dk1", "lt2", "dk2", *(f"accent{number}" for number in range(1, 7)), "hlink", "folHlink")
_THEME_COLOUR = re.compile(
    r"<a:(lt1|dk1|lt2|dk2|accent[1-6]|hlink|folHlink)>\s*<a:(?:srgbClr val|sysClr [^<>]*lastClr)=\"([0-9A-Fa-f]{6})\""
)
_ERROR_TYPE, _FORMULA_TYPE, _NUMBER_TYPE = "e", "f", "n"


def read_excel(file: Tarkastettu) -> tuple[Tyokirja | None, Issue | None]:
    """The sheets, or the refusal corrupt, too_many_rows or too_many_columns."""
    try:
        book, formulas = _open(file.data, file.has_formulas)
    except MemoryError:
        raise  # not the file's fault as such: the child's limit, which the parent tells
    except Exception:  # noqa: BLE001 -- openpyxl meets a broken workbook with any exception there is
        return None, refusal("corrupt")
    if len(book.sheetnames) < file.sheets:  # openpyxl leaves out, without a word, a sheet whose part is missing
        return None, refusal("corrupt")
    sheets = tuple(_read_sheet(book, sheet, formulas) for sheet in book.worksheets)
    if any(len(sheet.rows) > MAX_ROWS for sheet in sheets):
        return None, refusal("too_many_rows")
    if any(len({column for cells in sheet.rows.values() for column in cells}) > MAX_COLUMNS for sheet in sheets):
        return None, refusal("too_many_columns")
    return Tyokirja(PurePath(file.name).stem, sheets, subject=clean(book.properties.subject or "")), None


def _open(data, has_formulas):
    """The workbook with values, and the same with formulas if it has any."""
    try:
        book = _load(data, values=True)
    except ValueError:
        data = _not_numbers_as_text(data)
        book = _load(data, values=True)
    return book, _load(data, values=False) if has_formulas else None


def _load(data, *, values):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of parts it drops (validation, headers): none is read here
        return load_workbook(io.BytesIO(data), data_only=values, keep_links=False)


def _not_numbers_as_text(data):
    """The same workbook with its NaN and INF cells as text: openpyxl cannot load a file that has one."""
    copy = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(copy, "w") as target:
        for member in source.infolist():
            content = source.read(member)
            if member.filename.startswith("xl/worksheets/"):
                content = _NOT_A_NUMBER.sub(_as_text, content)
            target.writestr(member.filename, content)
    return copy.getvalue()


def _as_text(match):
    return b"<c" + match[1].replace(b' t="n"', b"") + b' t="str"><v>' + match[2] + b"</v>"


def _read_sheet(book, sheet, formulas):
    colours = _colours(book)
    struck = {number for number, font in enumerate(book._fonts) if font.strike}
    formula_cells = formulas[sheet.title]._cells if formulas else {}
    rows = {}
    # The sparse dictionary: iter_rows would make every blank cell up to the last corner of the sheet.
    for (row, column), cell in sorted(sheet._cells.items()):
        value = cell.value
        if value is None:
            solu = _blank(cell, colours, formula_cells.get((row, column)))
        else:
            solu = _solu(value, cell, bool(struck) and cell._style.fontId in struck)
        if solu:
            rows.setdefault(row, {})[column] = solu
    return Taulukko(
        sheet.title,
        rows,
        origins=_origins(sheet),
        is_hidden=sheet.sheet_state != "visible",
        hidden_rows=frozenset(number for number, row in sheet.row_dimensions.items() if row.hidden),
        hidden_columns=_hidden_columns(sheet),
    )


def _blank(cell, colours, formula):
    """A formula that was never calculated, a blank with a colour, or None."""
    if formula is not None and formula.data_type == _FORMULA_TYPE and cell.data_type == _NUMBER_TYPE:
        return Solu("no_value", str(formula.value))
    colour = colours.get(cell._style.fillId, "") if colours and cell.has_style else ""
    return Solu("blank", None, colour) if colour else None


def _solu(value, cell, struck):
    if isinstance(value, str):
        if cell.data_type == _ERROR_TYPE:
            return Solu("error", value, "", struck)
        text = clean(value)
        return Solu("text" if text else "blank", text, "", struck)
    if isinstance(value, bool):
        return Solu("bool", value, "", struck)
    if isinstance(value, int | float):
        percent = "%" in cell.number_format
        return Solu("number" if value == value else "nan", value, "", struck, percent)  # noqa: PLR0124 -- NaN
    if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        return Solu("date", value, "", struck)
    return Solu("text", clean(str(value)), "", struck)


def _colours(book):
    """Fill's number -> green, yellow, red or other, for solid fills only."""
    theme = _theme(book)
    colours = {}
    for number, fill in enumerate(book._fills):
        if getattr(fill, "fill_type", None) == "solid":
            colours[number] = _colour(fill.fgColor, theme)
    return {number: colour for number, colour in colours.items() if colour}


def _theme(book):
    """The theme's colours "rrggbb" in the order that cells count them; [] where the file has none."""
    found = dict(_THEME_COLOUR.findall((book.loaded_theme or b"").decode("utf-8", "replace")))
    return [found[name].lower() for name in _THEME_ORDER] if found.keys() >= set(_THEME_ORDER) else []


def _colour(color, theme):
    if color.type == "rgb" and isinstance(color.rgb, str):
        return traffic_light(color.rgb[-6:])
    if color.type == "indexed" and color.indexed < len(COLOR_INDEX):
        return traffic_light(COLOR_INDEX[color.indexed][-6:])
    if color.type == "theme" and color.theme < len(theme):
        return traffic_light(tinted(theme[color.theme], color.tint))
    return "other"


def _origins(sheet):
    origins = {}
    for merge in sheet.merged_cells.ranges:
        first = (merge.min_row, merge.min_col)
        for row in range(merge.min_row, merge.max_row + 1):
            for column in range(merge.min_col, merge.max_col + 1):
                if (row, column) != first:
                    origins[row, column] = first
    return origins


def _hidden_columns(sheet):
    hidden = set()
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden and dimension.min:
            hidden.update(range(dimension.min, min(dimension.max, MAX_COLUMNS) + 1))
    return frozenset(hidden)
