"""Tuonti + decisions -> the plan of a workbook of answers, and what its preview asks."""

from ..models import Kirjaus, Tuonti
from ..taulukko.rows import Luettu
from ..tiedosto.luenta import read_once, receive_file
from ..tiedosto.paatokset import Laji, Paatokset, read_decisions
from ..tiedosto.plan import Kohde
from ..tiedosto.ratkaistavat import TAVAT, Ratkaistava, list_decisions
from .kirja import reading_of, scale_words
from .plan import Vastaussuunnitelma, build_plan

READER = "seuranta.vastaustaulukko.rows"


def read_new(data: bytes, name: str, *, jakso, toimiala, by, vastaaja="") -> tuple[Luettu, Tuonti | None]:
    """A workbook as it comes in -> what it holds, and the Tuonti that now keeps it; a refused file is not kept."""
    told = {"jakso": jakso, "toimiala": toimiala, "vastaaja": vastaaja}
    return receive_file(jakso.kunta, data, name, _choices(jakso.strategia), by=by, **told)


def _choices(strategia, cells=None):
    """cells: {cell: what a person typed over it}"""
    told = {"reader": READER, "headings": reading_of(strategia), "labels": scale_words(strategia)}
    return told | ({"cells": cells} if cells else {})


def plan_stored(tuonti: Tuonti, *, by, paatokset: Paatokset | None = None) -> Vastaussuunnitelma:
    """The plan of what `by` may record of the stored workbook, by what has been decided of it."""
    paatokset = paatokset or read_decisions(tuonti)
    luettu = read_once(tuonti, **_choices(tuonti.jakso.strategia, paatokset.arvot[Laji.SOLU]))
    target = Kohde(ristiriidat=paatokset.arvot[Laji.RISTIRIITA], ohitetut=tuple(paatokset.arvot[Laji.OHITUS]))
    return build_plan(luettu, target, jakso=tuonti.jakso, toimiala=tuonti.toimiala, by=by)


def list_open(plan: Vastaussuunnitelma) -> list[Ratkaistava]:
    """What waits for a person. Two texts can be kept one after the other, two scores cannot."""
    answers = [kirjaus.cells for row in plan.rows for kirjaus in row.rivi.kirjaukset]
    texts = {cell for cells in answers for role, cell in cells.items() if role in Kirjaus.TEKSTIT}
    texts |= {cell for row in plan.rows for kirjaus in row.rivi.kirjaukset for cell in kirjaus.own_cells}
    found = list_decisions(plan)
    for kohta in found:
        if kohta.tavat and kohta.issue.cell in texts:
            kohta.tavat = list(TAVAT.items())
    return found
