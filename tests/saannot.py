"""Koodi -> what breaks the order of the house (huoneet.py): who imports whom, who writes, who sees a request, names.

A rule looks at some of the modules and tells what is wrong in each; test_architecture.py runs them all on the code,
test_saannot.py each on a small tree with one fault planted in it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from .huoneet import (
    APPS,
    ASKELET,
    DJANGO_VAPAAT,
    EI_PYYNNOSTA,
    HUONEET,
    JAADYTETYT,
    KIRJOITTAVAT,
    KIRJOITUKSET,
    MODELS,
    PYYNNON_NAKEVAT,
    PYYNNON_NAKEVAT_MODUULIT,
    PYYNNOSTA,
    ROOLIEN_NIMET,
    ROOLIN_LUKIJAT,
    ROOMS,
    SARAKKEITA,
    TAULUKON_LAINAT,
    TIEDOSTON_TIE,
    TYOKIRJAAN,
    YLEISET_LUOKAT,
    YLEISET_NIMET,
    app_of,
    floor_of,
    is_in,
    named_steps,
    room_of,
    step_of,
    steps_of,
)
from .koodi import Koodi, find_circles, is_within


@dataclass(frozen=True)
class Saanto:
    """What must hold, of which modules, and what is wrong in one of them."""

    nimi: str
    looks_at: Callable[[Koodi, str], bool]
    faults_of: Callable[[Koodi, str], Iterator[str]]

    def looked(self, koodi):
        return [nimi for nimi in koodi if self.looks_at(koodi, nimi)]

    def faults(self, koodi):
        return [fault for nimi in self.looked(koodi) for fault in self.faults_of(koodi, nimi)]


SAANNOT = []


def saanto(nimi, looks_at=lambda koodi, nimi: True):
    """Makes a rule of a function (koodi, module) -> the faults of the module."""

    def add(faults_of):
        SAANNOT.append(Saanto(nimi, looks_at, faults_of))
        return faults_of

    return add


def imports_of_ours(koodi, nimi):
    """(what is imported, the module of ours that holds it)."""
    for imported in koodi[nimi].tuo:
        target = koodi.module_of(imported)
        if target not in (None, nimi):
            yield imported, target


def in_room(koodi, nimi):
    return room_of(koodi, nimi) is not None


# --- who may import whom


@saanto("an app imports only those before it")
def _apps_in_order(koodi, nimi):
    later = APPS[APPS.index(app_of(nimi)) + 1 :]
    return (f"{nimi} imports {imported}" for imported in koodi[nimi].tuo if is_in(imported, later))


@saanto("every module has its place")
def _has_its_place(koodi, nimi):
    if floor_of(koodi, nimi) is None:
        yield f"{nimi} is of no floor and no room"
    room = room_of(koodi, nimi)
    step = step_of(room, nimi) if room in ASKELET else ""
    if step and step not in named_steps(room) and (koodi[f"{room}.{step}"].on_paketti or room == "seuranta.taulukko"):
        yield f"{nimi} is of no step of {room}"


@saanto("a module imports only its own floor and those below", lambda koodi, nimi: floor_of(koodi, nimi) is not None)
def _floors_in_order(koodi, nimi):
    own = floor_of(koodi, nimi)
    for imported, target in imports_of_ours(koodi, nimi):
        floor = floor_of(koodi, target)
        if floor is not None and app_of(target) != app_of(nimi) and floor < ROOMS:
            floor = min(floor, MODELS)  # an earlier app's models, permissions and shared are there for every model
        if floor is not None and floor > own:
            yield f"{nimi} imports {imported}"


@saanto("a room imports only the rooms that the table names for it", in_room)
def _rooms_by_the_table(koodi, nimi):
    own = room_of(koodi, nimi)
    for imported, target in imports_of_ours(koodi, nimi):
        room = room_of(koodi, target)
        if room not in (None, own) and not any(names(entry, imported) for entry in HUONEET[own]):
            yield f"{nimi} imports {imported}"


def names(entry, imported):
    room, _colon, thing = entry.partition(":")
    return is_within(imported, room) and (not thing or thing in imported.split("."))


@saanto("no rooms import each other in a circle", in_room)
def _no_circle_of_rooms(koodi, nimi):
    return (" ⇄ ".join(circle) for circle in _circles_of_rooms(koodi) if nimi == circle[0])


@cache
def _circles_of_rooms(koodi):
    arrows = defaultdict(set)
    for one, others in koodi.arrows.items():
        own = room_of(koodi, one)
        arrows[own] |= {room for other in others if (room := room_of(koodi, other)) not in (None, own)}
    arrows.pop(None, None)
    return find_circles(arrows)


@saanto("no modules import each other in a circle")
def _no_circle_of_modules(koodi, nimi):
    return (" ⇄ ".join(circle) for circle in koodi.circles if nimi == circle[0])


@saanto("only urls import views, and nobody imports urls")
def _views_by_urls(koodi, nimi):
    for imported, target in imports_of_ours(koodi, nimi):
        _app, name, *rest = [*target.split("."), ""]
        is_view = name == "views" or (in_room(koodi, target) and rest[0] == "views")
        if name == "urls" or (is_view and nimi != f"{app_of(nimi)}.urls"):
            yield f"{nimi} imports {imported}"


@saanto("a room's forms are its own", in_room)
def _forms_of_their_own(koodi, nimi):
    own = room_of(koodi, nimi)
    for imported, target in imports_of_ours(koodi, nimi):
        room = room_of(koodi, target)
        is_named = any(":" in entry and names(entry, imported) for entry in HUONEET[own])
        if room not in (None, own) and step_of(room, target) == "forms" and not is_named:
            yield f"{nimi} imports {imported}"


@saanto("inside a room each step imports those before it", lambda koodi, nimi: room_of(koodi, nimi) in ASKELET)
def _steps_in_order(koodi, nimi):
    room = room_of(koodi, nimi)
    own, steps = step_of(room, nimi), named_steps(room)
    for imported, target in imports_of_ours(koodi, nimi):
        step = step_of(room, target) if room_of(koodi, target) == room else ""
        if step in steps and step != own and not _may_import(room, own, step, steps):
            yield f"{nimi} imports {imported}"


def _may_import(room, own, step, steps):
    if own not in steps:
        return own != ""  # the room's own __init__ carries no step; a module beside the steps is free
    ranks = [{name: number for number, rank in enumerate(line) for name in rank} for line in steps_of(room)]
    shared = [rank for rank in ranks if own in rank and step in rank]
    return bool(shared) and all(rank[step] <= rank[own] for rank in shared)


# --- a file's way


@saanto("what reads a file loads no Django", lambda koodi, nimi: is_in(nimi, DJANGO_VAPAAT))
def _no_django(koodi, nimi):
    for imported in koodi[nimi].tuo:
        is_ours = app_of(imported) in APPS
        if is_within(imported, "django") or (is_ours and not is_in(imported, DJANGO_VAPAAT)):
            yield f"{nimi} imports {imported}"


@saanto(
    "what reads a table imports of ours only itself, names as keys and turns",
    lambda koodi, nimi: is_within(nimi, "seuranta.taulukko"),
)
def _taulukko_alone(koodi, nimi):
    for imported in koodi[nimi].tuo:
        if app_of(imported) in APPS and not is_in(imported, TAULUKON_LAINAT):
            yield f"{nimi} imports {imported}"


@saanto(
    "on a file's way only apply, kumous, luenta and paatokset write",
    lambda koodi, nimi: is_in(nimi, TIEDOSTON_TIE) and not is_in(nimi, KIRJOITTAVAT | DJANGO_VAPAAT),
)
def _only_writers_write(koodi, nimi):
    for call, line in koodi[nimi].kutsuu:
        if call.rpartition(".")[2] in KIRJOITUKSET and call != TYOKIRJAAN:
            yield f"{nimi}:{line} calls {call}"


# --- who sees a request


def _is_blind(koodi, nimi):
    return PYYNNON_NAKEVAT.isdisjoint(nimi.split(".")) and not is_in(nimi, PYYNNON_NAKEVAT_MODUULIT)


@saanto("only pages, forms, pyynto and middleware see a request", _is_blind)
def _no_request(koodi, nimi):
    for imported in koodi[nimi].tuo:
        is_harmless = any(is_within(nimi, whose) and is_within(imported, what) for whose, what in EI_PYYNNOSTA)
        if is_in(imported, PYYNNOSTA) and not is_harmless:
            yield f"{nimi} imports {imported}"
    if "request" in koodi[nimi].argumentit:
        yield f"{nimi} takes a request"


# --- who may do what


@saanto(
    "a room asks what a person may do, never the role",
    lambda koodi, nimi: in_room(koodi, nimi) and not is_in(nimi, ROOLIN_LUKIJAT),
)
def _no_role(koodi, nimi):
    for imported in koodi[nimi].tuo:
        if is_within(imported, "strategia") and imported.rpartition(".")[2] in ROOLIEN_NIMET:
            yield f"{nimi} imports {imported}"
    for compared, line in koodi[nimi].vertaa:
        whose, _dot, what = compared.rpartition(".")
        if what == "rooli" and whose not in SARAKKEITA:
            yield f"{nimi}:{line} compares {compared}"


# --- names


@saanto("no two modules of two apps have one name", lambda koodi, nimi: "migrations" not in nimi.split("."))
def _modules_of_one_name(koodi, nimi):
    name = nimi.rpartition(".")[2]
    if name in YLEISET_NIMET:
        return
    same = [other for other in koodi if other.rpartition(".")[2] == name and "." in other]
    if len({app_of(other) for other in same}) > 1 and nimi == min(same):
        yield " = ".join(sorted(same))


@saanto("no two classes have one name", lambda koodi, nimi: bool(koodi[nimi].luokat))
def _classes_of_one_name(koodi, nimi):
    for luokka in sorted(set(koodi[nimi].luokat) - YLEISET_LUOKAT):
        same = sorted(other for other in koodi if luokka in koodi[other].luokat)
        if any(_is_model(other) for other in same):
            same = [other for other in same if other not in JAADYTETYT]
        if len(same) > 1 and nimi == same[0]:
            yield f"{luokka}: {' = '.join(same)}"


def _is_model(nimi):
    return nimi.split(".")[1:2] == ["models"]
