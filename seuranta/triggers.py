"""Triggers that keep what is closed closed, on every path: forms, commands, queryset.update and raw SQL.

SQLite drops a table's triggers when a migration rebuilds it, and refuses to rebuild a table that a trigger
names. So a migration that touches such a table begins with `TRIGGERS.remove_operation()` and ends with
`TRIGGERS.install_operation()`. `raportit` guards its own table with the same class.
"""

from strategia.triggers import Triggers


def _closed_jakso_triggers(name, jakso="{row}.jakso_id", later=()):
    """A write to a row whose jakso is closed, or which would move it into or out of a closed one, is refused.

    name: of the model in lower case. jakso: an expression that gives the id of the jakso of {row}, of any row.
    """
    table = f"seuranta_{name}"
    return Triggers(
        table=table,
        later=later,
        install_sql={"sqlite": _sqlite(name, table, jakso), "postgresql": _postgresql(name, table, jakso)},
        remove_sql={
            "sqlite": tuple(f"DROP TRIGGER IF EXISTS {name}_suljettu_{e}" for e in ("insert", "update", "delete")),
            "postgresql": (
                f"DROP TRIGGER IF EXISTS {name}_suljettu ON {table}",
                f"DROP FUNCTION IF EXISTS {name}_suljettu()",
                f"DROP TRIGGER IF EXISTS {name}_ei_tyhjenny ON {table}",
                f"DROP FUNCTION IF EXISTS {name}_ei_tyhjenny()",
            ),
        },
    )


def _sqlite(name, table, jakso):
    new, old = jakso.format(row="NEW"), jakso.format(row="OLD")
    # REPLACE takes the row with the same id away without a word to the DELETE trigger.
    replaced = f"(SELECT {jakso.format(row='vanha')} FROM {table} vanha WHERE vanha.id = NEW.id)"  # noqa: S608
    return tuple(
        f"""
        CREATE TRIGGER {name}_suljettu_{event.lower()} BEFORE {event} ON {table}
        WHEN EXISTS (SELECT 1 FROM seuranta_seurantajakso WHERE tila = 'suljettu' AND id IN ({jaksot}))
        BEGIN SELECT RAISE(ABORT, 'suljettu jakso'); END
        """  # noqa: S608  every word comes from this module, never from a user
        for event, jaksot in (
            ("INSERT", f"{new}, {replaced}"),
            ("UPDATE", f"{old}, {new}, {replaced}"),
            ("DELETE", old),
        )
    )


def _postgresql(name, table, jakso):
    new, old = jakso.format(row="NEW"), jakso.format(row="OLD")
    return (
        # FOR SHARE waits for a closing in progress, which holds FOR UPDATE; the next statement of the
        # function has a snapshot of its own and sees the jakso closed.
        f"""
        CREATE FUNCTION {name}_suljettu() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE jaksot bigint[];
        BEGIN
            jaksot := CASE TG_OP WHEN 'INSERT' THEN ARRAY[{new}]
                                 WHEN 'DELETE' THEN ARRAY[{old}]
                                 ELSE ARRAY[{old}, {new}] END;
            PERFORM 1 FROM seuranta_seurantajakso WHERE id = ANY (jaksot) ORDER BY id FOR SHARE;
            IF EXISTS (SELECT 1 FROM seuranta_seurantajakso WHERE id = ANY (jaksot) AND tila = 'suljettu') THEN
                RAISE EXCEPTION 'suljettu jakso' USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
        END $$
        """,  # noqa: S608  every word comes from this module, never from a user
        f"""
        CREATE TRIGGER {name}_suljettu BEFORE INSERT OR UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION {name}_suljettu()
        """,
        # TRUNCATE meets no trigger of a row.
        f"""
        CREATE FUNCTION {name}_ei_tyhjenny() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS (SELECT 1 FROM seuranta_seurantajakso WHERE tila = 'suljettu') THEN
                RAISE EXCEPTION 'suljettu jakso' USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NULL;
        END $$
        """,  # noqa: S608  every word comes from this module, never from a user
        f"""
        CREATE TRIGGER {name}_ei_tyhjenny BEFORE TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION {name}_ei_tyhjenny()
        """,
    )


# What is written in a jakso: a value by year or day and a risk of the whole plan have none, and none holds them.
TRIGGERS = _closed_jakso_triggers(
    "kirjaus",
    later=(
        _closed_jakso_triggers("mittariarvo"),
        _closed_jakso_triggers("riski"),
        _closed_jakso_triggers("rivikysymys"),
        _closed_jakso_triggers(
            "osavastaus", "(SELECT kirjaus.jakso_id FROM seuranta_kirjaus kirjaus WHERE kirjaus.id = {row}.kirjaus_id)"
        ),
    ),
)
