"""Tuonti + decisions -> the plan of a table, and what its preview asks."""

from strategia.models import Toimiala
from strategia.nimet import avain

from ..models import Tuonti
from ..taulukko.rows import Luettu
from ..tiedosto.luenta import keep_reading, read_file, read_once, store_file
from ..tiedosto.paatokset import Laji, Paatokset, read_decisions
from ..tiedosto.rivit import Ratkaistava, list_decisions
from .paatokset import target_of
from .plan import Target, Tuontisuunnitelma, build_plan, known_labels
from .plan.ehdotukset import suggest_toimialat


def read_new(data: bytes, name: str, *, by) -> tuple[Luettu, Tuonti | None]:
    """A file as it comes in -> what it holds, and the Tuonti that now keeps it; a refused file is not kept."""
    choices = _choices(Target(kunta=by.kunta.nimi), Paatokset())
    luettu = read_file(data, name, **choices)
    if luettu.status == "reject":
        return luettu, None
    tuonti = store_file(by.kunta, data, name, by=by)
    keep_reading(tuonti, luettu, **choices)
    return luettu, tuonti


def _choices(target, paatokset):
    """What a person has decided of the reading itself, as the reader takes it."""
    told = {
        "jakso": paatokset.one(Laji.JAKSO),
        "columns": paatokset.of(Laji.SARAKE),
        "cells": paatokset.of(Laji.SOLU),
    }
    return {"labels": known_labels(target), **{name: value for name, value in told.items() if value}}


def plan_stored(tuonti: Tuonti, paatokset: Paatokset | None = None, *, only_compare: bool = False) -> Tuontisuunnitelma:
    """The plan of the stored file by what has been decided of it."""
    paatokset = paatokset or read_decisions(tuonti)
    target = target_of(tuonti, paatokset)
    return build_plan(read_once(tuonti, **_choices(target, paatokset)), target, only_compare=only_compare)


def read_untouched(tuonti: Tuonti, paatokset: Paatokset) -> Luettu:
    """The stored file as it is, without what a person typed over its cells."""
    choices = _choices(target_of(tuonti, paatokset), paatokset)
    choices.pop("cells", None)
    return read_file(tuonti.tiedosto.read(), tuonti.tiedostonimi, **choices)


def list_open(plan: Tuontisuunnitelma) -> list[Ratkaistava]:
    """What waits for a person; the cells that hold the same unknown toimiala are one decision."""
    found, by_name = [], {}
    names = {row.rivi.cells.get("toimiala"): row.rivi.toimiala for row in plan.rows}
    toimialat = list(Toimiala.objects.filter(kunta=plan.kunta_id))
    for item in list_decisions(plan):
        nimi = names.get(item.issue.cell) if item.issue.code == "unknown_toimiala" else None
        if nimi and avain(nimi) in by_name:
            by_name[avain(nimi)].cells += item.cells
            continue
        if nimi:
            item.nimi, item.avain = nimi, avain(nimi)
            item.ehdotukset = suggest_toimialat(nimi, toimialat)
            by_name[item.avain] = item
        found.append(item)
    return found
