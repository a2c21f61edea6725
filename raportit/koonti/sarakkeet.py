"""Strategia -> what may be chosen of the columns of its report, and the choices -> the strategia's sarakkeet."""

import hashlib
import json
from dataclasses import dataclass

from django.utils import timezone

from seuranta.models import Seurantajakso
from strategia.models import OMAT, RAPORTIN_OSAT, Strategia, own_role

from ..osavuosikatsaus import Osavuosikatsaus, build
from ..osavuosikatsaus.columns import ROOLIT, list_columns

LEVELS = ("painopiste", "tavoite", "toimialan_tavoite")  # headings of the report: a word, but no place
NAME = "toimenpide"  # every table has it
NOT_CHOSEN = ("koodi",)  # stands with the name
ESIKATSELUN_RIVIT = 4


@dataclass(frozen=True)
class Valinta:
    """What the koordinaattori chose of one column; valiotsikko: a heading over the rows instead of a column."""

    rooli: str
    otsikko: str
    nakyy: bool = True
    valiotsikko: bool = False


def list_choices(strategia: Strategia, raportti: Osavuosikatsaus | None = None) -> list[Valinta]:
    """Every role in the order of the report: the levels, the columns shown, the others, then the other parts.

    raportti: the strategia's as it is now, where it has been built already: that takes most of the time.
    """
    shown = {sarake.rooli: sarake for sarake in (raportti.sarakkeet if raportti else _columns_of(strategia))}
    levels = [Valinta(rooli, shown[rooli].otsikko if rooli in shown else strategia.sana(rooli)) for rooli in LEVELS]
    columns = [
        Valinta(rooli, sarake.otsikko, True, sarake.valiotsikko)
        for rooli, sarake in shown.items()
        if rooli not in (*LEVELS, *NOT_CHOSEN)
    ]
    found = {valinta.rooli for valinta in columns}
    rest = {rooli: strategia.sana(rooli) for rooli in ROOLIT if rooli not in (*LEVELS, *NOT_CHOSEN)}
    rest |= {_role_of(entry): entry["otsikko"] for entry in strategia.sarakkeet if entry["rooli"] in OMAT}
    unseen = [Valinta(rooli, sana, False) for rooli, sana in rest.items() if rooli not in found]
    hidden = strategia.piilotetut
    osat = [Valinta(osa, word, osa not in hidden) for osa, word in RAPORTIN_OSAT.items()]
    return [*levels, *columns, *unseen, *osat]


def _role_of(entry):
    """Each column of the kunta's own is chosen by itself."""
    return own_role(entry["rooli"], entry["otsikko"]) if entry["rooli"] in OMAT else entry["rooli"]


def _columns_of(strategia):
    if shown := preview(strategia):
        return shown[0].sarakkeet
    return list_columns(strategia, Seurantajakso(kunta_id=strategia.kunta_id, strategia=strategia), [])


def fingerprint(strategia: Strategia) -> str:
    """Changes when anybody changes the columns or the words."""
    text = json.dumps([strategia.sarakkeet, strategia.sanasto], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def apply_choices(strategia: Strategia, valinnat: list[Valinta]) -> None:
    """Put the choices, in their order, into the strategia's sarakkeet and sanasto. Does not save.

    What its sheet said of a column stays with it: the heading above, the jakso, how scores are written.
    """
    before = {valinta.rooli: valinta for valinta in list_choices(strategia)}
    entries = {}
    for entry in strategia.sarakkeet:
        entries.setdefault(_role_of(entry), []).append(entry)
    chosen = []
    for valinta in valinnat:
        renamed = valinta.otsikko != before[valinta.rooli].otsikko
        if renamed:
            strategia.sanasto = {**strategia.sanasto, valinta.rooli: valinta.otsikko}
        is_same = valinta == before[valinta.rooli]
        is_unsaid = valinta.rooli in (*LEVELS, *RAPORTIN_OSAT) or not valinta.nakyy
        if is_same and valinta.rooli not in entries and is_unsaid:
            continue  # shown when a row uses it, as before
        new = {} if valinta.rooli in RAPORTIN_OSAT else {"otsikko": valinta.otsikko}
        own = entries.pop(valinta.rooli, [{"rooli": valinta.rooli, **new}])
        chosen += [_entry(entry, valinta, renamed=renamed) for entry in (own[:1] if renamed else own)]
    strategia.sarakkeet = [*chosen, *(entry for rest in entries.values() for entry in rest)]


def move_posted(posted, valinnat: list[Valinta]):
    """What was posted, with the column that "siirra" names ("ylos:kommentti") one place up or down.

    All are numbered anew in the order that they then have; what is no number is left as it is, to be told.
    """
    data, (suunta, _colon, rooli) = posted.copy(), posted["siirra"].partition(":")
    placed = [valinta.rooli for valinta in valinnat if valinta.rooli not in (*LEVELS, *RAPORTIN_OSAT)]
    numbers = {each: read_place(data.get(f"{each}-jarjestys", "")) for each in placed}
    if rooli not in placed or None in numbers.values():
        return data
    placed.sort(key=numbers.get)
    place = placed.index(rooli)
    other = min(max(place + (1 if suunta == "alas" else -1), 0), len(placed) - 1)
    placed[place], placed[other] = placed[other], placed[place]
    for number, each in enumerate(placed, 1):
        data[f"{each}-jarjestys"] = str(number)
    return data


def read_place(text: str) -> int | None:
    """The place that somebody gave as a number, None where it is none."""
    digits = text.strip()
    return int(digits) if digits.isdecimal() and len(digits) <= 4 else None


def _entry(entry, valinta, *, renamed):
    chosen = ("piilossa", "valiotsikko", "pois") if valinta.nakyy else ("piilossa", "valiotsikko")
    kept = {name: value for name, value in entry.items() if name not in chosen}
    if renamed:
        kept = {**kept, "otsikko": valinta.otsikko}
        kept.pop("jakso", None)
    marks = {"piilossa": not valinta.nakyy, "valiotsikko": valinta.nakyy and valinta.valiotsikko}
    return kept | {name: True for name, is_on in marks.items() if is_on}


def preview(strategia: Strategia) -> tuple[Osavuosikatsaus, list] | None:
    """(the latest jakso's report in the strategia's columns as they are now, its first rows), None without a jakso."""
    jakso = _latest(strategia)
    if not jakso:
        return None
    jakso.strategia = strategia
    raportti = build(jakso, koottu=timezone.now())
    return raportti, raportti.rivit[:ESIKATSELUN_RIVIT]


def _latest(strategia):
    return strategia.jaksot.last() if strategia.pk else None
