"""Decisions + what is remembered of tables of that shape -> how the reader is asked to read."""

from dataclasses import dataclass, field

from ..taulukko.rows import Luettu
from ..tiedosto.paatokset import EI_KAYTETA, Laji
from .lukutapa import find_reading
from .muoto import heading_key
from .plan.target import Tunnetut
from .valinnat import choices_of


@dataclass(frozen=True)
class Ensiluku:
    """A file as it was read first: what it holds, the choices it was read by, and the reading that was remembered."""

    luettu: Luettu
    valinnat: dict
    muistettu: dict = field(default_factory=dict)


def read_first(read, kunta: str, tunnetut: Tunnetut, arvot: dict) -> Ensiluku:
    """Read a file that comes in, at once as the last one of its shape was. read: choices -> Luettu."""
    is_remembered = is_followed(arvot)
    plain = Ensiluku(read(**(choices := reader_choices(tunnetut, arvot))), choices)
    muistettu = find_reading(kunta, plain.luettu) if is_remembered else None
    if not muistettu:
        return plain
    choices = reader_choices(tunnetut, arvot, muistettu)
    luettu = read(**choices)
    return plain if luettu.status == "reject" else Ensiluku(luettu, choices, muistettu)


def by_laji(told: dict) -> dict:
    """{(laji, paikka): value} -> {laji: {paikka: value}}"""
    arvot = {}
    for (laji, paikka), value in told.items():
        arvot.setdefault(laji, {})[paikka] = value
    return arvot


def is_followed(arvot: dict) -> bool:
    """Is what was decided of earlier tables followed here?"""
    return arvot.get(Laji.LUKUTAPA, {}).get("") != EI_KAYTETA


def reader_choices(tunnetut: Tunnetut, arvot: dict, muistettu: dict | None = None) -> dict:
    """The keyword arguments of the reader.

    A word means in every table of the strategia what it was said to mean. A number does only in a table of a shape that
    is known: in another 1-3 may well be 1-3.
    """
    labels, sanat, asteikko = tunnetut
    is_remembered = is_followed(arvot)
    followed = muistettu if muistettu and is_remembered else None
    said = choices_of(
        join_decisions(followed, arvot),
        sanat=sanat if is_remembered else None,
        asteikko=asteikko if followed else None,
    )
    told = {
        "jakso": arvot.get(Laji.JAKSO, {}).get(""),
        "cells": arvot.get(Laji.SOLU),
        "shifted": list(arvot.get(Laji.SIIRTO, ())),
        "choices": said.to_dict(),
    }
    return {"labels": labels, **{name: value for name, value in told.items() if value}}


def join_decisions(muistettu: dict | None, arvot: dict) -> dict:
    """{laji: {paikka: value}}: what is decided of this file, and beneath it what is remembered."""
    if not muistettu:
        return arvot
    kept = {laji: dict(places) for laji, places in muistettu["arvot"].items()}
    for paikka in arvot.get(Laji.SARAKE, {}):  # a heading or a bare letter stands for the column wherever it is
        key, letters = heading_key(paikka), f"!{paikka}"
        for old in [old for old in kept.get(Laji.SARAKE, {}) if muistettu["avaimet"].get(old) == key]:
            del kept[Laji.SARAKE][old]
        for old in [old for old in kept.get(Laji.SARAKE, {}) if old.endswith(letters)]:
            del kept[Laji.SARAKE][old]
    if arvot.get(Laji.OTSIKKORIVI):
        kept.pop(Laji.OTSIKKORIVI, None)
    lajit = dict.fromkeys([*kept, *arvot])
    return {laji: {**kept.get(laji, {}), **arvot.get(laji, {})} for laji in lajit}
