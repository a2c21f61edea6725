"""Triggers that freeze a raporttiversio: what the council saw is neither changed nor deleted, only published."""

from seuranta.triggers import Triggers

FROZEN = ("kunta_id", "jakso_id", "numero", "data", "sha256", "luotu", "tekija_id", "tekijan_nimi")
_CHANGED = {
    "sqlite": " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in FROZEN),
    "postgresql": " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in FROZEN),
}

TRIGGERS = Triggers(
    install_sql={
        "sqlite": (
            f"""
            CREATE TRIGGER raporttiversio_update BEFORE UPDATE ON raportit_raporttiversio
            WHEN {_CHANGED["sqlite"]}
            BEGIN SELECT RAISE(ABORT, 'raporttiversio on pysyvä'); END
            """,
            """
            CREATE TRIGGER raporttiversio_delete BEFORE DELETE ON raportit_raporttiversio
            BEGIN SELECT RAISE(ABORT, 'raporttiversio on pysyvä'); END
            """,
        ),
        "postgresql": (
            """
            CREATE FUNCTION raporttiversio_pysyva() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'raporttiversio on pysyvä' USING ERRCODE = 'integrity_constraint_violation';
            END $$
            """,
            f"""
            CREATE TRIGGER raporttiversio_update BEFORE UPDATE ON raportit_raporttiversio
            FOR EACH ROW WHEN ({_CHANGED["postgresql"]}) EXECUTE FUNCTION raporttiversio_pysyva()
            """,
            """
            CREATE TRIGGER raporttiversio_delete BEFORE DELETE ON raportit_raporttiversio
            FOR EACH ROW EXECUTE FUNCTION raporttiversio_pysyva()
            """,
        ),
    },
    remove_sql={
        "sqlite": (
            "DROP TRIGGER IF EXISTS raporttiversio_update",
            "DROP TRIGGER IF EXISTS raporttiversio_delete",
        ),
        "postgresql": (
            "DROP TRIGGER IF EXISTS raporttiversio_update ON raportit_raporttiversio",
            "DROP TRIGGER IF EXISTS raporttiversio_delete ON raportit_raporttiversio",
            "DROP FUNCTION IF EXISTS raporttiversio_pysyva()",
        ),
    },
)
