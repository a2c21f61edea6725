"""The schema -> the same in declarative partitions by hash of kunta, as a database distributed by kunta needs it.

Of every table whose rows have a kunta: the kunta is in its primary key, in each unique index and in each foreign key to
it; checks, indexes and triggers are as they were. `make test-osioitu` runs the tests on it. Tables where a row may have
no kunta (people, acts, histories) stay whole, as reference tables would, and so a foreign key from one of them to a
partitioned table falls away: its rows name no kunta that the key could hold. Whole stays also what no two kunnat may
have: a unique index of a partitioned table holds within a kunta only.
"""

from django.db import transaction

OSIA = 4
KAIKKIEN = ("strategia_kunnanosoite",)  # an old public address is given to no other kunta


def partition(cursor, parts=OSIA) -> list[str]:
    """The names of the tables partitioned; all in the caller's transaction."""
    tables, keys = _tables(cursor), _foreign_keys(cursor)
    for key in keys:
        if key["to"] in tables or key["of"] in tables:
            cursor.execute(f'ALTER TABLE {key["of"]} DROP CONSTRAINT "{key["name"]}"')
    for table in tables:
        _rebuild(cursor, table, parts)
    for key in keys:
        if key["to"] in tables or key["of"] in tables:
            _put_back(cursor, key, tables)
    return tables


def count_partitioned(cursor):
    """What the database itself says."""
    cursor.execute("SELECT count(*) FROM pg_class WHERE relkind = 'p' AND relnamespace = 'public'::regnamespace")
    return cursor.fetchone()[0]


def _rows(cursor, sql, *params):
    cursor.execute(sql, params)
    return cursor.fetchall()


def _tables(cursor):
    found = _rows(
        cursor,
        """
        SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attname = 'kunta_id' AND a.attnotnull
        ORDER BY 1
        """,
    )
    return [name for (name,) in found if name not in KAIKKIEN]


def _foreign_keys(cursor):
    found = _rows(
        cursor,
        """
        SELECT k.conname, k.conrelid::regclass::text, k.confrelid::regclass::text, a.attname,
               pg_get_constraintdef(k.oid),
               EXISTS (SELECT 1 FROM pg_attribute o WHERE o.attrelid = k.conrelid AND o.attname = 'kunta_id')
        FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
        WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace
        """,
    )
    return [dict(zip(("name", "of", "to", "column", "told", "on_kunta"), row, strict=True)) for row in found]


def _put_back(cursor, key, tables):
    """A key to a partitioned table names the kunta too; of a row that has none it falls away."""
    told = key["told"]
    if key["to"] in tables:
        if not key["on_kunta"]:
            return
        told = f'FOREIGN KEY ("{key["column"]}", kunta_id) REFERENCES {key["to"]} (id, kunta_id)'
        told += " DEFERRABLE INITIALLY DEFERRED"
    cursor.execute(f'ALTER TABLE {key["of"]} ADD CONSTRAINT "{key["name"]}" {told}')


def _rebuild(cursor, table, parts):
    checks, indexes, triggers = (_rows(cursor, sql, table) for sql in (_CHECKS, _INDEXES, _TRIGGERS))
    new = f"{table}_uusi"
    cursor.execute(f"CREATE TABLE {new} (LIKE {table} INCLUDING DEFAULTS) PARTITION BY HASH (kunta_id)")
    for part in range(parts):
        within = f"FOR VALUES WITH (MODULUS {parts}, REMAINDER {part})"
        cursor.execute(f"CREATE TABLE {table}_osa{part} PARTITION OF {new} {within}")
    cursor.execute(f"INSERT INTO {new} SELECT * FROM {table}")  # noqa: S608
    cursor.execute(f"DROP TABLE {table}")
    cursor.execute(f"ALTER TABLE {new} RENAME TO {table}")
    cursor.execute(f"CREATE SEQUENCE {table}_id_seq OWNED BY {table}.id")
    cursor.execute(f"ALTER TABLE {table} ALTER id SET DEFAULT nextval('{table}_id_seq')")
    cursor.execute(f"SELECT setval('{table}_id_seq', coalesce(max(id), 1), max(id) IS NOT NULL) FROM {table}")  # noqa: S608
    cursor.execute(f"ALTER TABLE {table} ADD PRIMARY KEY (id, kunta_id)")
    for name, told in checks:
        cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {told}')
    for told, is_unique in indexes:
        cursor.execute(_with_kunta(told) if is_unique else told)
    for (told,) in triggers:
        cursor.execute(told)


_CHECKS = """
    SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'c' AND conrelid = %s::regclass
"""
_INDEXES = """
    SELECT pg_get_indexdef(indexrelid), indisunique FROM pg_index WHERE indrelid = %s::regclass AND NOT indisprimary
"""
_TRIGGERS = "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal"


def _with_kunta(told):
    """The definition of a unique index, the kunta among its columns."""
    head, _btree, rest = told.partition("USING btree (")
    columns, depth = "", 1
    for place, letter in enumerate(rest):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if not depth:
            columns, rest = rest[:place], rest[place:]
            break
    named = [name.strip() for name in columns.split(",")]
    return told if "kunta_id" in named else f"{head}USING btree ({columns}, kunta_id{rest}"


def partition_database(connection):
    """Print how many tables the database then says are partitioned. Raises RuntimeError where none is.

    GROUP BY has to name every column: the id alone is no key of a partitioned table.
    """
    type(connection.features).allows_group_by_selected_pks = False
    with transaction.atomic(), connection.cursor() as cursor:
        partition(cursor)
        count = count_partitioned(cursor)
    if not count:
        raise RuntimeError("Yhtään taulua ei ole osioitu")
    print(f"osioituja tauluja {count}")  # shown by -s
