"""`manage.py kantaroolit`: the application's role in PostgreSQL, which may do a day's work and nothing else."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError, connection, transaction
from psycopg import sql

from strategia import kantaroolit
from strategia.omistaja import as_owner, reach


class Command(BaseCommand):
    help = (
        "Tee sovelluksen tietokantarooli (DATABASE_URL) ja anna sille vain ne oikeudet, jotka päivän työ vaatii. "
        "Omistaja (OMISTAJAN_DATABASE_URL) tekee taulut. Vain PostgreSQL; saman voi ajaa aina uudelleen."
    )
    requires_system_checks = ()  # they ask the database as a role that this may be about to make

    def handle(self, *args, **options):
        if connection.vendor != "postgresql":
            raise CommandError("Kaksi roolia on vain PostgreSQL:ssä.")
        if not settings.OMISTAJAN_KANTA:
            raise CommandError("Anna omistajan osoite: OMISTAJAN_DATABASE_URL.")
        rooli, salasana = connection.settings_dict["USER"], connection.settings_dict["PASSWORD"]
        if rooli == settings.OMISTAJAN_KANTA["USER"]:
            raise CommandError(f"Omistajalla ja sovelluksella on sama rooli, {rooli}. Anna sovellukselle oma.")
        with as_owner(), transaction.atomic(), connection.cursor() as cursor:
            self._make(cursor, rooli, salasana)
            self._grant(cursor, rooli)
            if powers := kantaroolit.list_powers(cursor, rooli):
                raise CommandError("\n".join([f"Rooli {rooli} voi liikaa, mitään ei muutettu:", *powers]))
        reach("DATABASE_URL", f"Roolilla on jo toinen salasana. Vaihda se: ALTER ROLE {rooli} PASSWORD '…';")
        self.stdout.write(f"Sovelluksen rooli {rooli} on valmis.")

    def _make(self, cursor, rooli, salasana):
        try:
            with transaction.atomic():
                for statement in _make_role(cursor, rooli, salasana):
                    cursor.execute(statement)
        except ProgrammingError as error:
            raise CommandError(
                f"Omistaja ei saa tehdä roolia: {error}\nAja tämä ensin tietokannan ylläpitäjänä:\n"
                f"  CREATE ROLE {rooli} LOGIN PASSWORD '…';\n  ALTER ROLE {rooli} SET jit = off;"
            ) from error

    def _grant(self, cursor, rooli):
        try:
            kantaroolit.grant(cursor, rooli)
        except ProgrammingError as error:
            raise CommandError(f"Omistaja ei saa antaa oikeuksia, mitään ei muutettu: {error}") from error


def _make_role(cursor, rooli, salasana):
    """Statements, none where it is as it should be: an owner without CREATEROLE can run the rest."""
    name = sql.Identifier(rooli)
    cursor.execute(
        "SELECT coalesce('jit=off' = ANY (setconfig), false) FROM pg_roles "
        "LEFT JOIN pg_db_role_setting ON setrole = pg_roles.oid AND setdatabase = 0 WHERE rolname = %s",
        [rooli],
    )
    there = cursor.fetchone()
    if not there:
        yield sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION").format(name)
        if salasana:
            hashed = cursor.connection.pgconn.encrypt_password(salasana.encode(), rooli.encode(), b"scram-sha-256")
            yield sql.SQL("ALTER ROLE {} PASSWORD {}").format(name, sql.Literal(hashed.decode()))
    if not (there and there[0]):
        yield sql.SQL("ALTER ROLE {} SET jit = off").format(name)  # to compile a short query costs more than it saves
