"""Triggers that keep what is closed closed, on every path: forms, commands, queryset.update and raw SQL.

SQLite drops a table's triggers when a migration rebuilds it, and refuses to rebuild a table that a trigger
names. So a migration that touches such a table begins with `TRIGGERS.remove_operation()` and ends with
`TRIGGERS.install_operation()`. `raportit` guards its own table with the same class.
"""

from strategia.models import Tapahtuma
from strategia.triggers import HAKUPOLKU, Triggers


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
        CREATE FUNCTION {name}_suljettu() RETURNS trigger LANGUAGE plpgsql {HAKUPOLKU} AS $$
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
        CREATE FUNCTION {name}_ei_tyhjenny() RETURNS trigger LANGUAGE plpgsql {HAKUPOLKU} AS $$
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


# A closed jakso is opened by the owner's function, which tells it in the audit; the application's role does it by no
# other way. Nor may it take the row away, or its id, from under what the row holds.
_JAKSO = Triggers(
    table="seuranta_seurantajakso",
    install_sql={
        "sqlite": (),
        "postgresql": (
            f"""
            CREATE FUNCTION seurantajakso_suljettu() RETURNS trigger LANGUAGE plpgsql {HAKUPOLKU} AS $$
            BEGIN
                IF (TG_OP = 'DELETE' OR OLD.tila <> NEW.tila OR OLD.id <> NEW.id OR OLD.kunta_id <> NEW.kunta_id
                    OR OLD.strategia_id <> NEW.strategia_id)
                    AND NOT pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE')
                THEN
                    RAISE EXCEPTION 'suljettu jakso' USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
            END $$
            """,  # noqa: S608  every word comes from this module, never from a user
            """
            CREATE TRIGGER seurantajakso_suljettu BEFORE UPDATE OR DELETE ON seuranta_seurantajakso
            FOR EACH ROW WHEN (OLD.tila = 'suljettu') EXECUTE FUNCTION seurantajakso_suljettu()
            """,
        ),
    },
    remove_sql={
        "sqlite": (),
        "postgresql": (
            "DROP TRIGGER IF EXISTS seurantajakso_suljettu ON seuranta_seurantajakso",
            "DROP FUNCTION IF EXISTS seurantajakso_suljettu()",
        ),
    },
)

# Not one of the triggers, which a migration takes away and sets up again: who may call it stays as it was granted.
AVAUS = f"""
    CREATE OR REPLACE FUNCTION public.avaa_jakso(
        suljettu bigint, avaaja bigint, syy text, mista text, mihin text, pyynto text, osoite text
    ) RETURNS void LANGUAGE plpgsql SECURITY DEFINER {HAKUPOLKU} AS $$
    DECLARE jakso public.seuranta_seurantajakso; tekija public.strategia_kayttaja;
    BEGIN
        UPDATE public.seuranta_seurantajakso SET tila = 'viimeistelyssa', avaamisen_syy = syy
        WHERE id = suljettu AND tila = 'suljettu' RETURNING * INTO jakso;
        SELECT * INTO tekija FROM public.strategia_kayttaja
        WHERE id = avaaja AND is_active AND (kunta_id = jakso.kunta_id OR is_superuser);
        IF jakso.id IS NULL OR tekija.id IS NULL OR btrim(syy) = '' THEN
            RAISE EXCEPTION 'jaksoa ei avata' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        INSERT INTO public.strategia_tapahtuma (kunta_id, milloin, laji, kuka_id, rooli, kohteen_laji, kohteen_id,
            kohteen_nimi, mista, mihin, pyynto_id, osoite)
        VALUES (jakso.kunta_id, now(), '{Tapahtuma.Laji.AVATTU_UUDELLEEN}', tekija.id,
            CASE WHEN tekija.kunta_id IS NULL THEN '' ELSE tekija.rooli END, 'seuranta.seurantajakso', jakso.id,
            left(jakso.nimi, 300), left(mista, 300), left(mihin, 300), left(pyynto, 32), left(osoite, 50));
    END $$
"""  # noqa: S608  every word comes from this module, never from a user
AVAUKSEN_TUNNUS = "public.avaa_jakso(bigint, bigint, text, text, text, text, text)"


# What is written in a jakso: a value by year or day and a risk of the whole plan have none, and none holds them.
TRIGGERS = _closed_jakso_triggers(
    "kirjaus",
    later=(
        _JAKSO,
        _closed_jakso_triggers("mittariarvo"),
        _closed_jakso_triggers("riski"),
        _closed_jakso_triggers("rivikysymys"),
        _closed_jakso_triggers(
            "osavastaus", "(SELECT kirjaus.jakso_id FROM seuranta_kirjaus kirjaus WHERE kirjaus.id = {row}.kirjaus_id)"
        ),
    ),
)
