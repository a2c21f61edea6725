"""Strategia + jakso + rows -> the columns of the report: the kunta's own in their order, and those that rows use."""

import re
from collections.abc import Iterable

from seuranta.models import Seurantajakso
from seuranta.taulukko.layout.headings import is_period
from strategia.models import (
    LISAKENTAT,
    MITTARIN_LUVUT,
    OMAT,
    RAPORTIN_OSAT,
    SANASTO,
    VAIN_VALITTUNA,
    Strategia,
    own_role,
)
from strategia.nimet import avain

from .model import ALWAYS_SHOWN, Numerosarake, Rivi, Sarake

ROOLIT = SANASTO | LISAKENTAT
MITTARISARAKKEET = ("lahto", "arvot", "tavoite", "tulos", "kehitys", "huomautus")
# A sheet's words over these two often name nothing but the jakso ("kesä"): then they come from the sanasto.
WORDS_OF_THE_JAKSO = ("toteutumisaste", "kommentti")
_TELLS_WHAT = re.compile(r"toteu|arvio|komment|tilan|aste|teksti|selitys|selvitys", re.IGNORECASE)


def list_columns(strategia: Strategia, jakso: Seurantajakso, rivit: list[Rivi]) -> tuple[Sarake, ...]:
    """The kunta's own columns without the hidden ones; in their places between them those its sheet did not have."""
    own, hidden = _own_columns(strategia, jakso), strategia.piilotetut
    columns = {rooli: _make(strategia, jakso, entry) for rooli, entry in own.items() if rooli not in hidden}
    order = list(columns)
    for place, rooli in enumerate(ROOLIT):
        if rooli in own or (rooli == "koodi" and own.keys() & SANASTO.keys()):
            continue  # hidden, there already, or a code that its own table writes before the name
        if rooli in LISAKENTAT:
            continue  # a column only where the strategia has taken it
        if not (rooli in ALWAYS_SHOWN or any(getattr(rivi, rooli) for rivi in rivit)):
            continue
        before = [earlier for earlier in list(ROOLIT)[:place] if earlier in order]
        order.insert(order.index(before[-1]) + 1 if before else 0, rooli)
        columns[rooli] = Sarake(rooli, strategia.sana(rooli))
    return tuple(columns[rooli] for rooli in order)


def list_hidden(strategia: Strategia) -> tuple[str, ...]:
    """Of the strategia's piilotetut those that a report may hold: of what is asked besides, what it asks."""
    held = ROOLIT.keys() - LISAKENTAT.keys() | set(strategia.lisakentat)
    held |= RAPORTIN_OSAT.keys() - set(VAIN_VALITTUNA)
    return tuple(rooli for rooli in ROOLIT | RAPORTIN_OSAT if rooli in held & strategia.piilotetut)


def list_mittarisarakkeet(strategia: Strategia) -> tuple[Sarake, ...]:
    """The columns of the tables of measures that are shown."""
    hidden = strategia.piilotetut
    roolit = ("mittarit", *(f"mittarit.{name}" for name in MITTARISARAKKEET))
    return () if "mittarit" in hidden else tuple(Sarake(r, RAPORTIN_OSAT[r]) for r in roolit if r not in hidden)


def list_lukusarakkeet(strategia: Strategia, jaksot: Iterable[Seurantajakso], rivit: list[Rivi]) -> list[Numerosarake]:
    """Those of the kunta's own table in which some row has something to show. jaksot: those that values are told of."""
    hidden, ids = strategia.piilotetut, {jakso.avain: jakso.pk for jakso in jaksot}
    found = []
    for entry in strategia.sarakkeet:
        osa = MITTARIN_LUVUT.get(entry["rooli"])
        if osa is None or {"mittarit", osa} & hidden:
            continue
        own = {name: entry[name] for name in ("rooli", "otsikko", "yla", "vuosi", "jalkeen") if name in entry}
        sarake = Numerosarake(**own, jakso=ids.get(avain(entry["jakso"])) if "jakso" in entry else None)
        if any(map(sarake.text_of, rivit)):
            found.append(sarake)
    return found


def _own_columns(strategia, jakso):
    """{role: its entry}; of a role that a sheet has for each of its jaksot, this jakso's."""
    own = {}
    for entry in strategia.sarakkeet:
        rooli = entry["rooli"]
        if rooli in OMAT:
            if not entry.get("piilossa"):
                own[own_role(rooli, entry["otsikko"])] = entry
        elif rooli in ROOLIT and (rooli not in own or _is_of(entry, jakso)):
            own[rooli] = entry
    return own


def _is_of(entry, jakso):
    return avain(entry.get("jakso", "")) == jakso.avain


def _make(strategia, jakso, entry):
    rooli, otsikko, yla = entry["rooli"], entry.get("otsikko", ""), entry.get("yla", "")
    if rooli in OMAT:  # its heading is what it is known by
        return Sarake(own_role(rooli, otsikko), otsikko)
    is_its = _is_of(entry, jakso)
    if not is_its and (is_period(otsikko) or is_period(yla)):
        # Headings that name a jakso are true of that jakso alone.
        otsikko, yla = "", jakso.nimi if yla else ""
    tells = rooli not in WORDS_OF_THE_JAKSO or (is_its and _TELLS_WHAT.search(otsikko))
    return Sarake(
        rooli,
        otsikko=(otsikko if tells else "") or strategia.sana(rooli),
        taulukossa=otsikko,
        yla=yla,
        sanoin=entry.get("sanoin", False),
        valiotsikko=entry.get("valiotsikko", False),
    )
