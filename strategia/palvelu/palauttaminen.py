"""A backup -> an empty installation, on either database: all that was, or nothing.

Rows come before the triggers, which would refuse those of closed jaksot. A backup of an older version is read by the
models of its own migrations and then migrated as its installation would have been.
"""

import hashlib
import importlib.util
import json
from importlib import import_module
from pathlib import Path

from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from .kopiointi import LAJI, MUOTO, Kopio, stored_files
from .paketti import PakettiViallinen, read_package
from .taulurivit import canonical, dump_rows, load_rows, tables_of


class EiVoiPalauttaa(Exception):
    """The installation is not empty, or the backup cannot be read here. Its text says what to do."""


def restore_backup(path: Path, *, identity: Path | None = None, tell=lambda line: None) -> Kopio:
    """Raises EiVoiPalauttaa and PakettiViallinen; then nothing of the backup is left."""
    parts = read_package(path, identity=identity)
    beginning = _read_beginning(next(parts, ("", b"")))
    state = _migrate_to(beginning["migraatiot"])
    _refuse_if_in_use(state)
    written = []
    try:
        with transaction.atomic():
            remove_triggers()
            models = {model._meta.db_table: model for model in tables_of(state)}
            luettelo, loaded = _load(parts, models, written, tell)
            _check_tables(models, loaded)
            reset_sequences(tables_of(state))
            check_references()
    except BaseException:
        for name in written:
            default_storage.delete(name)
        install_triggers()
        raise
    install_triggers()
    call_command("migrate", verbosity=0, interactive=False)
    return luettelo


def _read_beginning(part):
    name, content = part
    try:
        beginning = json.loads(content) if name == "alku.json" else {}
    except ValueError:
        beginning = {}
    if beginning.get("laji") != LAJI:
        raise PakettiViallinen("Tiedosto ei ole tämän palvelun varmuuskopio.")
    if beginning["muoto"] > MUOTO:
        raise EiVoiPalauttaa("Varmuuskopio on tehty uudemmalla versiolla. Asenna se versio ja palauta siihen.")
    return beginning


def _migrate_to(migrations):
    """Bring the tables to where the backup's were -> the apps of those models."""
    wanted = {tuple(migration) for migration in migrations}
    graph = MigrationExecutor(connection).loader.graph
    own = {app for app, _name in graph.nodes}
    if unknown := sorted(name for name in wanted if name not in graph.nodes and name[0] in own):
        raise EiVoiPalauttaa(
            f"Varmuuskopiossa on migraatio, jota tämä versio ei tunne: {unknown[0][0]}.{unknown[0][1]}. Asenna"
            " vähintään yhtä uusi versio kuin se, jolla varmuuskopio tehtiin."
        )
    targets = [name for name in wanted if name in graph.nodes and not _has_later(graph, name, wanted)]
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return executor.loader.project_state(targets).apps


def _has_later(graph, name, wanted):
    """Is a migration of the same app that comes after it wanted too?"""
    return any(child.key in wanted and child.key[0] == name[0] for child in graph.node_map[name].children)


def _refuse_if_in_use(state):
    for app, name in (("strategia", "Kunta"), ("strategia", "Kayttaja")):
        if state.get_model(app, name).objects.exists():
            raise EiVoiPalauttaa("Tietokannassa on jo tietoja. Palauta tyhjään tietokantaan.")
    if any(stored_files()):
        raise EiVoiPalauttaa("Tiedostojen kansiossa on jo tiedostoja. Palauta tyhjään kansioon (MEDIA_ROOT).")


