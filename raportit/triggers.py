"""Triggers that freeze a raporttiversio, its files and who published it: what was is neither changed nor deleted."""

from strategia.triggers import HAKUPOLKU, Triggers

# Not tekijan_nimi: after its time the name becomes a role, see raportit/tekijat.py.
FROZEN = ("id", "kunta_id", "jakso_id", "numero", "data", "sha256", "luotu", "tekija_id")
JULKAISUN = ("id", "kunta_id", "versio_id", "tila", "aika", "tekija_id")


def _changes(columns):
    """The condition that one of the columns changes, by vendor."""
    return {
        "sqlite": " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns),
        "postgresql": " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns),
    }


_CHANGED, _JULKAISU_CHANGED = _changes(FROZEN), _changes(JULKAISUN)

# Not tunnus among FROZEN: an older migration freezes the table before it has that column.
_TUNNUKSET = Triggers(
    table="raportit_jaadytettytunnus",
    install_sql={
        "sqlite": (
            """
            CREATE TRIGGER versiotunnus_update BEFORE UPDATE OF tunnus ON raportit_raporttiversio
            WHEN OLD.tunnus IS NOT NEW.tunnus
            BEGIN SELECT RAISE(ABORT, 'raporttiversio on pysyvä'); END
            """,
            # REPLACE takes the row in its way away without a word to the DELETE trigger.
            """
            CREATE TRIGGER versiotunnus_replace BEFORE INSERT ON raportit_raporttiversio
            WHEN EXISTS (SELECT 1 FROM raportit_raporttiversio WHERE tunnus = NEW.tunnus)
            BEGIN SELECT RAISE(ABORT, 'raporttiversio on pysyvä'); END
            """,
            """
            CREATE TRIGGER tunnus_update BEFORE UPDATE ON raportit_jaadytettytunnus
            BEGIN SELECT RAISE(ABORT, 'raporttiversio on pysyvä'); END
            """,
            """
            CREATE TRIGGER tunnus_delete BEFORE DELETE ON raportit_jaadytettytunnus
            BEGIN SELECT RAISE(ABORT, 'raporttiversio on pysyvä'); END
            """,
            """
            CREATE TRIGGER tunnus_replace BEFORE INSERT ON raportit_jaadytettytunnus
            WHEN EXISTS (
                SELECT 1 FROM raportit_jaadytettytunnus WHERE id = NEW.id
                OR (versio_id = NEW.versio_id AND laji = NEW.laji AND jaadytetty_id = NEW.jaadytetty_id)
            )
            BEGIN SELECT RAISE(ABORT, 'raporttiversio on pysyvä'); END
            """,
        ),
        "postgresql": (
            f"""
            CREATE FUNCTION public.tunnus_pysyva() RETURNS trigger LANGUAGE plpgsql {HAKUPOLKU} AS $$
            BEGIN
                RAISE EXCEPTION 'raporttiversio on pysyvä' USING ERRCODE = 'integrity_constraint_violation';
            END $$
            """,
            """
            CREATE TRIGGER versiotunnus_update BEFORE UPDATE ON raportit_raporttiversio
            FOR EACH ROW WHEN (OLD.tunnus IS DISTINCT FROM NEW.tunnus) EXECUTE FUNCTION public.tunnus_pysyva()
            """,
            """
            CREATE TRIGGER tunnus_write BEFORE UPDATE OR DELETE ON raportit_jaadytettytunnus
            FOR EACH ROW EXECUTE FUNCTION public.tunnus_pysyva()
            """,
            # TRUNCATE meets no trigger of a row.
            """
            CREATE TRIGGER tunnus_truncate BEFORE TRUNCATE ON raportit_jaadytettytunnus
            FOR EACH STATEMENT EXECUTE FUNCTION public.tunnus_pysyva()
            """,
        ),
    },
    remove_sql={
        "sqlite": tuple(
            f"DROP TRIGGER IF EXISTS {name}"
            for name in ("versiotunnus_update", "versiotunnus_replace")
            + ("tunnus_update", "tunnus_delete", "tunnus_replace")
        ),
        "postgresql": (
            "DROP TRIGGER IF EXISTS versiotunnus_update ON raportit_raporttiversio",
            "DROP TRIGGER IF EXISTS tunnus_write ON raportit_jaadytettytunnus",
            "DROP TRIGGER IF EXISTS tunnus_truncate ON raportit_jaadytettytunnus",
            "DROP FUNCTION IF EXISTS public.tunnus_pysyva()",
        ),
    },
)

