"""The application's role does a day's work and nothing else: no statement of the list of attacks gets through."""

import os
import re

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, connections, models
from django.test import override_settings
from django.test.utils import isolate_apps

from raportit.models import Raporttiversio
from raportit.triggers import FROZEN
from seuranta.models import Kirjaus, Seurantajakso
from strategia.kantaroolit import frozen_tables
from strategia.models import Tapahtuma
from strategia.omistaja import _connect_as, as_owner
from strategia.tapahtuma import record

from .cast import build_cast, create_jakso, create_kirjaus
from .sovelluksena import ROOLI, as_application, connect
from .ymparisto import JUURI

pytestmark = [pytest.mark.vain_postgres, pytest.mark.django_db(transaction=True)]


# --- what it may not


def read_attacks():
    """({what: the statements of it}, the same of those that PostgreSQL answers by a warning)."""
    text = (JUURI / "tests" / "hyokkaykset.sql").read_text()
    parts = text.split("-- === What PostgreSQL refuses by a warning")
    return [dict(re.findall(r"^-- (?!===)(.+)\n((?:[^-\n].*\n)+)", part, re.M)) for part in parts]


def test_no_attack_gets_through(names):
    (attacks, warned), through, before = read_attacks(), [], read_what_stays()
    with as_application():
        through = [what for what, statements in attacks.items() if not is_refused(fill(statements, names))]
        for statements in warned.values():
            run(fill(statements, names))
    assert (through, len(attacks) > 130, len(warned)) == ([], True, 5)
    assert read_what_stays() == before


def fill(statements, names):
    return re.sub(r"\{(\w+)\}", lambda name: str(names[name[1]]), statements)


def is_refused(statements):
    try:
        run(statements)
    except psycopg.Error as error:
        # A statement with a mistake of its own would prove nothing.
        assert not isinstance(error, psycopg.errors.SyntaxError | psycopg.errors.UndefinedColumn), (statements, error)
        return True
    return False


def run(statements):
    """As one transaction, of a connection that has done nothing before."""
    with connect() as raw:
        raw.execute(statements)


@pytest.fixture
def names(transactional_db):
    """What the statements call by name: ids of the cast, the owner and the database."""
    cast = build_cast()
    cast.versio.publish(by=cast.kaisa)
    record(Tapahtuma.Laji.JULKAISTU, by=cast.kaisa, kunta=cast.kunta, kohde=cast.versio)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_database()")
        omistaja, kanta = cursor.fetchone()
    closed = Kirjaus.objects.filter(jakso=cast.edellinen).first()
    vieras = create_jakso(cast.naapuri.strategia, "Naapurin jakso", 1, 4, jarjestys=9)
    Seurantajakso.objects.filter(pk=vieras.pk).update(tila="suljettu")
    luonnos = create_kirjaus(cast.jakso, cast.toimenpiteet[0], 3, "Kesken.")
    luonnos.save()
    return {
        "suljettu": cast.edellinen.pk,
        "vieras": vieras.pk,
        "avoin": cast.jakso.pk,
        "kirjaus": closed.pk,
        "luonnos": luonnos.pk,
        "toimenpide": cast.toimenpiteet[-1].pk,
        "kaisa": cast.kaisa.pk,
        "omistaja": omistaja,
        "kanta": kanta,
    }


def read_what_stays():
    """Each row, trigger, function and right that the list is after."""
    read = {table: f"SELECT * FROM {table} t ORDER BY t" for table in frozen_tables()}  # noqa: S608
    read |= {
        "jaksot": "SELECT * FROM seuranta_seurantajakso ORDER BY id",
        "kirjaukset": "SELECT * FROM seuranta_kirjaus ORDER BY id",
        "triggers": "SELECT tgname, tgrelid, tgenabled, tgfoid FROM pg_trigger ORDER BY oid",
        "functions": "SELECT proname, prosrc, proowner, proconfig, prosecdef FROM pg_proc ORDER BY oid",
        "classes": "SELECT relname, relnamespace, relowner, relkind FROM pg_class "
        "WHERE relnamespace = 'public'::regnamespace ORDER BY oid",
        "schemas": "SELECT nspname, nspowner FROM pg_namespace WHERE nspname NOT LIKE 'pg_%' ORDER BY oid",
    }
    stays = {}
    with connection.cursor() as cursor:
        for what, statement in read.items():
            cursor.execute(statement)
            stays[what] = cursor.fetchall()
    return stays


