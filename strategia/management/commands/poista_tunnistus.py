from django.core.management.base import BaseCommand, CommandError

from strategia.models import Kayttaja
from strategia.todennus.nollaus import reset_factors


class Command(BaseCommand):
    help = "Nollaa henkilön kaksivaiheisen kirjautumisen, kun hän on kadottanut sen eikä kukaan muu voi nollata sitä."

    def add_arguments(self, parser):
        parser.add_argument("sahkoposti", metavar="SÄHKÖPOSTI")

    def handle(self, sahkoposti, **options):
        user = Kayttaja.objects.filter(email__iexact=sahkoposti).first()
        if user is None:
            raise CommandError(f"Käyttäjää {sahkoposti} ei ole.")
        if not reset_factors(user, by=None):
            raise CommandError(f"Käyttäjällä {user.email} ei ole kaksivaiheista kirjautumista.")
        self.stdout.write(f"Käyttäjän {user.email} kaksivaiheinen kirjautuminen on nollattu. Hänelle lähti viesti.")
