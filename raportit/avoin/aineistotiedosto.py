"""Aineisto -> bytes: JSON, CSV with CSVW beside it, XLSX. The values are the same in each.

In CSV a text that a spreadsheet would run as a formula has one apostrophe before it, as in our other CSV; in XLSX it
is text by its type.
"""

import io
import json
from decimal import Decimal

from openpyxl import Workbook

from seuranta.solut import write_row

from ..muodot.csv import write_csv
from .aineisto import Aineisto
from .kuvaukset import MUOTOVERSIO
from .osoite import LISENSSI, file_url, schema_url
from .skeema import csvw

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CSV, _CSVW = "text/csv; charset=utf-8; header=present", "application/csvm+json"
# {the end of an address: its content type}
MUODOT = {
    "json": "application/json",
    "csv": _CSV,
    "mittarit.csv": _CSV,
    "csv-metadata.json": _CSVW,
    "mittarit.csv-metadata.json": _CSVW,
    "xlsx": _EXCEL,
}
LISAYS = "-metadata.json"  # by which CSVW finds the description of a CSV file


def render(aineisto: Aineisto, muoto: str) -> bytes:
    """The data in one of MUODOT."""
    if muoto == "json":
        return as_json(tell(aineisto))
    if muoto == "xlsx":
        return _render_xlsx(aineisto)
    taulu = aineisto.mittarit if muoto.startswith("mittarit") else aineisto.rivit
    if muoto.endswith(LISAYS):
        return as_json(csvw(taulu, _url(aineisto, muoto.removesuffix(LISAYS))))
    rows = [[_csv_value(value) for value in row] for row in taulu.rivit]
    return write_csv([[kentta.nimi for kentta in taulu.kentat], *rows])


def tell(aineisto: Aineisto) -> dict:
    """What the JSON file holds."""
    return {
        "skeema": schema_url(),
        "muotoversio": MUOTOVERSIO,
        "lisenssi": LISENSSI,
        "versio": tell_version(aineisto),
        **{taulu.nimi: list_rows(taulu) for taulu in (aineisto.rivit, aineisto.mittarit)},
    }


def tell_version(aineisto: Aineisto) -> dict:
    """Which report it is, as it was frozen."""
    raportti, versio, uudempi = aineisto.raportti, aineisto.nakyma.versio, aineisto.nakyma.uudempi
    return {
        "tunnus": str(versio.tunnus),
        "numero": versio.numero,
        "kunta": raportti.kunta.virallinen_nimi or raportti.kunta.nimi,
        "strategia": raportti.strategia.nimi,
        "strategia_tunnus": str(aineisto.tunnukset["strategia", raportti.strategia.id]),
        "jakso": raportti.jakso.nimi,
        "alkaa": raportti.jakso.alkaa,
        "paattyy": raportti.jakso.paattyy,
        "julkaistu": versio.julkaistu and versio.julkaistu.isoformat(timespec="seconds"),
        "korvaava": aineisto.nakyma.korvaava,
        "korvaava_tunnus": str(uudempi.tunnus) if uudempi else None,
    }


def list_rows(taulu) -> list[dict]:
    """[{field: value}]"""
    names = [kentta.nimi for kentta in taulu.kentat]
    return [dict(zip(names, row, strict=True)) for row in taulu.rivit]


def as_json(told) -> bytes:
    return json.dumps(told, ensure_ascii=False, default=_json_value, separators=(",", ":")).encode()


def _json_value(value):
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat()


def _csv_value(value):
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def _render_xlsx(aineisto):
    book = Workbook()
    book.active.title = "Aineisto"
    told = tell_version(aineisto) | {"lisenssi": LISENSSI, "skeema": schema_url(), "muotoversio": MUOTOVERSIO}
    for number, (name, value) in enumerate(told.items(), 1):
        write_row(book.active, number, [name, _cell(value)])
    for taulu in (aineisto.rivit, aineisto.mittarit):
        sheet = book.create_sheet(taulu.nimi)
        write_row(sheet, 1, [kentta.nimi for kentta in taulu.kentat])
        for number, row in enumerate(taulu.rivit, 2):
            write_row(sheet, number, [_cell(value) for value in row])
        sheet.freeze_panes = "A2"
    book.active.column_dimensions["A"].width, book.active.column_dimensions["B"].width = 20, 60
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _cell(value):
    return value.isoformat() if hasattr(value, "isoformat") else value


def _url(aineisto, muoto):
    return file_url(aineisto.nakyma.versio.kunta.slug, aineisto.nakyma.versio.tunnus, muoto)
