"""`manage.py julkisrivit`: the lines that public pages and open data read, made anew from the public forms."""

from django.core.management.base import BaseCommand

from raportit.tallenne.julkisrivit import remake_rows


class Command(BaseCommand):
    help = "Tee julkisten sivujen ja avoimen datan rivit uudelleen julkaistuista raporteista. Ne ovat samat kuin ennen."

    def handle(self, *args, verbosity, **options):
        versiot = remake_rows()
        if verbosity:
            self.stdout.write(f"Rivit tehtiin uudelleen. Raportteja on {versiot}.")
