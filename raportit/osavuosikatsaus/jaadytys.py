"""Osavuosikatsaus <-> JSON: the text that a raporttiversio freezes, and back to an equal report."""

import hashlib
import json
from dataclasses import asdict
from datetime import date, datetime

from seuranta.solut import readable
from strategia.teksti import clean_stored

from .model import Jakso, Korjaus, Kunta, Muutos, Osavuosikatsaus, Painopiste, Rivi, Sarake, Strategia, Tavoite

__all__ = ["from_json", "readable", "to_json"]


def to_json(raportti: Osavuosikatsaus) -> str:
    """The whole report as one JSON object: sorted keys, so that equal reports are equal texts."""
    data = asdict(raportti)
    del data["tiiviste"]
    return json.dumps(
        data, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=lambda day: day.isoformat()
    )


def from_json(text: str) -> Osavuosikatsaus:
    """The report that to_json wrote; from_json(to_json(x)) == x."""
    data = clean_stored(json.loads(text))  # shown clean; the frozen text stays
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
        tiiviste=hashlib.sha256(text.encode()).hexdigest() if data["versio"] else "",
    )


def _read_jakso(data):
    dates = {name: data[name] and date.fromisoformat(data[name]) for name in ("alkaa", "paattyy")}
    return Jakso(**{**data, **dates})


def _read_korjaus(data):
    return data and Korjaus(data["versio"], data["syy"], tuple(Muutos(**muutos) for muutos in data["muutokset"]))


def _read_painopiste(data):
    tavoitteet = tuple(
        Tavoite(**{**tavoite, "rivit": tuple(_read_rivi(rivi) for rivi in tavoite["rivit"])})
        for tavoite in data["tavoitteet"]
    )
    return Painopiste(**{**data, "sdg": tuple(data["sdg"]), "tavoitteet": tavoitteet})


def _read_rivi(data):
    return Rivi(**{**data, "sdg": tuple(data["sdg"])})
