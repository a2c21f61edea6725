"""Two roles of PostgreSQL: the owner makes tables, triggers and functions; the application's only does a day's work.

What is to stay is not the application's to change: the rows of history, and those of a model that says which of its
fields may change (MUUTTUVAT, none where it is empty). A function with SECURITY DEFINER is the only way past that.
"""

from django.apps import apps
from psycopg import sql

TAULUT = "SELECT, INSERT, UPDATE, DELETE"


def frozen_tables():
    """{table: the columns that may change} of what is only added to."""
    frozen = {"django_migrations": None}  # None: not even added to
    for model in apps.get_models():
        if hasattr(model._meta, "simple_history_manager_attribute"):
            history = getattr(model, model._meta.simple_history_manager_attribute).model
            frozen[history._meta.db_table] = ()
        names = getattr(model, "MUUTTUVAT", None)
        if names is not None:
            frozen[model._meta.db_table] = tuple(model._meta.get_field(name).column for name in names)
    return frozen


def grant(cursor, rooli):
    """Give the application's role what a day's work needs, and take everything else away; by the owner, as often as
    one likes. New tables are granted by ALTER DEFAULT PRIVILEGES, and narrowed when `migrate` comes here again.
    """
    cursor.execute("SELECT current_database(), current_user")
    names = dict(zip(("kanta", "omistaja"), map(sql.Identifier, cursor.fetchone()), strict=True))
    names |= {"rooli": sql.Identifier(rooli), "taulut": sql.SQL(TAULUT)}
    for statement in (*_YLEISESTI, *_frozen(cursor)):
        cursor.execute(sql.SQL(statement).format(**names))
    _grant_functions(cursor, rooli)


_YLEISESTI = (
    # A temporary table of the same name would stand before a trigger's: nobody makes one here.
    "REVOKE CREATE, TEMPORARY ON DATABASE {kanta} FROM PUBLIC, {rooli}",
    "GRANT CONNECT ON DATABASE {kanta} TO {rooli}",
    "REVOKE CREATE ON SCHEMA public FROM PUBLIC, {rooli}",
    "GRANT USAGE ON SCHEMA public TO {rooli}",
    "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {rooli}",
    "REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, {rooli}",  # an identity column needs no right to its own
    "REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC, {rooli}",
    "GRANT {taulut} ON ALL TABLES IN SCHEMA public TO {rooli}",
    "ALTER DEFAULT PRIVILEGES FOR ROLE {omistaja} IN SCHEMA public GRANT {taulut} ON TABLES TO {rooli}",
    "ALTER DEFAULT PRIVILEGES FOR ROLE {omistaja} REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC",
)


def _frozen(cursor):
    """Of the tables and columns that are there: those of a newer version come with its `migrate`, which asks again."""
    cursor.execute("SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'")
    there = set(cursor.fetchall())
    for table, columns in frozen_tables().items():
        if table in {name for name, _column in there}:
            writes = "INSERT, UPDATE, DELETE" if columns is None else "UPDATE, DELETE"
            yield f"REVOKE {writes} ON {table} FROM {{rooli}}"
            if known := [column for column in columns or () if (table, column) in there]:
                yield f"GRANT UPDATE ({', '.join(known)}) ON {table} TO {{rooli}}"


def _grant_functions(cursor, rooli):
    """Those that do for the application what it may not do itself."""
    cursor.execute(
        "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef"
    )
    for (function,) in cursor.fetchall():
        cursor.execute(sql.SQL(f"GRANT EXECUTE ON FUNCTION {function} TO {{}}").format(sql.Identifier(rooli)))


# --- what it must not have


def list_powers(cursor, rooli):
    """What the role has that would make all of this empty words, as sentences; none when it is as it should be."""
    cursor.execute(_VALLAT, {"rooli": rooli})
    return [told for (told,) in cursor.fetchall()]


_VALLAT = """
    SELECT 'Rooli on pääkäyttäjä tai saa luoda rooleja tai kantoja.' FROM pg_roles WHERE rolname = %(rooli)s
        AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls)
    UNION ALL SELECT 'Rooli kuuluu rooliin ' || other.rolname || '.' FROM pg_auth_members
        JOIN pg_roles other ON other.oid = roleid JOIN pg_roles mine ON mine.oid = member WHERE mine.rolname = %(rooli)s
    UNION ALL SELECT 'Rooli omistaa taulun ' || relname || '.' FROM pg_class
        WHERE relowner = %(rooli)s::regrole AND relnamespace = 'public'::regnamespace AND relkind = 'r'
    UNION ALL SELECT 'Rooli omistaa funktion ' || proname || '.' FROM pg_proc
        WHERE proowner = %(rooli)s::regrole AND pronamespace = 'public'::regnamespace
    UNION ALL SELECT 'Rooli omistaa tietokannan.' FROM pg_database
        WHERE datdba = %(rooli)s::regrole AND datname = current_database()
    UNION ALL SELECT 'Rooli saa tehdä kantaan väliaikaisia tauluja tai skeemoja.'
        WHERE has_database_privilege(%(rooli)s, current_database(), 'TEMPORARY, CREATE')
    UNION ALL SELECT 'Rooli saa luoda skeemaan ' || nspname || '.' FROM pg_namespace
        WHERE nspname NOT LIKE 'pg\\_%%' AND has_schema_privilege(%(rooli)s, oid, 'CREATE')
    UNION ALL SELECT 'Rooli saa tyhjentää taulun tai muuttaa sen liipaisimia: ' || relname || '.' FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
        AND has_table_privilege(%(rooli)s, oid, 'TRUNCATE, TRIGGER, REFERENCES')
"""
