"""A row of a query -> the stored values that a row of a file is compared with."""

import json
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from django.db.models import TextField
from django.db.models.functions import Cast

from seuranta.models import Kirjaus
from strategia.teksti import clean_stored, clean_text


class Toimenpidetieto(NamedTuple):
    """What a row of a file is compared with: a toimenpide's values, its relations as ids."""

    pk: int | None
    nimi: str
    avain: str
    koodi: str
    kerta: int
    jarjestys: int
    tavoite_id: int
    toimialan_tavoite: str
    toimiala_id: int | None
    toimielin_id: int | None
    vastuu: str
    riski: str
    mittari: str
    sdg: list[str]
    voimassa_alkaen: date | None
    voimassa_asti: date | None
    omat: dict[str, str]


class Kirjaustieto(NamedTuple):
    """A kirjaus's values in the same way; the defaults are those of one that is not there yet."""

    pk: int | None = None
    versio: int = 0
    toteutumisaste: int | None = None
    syy: str = Kirjaus.Syy.EI_VASTATTU.value
    kommentti: str = ""
    sisainen_huomio: str = ""
    ennuste: str = ""
    poikkeaman_syy: str = ""
    korjaavat_toimet: str = ""
    alkuperainen: str = ""
    omat: dict[str, str] = MappingProxyType({})


class Rivinpaikka(NamedTuple):
    """Where a row stands: its painopiste and tavoite as keys, and the id of the tavoite, None for a new one."""

    avaimet: tuple[str, str]
    tavoite_id: int | None


_JSON = ("sdg", "omat")
_AT_SDG, _AT_OMAT = (Toimenpidetieto._fields.index(name) for name in _JSON)
_EMPTY = {"[]": [], "{}": {}}


def read_stored(toimenpiteet, kirjaukset):
    """The rows of the two queries -> ({id: Toimenpidetieto}, {(jakso's id, toimenpide's id): Kirjaustieto})."""
    known = toimenpiteet.values_list(*_columns_of(Toimenpidetieto))
    by_id = {row[0]: _toimenpide_of(row) for row in known}
    answers = kirjaukset.values_list("jakso_id", "toimenpide_id", *_columns_of(Kirjaustieto))
    return by_id, {row[:2]: _kirjaus_of(row[2:]) for row in answers}


def _columns_of(tieto):
    """Its fields for a query; those of JSON as texts, for most hold nothing and the database's own reading is dear."""
    return [Cast(name, TextField()) if name in _JSON else name for name in tieto._fields]


def _toimenpide_of(row):
    row = list(row)
    row[_AT_SDG], row[_AT_OMAT] = _from_json(row[_AT_SDG]), _from_json(row[_AT_OMAT])
    return Toimenpidetieto._make(row)


def _kirjaus_of(row):
    pk, versio, aste, *texts, omat = row
    omat = _from_json(omat)
    return Kirjaustieto(pk, versio, aste, *map(clean_text, texts), clean_stored(omat))


def _from_json(text):
    return _EMPTY[text] if text in _EMPTY else json.loads(text)
