"""KENTAT -> the JSON Schema of the open data's JSON, and CSVW's description of a CSV file."""

from .aineisto import OMA, Aineistotaulu
from .kuvaukset import KOKONAISLUKU, LUKU, MITTARIN_KENTAT, MUOTOVERSIO, PAIVA, RIVIN_KENTAT, TEKSTI, TUNNUS
from .osoite import LISENSSI, schema_url

_TYYPIT = {
    TEKSTI: {"type": "string"},
    KOKONAISLUKU: {"type": ["integer", "null"]},
    LUKU: {"type": ["number", "null"]},
    PAIVA: {"type": ["string", "null"], "format": "date"},
    TUNNUS: {"type": ["string", "null"], "format": "uuid"},
}
_TEKSTI, _PAIVA = {"type": "string"}, {"type": ["string", "null"], "format": "date"}
_VERSIO = {
    "tunnus": {"type": "string", "format": "uuid"},
    "numero": {"type": "integer"},
    "kunta": _TEKSTI,
    "strategia": _TEKSTI,
    "strategia_tunnus": {"type": "string", "format": "uuid"},
    "jakso": _TEKSTI,
    "alkaa": _PAIVA,
    "paattyy": _PAIVA,
    "julkaistu": {"type": ["string", "null"], "format": "date-time"},
    "korvaava": {"type": ["integer", "null"]},
    "korvaava_tunnus": {"type": ["string", "null"], "format": "uuid"},
}


def json_schema() -> dict:
    """JSON Schema 2020-12."""
    own = {"patternProperties": {f"^{OMA}": _TEKSTI}}
    told = {
        "skeema": {"type": "string", "format": "uri"},
        "muotoversio": {"const": MUOTOVERSIO},
        "lisenssi": {"const": LISENSSI},
        "versio": _object(_VERSIO),
        "rivit": {"type": "array", "items": _object(_types(RIVIN_KENTAT), **own)},
        "mittarit": {"type": "array", "items": _object(_types(MITTARIN_KENTAT))},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": schema_url(),
        "title": "Strategian seurannan avoin data",
        **_object(told),
    }


def _types(kentat):
    return {each.nimi: {**_TYYPIT[each.tyyppi], "description": f"{each.fi} / {each.sv} / {each.en}"} for each in kentat}


def _object(properties, **others):
    told = {"type": "object", "properties": properties, "required": list(properties)}
    return told | others | {"additionalProperties": False}


def csvw(taulu: Aineistotaulu, url: str) -> dict:
    """What a program needs to read the CSV file at the address: CSV on the Web."""
    columns = [
        {
            "name": f"oma_{number}" if each.nimi.startswith(OMA) else each.nimi,
            "titles": each.nimi,
            "datatype": "string" if each.tyyppi == TUNNUS else each.tyyppi,
        }
        for number, each in enumerate(taulu.kentat, 1)
    ]
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "fi"}],
        "url": url,
        "dc:license": {"@id": LISENSSI},
        "dialect": {"delimiter": ";", "encoding": "utf-8", "header": True, "lineTerminators": ["\r\n"]},
        "tableSchema": {"columns": columns},
    }
