"""Arkit -> the bytes of a file: xlsx, ods, xls or csv."""

import csv
import io
from functools import partial

from openpyxl import Workbook
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter

from ..ods import S, ods
from ..xls import xls


def writer_of(noppa, plan, arkit):
    """What writes the bytes: all that is left to chance is drawn here."""
    for arkki in arkit if plan.toisto == "yhdistetty" else ():
        _merge_levels(arkki)
    if plan.muoto != "csv":
        return partial(as_bytes, plan.muoto, arkit)
    encoding = noppa.choice(["utf-8", "utf-8-sig", "cp1252"])
    delimiter, newline = noppa.choice(";;,\t"), noppa.choice(["\n", "\r\n"])
    return partial(_csv_in_any_case, arkit, encoding, delimiter, newline)


def _csv_in_any_case(arkit, encoding, delimiter, newline):
    try:
        return _csv(arkit, encoding, delimiter, newline)
    except UnicodeEncodeError:
        return _csv(arkit, "utf-8-sig", delimiter, newline)


def as_bytes(muoto, arkit, merkisto="utf-8") -> bytes:
    """The sheets as a file of that ending."""
    return _csv(arkit, merkisto) if muoto == "csv" else {"xlsx": _xlsx, "ods": _ods, "xls": _xls}[muoto](arkit)


def _merge_levels(arkki):
    """A level's cell covers the blanks below it, down to the next filled cell of its column or to what is no data."""
    for column in arkki.tasosarakkeet:
        for row in sorted(arkki.datarivit):
            cells = arkki.rivit[row - 1]
            if column not in cells:
                continue
            end = row + 1
            while end in arkki.datarivit and column not in arkki.rivit[end - 1]:
                end += 1
            cells[column].alas = end - row - 1


def _cells(arkki):
    for row, cells in enumerate(arkki.rivit, 1):
        for column, solu in cells.items():
            if solu.arvo is not None or solu.tayte:
                yield row, column, solu


def _xlsx(arkit):
    book = Workbook()
    book.remove(book.active)
    for arkki in arkit:
        sheet = book.create_sheet(arkki.nimi)
        sheet.sheet_state = "hidden" if arkki.on_piilossa else "visible"
        for row, column, solu in _cells(arkki):
            cell = sheet.cell(row, column, solu.arvo)
            if isinstance(solu.arvo, str):
                cell.data_type = "s"
            if solu.muoto:
                cell.number_format = {"0 %": "0%"}.get(solu.muoto, solu.muoto)
            if solu.tayte:
                cell.fill = PatternFill("solid", fgColor=solu.tayte)
            if solu.alas or solu.oikealle:
                end = f"{get_column_letter(column + solu.oikealle)}{row + solu.alas}"
                sheet.merge_cells(f"{get_column_letter(column)}{row}:{end}")
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _ods(arkit):
    tables = [(arkki.nimi, _ods_rows(arkki)) for arkki in arkit]
    (name, rows), more = tables[0], tables[1:]
    return ods(*rows, sheet=name, more=more)


def _ods_rows(arkki):
    width = max((column for _r, column, _s in _cells(arkki)), default=1)
    rows = [[S(None) for _ in range(width)] for _ in arkki.rivit]
    for row, column, solu in _cells(arkki):
        fill = f"#{solu.tayte.lower()}" if solu.tayte else ""
        span = (solu.oikealle + 1, solu.alas + 1)
        rows[row - 1][column - 1] = S(solu.arvo, fill=fill, percent=solu.muoto == "0 %", span=span)
        for down in range(solu.alas + 1):
            for right in range(solu.oikealle + 1):
                if down or right:
                    rows[row - 1 + down][column - 1 + right] = S(None, covered=True)
    return rows


def _xls(arkit):
    sheets = []
    for arkki in arkit:
        cells = [(row - 1, column - 1, solu.arvo, solu.tayte, solu.muoto) for row, column, solu in _cells(arkki)]
        merges = [
            (row - 1, row - 1 + solu.alas, column - 1, column - 1 + solu.oikealle)
            for row, column, solu in _cells(arkki)
            if solu.alas or solu.oikealle
        ]
        sheets.append((arkki.nimi, cells, merges))
    return xls(*sheets)


def _csv(arkit, encoding, delimiter=";", newline="\n"):
    (arkki,) = arkit
    width = max((column for _r, column, _s in _cells(arkki)), default=1)
    record = io.StringIO()
    writer = csv.writer(record, delimiter=delimiter, lineterminator=newline)
    for cells in arkki.rivit:
        writer.writerow([_as_text(cells.get(column)) for column in range(1, width + 1)])
    return record.getvalue().encode(encoding)


def _as_text(solu):
    """As Finnish Excel would save it."""
    if solu is None or solu.arvo is None:
        return ""
    value = solu.arvo
    if hasattr(value, "year"):
        return f"{value.day}.{value.month}.{value.year}"
    if solu.muoto == "0 %":
        return f"{round(value * 100)} %"
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)