def test_a_table_in_front_opens_nothing_to_the_owner_either(transactional_db):
    """Where one role does all, nothing keeps it from making one: the functions look past it."""
    build_cast()
    shadow = "CREATE TEMPORARY TABLE seuranta_seurantajakso (id bigint, tila text)"
    with connect(connection.settings_dict["USER"]) as raw:
        raw.execute(shadow)
        with pytest.raises(psycopg.errors.IntegrityError, match="suljettu jakso"):
            raw.execute("UPDATE seuranta_kirjaus SET kommentti = 'x'")


def test_every_function_of_ours_says_where_it_looks(transactional_db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname, prosecdef, proconfig, prorettype = 'trigger'::regtype FROM pg_proc "
            "WHERE pronamespace = 'public'::regnamespace"
        )
        functions = cursor.fetchall()
    assert {name for name, *_ in functions} >= {"avaa_jakso", "kirjaus_suljettu", "raporttiversio_pysyva"}
    assert {tuple(path) for _name, _definer, path, _trigger in functions} == {
        ("search_path=pg_catalog, public, pg_temp",)
    }
    assert {name for name, definer, *_ in functions if definer} == {
        *("avaa_jakso", "siivoa_tapahtumat", "nimi_rooliksi")
    }


# --- what it may


def test_a_new_table_is_the_application_s_to_use(transactional_db):
    """A migration that is run without our command: ALTER DEFAULT PRIVILEGES gives it at once."""
    with as_application():
        with as_owner(), connection.schema_editor() as editor:
            editor.create_model(Uusi)
        try:
            row = Uusi.objects.create(teksti="ensimmäinen")
            Uusi.objects.filter(pk=row.pk).update(teksti="toinen")
            assert Uusi.objects.get().teksti == "toinen"
            assert Uusi.objects.all().delete()[0] == 1
            with pytest.raises(ProgrammingError):
                connection.cursor().execute("TRUNCATE uusi")
        finally:
            with as_owner(), connection.schema_editor() as editor:
                editor.delete_model(Uusi)


@isolate_apps("strategia")
def _make_uusi():
    class Uusi(models.Model):
        teksti = models.TextField()

        class Meta:
            app_label, db_table = "strategia", "uusi"

    return Uusi


Uusi = _make_uusi()


def test_migrate_narrows_what_its_new_tables_gave(transactional_db):
    """A table of history is a table like any other until `migrate` ends."""
    with as_application():
        run_as_owner(f"GRANT ALL ON seuranta_historicalkirjaus, raportit_raporttiversio TO {ROOLI}")
        assert may("seuranta_historicalkirjaus", "DELETE")
        call_command("migrate", verbosity=0)
        assert connection.settings_dict["USER"] == ROOLI
        for table in frozen_tables():
            assert not may(table, "DELETE, TRUNCATE, TRIGGER"), table
        assert may("seuranta_kirjaus", "INSERT") and may("seuranta_historicalkirjaus", "INSERT")


def may(table, what):
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, %s)", [table, what])
        return cursor.fetchone()[0]


def test_what_is_frozen_is_what_the_triggers_guard_and_all_of_history():
    frozen = frozen_tables()
    assert set(frozen["raportit_raporttiversio"]) == {
        field.column for field in Raporttiversio._meta.concrete_fields
    } - {*FROZEN, "tekijan_nimi", "tunnus", "siirtyma"}  # the name becomes a role by the owner's function alone
    history = {name for name in connection.introspection.table_names() if "_historical" in name}
    assert history <= set(frozen) and len(history) > 8
    assert {table for table in frozen if not table.startswith("django")} - history == {
        *("raportit_raporttiversio", "raportit_julkaisu", "raportit_tallenne", "raportit_julkinentallenne"),
        *("strategia_tapahtuma", "raportit_jaadytettytunnus"),
    }


