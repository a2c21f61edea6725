"""`manage.py vie_kunta NAME FILE`: one kunta's whole data in one file, while people go on writing."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from raportit.muutto.taulut import EiVoiMuuttaa
from raportit.muutto.vienti import write_kunta
from strategia.models import Kunta, Tapahtuma
from strategia.nimet import avain as key_of
from strategia.palvelu.paketti import why_not_at
from strategia.tapahtuma import record


class Command(BaseCommand):
    help = "Vie yhden kunnan kaikki tiedot yhteen tiedostoon, jonka toinen palvelu ottaa vastaan (tuo_kunta)."

    def add_arguments(self, parser):
        parser.add_argument("nimi", metavar="NIMI", help="kunnan nimi, esimerkiksi Keuruu")
        parser.add_argument("tiedosto", type=Path, metavar="TIEDOSTO", help="mihin tiedot kirjoitetaan")
        parser.add_argument("--avain", default="", metavar="AGE1…", help="salaa tälle julkiselle age-avaimelle")

    def handle(self, *args, nimi, tiedosto, avain, verbosity, **options):
        kunta = Kunta.objects.filter(avain=key_of(nimi)).first()
        if kunta is None:
            names = ", ".join(Kunta.objects.values_list("nimi", flat=True)) or "ei yhtään"
            raise CommandError(f"Kuntaa {nimi} ei ole. Kunnat: {names}.", returncode=2)
        if sentence := why_not_at(tiedosto):
            raise CommandError(sentence, returncode=2)
        tell = self.stdout.write if verbosity else lambda line: None
        luettelo = self._write(kunta, tiedosto, avain, tell)
        record(Tapahtuma.Laji.LADATTU, by=None, kunta=kunta, kohde=kunta, mihin="kunnan kaikki tiedot")
        rows = sum(count for count, _digest in luettelo.taulut.values())
        tell(f"{tiedosto}: {kunta}, {rows} riviä, {len(luettelo.tiedostot)} tiedostoa.")

    def _write(self, kunta, path, avain, tell):
        try:
            return write_kunta(kunta, path, recipient=avain, tell=tell)
        except EiVoiMuuttaa as error:
            raise CommandError(f"{error} Mitään ei viety.") from None
        except ValueError as error:
            raise CommandError(str(error), returncode=2) from None
        except OSError as error:
            raise CommandError(f"Vienti jäi kesken, eikä siitä jäänyt tiedostoa: {error}") from error
