"""Tuonti + decisions -> the plan of a table, and what its preview asks."""

from dataclasses import dataclass

from strategia.models import TARJOTUT_NIMET

from ..models import Tuonti
from ..taulukko.rows import Luettu
from ..tiedosto.luenta import read_file, read_once, receive_file
from ..tiedosto.paatokset import UUSI, Laji, Paatokset, read_decisions
from ..tiedosto.ratkaistavat import Ratkaistava, list_decisions
from .muokkaus import cells_of_row
from .paatokset import TaulukonPaatosForm
from .plan import Target, Tuontisuunnitelma, build_plan, known_labels
from .plan.ehdotukset import join_toimialat, suggest_renamed
from .roolit import list_columns


@dataclass(frozen=True)
class Esikatselu:
    """A table that waits in its preview: what has been decided of it, what would be written, and what is asked.

    sarakkeet: [(letter, heading, role)]. uudelleennimetyt: [(new row, [missing toimenpide like it])].
    """

    paatokset: Paatokset
    plan: Tuontisuunnitelma
    ratkaistavat: list[Ratkaistava]
    sarakkeet: list
    uudelleennimetyt: list


def read_new(data: bytes, name: str, *, by) -> tuple[Luettu, Tuonti | None]:
    """A file as it comes in -> what it holds, and the Tuonti that now keeps it; a refused file is not kept."""
    choices = {"labels": known_labels(Target(kunta=by.kunta.nimi))}
    return receive_file(by.kunta, data, name, choices, by=by)


def _choices(target, paatokset):
    """What a person has decided of the reading itself, as the reader takes it."""
    told = {
        "jakso": paatokset.arvot[Laji.JAKSO].get(""),
        "columns": paatokset.arvot[Laji.SARAKE],
        "cells": paatokset.arvot[Laji.SOLU],
    }
    return {"labels": known_labels(target), **{name: value for name, value in told.items() if value}}


def target_of(tuonti: Tuonti, paatokset: Paatokset) -> Target:
    """The decisions on the file as its plan wants them."""
    arvot = paatokset.arvot
    return Target(
        kunta=tuonti.kunta.nimi,
        strategia=arvot[Laji.STRATEGIA].get("") or None,
        toimialat={nimi: None if meant == UUSI else meant for nimi, meant in arvot[Laji.TOIMIALA].items()},
        toimenpiteet=arvot[Laji.TOIMENPIDE],
        paatettavat=tuple(int(pk) for pk in arvot[Laji.PAATTYY] if pk.isdecimal()),
        ristiriidat=arvot[Laji.RISTIRIITA],
        ohitetut=tuple(arvot[Laji.OHITUS]),
        kysytyt=tuple(arvot[Laji.KYSYMYS]),
        tilanne=arvot[Laji.TILANNE].get(""),
        vuodet=arvot[Laji.VOIMASSA],
        asteikko=TARJOTUT_NIMET if arvot[Laji.ASTEIKKO].get("") else {},
    )


def read_stored(tuonti: Tuonti, paatokset: Paatokset) -> tuple[Luettu, Target]:
    """The rows of the stored file, and where they go, by what has been decided of it."""
    target = target_of(tuonti, paatokset)
    return read_once(tuonti, **_choices(target, paatokset)), target


def plan_stored(tuonti: Tuonti, paatokset: Paatokset | None = None, *, only_compare: bool = False) -> Tuontisuunnitelma:
    """The plan of the stored file by what has been decided of it."""
    return build_plan(*read_stored(tuonti, paatokset or read_decisions(tuonti)), only_compare=only_compare)


def read_untouched(tuonti: Tuonti, paatokset: Paatokset) -> Luettu:
    """The stored file as it is, without what a person typed over its cells."""
    choices = _choices(target_of(tuonti, paatokset), paatokset)
    choices.pop("cells", None)
    return read_file(tuonti.tiedosto.read(), tuonti.tiedostonimi, **choices)


def look_through(tuonti: Tuonti, paatokset: Paatokset) -> Esikatselu:
    """The stored file as its preview shows it; the cells that hold the same unknown toimiala are one decision."""
    plan = plan_stored(tuonti, paatokset)
    return Esikatselu(
        paatokset,
        plan,
        sarakkeet=list_columns(plan.luettu),
        ratkaistavat=join_toimialat(plan, list_decisions(plan)),
        uudelleennimetyt=suggest_renamed(plan),
    )


def read_posted(data, tuonti: Tuonti, paatokset: Paatokset) -> TaulukonPaatosForm:
    """The checked form of what was posted; of a row that is mended its cells are there too."""
    kysely = look_through(tuonti, paatokset)
    kentat = cells_of_row(kysely.plan.luettu, data.get("rivi", "")) or ()
    form = TaulukonPaatosForm(data, **vars(kysely), solut=[kentta.cell for kentta in kentat])
    form.full_clean()
    return form
