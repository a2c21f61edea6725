"""The words of vastuu -> which toimiala each would make: the name before the first "/", ";", "," or line break."""

import re
from dataclasses import dataclass, field

from ..models import NIMEN_PITUUS, Kirjoitusasu, Toimiala
from ..nimet import avain

UUSI, ENNALLAAN = "uusi", ""
_BETWEEN = re.compile(r"[/;,\n]")


@dataclass
class Ehdotus:
    """One name and the toimenpiteet whose vastuu begins with it. valinta: a toimiala's id, UUSI or ENNALLAAN."""

    nimi: str
    valinta: str
    lopetettu: bool = False  # a toimiala of this name has been ended: it cannot be made anew
    toimenpiteet: list = field(default_factory=list)
    vastuut: list = field(default_factory=list)  # the texts themselves, each once


def propose(kunta_id, toimenpiteet):
    """[Ehdotus] in the order of the plan, and how many toimenpiteet have no vastuu to read."""
    known, ended = _known(kunta_id)
    found, without = {}, 0
    for toimenpide in toimenpiteet:
        nimi = name_of(toimenpide.vastuu)
        key = avain(nimi)
        if not nimi:
            without += 1
            continue
        if key not in found:
            valinta = str(known[key]) if key in known else ENNALLAAN if key in ended else UUSI
            found[key] = Ehdotus(nimi, valinta, key in ended)
        found[key].toimenpiteet.append(toimenpide)
        if toimenpide.vastuu not in found[key].vastuut:
            found[key].vastuut.append(toimenpide.vastuu)
    return list(found.values()), without


def name_of(vastuu):
    parts = (" ".join(part.split()) for part in _BETWEEN.split(vastuu))
    return next((part for part in parts if part), "")[:NIMEN_PITUUS]


def _known(kunta_id):
    """({key: id of the toimiala in use that it names}, {keys of the ended})"""
    spelt = Kirjoitusasu.objects.filter(kunta=kunta_id, toimiala__lopetettu=None, toimiala__isnull=False)
    known = dict(spelt.values_list("avain", "toimiala_id"))
    ended = set()
    for toimiala in Toimiala.objects.filter(kunta=kunta_id):
        if toimiala.lopetettu:
            ended.add(toimiala.avain)
        else:
            known[toimiala.avain] = toimiala.pk
    return known, ended - known.keys()
