"""Django's `migrate`, by the owner of the database; what it made is then the application's role's to use."""

from django.core.management.commands import migrate
from django.db import connection

from strategia import kantaroolit
from strategia.omistaja import as_owner


class Command(migrate.Command):
    def handle(self, *args, **options):
        with as_owner() as rooli:
            super().handle(*args, **options)
            if rooli:
                self._grant(rooli)

    def _grant(self, rooli):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [rooli])
            if cursor.fetchone():
                kantaroolit.grant(cursor, rooli)
            else:
                self.stdout.write(f"Roolia {rooli} ei vielä ole. Tee se: python manage.py kantaroolit")
