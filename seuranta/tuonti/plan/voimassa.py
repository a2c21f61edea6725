"""Rows as the register knows them -> when each is in force: by its own column, or by years of its name that were taken.

A row scored before its start has no start: it had begun.
"""

from datetime import date
from typing import NamedTuple

from seuranta.taulukko.guard import Issue
from seuranta.taulukko.rows import Tiedostorivi
from seuranta.taulukko.rows.sentences import issue

from .register import Register, Tunnettu


class Voimassaolo(NamedTuple):
    """The first and the last day in force. on_alkanut: was the row scored before the start that is stored?

    arvioitu: the name of the first jakso with a score, where it takes away the start that the file tells.
    """

    alkaa: date | None = None
    paattyy: date | None = None
    on_alkanut: bool = False
    arvioitu: str = ""


def days_in_force(found: list[Tunnettu], ends: dict, register: Register, decided: dict) -> list[Voimassaolo]:
    """ends: {id of a jakso, or its name in the file: (its end, its name)}.

    decided: {cell of a row: are the years of its name the time it is in force?}
    """
    return [_days_of(row, ends, register, decided) for row in found]


def _days_of(row, ends, register, decided):
    rivi, before = row.rivi, row.toimenpide and row.toimenpide.voimassa_alkaen
    days = _own_days(rivi) or (decided.get(rivi.cell) and _days_of_years(rivi.nimen_vuodet))
    if not (days or before):
        return Voimassaolo()
    scored, nimi = _first_scored(row, ends, register)
    on_alkanut = bool(before and scored < before)
    if not days:
        return Voimassaolo(on_alkanut=on_alkanut)
    first, last = days
    if first and scored < first:
        return Voimassaolo(None, last, on_alkanut, nimi)
    return Voimassaolo(first, last, on_alkanut)


def _own_days(rivi):
    """(the first day, the last day) of the row's own columns, either of them None; None where they say nothing."""
    told = rivi.voimassa and (rivi.voimassa["alkaa"], rivi.voimassa["paattyy"])
    return told and tuple(day and date.fromisoformat(day) for day in told)


def _days_of_years(years):
    return years and (date(years[0], 1, 1), date(years[1], 12, 31))


def _first_scored(row, ends, register):
    """(the end, the name) of the first jakso in which the row has a score; the latest day there is, where in none."""
    told = [ends[arvo.jakso] for arvo in row.rivi.kirjaukset if arvo.toteutumisaste and arvo.jakso in ends]
    if row.toimenpide:
        told += [end for key, end in ends.items() if (key, row.toimenpide.pk) in register.scored]
    return min(told, default=(date.max, ""))


def list_proposed_years(found: list[Tunnettu]) -> tuple[Tiedostorivi, ...]:
    """The rows whose name ends with years, where neither a column nor what is stored tells the time in force."""
    return tuple(row.rivi for row in found if row.rivi.nimen_vuodet and not (row.rivi.voimassa or _is_dated(row)))


def _is_dated(row):
    return row.toimenpide and (row.toimenpide.voimassa_alkaen or row.toimenpide.voimassa_asti)


def tell_begun(found: list[Tunnettu], days: list[Voimassaolo]) -> list[Issue]:
    """[notice] of the rows whose column tells a start that is left out."""
    return [
        issue(_cell(row.rivi), "validity/scored", year=row.rivi.voimassa["alkaa"][:4], jakso=nimi)
        for row, (_first, _last, _begun, nimi) in zip(found, days, strict=True)
        if nimi and row.rivi.voimassa
    ]


def _cell(rivi):
    return rivi.cells.get("voimassa", rivi.cell)
