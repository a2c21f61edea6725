"""What the child tells of a file in columns is, made of again, the very Luettu that was read."""

import json
from dataclasses import replace

from seuranta.taulukko.rows import Kirjausarvo, Luettu, Tiedostorivi, read, read_plain, to_plain

from .test_golden import FOLDER

_FIELDS = ("sdg", "kirjaukset", "muut_toimialat", "mittarit")


def again(luettu):
    return read_plain(json.loads(json.dumps(luettu, default=to_plain)))


def test_every_golden_table_comes_out_as_it_was():
    files = [path for path in FOLDER.rglob("*") if path.suffix in (".xlsx", ".csv", ".ods", ".xls")]
    assert len(files) > 20
    read_ones = [read(path.read_bytes(), path.name) for path in files]
    assert [again(luettu) for luettu in read_ones] == read_ones
    assert any(rivi.mittarit for luettu in read_ones for rivi in luettu.rows)
    for rivi in (rivi for luettu in read_ones for rivi in again(luettu).rows):
        assert {type(getattr(rivi, name)) for name in _FIELDS} == {tuple}
        assert isinstance(rivi.nimen_vuodet, tuple | None)


def kirjaus(jakso, **told):
    empty = dict.fromkeys(("toteutumisaste", "kommentti", "sisainen_huomio", "raw"))
    return Kirjausarvo(**{"jakso": jakso, "syy": "ei_vastattu", "cells": {}, **empty, **told})


def tiedostorivi(cell, kirjaukset=(), **told):
    names = ("painopiste", "tavoite", "toimialan_tavoite", "koodi", "toimenpide", "toimielin", "toimiala", "vastuu")
    empty = dict.fromkeys((*names, "riski", "mittari"))
    return Tiedostorivi(**{"cell": cell, "sdg": (), "kirjaukset": tuple(kirjaukset), "cells": {}, **empty, **told})


def test_rows_of_no_few_and_many_kirjaukset_keep_their_own():
    kevat, syksy = kirjaus("kevät", toteutumisaste=4, syy=""), kirjaus("syksy", omat={"Väri": "vihreä"})
    rows = (
        tiedostorivi("A2"),
        tiedostorivi("A3", [kevat]),
        tiedostorivi("A4", [syksy, kevat], omat={"a": ""}),
        tiedostorivi("A5", sdg=("4", "13")),
    )
    luettu = Luettu("ok", None, rows, headings={}, labels={})
    assert again(luettu) == luettu
    assert again(replace(luettu, rows=())) == replace(luettu, rows=())


def test_a_row_has_dictionaries_of_its_own():
    one, other = again(Luettu("ok", None, (tiedostorivi("A2"), tiedostorivi("A3")), headings={}, labels={})).rows
    names = [name for name, value in vars(one).items() if value == {}]
    assert len(names) > 3
    assert not any(getattr(one, name) is getattr(other, name) for name in names)
