"""Small tables for the tests of reading, and the conservation law."""

import csv
import io

from openpyxl import Workbook, load_workbook

from seuranta.taulukko.rows import read

OTSIKOT = ["Painopiste", "Strateginen tavoite", "Toimenpide", "Toimiala", "Toteutumisaste", "Kommentti"]


def text(*lines, delimiter=";"):
    """Lines (lists of fields, quoted where they must be, or strings as they are) as the bytes of a text file."""
    return "\n".join(line if isinstance(line, str) else _record(line, delimiter) for line in lines).encode()


def _record(fields, delimiter):
    record = io.StringIO()
    csv.writer(record, delimiter=delimiter, lineterminator="\n").writerow(fields)  # a field with a line break is quoted
    return record.getvalue()[:-1]


def book(*rows, look=None, sheet="Taul1"):
    """Rows as the bytes of a workbook; `look(workbook)` may change it before it is saved."""
    workbook = Workbook()
    workbook.active.title = sheet
    for row in rows:
        workbook.active.append(row)
    if look:
        look(workbook)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def scores(*values, heading="Toteutumisaste"):
    """The kirjaukset that a workbook with these values in its score column gives, and its errors."""
    rows = [["Elinvoima", "Yritykset", f"Teko {number}", "Tekninen", value, "x"] for number, value in enumerate(values)]
    luettu = read(book([*OTSIKOT[:4], heading, "Kommentti"], *rows), "taulu.xlsx")
    return [rivi.kirjaukset[0] for rivi in luettu.rows], {error.cell: error.code for error in luettu.errors}


def codes(issues):
    return [(issue.cell, issue.code) for issue in issues]


def named_cells(luettu):
    """Every cell that the result names: as the source of a value, in an error, in a notice or as skipped."""
    cells = {told.cell for told in (*luettu.errors, *luettu.notices, *luettu.skipped)}
    return cells.union(*(cells_of_row(rivi) for rivi in luettu.rows))


def cells_of_row(rivi):
    """Every cell that the row was made of."""
    cells = {rivi.cell, *rivi.cells.values(), *rivi.joined, *rivi.blanks, *rivi.own_cells}
    return cells.union(*((*kirjaus.cells.values(), *kirjaus.joined, *kirjaus.own_cells) for kirjaus in rivi.kirjaukset))


def cells_of(data, name, delimiter="\t"):
    """Every cell of the file that is not empty, found without the code under test."""
    if data.startswith(b"PK"):
        workbook = load_workbook(io.BytesIO(data))
        return {
            f"{sheet.title}!{cell.coordinate}"
            for sheet in workbook.worksheets
            for cell in sheet._cells.values()
            if cell.value is not None
        }
    source = data.decode("utf-16" if data[:2] == b"\xff\xfe" else "utf-8-sig", errors="replace").replace("\r\n", "\n")
    if name.endswith(".txt"):
        records = [line.split(delimiter) for line in source.split("\n")]
    else:
        records = csv.reader(io.StringIO(source.replace("\r", "\n"), newline=""), delimiter=delimiter)
    return {
        f"{chr(65 + column)}{row}"
        for row, record in enumerate(records, 1)
        for column, value in enumerate(record)
        if value.strip()
    }
