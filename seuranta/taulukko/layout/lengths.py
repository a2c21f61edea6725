"""Names that the headings gave -> names that fit their fields, and what to tell of those that were shortened.

A person gave none of them, so they stop nothing: each is told, and may be given anew in the preview.
"""

from ..guard import Issue
from ..pituudet import JAKSO, NIMI, shorten
from .roles import Taulu


def fit_jaksot(names: list[str], tables: list[Taulu]) -> list[Issue]:
    """Shorten the jaksot's names in their list, two of them never alike; a notice for each, at its heading."""
    notices = []
    for number, name in enumerate(names):
        if len(name) > JAKSO:
            names[number] = _free_name(name, names)
            notices.append(_shortened(_heading_of(tables, number), "Jakson nimi", name, names[number], JAKSO))
    return notices


def _free_name(name, taken):
    short = shorten(name, JAKSO)
    numbers = (f"{shorten(name, JAKSO - 5)} ({number})" for number in range(2, len(taken) + 2))
    return short if short not in taken else next(each for each in numbers if each not in taken)


def _heading_of(tables, number):
    """The cell of the jakso's first column, "" where no column is of one jakso (a table that names them by row)."""
    for table in tables:
        for column in table.columns:
            if column.jakso == number and not table.is_flat:
                return table.parts[0].sheet.ref(table.parts[0].main_row, column.column)
    return ""


def fit_headings(tables: list[Taulu]) -> list[Issue]:
    """Shorten the headings that are to be the columns' words; a notice for each, at its cell."""
    notices = []
    for table in tables:
        sheet, row = table.parts[0].sheet, table.parts[0].main_row
        for column in table.columns:
            if column.role and len(column.heading) > NIMI:
                name, column.heading = column.heading, shorten(column.heading, NIMI)
                notices.append(_shortened(sheet.ref(row, column.column), "Otsikko", name, column.heading, NIMI))
    return notices


def _shortened(cell, what, name, short, limit):
    shown = short if len(short) <= 80 else f"{short[:79]}…"
    english = "The name of the period" if limit == JAKSO else "The heading"
    return Issue(
        cell,
        "needs_decision",
        f"{what} on liian pitkä: {len(name)} merkkiä, enintään {limit}. Siitä otettiin alku ”{shown}”. Lyhennä sitä.",
        f"{english} is too long: {len(name)} characters, at most {limit}. Its beginning “{shown}” was taken.",
    )
