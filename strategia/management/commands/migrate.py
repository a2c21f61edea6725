"""Django's `migrate`, by the owner of the database; what it made is then the application's role's to use."""

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import ProgrammingError, connection
from psycopg.errors import InsufficientPrivilege

from strategia import kantaroolit
from strategia.omistaja import as_owner


class Command(migrate.Command):
    def handle(self, *args, **options):
        with as_owner() as rooli:
            self._migrate(*args, **options)
            if rooli:
                self._grant(rooli)

    def _migrate(self, *args, **options):
        try:
            super().handle(*args, **options)
        except ProgrammingError as error:
            if isinstance(error.__cause__, InsufficientPrivilege):
                told = "Tämä rooli ei saa tehdä tauluja. Anna omistajan osoite: OMISTAJAN_DATABASE_URL."
                raise CommandError(told) from error
            raise

    def _grant(self, rooli):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [rooli])
            if cursor.fetchone():
                kantaroolit.grant(cursor, rooli)
            else:
                self.stdout.write(f"Roolia {rooli} ei vielä ole. Tee se: python manage.py kantaroolit")
