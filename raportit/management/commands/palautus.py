"""`manage.py palautus FILE`: what a backup holds, into an empty installation; all of it or nothing."""

import time
from pathlib import Path

from django.core.exceptions import SuspiciousOperation
from django.core.management.base import BaseCommand, CommandError

from raportit.tallenne.eheys import find_faults
from strategia.omistaja import as_owner
from strategia.palvelu.paketti import PakettiViallinen
from strategia.palvelu.palauttaminen import EiVoiPalauttaa, restore_backup


class Command(BaseCommand):
    help = "Palauta varmuuskopio tyhjään tietokantaan ja tyhjään tiedostojen kansioon. Tietokannan laji saa vaihtua."
    requires_system_checks = []  # the tables may be there or not
    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument("tiedosto", type=Path, metavar="TIEDOSTO", help="varmuuskopio")
        parser.add_argument("--avain", type=Path, metavar="TIEDOSTO", help="tiedosto, jossa on salainen age-avain")

    def handle(self, *args, tiedosto, avain, verbosity, **options):
        tell, began = self.stdout.write if verbosity else lambda line: None, time.monotonic()
        try:
            with as_owner():
                luettelo = restore_backup(tiedosto, identity=avain, tell=tell)
        except FileNotFoundError:
            raise CommandError(f"Tiedostoa {tiedosto} ei ole.", returncode=2) from None
        except EiVoiPalauttaa as error:
            raise CommandError(f"{error} Mitään ei palautettu.", returncode=2) from None
        except (PakettiViallinen, OSError) as error:
            raise CommandError(f"{error} Mitään ei palautettu.") from error
        except (
            SuspiciousOperation,
            LookupError,
            TypeError,
            ValueError,
        ) as error:  # what is in it is not as we write it
            raise CommandError(f"Tiedosto on viallinen ({error!r}). Mitään ei palautettu.") from error
        if faults := find_faults(tell):
            raise CommandError("Palautettu, mutta tarkistus löysi vikoja:\n" + "\n".join(faults))
        rows = sum(count for count, _digest in luettelo.taulut.values())
        took = round(time.monotonic() - began)
        tell(f"Palautettu ja tarkistettu: {rows} riviä, {len(luettelo.tiedostot)} tiedostoa, {took} s.")
