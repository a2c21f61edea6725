"""Our migrations one at a time, back and forth, with what the schema and the rows are between them."""

import hashlib
import re
from collections import defaultdict

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from simple_history.utils import bulk_create_with_history

from seuranta.models import Kirjaus
from strategia.models import Toimenpide

OMAT = ("strategia", "seuranta", "raportit")
ALKU = ("strategia", "0001_initial")  # stays: tables of other makers lean on it
NUMEROITU = re.compile(r"__unnamed_constraint_\d+__|fk_\d+$")
PG_LIIPAISIMET = """
SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT 'funktio', proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace
"""
SQLITE_LIIPAISIMET = "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger'"


def list_ours():
    """[(migration, the models as they are before it)] in the order they are applied, but the one all others lean on."""
    executor = MigrationExecutor(connection)
    state, ours = executor._create_project_state(), []
    for migration, _backwards in executor.migration_plan(executor.loader.graph.leaf_nodes(), clean_start=True):
        if migration.app_label in OMAT and (migration.app_label, migration.name) != ALKU:
            ours.append((migration, state))
        state = migration.mutate_state(state, preserve=True)
    return ours


def unapply(migration, state):
    MigrationExecutor(connection).unapply_migration(state.clone(), migration)


def apply(migration, state):
    MigrationExecutor(connection).apply_migration(state.clone(), migration)


def read_schema():
    """{table: what its columns, constraints and triggers are}"""
    tables = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            columns = {
                each.name: _describe(each) for each in connection.introspection.get_table_description(cursor, table)
            }
            constraints = connection.introspection.get_constraints(cursor, table)
            tables[table] = {"sarakkeet": columns, "rajoitteet": _sort_out(constraints), "liipaisimet": {}}
        cursor.execute(PG_LIIPAISIMET if connection.vendor == "postgresql" else SQLITE_LIIPAISIMET)
        for table, name, text in cursor.fetchall():
            tables.setdefault(table, {"liipaisimet": {}})["liipaisimet"][name] = text
    return tables


def _sort_out(constraints):
    """By name; SQLite numbers those that have none anew whenever it makes the table, so of them only what they are.

    The indexes for LIKE 'x%' are apart: raportit.0015 takes them away for good, and says so.
    """
    numbered = [each for name, each in constraints.items() if name.startswith("__unnamed")]
    named = {name: each for name, each in constraints.items() if not name.startswith("__unnamed")}
    return {name: each for name, each in named.items() if not name.endswith("_like")}, sorted(map(str, numbered))


def _describe(column):
    return (column.type_code, column.null_ok, column.default, column.display_size, column.precision, column.scale)


def _describe_constraints(constraints):
    """By name; SQLite numbers those without one by the order of the columns, which going back may change."""
    named = [("" if NUMEROITU.match(name) else name, told) for name, told in constraints.items()]
    return sorted(repr((name, sorted(told.items()))) for name, told in named)


def read_rows(schema):
    """{(table, column): digest of all that is in it, by the row's key}"""
    digests = {}
    with connection.cursor() as cursor:
        for table, told in schema.items():
            columns = sorted(told.get("sarakkeet", ()))
            if "id" not in columns or table == "django_migrations":
                continue
            names = ", ".join(f'"{column}"' for column in columns)
            cursor.execute(f'SELECT {names} FROM "{table}" ORDER BY id')  # noqa: S608  names of our own
            values = zip(*cursor.fetchall(), strict=True)
            for column, those in zip(columns, values, strict=False):
                digests[table, column] = hashlib.sha256(repr(those).encode()).hexdigest()
    return digests


def changed_tables(before, after):
    """{table: columns} that are there both before and after, and do not hold the same."""
    found = defaultdict(set)
    for table, column in before.keys() & after.keys():
        if before[table, column] != after[table, column]:
            found[table].add(column)
    return dict(found)


def add_rows(cast, count):
    """So many toimenpiteet in the open jakso, each with its kirjaus and the history of it."""
    tavoite = cast.vayla.tavoite
    own = {"kunta": cast.kunta, "tavoite": tavoite, "toimiala": cast.tekniset}
    new = [Toimenpide(**own, nimi=f"Teko {number}", jarjestys=100 + number) for number in range(count)]
    Toimenpide.objects.bulk_create(new, batch_size=2000)
    told = {"kunta": cast.kunta, "jakso": cast.jakso, "toteutumisaste": 3, "syy": "", "versio": 1}
    rows = [Kirjaus(**told, toimenpide=toimenpide, kommentti="Etenee – kevät. " * 20) for toimenpide in new]
    bulk_create_with_history(rows, Kirjaus, batch_size=2000)
