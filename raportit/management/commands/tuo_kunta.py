"""`manage.py tuo_kunta FILE`: a kunta of another installation into this one; all of it or nothing."""

from pathlib import Path

from django.core.exceptions import SuspiciousOperation
from django.core.management.base import BaseCommand, CommandError

from raportit.muutto.taulut import EiVoiMuuttaa
from raportit.muutto.tulo import read_kunta
from strategia.omistaja import as_owner
from strategia.palvelu.paketti import PakettiViallinen


class Command(BaseCommand):
    help = "Ota vastaan kunta, jonka toinen palvelu on vienyt tiedostoon (vie_kunta). Muiden kuntien tiedot säilyvät."

    def add_arguments(self, parser):
        parser.add_argument("tiedosto", type=Path, metavar="TIEDOSTO", help="komennon vie_kunta tiedosto")
        parser.add_argument("--avain", type=Path, metavar="TIEDOSTO", help="tiedosto, jossa on salainen age-avain")

    def handle(self, *args, tiedosto, avain, verbosity, **options):
        tell = self.stdout.write if verbosity else lambda line: None
        tullut = self._read(tiedosto, avain, tell)
        rows = sum(count for count, _digest in tullut.luettelo.taulut.values())
        tell(f"{tullut.kunta} on tuotu ja tarkistettu: {rows} riviä, {len(tullut.luettelo.tiedostot)} tiedostoa.")
        for nimi, email in tullut.varatut:
            tell(f"Osoite {email} on täällä jo toisella: {nimi} on poissa käytöstä, ja tehty on hänen nimellään.")
        tell("Salasanat ja toiset tunnistukset eivät siirry. Jokainen valitsee uuden: Kirjaudu, Salasana unohtui.")

    def _read(self, path, avain, tell):
        try:
            with as_owner() as rooli:
                return read_kunta(path, identity=avain, rooli=rooli, tell=tell)
        except FileNotFoundError:
            raise CommandError(f"Tiedostoa {path} ei ole.", returncode=2) from None
        except EiVoiMuuttaa as error:
            raise CommandError(f"{error} Mitään ei tuotu.", returncode=2) from None
        except (PakettiViallinen, OSError) as error:
            raise CommandError(f"{error} Mitään ei tuotu.") from error
        # What is in it is not as we write it.
        except (AttributeError, LookupError, SuspiciousOperation, TypeError, ValueError) as error:
            raise CommandError(f"Tiedosto on viallinen ({error!r}). Mitään ei tuotu.") from error
