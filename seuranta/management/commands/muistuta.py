"""`manage.py muistuta`: the day's reminders, for cron. Running it again the same day sends nothing twice."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from seuranta.muistutus.viestit import remind_due
from seuranta.tyopaivat import is_quiet
from strategia.models import Kunta
from strategia.nimet import avain
from strategia.teksti import argument


class Command(BaseCommand):
    help = (
        "Lähetä päivän muistutukset niille, joilla on vastaamattomia rivejä avoimissa jaksoissa. Aja kerran päivässä."
        " Palauttaa 1, jos jokin viesti ei lähtenyt; se yritetään seuraavalla ajokerralla uudelleen."
    )

    def add_arguments(self, parser):
        parser.add_argument("--kunta", type=argument, metavar="NIMI", help="vain tämän kunnan muistutukset")

    def handle(self, *args, **options):
        kunta = self._find(options["kunta"]) if options["kunta"] else None
        if is_quiet(timezone.localdate()):
            self.stdout.write("Tänään ei muistuteta: on viikonloppu, pyhä tai heinäkuu.")
            return
        tulos = remind_due(kunta)
        for muistutus in tulos.lahteneet:
            self.stdout.write(f"  {muistutus.kayttaja.email}: {muistutus}")
        self.stdout.write(f"Muistutuksia lähti {len(tulos.lahteneet)}.")
        if tulos.jaaneet:
            for muistutus in tulos.jaaneet:
                self.stderr.write(f"  {muistutus.kayttaja.email}: {muistutus.virhe}")
            raise CommandError(
                f"Muistutuksia jäi lähtemättä {len(tulos.jaaneet)}. Ne yritetään seuraavalla ajokerralla uudelleen."
            )

    def _find(self, nimi):
        kunta = Kunta.objects.filter(avain=avain(nimi)).first()
        if kunta is None:
            raise CommandError(f"Kuntaa ”{nimi}” ei ole.", returncode=2)
        return kunta