_SIIRTYMA = Triggers(
    table="raportit_raporttiversio",
    column="siirtyma",
    install_sql={
        "sqlite": (
            """
            CREATE TRIGGER siirtyma_update BEFORE UPDATE OF siirtyma ON raportit_raporttiversio
            WHEN OLD.siirtyma IS NOT NEW.siirtyma
            BEGIN SELECT RAISE(ABORT, 'raporttiversio on pysyvä'); END
            """,
        ),
        "postgresql": (
            f"""
            CREATE FUNCTION public.siirtyma_pysyva() RETURNS trigger LANGUAGE plpgsql {HAKUPOLKU} AS $$
            BEGIN
                RAISE EXCEPTION 'raporttiversio on pysyvä' USING ERRCODE = 'integrity_constraint_violation';
            END $$
            """,
            """
            CREATE TRIGGER siirtyma_update BEFORE UPDATE ON raportit_raporttiversio
            FOR EACH ROW WHEN (OLD.siirtyma IS DISTINCT FROM NEW.siirtyma) EXECUTE FUNCTION public.siirtyma_pysyva()
            """,
        ),
    },
    remove_sql={
        "sqlite": ("DROP TRIGGER IF EXISTS siirtyma_update",),
        "postgresql": (
            "DROP TRIGGER IF EXISTS siirtyma_update ON raportit_raporttiversio",
            "DROP FUNCTION IF EXISTS public.siirtyma_pysyva()",
        ),
    },
)

