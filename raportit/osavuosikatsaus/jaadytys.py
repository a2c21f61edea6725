"""Osavuosikatsaus <-> JSON: the text that a raporttiversio freezes, and back to an equal report."""

import hashlib
import json
import re
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal

from seuranta.solut import readable
from strategia.teksti import clean_stored

from ..jaadytetyt import renumber
from .mitattu import Mittari, MittariArvo, Osavastaus, Riski, Tavoitearvo
from .model import (
    Jakso,
    Korjaus,
    Kunta,
    Muutos,
    Numerosarake,
    Osavuosikatsaus,
    Painopiste,
    Rivi,
    Sarake,
    Strategia,
    Tavoite,
)

__all__ = ["from_json", "readable", "to_json"]


# A control character is an escape in JSON or one of those it writes as such. To look is quicker than to go through all.
_MAY_BE_UNCLEAN = re.compile(r"\\u|\\[bf]|[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


def to_json(raportti: Osavuosikatsaus) -> str:
    """The whole report as one JSON object: sorted keys, so that equal reports are equal texts."""
    data = asdict(raportti, dict_factory=_without_unused)
    del data["tiiviste"]
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_write)


_ONLY_WHERE_SAID = frozenset(
    {
        *("omat", "alkuperainen", "muu_toimiala", "nayta_keskiarvo", "sitovuus"),
        *("edelliskausi", "edelliskaudella", "voimassa"),
    }
)


def _without_unused(pairs):
    """What few reports have (own columns, own words for a score, a mean …) is told only where it is said."""
    return {name: value for name, value in pairs if value or name not in _ONLY_WHERE_SAID}


def _write(value):
    """A day as ISO has it; a number as a number: 15 digits go through a float and back unchanged."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat()


def from_json(text: str, siirtyma: dict | None = None) -> Osavuosikatsaus:
    """The report that to_json wrote; from_json(to_json(x)) == x.

    siirtyma: {laji: how much greater its ids are to be}; of a version that its kunta brought along, Raporttiversio has
    what leads them to the rows of this installation.
    """
    data = json.loads(text)
    if siirtyma:
        renumber(data, siirtyma)
    if _MAY_BE_UNCLEAN.search(text):
        data = clean_stored(data)  # shown clean; the frozen text stays
    return Osavuosikatsaus(
        kunta=Kunta(**data["kunta"]),
        strategia=Strategia(**data["strategia"]),
        jakso=_read_jakso(data["jakso"]),
        edellinen=data["edellinen"] and _read_jakso(data["edellinen"]),
        koottu=datetime.fromisoformat(data["koottu"]),
        versio=data["versio"],
        sarakkeet=tuple(Sarake(**sarake) for sarake in data["sarakkeet"]),
        toimialat=tuple(data["toimialat"]),
        toimielimet=tuple(data["toimielimet"]),
        painopisteet=tuple(_read_painopiste(painopiste) for painopiste in data["painopisteet"]),
        # What came later: a version frozen before it lacks them.
        avaus=data.get("avaus", ""),
        kokous=data.get("kokous", ""),
        paattyneet=tuple(_read_rivi(rivi) for rivi in data.get("paattyneet", ())),
        eivat_mukana=tuple(_read_rivi(rivi) for rivi in data.get("eivat_mukana", ())),
        rajaus=tuple(data.get("rajaus", ())),
        korjaus=_read_korjaus(data.get("korjaus")),
        muotoversio=data.get("muotoversio", 1),
        piilotetut=tuple(data.get("piilotetut", ())),
        julkinen=data.get("julkinen", False),
        korvaava=data.get("korvaava"),
        mittarisarakkeet=tuple(Sarake(**sarake) for sarake in data.get("mittarisarakkeet", ())),
        aiemmat=tuple(_read_jakso(jakso) for jakso in data.get("aiemmat", ())),
        osat=tuple(data.get("osat", ())),
        lukusarakkeet=tuple(Numerosarake(**sarake) for sarake in data.get("lukusarakkeet", ())),
        edelliskausi=data.get("edelliskausi", ""),
        tiiviste=hashlib.sha256(text.encode()).hexdigest() if data["versio"] else "",
    )


def _read_jakso(data):
    dates = {name: data[name] and date.fromisoformat(data[name]) for name in ("alkaa", "paattyy")}
    return Jakso(**{**data, **dates})


def _read_korjaus(data):
    return data and Korjaus(data["versio"], data["syy"], tuple(Muutos(**muutos) for muutos in data["muutokset"]))


def _read_painopiste(data):
    tavoitteet = tuple(_read_tavoite(tavoite) for tavoite in data["tavoitteet"])
    mittarit = _read_all(_read_mittari, data, "mittarit")
    return Painopiste(**{**data, "sdg": tuple(data["sdg"]), "tavoitteet": tavoitteet, "mittarit": mittarit})


def _read_tavoite(data):
    parts = {
        "rivit": _read_all(_read_rivi, data, "rivit"),
        "sdg": tuple(data.get("sdg", ())),
        "mittarit": _read_all(_read_mittari, data, "mittarit"),
        "riskit": _read_all(_read_riski, data, "riskit"),
    }
    return Tavoite(**{**data, **parts})


def _read_rivi(data):
    parts = {
        "sdg": tuple(data["sdg"]),
        "muut_toimialat": tuple(data.get("muut_toimialat", ())),
        "osavastaukset": tuple(Osavastaus(**osa) for osa in data.get("osavastaukset", ())),
        "mittarit": _read_all(_read_mittari, data, "mittarit"),
        "riskit": _read_all(_read_riski, data, "riskit"),
    }
    return Rivi(**{**data, **parts})


def _read_all(read, data, name):
    """What stands under the name, each read; nothing of a version frozen before there was such a thing."""
    return tuple(map(read, data.get(name, ())))


def _read_riski(data):
    return Riski(**data)


def _read_mittari(data):
    parts = {
        "lahto_luku": _read_luku(data["lahto_luku"]),
        "tavoite": data["tavoite"] and _read_tavoitearvo(data["tavoite"]),
        "tavoitteet": _read_all(_read_tavoitearvo, data, "tavoitteet"),
        "arvo": data["arvo"] and _read_arvo(data["arvo"]),
        "aiemmat": _read_all(_read_arvo, data, "aiemmat"),
    }
    return Mittari(**{**data, **parts})


def _read_tavoitearvo(data):
    return Tavoitearvo(**{**data, **{name: _read_luku(data[name]) for name in ("luku", "ala", "yla")}})


def _read_arvo(data):
    paiva, luku = data["paiva"], data["luku"]
    return MittariArvo(
        data["jakso"],
        data["vuosi"],
        date.fromisoformat(paiva) if paiva else None,
        data["teksti"],
        luku if luku is None else Decimal(str(luku)),
        data["huomautus"],
    )


def _read_luku(value):
    return None if value is None else Decimal(str(value))
