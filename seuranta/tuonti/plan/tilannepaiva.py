"""Luettu + the strategia's jaksot -> the same, where a jakso of a day is the jakso whose state that day is.

"Tilanne 30.6.2025" is the half-year's report that ends on that day; each is told. Of two jaksot of one day neither is
taken, nor one that would get two values of one thing: then the day stays a jakso of its own, told too.
"""

from collections import defaultdict
from dataclasses import replace
from itertools import chain

from seuranta.ajankohta import named_day
from seuranta.models import Kirjaus
from seuranta.taulukko.guard import Issue
from seuranta.taulukko.rows import Luettu
from seuranta.taulukko.rows.sentences import issue
from seuranta.taulukko.soluviite import address, column_of
from strategia.models import LISAKENTAT
from strategia.nimet import avain

_EI_VASTATTU = Kirjaus.Syy.EI_VASTATTU.value
_TEXTS = ("kommentti", "sisainen_huomio", "raw", "alkuperainen", *LISAKENTAT)


def name_by_state_day(luettu: Luettu, jaksot) -> Luettu:
    """The rows, measures and columns by the names of the jaksot that they mean."""
    by_day, known = defaultdict(list), {jakso.avain for jakso in jaksot}
    for jakso in jaksot:
        by_day[jakso.paattyy].append(jakso)
    new, notices = {}, []
    for nimi in luettu.jaksot:
        day = None if avain(nimi) in known else named_day(nimi)
        alike = by_day[day] if day else []
        if not alike:
            continue
        cell = _heading_of(luettu, nimi)
        if len(alike) == 1 and _has_room(luettu, nimi, alike[0].nimi, new):
            new[nimi] = alike[0].nimi
            notices.append(issue(cell, "spelling_joined/state_day", text=nimi, joined=alike[0].nimi))
        else:
            notices.append(_stays_own(cell, nimi, [jakso.nimi for jakso in alike]))
    luettu = replace(luettu, notices=(*luettu.notices, *notices)) if notices else luettu
    return _renamed(luettu, new) if new else luettu


def _heading_of(luettu, nimi):
    """The heading over the jakso's first column, "" where the jakso stands elsewhere."""
    for sheet in luettu.reading:
        for sarake in sheet.sarakkeet:
            if sarake.jakso == nimi and sheet.otsikkorivit:
                return address(sheet.nimi, column_of(sarake.kirjain), sheet.otsikkorivit[-1])
    return ""


def _stays_own(cell, nimi, others):
    named = ", ".join(f"”{other}”" for other in others)
    return Issue(
        cell,
        "needs_decision",
        f"Jakson ”{nimi}” tilannepäivä on myös jakson {named}. Siitä tulee silti oma jaksonsa, sillä sitä ei voi "
        "yhdistää yhteen niistä ilman, että yhdessä jaksossa olisi kaksi arviota tai jakso olisi arvaus.",
        f"The period “{nimi}” tells the state of the same day as {named}. It stays a period of its own.",
    )


# --- is there room


def _has_room(luettu, nimi, target, new):
    """True if nothing that the file says of this jakso has a place that another of its jaksot fills already."""
    others = {other for other in luettu.jaksot if avain(new.get(other, other)) == avain(target)}
    if not others:
        return True
    for rivi in luettu.rows:
        mine = set(chain.from_iterable(map(_filled, (k for k in rivi.kirjaukset if k.jakso == nimi))))
        if mine & set(chain.from_iterable(map(_filled, (k for k in rivi.kirjaukset if k.jakso in others)))):
            return False
    measured = [*luettu.mittarit, *(mittari for rivi in luettu.rows for mittari in rivi.mittarit)]
    return not any({nimi} <= (told := {arvo.jakso for arvo in each.arvot}) and told & others for each in measured)


def _filled(kirjaus):
    """What the kirjaus tells: its fields, and the headings of its own columns."""
    if kirjaus.toteutumisaste or kirjaus.raw or kirjaus.syy not in ("", _EI_VASTATTU):
        yield "toteutumisaste"
    yield from (name for name in ("kommentti", *LISAKENTAT) if getattr(kirjaus, name))
    yield from (("omat", otsikko) for otsikko in kirjaus.omat)


# --- by the new names


def _renamed(luettu, new):
    return replace(
        luettu,
        rows=tuple(_row(rivi, new) for rivi in luettu.rows),
        mittarit=tuple(_mittari(mittari, new) for mittari in luettu.mittarit),
        jaksot=tuple({avain(nimi): nimi for nimi in (new.get(nimi, nimi) for nimi in luettu.jaksot)}.values()),
        columns=tuple((role, heading, new.get(jakso, jakso)) for role, heading, jakso in luettu.columns),
        reading=tuple(
            replace(sheet, sarakkeet=tuple(_sarake(sarake, new) for sarake in sheet.sarakkeet))
            for sheet in luettu.reading
        ),
    )


def _row(rivi, new):
    by_name = {}
    for kirjaus in rivi.kirjaukset:
        nimi = new.get(kirjaus.jakso, kirjaus.jakso)
        known = by_name.get(avain(nimi))
        kirjaus = replace(kirjaus, jakso=nimi) if nimi != kirjaus.jakso else kirjaus
        by_name[avain(nimi)] = _together(known, kirjaus) if known else kirjaus
    mittarit = tuple(_mittari(mittari, new) for mittari in rivi.mittarit)
    return replace(rivi, kirjaukset=tuple(by_name.values()), mittarit=mittarit)


def _together(one, other):
    """Both kirjaukset as one: each field from the one that tells it."""
    score = one if one.toteutumisaste or one.syy not in ("", _EI_VASTATTU) else other
    return replace(
        one,
        toteutumisaste=score.toteutumisaste,
        syy=score.syy,
        **{name: getattr(one, name) or getattr(other, name) for name in _TEXTS},
        **{name: {**getattr(other, name), **getattr(one, name)} for name in ("omat", "own_cells", "joined")},
        cells=_cells_together(one, other),
    )


def _cells_together(one, other):
    """Of each field the cell that tells it."""
    cells = {**other.cells, **one.cells}
    told = set(_filled(other)) - set(_filled(one))
    return {**cells, **{name: cell for name, cell in other.cells.items() if name in told}}


def _mittari(mittari, new):
    if not any(arvo.jakso in new for arvo in mittari.arvot):
        return mittari
    arvot = tuple(replace(arvo, jakso=new.get(arvo.jakso, arvo.jakso)) for arvo in mittari.arvot)
    return replace(mittari, arvot=arvot)


def _sarake(sarake, new):
    if sarake.jakso not in new:
        return sarake
    nimi = new[sarake.jakso]
    return replace(sarake, jakso=nimi, becomes=sarake.becomes.replace(sarake.jakso, nimi))
