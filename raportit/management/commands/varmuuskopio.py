"""`manage.py varmuuskopio FILE`: the whole installation in one file, while people go on writing."""

import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from strategia.ajo import run_told
from strategia.palvelu.kopiointi import write_backup
from strategia.palvelu.paketti import why_not_at


class Command(BaseCommand):
    help = "Ota varmuuskopio tietokannasta ja tiedostoista yhteen tiedostoon. Palvelu saa olla käytössä."

    def add_arguments(self, parser):
        parser.add_argument("tiedosto", type=Path, metavar="TIEDOSTO", help="mihin kopio kirjoitetaan")
        parser.add_argument("--avain", default="", metavar="AGE1…", help="salaa tälle julkiselle age-avaimelle")

    def handle(self, *args, tiedosto, avain, verbosity, **options):
        if sentence := why_not_at(tiedosto):
            raise CommandError(sentence, returncode=2)
        began = time.monotonic()
        tell = self.stdout.write if verbosity else lambda line: None
        try:
            with run_told("varmuuskopio"):
                luettelo = write_backup(tiedosto, recipient=avain, tell=tell)
        except ValueError as error:
            raise CommandError(str(error), returncode=2) from None
        except OSError as error:
            raise CommandError(f"Varmuuskopio jäi kesken, eikä siitä jäänyt tiedostoa: {error}") from error
        rows = sum(count for count, _digest in luettelo.taulut.values())
        size, took = tiedosto.stat().st_size / 1024**2, time.monotonic() - began
        told = f"{rows} riviä, {len(luettelo.tiedostot)} tiedostoa, {size:.1f} Mt, {took:.1f} s".replace(".", ",")
        tell(f"{tiedosto}: {told}.")