def test_queries_are_not_compiled(transactional_db):
    with as_application(), connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)


# --- the command


def test_the_command_may_be_run_again(transactional_db, capsys):
    with as_application():
        call_command("kantaroolit")
    assert f"Sovelluksen rooli {ROOLI} on valmis." in capsys.readouterr().out


def test_the_command_may_be_run_before_a_new_version_has_migrated(transactional_db):
    """Its code names columns that its migrations make: the owner's first command must not stop at them."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE raportit_raporttiversio RENAME piilota_vanhat TO tuleva")
    try:
        with as_application(), connection.cursor() as cursor:
            cursor.execute("SELECT has_column_privilege('raportit_raporttiversio', 'tuleva', 'UPDATE')")
            assert cursor.fetchone() == (False,)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE raportit_raporttiversio RENAME tuleva TO piilota_vanhat")


def test_a_role_that_can_too_much_is_refused(transactional_db):
    with as_application():
        for gift, taken_back, told in (
            (f"ALTER ROLE {ROOLI} CREATEDB", f"ALTER ROLE {ROOLI} NOCREATEDB", "saa luoda rooleja tai kantoja"),
            (f"GRANT pg_write_all_data TO {ROOLI}", f"REVOKE pg_write_all_data FROM {ROOLI}", "pg_write_all_data"),
            (f"CREATE SCHEMA oma AUTHORIZATION {ROOLI}", "DROP SCHEMA oma", "luoda skeemaan oma"),
        ):
            run_as_owner(gift)
            try:
                with pytest.raises(CommandError, match=told):
                    call_command("kantaroolit")
            finally:
                run_as_owner(taken_back)


def run_as_owner(statement):
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_an_owner_who_may_not_make_roles_is_told_what_to_ask_for(transactional_db):
    poor, owners = f"koyha_{os.getpid()}", connections.databases["default"]
    connection.cursor().execute(f"CREATE ROLE {poor} LOGIN")
    try:
        with override_settings(OMISTAJAN_KANTA=owners | {"USER": poor}):
            _connect_as(owners | {"USER": "viela_tekematta", "PASSWORD": "salainen"})
            with pytest.raises(CommandError, match="CREATE ROLE viela_tekematta LOGIN PASSWORD") as told:
                call_command("kantaroolit")
        assert "salainen" not in str(told.value)
    finally:
        _connect_as(owners)
        connection.cursor().execute(f"DROP ROLE {poor}")


@pytest.mark.parametrize("komento", [["kantaroolit"], ["palautus", "/ei/ole"], ["migrate"]])
@pytest.mark.parametrize(
    ("vaarin", "sanoi"), [({"USER": "ei_ole"}, "ei_ole"), ({"NAME": "ei_kantaa", "PASSWORD": "salainen"}, "ei_kantaa")]
)
def test_a_database_that_lets_nobody_in_is_told_in_a_sentence(komento, vaarin, sanoi, transactional_db):
    owners = connections.databases["default"]
    try:
        with override_settings(OMISTAJAN_KANTA=owners | vaarin):
            _connect_as(owners | {"USER": "sovellus"})
            with pytest.raises(CommandError) as told:
                call_command(*komento)
    finally:
        _connect_as(owners)
    assert str(told.value).startswith("Tietokantaan ei saada yhteyttä (OMISTAJAN_DATABASE_URL): ")
    assert sanoi in str(told.value) and "Tarkista osoite ja salasana" in str(told.value)
    assert "salainen" not in str(told.value)


def test_two_roles_are_asked_for(transactional_db):
    with pytest.raises(CommandError, match="OMISTAJAN_DATABASE_URL"):
        call_command("kantaroolit")
    with override_settings(OMISTAJAN_KANTA=connection.settings_dict), pytest.raises(CommandError, match="sama rooli"):
        call_command("kantaroolit")
