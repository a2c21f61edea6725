from django.core.management.base import BaseCommand, CommandError

from strategia.todennus.avaimenvaihto import encrypt_anew


class Command(BaseCommand):
    help = "Salaa tietokannan salaisuudet uudelleen MFA_KEYn ensimmäisellä avaimella. Sen jälkeen vanhan voi poistaa."

    def handle(self, **options):
        count, closed = encrypt_anew()
        self.stdout.write(f"Salattu uudelleen: {count}.")
        if closed:
            whose = ", ".join(closed)
            raise CommandError(f"Mikään avain ei avaa näiden salaisuutta: {whose}. Älä poista vanhaa avainta.")
