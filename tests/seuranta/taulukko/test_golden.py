"""Golden pairs of fixtures/taulukot: each invented table beside what it must be read as.

After a change on purpose:  KULTAISET=kirjoita pytest tests/seuranta/taulukko/test_golden.py -s
prints what changes and writes it; read the diff before you commit it.
"""

import dataclasses
import difflib
import json
import os

import pytest

from seuranta.taulukko.rows import read
from tests.ymparisto import JUURI

from .taulukot import cells_of, named_cells

FOLDER = JUURI / "fixtures" / "taulukot"
TABLES = sorted(path for path in FOLDER.iterdir() if path.is_file() and path.suffix != ".json")
REWRITE = os.environ.get("KULTAISET") == "kirjoita"


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_the_table_is_read_as_written_beside_it(path):
    told = as_json(read(path.read_bytes(), path.name))
    beside = path.with_name(f"{path.name}.json")
    expected = beside.read_text() if beside.exists() else ""
    if REWRITE and told != expected:
        print("\n".join(difflib.unified_diff(expected.split("\n"), told.split("\n"), path.name, "nyt", lineterm="")))
        beside.write_text(told)
    assert told == beside.read_text()


@pytest.mark.parametrize("path", [path for path in TABLES if path.suffix == ".xlsx"], ids=lambda path: path.name)
def test_no_cell_of_it_is_lost(path):
    assert cells_of(path.read_bytes(), path.name) <= named_cells(read(path.read_bytes(), path.name))


def test_there_is_a_pair_for_each_thing_that_reading_promises():
    assert len(TABLES) >= 25
    assert {path.suffix for path in TABLES} == {".xlsx", ".ods", ".xls", ".csv", ".txt"}
    assert {path.name.removesuffix(".json") for path in FOLDER.glob("*.json")} == {path.name for path in TABLES}


def as_json(luettu):
    """What matters of a Luettu, one row on a line: fields that hold something, kirjaukset, and all that is told."""
    told = {
        "status": luettu.status,
        "reason": luettu.reason,
        "title": luettu.title,
        "jaksot": luettu.jaksot,
        "labels": luettu.labels,
        "esitys": luettu.esitys,
        "columns": luettu.columns,
        "rows": [_row(rivi) for rivi in luettu.rows],
        "errors": [[issue.cell, issue.code, issue.fi] for issue in luettu.errors],
        "notices": [[issue.cell, issue.code, issue.fi] for issue in luettu.notices],
        "questions": [[kysymys.cell, kysymys.code, kysymys.taken, _answers(kysymys)] for kysymys in luettu.questions],
        "skipped": [[skip.cell, skip.reason, skip.text] for skip in luettu.skipped],
    }
    return "{\n" + ",\n".join(f"{json.dumps(key)}: {_lines(value)}" for key, value in told.items()) + "\n}\n"


def _row(rivi):
    names = [each.name for each in dataclasses.fields(rivi) if each.name not in ("kirjaukset", "cells")]
    fields = {name: value for name in names if (value := getattr(rivi, name))}
    kirjaukset = [
        {name: value for name, value in vars(kirjaus).items() if value and name != "cells"}
        for kirjaus in rivi.kirjaukset
    ]
    return {**fields, "kirjaukset": kirjaukset}


def _answers(kysymys):
    return {answer.fi: answer.columns for answer in kysymys.answers}


def _lines(value):
    if not isinstance(value, list) or not value:
        return json.dumps(value, ensure_ascii=False)
    return "[\n" + ",\n".join(f"  {json.dumps(item, ensure_ascii=False)}" for item in value) + "\n]"
