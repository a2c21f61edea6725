"""The golden tables of each kind are as the script makes them, and differ enough from one another."""

import json
from collections import defaultdict

import pytest

from .lajit.kuvaus import TAULUT
from .lajit.tee import FOLDER, as_json, cells


def test_every_table_has_its_pair_and_nothing_else_is_there():
    assert {path.name for path in FOLDER.iterdir()} == {f"{name}{end}" for name in TAULUT for end in ("", ".json")}


@pytest.mark.parametrize("nimi", sorted(TAULUT))
def test_the_files_are_what_the_script_makes(nimi):
    taulu, path = TAULUT[nimi], FOLDER / nimi
    assert cells(path.read_bytes(), nimi) == cells(taulu.tavut(), nimi)
    assert path.with_name(f"{nimi}.json").read_text() == as_json(taulu.odotus)
    assert json.loads(as_json(taulu.odotus)) == taulu.odotus


def test_each_kind_has_three_shapes_in_several_formats():
    by_kind = defaultdict(list)
    for nimi, taulu in TAULUT.items():
        by_kind[taulu.laji].append(nimi)
    assert set(by_kind) == set(range(1, 18))
    assert {kind: len(names) >= 3 for kind, names in by_kind.items()} == dict.fromkeys(range(1, 18), True)
    assert {kind: len({name.rpartition(".")[2] for name in names}) >= 3 for kind, names in by_kind.items()} == (
        dict.fromkeys(range(1, 18), True)
    )
