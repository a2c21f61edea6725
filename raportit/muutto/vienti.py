"""A kunta -> one file: its rows as they were at one moment, every stored file that they name, and no secret.

In the file: `alku.json` (whose it is, and the migrations it was made at), `kanta/<table>/<number>.jsonl`,
`tiedostot/<sha256>/<name>`, and at the end `luettelo.json`, which tells how many rows and which bytes there are.
"""

import hashlib
import json
from pathlib import Path
from uuid import uuid4

from seuranta.models import Tuonti
from strategia.models import Kayttaja, Kunta
from strategia.palvelu.kopiointi import Kopio, add_rows, beginning, one_moment, to_json
from strategia.palvelu.paketti import new_package
from strategia.palvelu.taulurivit import columns_of
from strategia.sailytys import NIMETON
from strategia.varasto import read_stored

from ..models import JulkinenTallenne, Tallenne
from ..tallenne.tallenteet import name_of
from .taulut import EiVoiMuuttaa, largest_ids, rows_of, travelling_tables

LAJI = "strategian-seuranta-kunta"


def write_kunta(kunta: Kunta, path: Path, *, recipient="", tell=lambda line: None) -> Kopio:
    """Write the file while people go on writing.

    Raises EiVoiMuuttaa, OSError, and ValueError for a key that is none.
    """
    with new_package(path, recipient=recipient) as package, one_moment():
        package.add("alku.json", to_json({**beginning(LAJI), **_told_of(kunta)}))
        tables = {
            model._meta.db_table: add_rows(package, rows_of(model, kunta.pk), tell, _change_of(model, kunta))
            for model in travelling_tables()
        }
        luettelo = Kopio(tables, _add_files(package, kunta, tell))
        package.add("luettelo.json", to_json(luettelo._asdict()))
    return luettelo


def _told_of(kunta):
    return {"kunta": {"id": kunta.pk, "nimi": kunta.nimi}, "suurimmat": largest_ids()}


def _change_of(model, kunta):
    """line -> the line that goes out of the house."""
    if model is not Kayttaja:
        return lambda line: line
    columns = columns_of(model)

    def change(line):
        row = dict(zip(columns, json.loads(line), strict=True))
        row |= {"password": "!", "last_login": None, "is_staff": False, "is_superuser": False}
        if row["kunta_id"] is None:  # the service's own people: a name beside what they did
            row |= {"kunta_id": kunta.pk, "is_active": False, "email": nobodys_address()}
        return json.dumps([row[name] for name in columns], ensure_ascii=False, separators=(",", ":"))

    return change


def nobodys_address() -> str:
    return f"{uuid4().hex}@{NIMETON}"


def _add_files(package, kunta, tell):
    """{name: sha256}"""
    files, names = {}, sorted(set(_file_names(kunta)))
    for number, name in enumerate(names, start=1):
        content = _read(name)
        files[name] = hashlib.sha256(content).hexdigest()
        package.add(f"tiedostot/{files[name]}/{name}", content)
        if number % 100 == 0 or number == len(names):
            tell(f"Tiedostoja {number}/{len(names)}")
    return files


def _file_names(kunta):
    if kunta.logo:
        yield kunta.logo.name
    kept = rows_of(Tuonti, kunta.pk).exclude(tiedosto="").exclude(tila=Tuonti.Tila.HYLATTY)
    yield from kept.values_list("tiedosto", flat=True)
    for model in (Tallenne, JulkinenTallenne):
        yield from map(name_of, rows_of(model, kunta.pk))


def _read(name):
    try:
        return read_stored(name)
    except FileNotFoundError:
        raise EiVoiMuuttaa(f"Tiedostoa {name} ei ole. Palauta se varmuuskopiosta, ja aja sitten tarkista.") from None
