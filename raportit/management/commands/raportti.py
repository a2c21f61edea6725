"""`manage.py raportti --kunta NIMI --jakso NIMI --muoto pdf -o FILE`: a jakso's report into a file."""

from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils import timezone

from raportit.models import Raporttiversio
from raportit.muodot import MUODOT, render_report, stored_bytes
from raportit.osavuosikatsaus import build
from seuranta.models import Seurantajakso
from strategia.nimet import avain


class Command(BaseCommand):
    help = "Tallenna jakson raportti tiedostoon. Suljetusta jaksosta jäädytetty versio, muusta luonnos."

    def add_arguments(self, parser):
        parser.add_argument("--kunta", required=True, metavar="NIMI")
        parser.add_argument("--jakso", required=True, metavar="NIMI")
        parser.add_argument("--muoto", required=True, choices=list(MUODOT))
        parser.add_argument("--versio", type=int, metavar="N", help="oletus: uusin versio")
        parser.add_argument("-o", "--output", required=True, type=Path, metavar="FILE")

    def handle(self, *args, kunta, jakso, muoto, versio, output, **options):
        found = self._find_jakso(kunta, jakso)
        if versio is None and not found.is_closed:
            content = render_report(build(found, koottu=timezone.now(), versio=None), muoto)
            kind = "luonnos"
        else:
            frozen = self._find_versio(found, versio)
            content = stored_bytes(frozen, muoto)
            kind = f"versio {frozen.numero}"
        try:
            output.write_bytes(content)
        except OSError as error:
            self._stop(f"Tiedostoa {output} ei voi kirjoittaa: {error.strerror}.")
        self.stdout.write(f"{found.nimi}, {kind}: {output}")

    def _find_jakso(self, kunta, nimi):
        jaksot = Seurantajakso.objects.filter(kunta__avain=avain(kunta)).select_related("strategia__kunta")
        found = jaksot.filter(avain=avain(nimi)).order_by("pk").last()
        if not found:
            names = ", ".join(jakso.nimi for jakso in jaksot) or "ei yhtään"
            self._stop(f"Kunnalla {kunta} ei ole jaksoa ”{nimi}”. Sen jaksot: {names}.")
        return found

    def _find_versio(self, jakso, numero):
        versiot = Raporttiversio.objects.filter(jakso=jakso)
        found = versiot.filter(numero=numero).first() if numero else versiot.order_by("numero").last()
        if not found:
            self._stop(f"Jaksolla {jakso.nimi} ei ole versiota {numero or ''}.")
        return found

    def _stop(self, sentence):
        self.stderr.write(sentence)
        raise SystemExit(1)
