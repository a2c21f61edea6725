"""Triggers that keep rows as they are, on every path: forms, commands, queryset.update and raw SQL.

SQLite drops a table's triggers when a migration rebuilds it, and refuses to rebuild a table that a trigger
names. So a migration that touches such a table begins with `TRIGGERS.remove_operation()` and ends with
`TRIGGERS.install_operation()`. Here those of the audit's table; the other apps guard their own with the same class.
"""

from dataclasses import dataclass

from django.db import migrations

from .models.kunta import SAILYTYS, SAILYTYS_VAHINTAAN
from .models.tapahtuma import Tapahtuma

# A function reads the tables of the application whatever its caller has put before them.
HAKUPOLKU = "SET search_path = pg_catalog, public, pg_temp"


@dataclass(frozen=True)
class Triggers:
    """SQL by database vendor ("sqlite", "postgresql"): what sets the triggers up and what takes them away.

    later: those of tables that a later migration makes, or of a column. An older migration sets up what there is to
    guard.
    """

    install_sql: dict[str, tuple[str, ...]]
    remove_sql: dict[str, tuple[str, ...]]
    table: str = ""
    column: str = ""
    later: tuple["Triggers", ...] = ()

    def install(self, connection):
        self._execute(connection, self.remove_sql)
        self._execute(connection, self.install_sql)
        for triggers in self._later_there(connection):
            triggers.install(connection)

    def remove(self, connection):
        self._execute(connection, self.remove_sql)
        for triggers in self._later_there(connection):
            triggers.remove(connection)

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

    def _later_there(self, connection):
        tables = set(connection.introspection.table_names()) if self.later else ()
        return [each for each in self.later if each.table in tables and each.has_column(connection)]

    def has_column(self, connection):
        if not self.column:
            return True
        with connection.cursor() as cursor:
            told = connection.introspection.get_table_description(cursor, self.table)
        return self.column in {column.name for column in told}

    def _execute(self, connection, sql):
        with connection.cursor() as cursor:
            for statement in sql[connection.vendor]:
                cursor.execute(statement)


# No row younger than the shortest time that a kunta may choose goes, whoever asks. The trigger names no other table:
# SQLite could then not rebuild that one.
_VANHA = {
    "sqlite": f"OLD.milloin < datetime('now', '-{SAILYTYS_VAHINTAAN} months')",
    "postgresql": f"OLD.milloin < now() - make_interval(months => {SAILYTYS_VAHINTAAN})",
}

