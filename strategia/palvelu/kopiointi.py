"""The whole installation -> one file: every table as it was at one moment, and every stored file.

In the file: `alku.json` (what it is, and the migrations it was made at), `tiedostot/<sha256>/<name>`,
`kanta/<table>/<number>.jsonl`, and at the end `luettelo.json`, which tells how many rows and which bytes there are.
"""

import hashlib
import json
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from django.apps import apps
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from ..varasto import list_stored, read_stored
from .paketti import new_package
from .taulurivit import columns_of, dump_rows, tables_of

LAJI = "strategian-seuranta-varmuuskopio"
MUOTO = 1  # grows when the file is read otherwise
# Made anew by whoever needs them, within a day.
OHITETTAVAT_KANSIOT = ("terveys", "luonnokset")


class Kopio(NamedTuple):
    """What a backup holds. taulut: {table: (rows, sha256 of its lines)}; tiedostot: {name: sha256}."""

    taulut: dict
    tiedostot: dict


def write_backup(path: Path, *, recipient="", tell=lambda line: None) -> Kopio:
    """Write the backup while people go on writing. Raises OSError, and ValueError for a key that is none.

    Files first and once more after the tables: a row of the snapshot never names a file that is not there.
    """
    with new_package(path, recipient=recipient) as package:
        package.add("alku.json", to_json(beginning(LAJI)))
        files = {}
        _add_files(package, files, tell)
        with one_moment():
            tables = {
                model._meta.db_table: add_rows(package, model._base_manager.all(), tell) for model in tables_of(apps)
            }
        _add_files(package, files, tell)
        luettelo = Kopio(tables, files)
        package.add("luettelo.json", to_json(luettelo._asdict()))
    return luettelo


def beginning(laji):
    """What a file of ours says of itself before anything else."""
    return {
        "laji": laji,
        "muoto": MUOTO,
        "tehty": timezone.now().isoformat(),
        "kanta": connection.vendor,
        "migraatiot": sorted(MigrationRecorder(connection).applied_migrations()),
    }


def to_json(data):
    return json.dumps(data, ensure_ascii=False, indent=1).encode()


@contextmanager
def one_moment():
    """All that is read inside is of one moment, and nobody who writes has to wait."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
        return
    # Not atomic(): its transactions take the writer's lock as they begin, this one only reads.
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def add_rows(package, queryset, tell, change=lambda line: line):
    """Add the rows to the package -> (how many, sha256 of their lines). change: line -> the line that goes there."""
    name, rows, digest = queryset.model._meta.db_table, 0, hashlib.sha256()
    columns = columns_of(queryset.model)
    for number, dumped in enumerate(dump_rows(queryset)):
        lines = [change(line) for line in dumped]
        rows += len(lines)
        content = "".join(f"{line}\n" for line in (json.dumps(columns), *lines))
        digest.update("".join(f"{line}\n" for line in lines).encode())
        package.add(f"kanta/{name}/{number:06}.jsonl", content.encode())
    tell(f"Taulu {name}: {rows} riviä")
    return rows, digest.hexdigest()


def _add_files(package, files, tell):
    """Add those that are not among `files` yet, and note them there."""
    new = [name for name in stored_files() if name not in files]
    for number, name in enumerate(new, start=1):
        content = _read(name)
        if content is not None:
            files[name] = hashlib.sha256(content).hexdigest()
            package.add(f"tiedostot/{files[name]}/{name}", content)
        if number % 100 == 0 or number == len(new):
            tell(f"Tiedostoja {number}/{len(new)}")


def _read(name):
    """None where it has gone since it was listed: nothing of this moment names it then."""
    try:
        return read_stored(name)
    except FileNotFoundError:
        return None


def stored_files(folder=""):
    """The name of every stored file that a backup keeps, without half-written ones."""
    folders, names = list_stored(folder)
    for name in sorted(names):
        if not name.startswith("."):
            yield f"{folder}/{name}" if folder else name
    for name in sorted(folders):
        if name not in OHITETTAVAT_KANSIOT:
            yield from stored_files(f"{folder}/{name}" if folder else name)
