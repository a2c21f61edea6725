"""`manage.py tyontekija`: makes what waits in the queue, until it is stopped."""

import math
from argparse import ArgumentTypeError

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils.crypto import get_random_string

from raportit.tallenne.tyontekija import Tyontekija
from raportit.tilaus.tilausviestit import tell_subscribers


class Command(BaseCommand):
    help = (
        "Tee jonossa odottavat työt, kuten pitkien raporttien tiedostot. Pidä käynnissä palvelimen rinnalla, enintään"
        " yksi ydintä kohden."
    )

    def add_arguments(self, parser):
        parser.add_argument("--kerran", action="store_true", help="tee se, mikä odottaa, ja lopeta")
        parser.add_argument("--vali", type=_seconds, default=1, metavar="S", help="sekunteja kahden katsomisen välillä")

    def handle(self, *args, **options):
        worker = Tyontekija(
            tunnus=get_random_string(32),
            interval=options["vali"],
            batch=options["kerran"],
            tell=tell_subscribers,
            clean=lambda: call_command("siivoa", verbosity=0, stdout=self.stdout),
        )
        worker.configure_signals()
        worker.work()


def _seconds(text):
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1
    if not math.isfinite(seconds) or seconds < 0:
        raise ArgumentTypeError("anna sekunnit lukuna, esimerkiksi 0.5")
    return seconds
