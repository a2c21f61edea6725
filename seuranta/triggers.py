"""Triggers that keep what is closed closed, on every path: forms, commands, queryset.update and raw SQL.

SQLite drops a table's triggers when a migration rebuilds it, and refuses to rebuild a table that a trigger
names. So a migration that touches such a table begins with `TRIGGERS.remove_operation()` and ends with
`TRIGGERS.install_operation()`. `raportit` guards its own table with the same class.
"""

from dataclasses import dataclass

from django.db import migrations


@dataclass(frozen=True)
class Triggers:
    """SQL by database vendor ("sqlite", "postgresql"): what sets the triggers up and what takes them away."""

    install_sql: dict[str, tuple[str, ...]]
    remove_sql: dict[str, tuple[str, ...]]

    def install(self, connection):
        self._execute(connection, self.remove_sql)
        self._execute(connection, self.install_sql)

    def remove(self, connection):
        self._execute(connection, self.remove_sql)

    def install_operation(self):
        return migrations.RunPython(
            lambda apps, schema_editor: self.install(schema_editor.connection),
            lambda apps, schema_editor: self.remove(schema_editor.connection),
        )

    def remove_operation(self):
        return migrations.RunPython(
            lambda apps, schema_editor: self.remove(schema_editor.connection),
            lambda apps, schema_editor: self.install(schema_editor.connection),
        )

    def _execute(self, connection, sql):
        with connection.cursor() as cursor:
            for statement in sql[connection.vendor]:
                cursor.execute(statement)


def _sqlite_kirjaus_trigger(event, jaksot):
    return f"""
        CREATE TRIGGER kirjaus_suljettu_{event.lower()} BEFORE {event} ON seuranta_kirjaus
        WHEN EXISTS (SELECT 1 FROM seuranta_seurantajakso WHERE tila = 'suljettu' AND id IN ({jaksot}))
        BEGIN SELECT RAISE(ABORT, 'suljettu jakso'); END
    """  # noqa: S608  the two words come from the lines below, never from a user


_JAKSO_OF_THE_SAME_ID = "(SELECT jakso_id FROM seuranta_kirjaus WHERE id = NEW.id)"

# A write to a kirjaus whose jakso is closed, or which would move it into or out of a closed one, is refused.
TRIGGERS = Triggers(
    install_sql={
        "sqlite": (
            # REPLACE takes the row with the same id away without a word to the DELETE trigger.
            _sqlite_kirjaus_trigger("INSERT", f"NEW.jakso_id, {_JAKSO_OF_THE_SAME_ID}"),
            _sqlite_kirjaus_trigger("UPDATE", f"OLD.jakso_id, NEW.jakso_id, {_JAKSO_OF_THE_SAME_ID}"),
            _sqlite_kirjaus_trigger("DELETE", "OLD.jakso_id"),
        ),
        "postgresql": (
            # FOR SHARE waits for a closing in progress, which holds FOR UPDATE; the next statement of the
            # function has a snapshot of its own and sees the jakso closed.
            """
            CREATE FUNCTION kirjaus_suljettu() RETURNS trigger LANGUAGE plpgsql AS $$
            DECLARE jaksot bigint[];
            BEGIN
                jaksot := CASE TG_OP WHEN 'INSERT' THEN ARRAY[NEW.jakso_id]
                                     WHEN 'DELETE' THEN ARRAY[OLD.jakso_id]
                                     ELSE ARRAY[OLD.jakso_id, NEW.jakso_id] END;
                PERFORM 1 FROM seuranta_seurantajakso WHERE id = ANY (jaksot) ORDER BY id FOR SHARE;
                IF EXISTS (SELECT 1 FROM seuranta_seurantajakso WHERE id = ANY (jaksot) AND tila = 'suljettu') THEN
                    RAISE EXCEPTION 'suljettu jakso' USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
            END $$
            """,
            """
            CREATE TRIGGER kirjaus_suljettu BEFORE INSERT OR UPDATE OR DELETE ON seuranta_kirjaus
            FOR EACH ROW EXECUTE FUNCTION kirjaus_suljettu()
            """,
            # TRUNCATE meets no trigger of a row.
            """
            CREATE FUNCTION kirjaus_ei_tyhjenny() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF EXISTS (SELECT 1 FROM seuranta_seurantajakso WHERE tila = 'suljettu') THEN
                    RAISE EXCEPTION 'suljettu jakso' USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN NULL;
            END $$
            """,
            """
            CREATE TRIGGER kirjaus_ei_tyhjenny BEFORE TRUNCATE ON seuranta_kirjaus
            FOR EACH STATEMENT EXECUTE FUNCTION kirjaus_ei_tyhjenny()
            """,
        ),
    },
    remove_sql={
        "sqlite": tuple(f"DROP TRIGGER IF EXISTS kirjaus_suljettu_{e}" for e in ("insert", "update", "delete")),
        "postgresql": (
            "DROP TRIGGER IF EXISTS kirjaus_suljettu ON seuranta_kirjaus",
            "DROP FUNCTION IF EXISTS kirjaus_suljettu()",
            "DROP TRIGGER IF EXISTS kirjaus_ei_tyhjenny ON seuranta_kirjaus",
            "DROP FUNCTION IF EXISTS kirjaus_ei_tyhjenny()",
        ),
    },
)