TRIGGERS = Triggers(
    later=(_TUNNUKSET, _SIIRTYMA),
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
            # REPLACE takes the row in its way away without a word to the DELETE trigger.
            """
            CREATE TRIGGER raporttiversio_replace BEFORE INSERT ON raportit_raporttiversio
            WHEN EXISTS (
                SELECT 1 FROM raportit_raporttiversio
                WHERE id = NEW.id OR (jakso_id = NEW.jakso_id AND numero = NEW.numero)
            )
            BEGIN SELECT RAISE(ABORT, 'raporttiversio on pysyvä'); END
            """,
            """
            CREATE TRIGGER tallenne_update BEFORE UPDATE ON raportit_tallenne
            BEGIN SELECT RAISE(ABORT, 'raporttiversio on pysyvä'); END
            """,
            """
            CREATE TRIGGER tallenne_delete BEFORE DELETE ON raportit_tallenne
            BEGIN SELECT RAISE(ABORT, 'raporttiversio on pysyvä'); END
            """,
            """
            CREATE TRIGGER tallenne_replace BEFORE INSERT ON raportit_tallenne
            WHEN EXISTS (
                SELECT 1 FROM raportit_tallenne
                WHERE id = NEW.id OR (versio_id = NEW.versio_id AND muoto = NEW.muoto)
            )
            BEGIN SELECT RAISE(ABORT, 'raporttiversio on pysyvä'); END
            """,
            f"""
            CREATE TRIGGER julkaisu_update BEFORE UPDATE ON raportit_julkaisu
            WHEN {_JULKAISU_CHANGED["sqlite"]}
            BEGIN SELECT RAISE(ABORT, 'raporttiversio on pysyvä'); END
            """,
            """
            CREATE TRIGGER julkaisu_delete BEFORE DELETE ON raportit_julkaisu
            BEGIN SELECT RAISE(ABORT, 'raporttiversio on pysyvä'); END
            """,
            """
            CREATE TRIGGER julkaisu_replace BEFORE INSERT ON raportit_julkaisu
            WHEN EXISTS (SELECT 1 FROM raportit_julkaisu WHERE id = NEW.id)
            BEGIN SELECT RAISE(ABORT, 'raporttiversio on pysyvä'); END
            """,
        ),
        "postgresql": (
            f"""
            CREATE FUNCTION raporttiversio_pysyva() RETURNS trigger LANGUAGE plpgsql {HAKUPOLKU} AS $$
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
            # TRUNCATE meets no trigger of a row.
            """
            CREATE TRIGGER raporttiversio_truncate BEFORE TRUNCATE ON raportit_raporttiversio
            FOR EACH STATEMENT EXECUTE FUNCTION raporttiversio_pysyva()
            """,
            """
            CREATE TRIGGER tallenne_write BEFORE UPDATE OR DELETE ON raportit_tallenne
            FOR EACH ROW EXECUTE FUNCTION raporttiversio_pysyva()
            """,
            """
            CREATE TRIGGER tallenne_truncate BEFORE TRUNCATE ON raportit_tallenne
            FOR EACH STATEMENT EXECUTE FUNCTION raporttiversio_pysyva()
            """,
            f"""
            CREATE TRIGGER julkaisu_update BEFORE UPDATE ON raportit_julkaisu
            FOR EACH ROW WHEN ({_JULKAISU_CHANGED["postgresql"]}) EXECUTE FUNCTION raporttiversio_pysyva()
            """,
            """
            CREATE TRIGGER julkaisu_delete BEFORE DELETE ON raportit_julkaisu
            FOR EACH ROW EXECUTE FUNCTION raporttiversio_pysyva()
            """,
            # The owner's function: of one whose own row no longer tells a name, and nothing but that name.
            f"""
            CREATE FUNCTION public.nimi_rooliksi(henkilo bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
            {HAKUPOLKU} AS $$
            DECLARE uusi text;
            BEGIN
                SELECT nimi INTO uusi FROM public.strategia_kayttaja
                    WHERE id = henkilo AND NOT is_active AND email LIKE '%@tunnus.invalid'
                    AND nimi ~ '^[a-zåäö]+ [(]poistunut[)]$';  -- a role, never another's name
                IF uusi IS NULL THEN
                    RAISE EXCEPTION 'nimi on säilytettävä' USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                UPDATE public.raportit_raporttiversio SET tekijan_nimi = uusi WHERE tekija_id = henkilo;
                UPDATE public.raportit_julkaisu SET tekijan_nimi = uusi WHERE tekija_id = henkilo;
            END $$
            """,  # noqa: S608  every word comes from this module, never from a user
            """
            CREATE TRIGGER julkaisu_truncate BEFORE TRUNCATE ON raportit_julkaisu
            FOR EACH STATEMENT EXECUTE FUNCTION raporttiversio_pysyva()
            """,
        ),
    },
    remove_sql={
        "sqlite": (
            "DROP TRIGGER IF EXISTS raporttiversio_update",
            "DROP TRIGGER IF EXISTS raporttiversio_delete",
            "DROP TRIGGER IF EXISTS raporttiversio_replace",
            "DROP TRIGGER IF EXISTS tallenne_update",
            "DROP TRIGGER IF EXISTS tallenne_delete",
            "DROP TRIGGER IF EXISTS tallenne_replace",
            "DROP TRIGGER IF EXISTS julkaisu_update",
            "DROP TRIGGER IF EXISTS julkaisu_delete",
            "DROP TRIGGER IF EXISTS julkaisu_replace",
        ),
        "postgresql": (
            "DROP TRIGGER IF EXISTS raporttiversio_update ON raportit_raporttiversio",
            "DROP TRIGGER IF EXISTS raporttiversio_delete ON raportit_raporttiversio",
            "DROP TRIGGER IF EXISTS raporttiversio_truncate ON raportit_raporttiversio",
            "DROP TRIGGER IF EXISTS tallenne_write ON raportit_tallenne",
            "DROP TRIGGER IF EXISTS tallenne_truncate ON raportit_tallenne",
            "DROP TRIGGER IF EXISTS julkaisu_write ON raportit_julkaisu",
            "DROP TRIGGER IF EXISTS julkaisu_update ON raportit_julkaisu",
            "DROP TRIGGER IF EXISTS julkaisu_delete ON raportit_julkaisu",
            "DROP TRIGGER IF EXISTS julkaisu_truncate ON raportit_julkaisu",
            "DROP FUNCTION IF EXISTS raporttiversio_pysyva()",
            "DROP FUNCTION IF EXISTS public.nimi_rooliksi(bigint)",
        ),
    },
)
