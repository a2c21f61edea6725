"""`manage.py siivoa`: takes away what nobody needs. Running it again takes nothing more."""

from django.core.management.base import BaseCommand

from raportit.tallenne.jono import drop_old_tasks
from raportit.tallenne.luonnokset import drop_old_drafts
from raportit.tallenne.tallenteet import drop_unfinished
from raportit.tekijat import forget_maker
from raportit.tilaus.tilaukset import drop_unconfirmed
from seuranta.tiedosto.luenta import drop_discarded
from strategia.ajo import run_told
from strategia.istunnot import drop_expired
from strategia.kunta.logot import drop_unused_logos
from strategia.kunta.palaute import drop_addresses
from strategia.sailytys import drop_old_acts, drop_old_names
from strategia.yritykset import drop_worn_out


def drop_names() -> int:
    return drop_old_names(forget_maker)


SIIVOUKSET = (
    ("kesken jääneet tiedostot", drop_unfinished),
    ("vaihdetut ja poistetut logot", drop_unused_logos),
    ("hylätyt tuonnit", drop_discarded),
    ("päättyneet istunnot", drop_expired),
    ("vanhentuneet kirjautumisyritykset", drop_worn_out),
    ("säilytysajan ylittäneet tapahtumat", drop_old_acts),
    ("poistuneiden käyttäjien nimet", drop_names),
    ("palautteiden vastausosoitteet", drop_addresses),
    ("vahvistamattomat tilaukset", drop_unconfirmed),
    ("vanhat työt", drop_old_tasks),
    ("vanhat luonnokset", drop_old_drafts),
)


class Command(BaseCommand):
    help = "Poista se, mitä kukaan ei enää tarvitse: " + ", ".join(name for name, _drop in SIIVOUKSET) + "."

    def handle(self, *args, **options):
        with run_told("siivoa"):
            dropped = [(name, drop()) for name, drop in SIIVOUKSET]
        for name, count in dropped:
            if count:
                self.stdout.write(f"Poistettu {name}: {count}")
        if not any(count for _name, count in dropped) and options["verbosity"]:
            self.stdout.write("Ei mitään poistettavaa.")
