"""Luettu <-> what JSON takes from the child to its parent: the rows, which are thousands, as a list for each field."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from operator import attrgetter

from .model import TYHJAT, Kirjausarvo, Luettu, Tiedostorivi, read_mittari

_RIVIN = {name: nothing for name, nothing in TYHJAT[Tiedostorivi].items() if name != "kirjaukset"}


def to_plain(each) -> dict:
    """The object's fields for JSON (its `default`)."""
    return {**vars(each), "rows": _in_columns(each.rows)} if isinstance(each, Luettu) else vars(each)


def read_plain(told: dict) -> Luettu:
    """The Luettu from what JSON made of it."""
    rows = _rows_of(told["rows"])
    return replace(Luettu.from_dict({**told, "rows": ()}), rows=rows)


def _in_columns(rows):
    return {
        "kirjauksia": [len(rivi.kirjaukset) for rivi in rows],
        "rivit": _columns_of(rows, _RIVIN),
        "kirjaukset": _columns_of([each for rivi in rows for each in rivi.kirjaukset], TYHJAT[Kirjausarvo]),
    }


def _columns_of(objects, empty):
    """{field: its values in order}, without the fields that say nothing in any of the objects."""
    told = {name: list(map(attrgetter(name), objects)) for name in empty}
    return {name: values for name, values in told.items() if any(values) or values.count(empty[name]) < len(values)}


def _rows_of(told):
    counts, rivit = told["kirjauksia"], told["rivit"]
    kirjaukset = _objects(Kirjausarvo, told["kirjaukset"], sum(counts))
    made = {"kirjaukset": [tuple(islice(kirjaukset, count)) for count in counts]}
    for name, make in _MADE.items():
        if name in rivit:
            made[name] = list(map(make, rivit[name]))
    return tuple(_objects(Tiedostorivi, {**rivit, **made}, len(counts)))


_MADE = {
    "sdg": tuple,
    "muut_toimialat": tuple,
    "nimen_vuodet": lambda told: told and tuple(told),
    "mittarit": lambda told: tuple(map(read_mittari, told)),
}


def _objects(cls, told: dict[str, list], count: int) -> Iterator:
    """The objects of these columns, made as `make_quickly` does; an empty dictionary is each one's own."""
    empty, names = TYHJAT[cls], list(told)
    dictionaries = [name for name, nothing in empty.items() if nothing == {} and name not in told]
    for values in islice(zip(*told.values(), strict=True), count):
        fields = {**empty, **dict(zip(names, values, strict=True))}
        for name in dictionaries:
            fields[name] = {}
        made = object.__new__(cls)
        object.__setattr__(made, "__dict__", fields)
        yield made