TRIGGERS = Triggers(
    table="strategia_tapahtuma",
    install_sql={
        "sqlite": (
            """
            CREATE TRIGGER tapahtuma_update BEFORE UPDATE ON strategia_tapahtuma
            BEGIN SELECT RAISE(ABORT, 'tapahtuma on pysyvä'); END
            """,
            f"""
            CREATE TRIGGER tapahtuma_delete BEFORE DELETE ON strategia_tapahtuma
            WHEN NOT ({_VANHA["sqlite"]})
            BEGIN SELECT RAISE(ABORT, 'tapahtuma on pysyvä'); END
            """,
            # REPLACE takes the row in its way away without a word to the DELETE trigger.
            """
            CREATE TRIGGER tapahtuma_replace BEFORE INSERT ON strategia_tapahtuma
            WHEN EXISTS (SELECT 1 FROM strategia_tapahtuma WHERE id = NEW.id)
            BEGIN SELECT RAISE(ABORT, 'tapahtuma on pysyvä'); END
            """,
            """
            CREATE TRIGGER tapahtuma_kerran BEFORE INSERT ON strategia_tapahtuma
            WHEN NEW.kerta IS NOT NULL AND EXISTS (SELECT 1 FROM strategia_tapahtuma WHERE kerta = NEW.kerta)
            BEGIN SELECT RAISE(IGNORE); END
            """,
        ),
        "postgresql": (
            f"""
            CREATE FUNCTION public.tapahtuma_pysyva() RETURNS trigger LANGUAGE plpgsql
            {HAKUPOLKU} AS $$
            BEGIN
                IF TG_OP = 'DELETE' THEN
                    IF {_VANHA["postgresql"]} THEN RETURN OLD; END IF;
                END IF;
                RAISE EXCEPTION 'tapahtuma on pysyvä' USING ERRCODE = 'integrity_constraint_violation';
            END $$
            """,
            """
            CREATE TRIGGER tapahtuma_write BEFORE UPDATE OR DELETE ON strategia_tapahtuma
            FOR EACH ROW EXECUTE FUNCTION public.tapahtuma_pysyva()
            """,
            # The owner's function, the only way by which the application's own role takes rows away: those past their
            # kunta's date, and nothing else; it leaves a row of what it did.
            f"""
            CREATE FUNCTION public.siivoa_tapahtumat() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
            {HAKUPOLKU} AS $$
            DECLARE kunta record; poistettu bigint; yhteensa bigint := 0;
            BEGIN
                FOR kunta IN SELECT id, sailytys_kk FROM public.strategia_kunta UNION ALL SELECT NULL, {SAILYTYS} LOOP
                    DELETE FROM public.strategia_tapahtuma WHERE kunta_id IS NOT DISTINCT FROM kunta.id
                        AND milloin < now() - make_interval(months => kunta.sailytys_kk);
                    GET DIAGNOSTICS poistettu = ROW_COUNT;
                    IF poistettu > 0 THEN
                        INSERT INTO public.strategia_tapahtuma (kunta_id, milloin, laji, rooli, kohteen_laji,
                            kohteen_nimi, mista, mihin, pyynto_id, osoite)
                        VALUES (kunta.id, now(), '{Tapahtuma.Laji.TAPAHTUMIA_POISTETTU}', '', '',
                            '', '', poistettu, '', '');
                    END IF;
                    yhteensa := yhteensa + poistettu;
                END LOOP;
                RETURN yhteensa;
            END $$
            """,  # noqa: S608  every word comes from this module, never from a user
            # TRUNCATE meets no trigger of a row.
            """
            CREATE TRIGGER tapahtuma_truncate BEFORE TRUNCATE ON strategia_tapahtuma
            FOR EACH STATEMENT EXECUTE FUNCTION public.tapahtuma_pysyva()
            """,
        ),
    },
    remove_sql={
        "sqlite": tuple(
            f"DROP TRIGGER IF EXISTS tapahtuma_{name}" for name in ("update", "delete", "replace", "kerran")
        ),
        "postgresql": (
            "DROP TRIGGER IF EXISTS tapahtuma_write ON strategia_tapahtuma",
            "DROP TRIGGER IF EXISTS tapahtuma_truncate ON strategia_tapahtuma",
            "DROP FUNCTION IF EXISTS public.tapahtuma_pysyva()",
            "DROP FUNCTION IF EXISTS public.siivoa_tapahtumat()",
        ),
    },
)

# From which moment a person has had the rooli, whatever path changes it: page, admin, import, sign-in, raw SQL.
ROOLIN_ALKU = Triggers(
    table="strategia_kayttaja",
    install_sql={
        "sqlite": (
            """
            CREATE TRIGGER rooli_alkaen AFTER UPDATE OF rooli ON strategia_kayttaja WHEN OLD.rooli <> NEW.rooli
            BEGIN
                UPDATE strategia_kayttaja SET rooli_alkaen = strftime('%Y-%m-%d %H:%M:%f', 'now') WHERE id = NEW.id;
            END
            """,
        ),
        "postgresql": (
            """
            CREATE FUNCTION public.rooli_alkaen() RETURNS trigger LANGUAGE plpgsql
            SET search_path = pg_catalog, public, pg_temp AS $$
            BEGIN NEW.rooli_alkaen := clock_timestamp(); RETURN NEW; END $$
            """,
            """
            CREATE TRIGGER rooli_alkaen BEFORE UPDATE ON strategia_kayttaja FOR EACH ROW
            WHEN (OLD.rooli IS DISTINCT FROM NEW.rooli) EXECUTE FUNCTION public.rooli_alkaen()
            """,
        ),
    },
    remove_sql={
        "sqlite": ("DROP TRIGGER IF EXISTS rooli_alkaen",),
        "postgresql": (
            "DROP TRIGGER IF EXISTS rooli_alkaen ON strategia_kayttaja",
            "DROP FUNCTION IF EXISTS public.rooli_alkaen()",
        ),
    },
)