def _load(parts, models, written, tell):
    """Each part to its place. What migrating has put into the tables gives way to what was there."""
    with connection.cursor() as cursor:
        for model in models.values():
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608
    luettelo, loaded = None, {}
    for name, content in parts:
        kind, _slash, rest = name.partition("/")
        if kind == "kanta":
            table = rest.partition("/")[0]
            loaded.setdefault(table, Ladattu()).add(_load_part(models, table, content))
            tell(f"Taulu {table}: {loaded[table].rivit} riviä")
        elif kind == "tiedostot":
            written.append(store_new(rest, content))
            if len(written) % 100 == 0:
                tell(f"Tiedostoja {len(written)}")
        elif name == "luettelo.json":
            luettelo = Kopio(**json.loads(content))
    if luettelo is None:
        raise PakettiViallinen("Varmuuskopio on katkennut: sen lopusta puuttuu luettelo.")
    if sorted(luettelo.tiedostot) != sorted(written):
        raise PakettiViallinen("Varmuuskopiosta puuttuu tiedostoja, jotka sen luettelossa ovat.")
    check_list(luettelo, loaded)
    return luettelo, loaded


class Ladattu:
    """What has been read of a table's lines, and what the table is then to hold."""

    def __init__(self):
        self.rivit, self.luettu, self.odotettu = 0, hashlib.sha256(), hashlib.sha256()

    def add(self, lines, written=None):
        """written: the lines as they were put into the table, where they are others."""
        self.rivit += len(lines)
        self.luettu.update("".join(f"{line}\n" for line in lines).encode())
        for line in lines if written is None else written:
            self.odotettu.update(canonical(line))

    def is_in(self, rows):
        """Are the rows of the queryset the same, value by value?"""
        count, digest = 0, hashlib.sha256()
        for lines in dump_rows(rows):
            count += len(lines)
            for line in lines:
                digest.update(canonical(line))
        return (count, digest.digest()) == (self.rivit, self.odotettu.digest())


def check_list(luettelo: Kopio, loaded: dict[str, Ladattu]) -> None:
    """Raises PakettiViallinen where the rows that were read are not those that were written there."""
    for table, (rows, digest) in luettelo.taulut.items():
        found = loaded.get(table, Ladattu())
        if (found.rivit, found.luettu.hexdigest()) != (rows, digest):
            raise PakettiViallinen(f"Taulun {table} rivit eivät ole ne, jotka tiedostoon pantiin.")
    if unknown := loaded.keys() - luettelo.taulut.keys():
        raise PakettiViallinen(f"Tiedostossa on taulu, jota sen luettelossa ei ole: {min(unknown)}.")


def _load_part(models, table, content):
    columns, *lines = content.decode().splitlines()
    if table not in models:
        raise PakettiViallinen(f"Varmuuskopiossa on taulu, jota ei tunneta: {table}.")
    load_rows(models[table], json.loads(columns), lines)
    return lines


def store_new(place, content):
    """place: "<sha256>/<name>" -> the name, which no file had."""
    digest, _slash, name = place.partition("/")
    if hashlib.sha256(content).hexdigest() != digest:
        raise PakettiViallinen(f"Tiedosto {name} ei ole se, joka varmuuskopioon pantiin.")
    if default_storage.save(name, ContentFile(content)) != name:
        raise EiVoiPalauttaa(f"Tiedosto {name} on jo olemassa. Palauta tyhjään kansioon (MEDIA_ROOT).")
    return name


def _check_tables(models, loaded):
    """Every table holds what the backup says, value by value."""
    for table, model in models.items():
        if not loaded.get(table, Ladattu()).is_in(model._base_manager.all()):
            raise PakettiViallinen(f"Taulun {table} rivit eivät tulleet samoina perille.")


def reset_sequences(models):
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def check_references():
    try:
        connection.check_constraints()
    except IntegrityError as error:
        raise PakettiViallinen(f"Varmuuskopion rivit eivät sovi yhteen ({error}).") from error


def remove_triggers():
    for triggers in _all_triggers():
        triggers.remove(connection)


def install_triggers():
    for triggers in reversed(_all_triggers()):
        triggers.install(connection)


def _all_triggers():
    """Of each app that has any, the last app's first: it may guard what another's function names."""
    names = [f"{config.name}.triggers" for config in reversed(list(apps.get_app_configs()))]
    return [import_module(name).TRIGGERS for name in names if _is_there(name)]


def _is_there(name):
    return importlib.util.find_spec(name) is not None
