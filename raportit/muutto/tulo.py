"""The file of a kunta -> its rows and files in this installation, beside those of others: all of them, or nothing.

Rows come before the triggers, which would refuse those of closed jaksot. The frozen reports stay byte by byte: what
leads their ids to the rows here is Raporttiversio.siirtyma.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import DatabaseError, OperationalError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from strategia import kantaroolit
from strategia.models import KunnanOsoite, Kunta, Tapahtuma
from strategia.palvelu.kopiointi import Kopio
from strategia.palvelu.paketti import PakettiViallinen, read_package
from strategia.palvelu.palauttaminen import (
    Ladattu,
    check_list,
    check_references,
    install_triggers,
    remove_triggers,
    reset_sequences,
    store_new,
)
from strategia.palvelu.taulurivit import columns_of, load_rows
from strategia.tapahtuma import record

from ..tallenne.eheys import find_faults
from .numerot import Numerot
from .sovitus import Sovitus
from .taulut import EiVoiMuuttaa, largest_ids, travelling_tables
from .vienti import LAJI

ODOTUS = "30s"  # for those who write just now


@dataclass(frozen=True)
class Tullut:
    """varatut: [(name, address)] of those whose address somebody has here already."""

    kunta: Kunta
    luettelo: Kopio
    varatut: list


def read_kunta(path: Path, *, identity: Path | None = None, rooli="", tell=lambda line: None) -> Tullut:
    """Raises EiVoiMuuttaa and PakettiViallinen; then nothing of the file is left. rooli: of the application, whose
    rights the triggers' functions take with them when they are made anew.
    """
    parts = read_package(path, identity=identity)
    beginning = _read_beginning(next(parts, ("", b"")))
    written = []
    try:
        with transaction.atomic():
            return _take_in(beginning, parts, written, rooli, tell)
    except OperationalError as error:
        _delete(written)
        raise EiVoiMuuttaa(f"Tietokanta on varattu. Yritä hiljaisempana hetkenä uudelleen ({error}).") from error
    except DatabaseError as error:
        _delete(written)
        raise PakettiViallinen(f"Tiedoston rivit eivät sovi tähän tietokantaan ({error}).") from error
    except BaseException:
        _delete(written)
        raise


def _delete(names):
    for name in names:
        default_storage.delete(name)


def _read_beginning(part):
    name, content = part
    beginning = json.loads(content) if name == "alku.json" else {}
    if beginning.get("laji") != LAJI:
        raise PakettiViallinen("Tiedostossa ei ole yhden kunnan tietoja. Sellaisen tekee komento vie_kunta.")
    here = sorted([app, name] for app, name in MigrationRecorder(connection).applied_migrations())
    if sorted(beginning["migraatiot"]) != here:
        raise EiVoiMuuttaa(
            "Tiedosto on tehty ohjelman toisella versiolla. Päivitä molemmat palvelut samaan versioon, aja migrate ja"
            " vie kunta uudelleen."
        )
    return beginning


def _take_in(beginning, parts, written, rooli, tell):
    _hold_tables()
    largest, theirs = largest_ids(), beginning["suurimmat"]
    # Greater than any id there, too: what still names an old one (a workbook on its way) finds no other row by it.
    numerot = Numerot({label: max(pk, int(theirs.get(label, 0))) for label, pk in largest.items()})
    lataus = Lataus(Sovitus(beginning["kunta"], numerot), written, tell)
    remove_triggers()
    luettelo = lataus.load(parts)
    check_references()
    lataus.check_tables()
    reset_sequences(travelling_tables())
    install_triggers()
    if rooli:
        with connection.cursor() as cursor:
            kantaroolit.grant(cursor, rooli)
    kunta = Kunta.objects.get(pk=lataus.sovitus.kunta)
    KunnanOsoite.objects.reserve(kunta)
    if faults := find_faults(tell, kunta=kunta):
        raise PakettiViallinen("\n".join(["Tarkistus löysi vikoja:", *faults]))
    record(Tapahtuma.Laji.LISATTY, by=None, kunta=kunta, kohde=kunta)
    return Tullut(kunta, luettelo, lataus.sovitus.varatut)


def _hold_tables():
    """Nobody else gives ids while ours are given: who writes waits."""
    if connection.vendor != "postgresql":
        return
    names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in travelling_tables())
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{ODOTUS}'")
        cursor.execute(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE")


@dataclass
class Lataus:
    """The parts of the file, each to its place. taulut: {table: what has been read of it}."""

    sovitus: Sovitus
    written: list
    tell: object
    taulut: dict = field(default_factory=dict)
    loppu: Kopio | None = None

    def load(self, parts) -> Kopio:
        models = {model._meta.db_table: model for model in travelling_tables()}
        for name, content in parts:
            kind, _slash, rest = name.partition("/")
            if kind == "kanta":
                self._load_rows(models.get(rest.partition("/")[0]), rest, content)
            elif kind == "tiedostot":
                self._store(rest, content)
            elif name == "luettelo.json":
                self.loppu = Kopio(**json.loads(content))
        if self.loppu is None:
            raise PakettiViallinen("Tiedosto on katkennut: sen lopusta puuttuu luettelo.")
        self._check_list()
        return self.loppu

    def _load_rows(self, model, place, content):
        if model is None:
            raise PakettiViallinen(f"Tiedostossa on taulu, jota ei tunneta: {place}.")
        head, *lines = content.decode().splitlines()
        columns = columns_of(model)
        if json.loads(head) != columns:
            raise PakettiViallinen(f"Taulussa {model._meta.db_table} on muita sarakkeita kuin täällä.")
        rows = [self.sovitus.fit(model, dict(zip(columns, json.loads(line), strict=True))) for line in lines]
        fitted = [json.dumps([row[name] for name in columns]) for row in rows]
        load_rows(model, columns, fitted)
        loaded = self.taulut.setdefault(model._meta.db_table, Ladattu())
        loaded.add(lines, written=fitted)
        self.tell(f"Taulu {model._meta.db_table}: {loaded.rivit} riviä")

    def _store(self, place, content):
        digest, _slash, name = place.partition("/")
        self.written.append(store_new(f"{digest}/{self.sovitus.file_name(name)}", content))
        if len(self.written) % 100 == 0:
            self.tell(f"Tiedostoja {len(self.written)}")

    def _check_list(self):
        check_list(self.loppu, self.taulut)
        if sorted(map(self.sovitus.file_name, self.loppu.tiedostot)) != sorted(self.written):
            raise PakettiViallinen("Tiedostosta puuttuu tiedostoja, jotka sen luettelossa ovat.")

    def check_tables(self):
        """Every table holds of the kunta what was to be written there, value by value."""
        for model in travelling_tables():
            own = {"pk" if model is Kunta else "kunta": self.sovitus.kunta}
            if not self.taulut.get(model._meta.db_table, Ladattu()).is_in(model._base_manager.filter(**own)):
                raise PakettiViallinen(f"Taulun {model._meta.db_table} rivit eivät tulleet samoina perille.")
