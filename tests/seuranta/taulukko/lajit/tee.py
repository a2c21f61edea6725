"""The tables of this package -> fixtures/taulukot/lajit/, each with what it must be read as: `python -m …lajit.tee`.

A file whose cells are as they should be is left alone, for a workbook tells when it was written.
"""

import json

from seuranta.taulukko.rows import read_cells
from tests.ymparisto import JUURI

from . import asteet, jaksot, muodot, otsikkorivit, oudot, sarakkeet, tasot  # noqa: F401 -- they add their tables
from .kuvaus import TAULUT

FOLDER = JUURI / "fixtures" / "taulukot" / "lajit"


def as_json(odotus) -> str:
    """One row on a line."""
    rows = ",\n".join(f"  {json.dumps(row, ensure_ascii=False)}" for row in odotus["rivit"])
    rest = {name: value for name, value in odotus.items() if name != "rivit"}
    lines = [f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in rest.items()]
    return "{\n" + ",\n".join([*lines, '"rivit": [' + (f"\n{rows}\n" if rows else "") + "]"]) + "\n}\n"


def cells(tavut, nimi):
    """What the file holds, whatever its bytes are."""
    book, _typed, issue = read_cells(tavut, nimi, {})
    return issue or [(sheet.name, sheet.rows, sheet.origins) for sheet in book.sheets]


def main():
    FOLDER.mkdir(exist_ok=True)
    for taulu in TAULUT.values():
        path = FOLDER / taulu.nimi
        if not path.exists() or cells(path.read_bytes(), taulu.nimi) != cells(taulu.tavut(), taulu.nimi):
            path.write_bytes(taulu.tavut())
        path.with_name(f"{taulu.nimi}.json").write_text(as_json(taulu.odotus))
    names = {name for taulu in TAULUT for name in (taulu, f"{taulu}.json")}
    for stray in {path.name for path in FOLDER.iterdir()} - names:
        (FOLDER / stray).unlink()


if __name__ == "__main__":
    main()
