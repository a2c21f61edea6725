"""`manage.py tarkista`: is every frozen report and every stored file what it was?"""

from django.core.management.base import BaseCommand, CommandError

from raportit.tallenne.eheys import find_faults


class Command(BaseCommand):
    help = "Tarkista, että jokainen jäädytetty raportti ja jokainen tallessa oleva tiedosto on se, joka se oli."

    def handle(self, *args, verbosity, **options):
        tell = self.stdout.write if verbosity else lambda line: None
        if faults := find_faults(tell):
            raise CommandError("\n".join([*faults, f"Vikoja on {len(faults)}."]))
        tell("Kaikki on tallella ja muuttumatonta.")
