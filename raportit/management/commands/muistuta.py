"""`manage.py muistuta`: the day's messages, for cron. Running it again the same day sends nothing twice."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from raportit.julkaisu.julkaisusta import tell_published
from raportit.tilaus.tilausviestit import tell_subscribers
from seuranta.kysymys.kerro import tell_questions
from seuranta.muistutus.hyvaksyttavana import tell_waiting
from seuranta.muistutus.kaanteet import tell_turns
from seuranta.muistutus.viestit import Lahetystulos, remind_due
from seuranta.tyopaivat import is_quiet
from strategia.ajo import run_told
from strategia.models import Kunta
from strategia.nimet import avain
from strategia.sijaisuus.sijaisviesti import tell_sijaisuudet
from strategia.teksti import argument


class Command(BaseCommand):
    help = (
        "Lähetä päivän muistutukset niille, joilla on vastaamattomia rivejä avoimissa jaksoissa. Aja kerran päivässä."
        " Palauttaa 1, jos viesti ei lähtenyt tai jakso jäi väliin; ne yritetään seuraavalla ajokerralla uudelleen."
    )

    def add_arguments(self, parser):
        parser.add_argument("--kunta", type=argument, metavar="NIMI", help="vain tämän kunnan muistutukset")

    def handle(self, *args, **options):
        with run_told("muistuta"):
            self._send(options)

    def _send(self, options):
        kunta = self._find(options["kunta"]) if options["kunta"] else None
        tilaajat = tell_subscribers(kunta)
        if tilaajat.lahti:
            self.stdout.write(f"Raporttien tilaajille lähti {tilaajat.lahti}.")
        if is_quiet(timezone.localdate()):
            self.stdout.write("Tänään ei muistuteta: on viikonloppu, pyhä tai heinäkuu.")
            return self._tell_faults(Lahetystulos(), tilaajat)
        tulos = remind_due(kunta)
        for muistutus in tulos.lahteneet:
            self.stdout.write(f"  {muistutus.kayttaja.email}: {muistutus}")
        self.stdout.write(f"Muistutuksia lähti {len(tulos.lahteneet)}.")
        osat = (tell_turns, tell_waiting, tell_published, tell_questions, tell_sijaisuudet)
        for osa in (tell(kunta) for tell in osat):
            for viesti in osa.lahteneet:
                self.stdout.write(f"  {viesti.kayttaja.email}: {viesti}")
            for viesti in osa.turhat:
                self.stdout.write(f"  {viesti.kayttaja.email}: ei lähde. {viesti.virhe} ({viesti})")
            tulos.jaaneet.extend(osa.jaaneet)
        return self._tell_faults(tulos, tilaajat)

    def _tell_faults(self, tulos, tilaajat):
        for muistutus in tulos.jaaneet:
            self.stderr.write(f"  {muistutus.kayttaja.email}: {muistutus.virhe}")
        for jakso, virhe in tulos.viat:
            self.stderr.write(f"  {jakso.kunta}, {jakso}: {type(virhe).__name__}: {virhe}")
        faults = []
        if tilaajat.jai:
            faults.append(f"Raporttien tilaajien viestejä jäi lähtemättä {tilaajat.jai}.")
        if tulos.jaaneet:
            faults.append(f"Viestejä jäi lähtemättä {len(tulos.jaaneet)}.")
        if tulos.viat:
            faults.append(f"Jaksoja jäi käymättä läpi {len(tulos.viat)}.")
        if faults:
            raise CommandError(f"{' '.join(faults)} Ne yritetään seuraavalla ajokerralla uudelleen.")

    def _find(self, nimi):
        kunta = Kunta.objects.filter(avain=avain(nimi)).first()
        if kunta is None:
            raise CommandError(f"Kuntaa ”{nimi}” ei ole.", returncode=2)
        return kunta
