"""`manage.py raportti --kunta NIMI --jakso NIMI --muoto pdf -o FILE`: a jakso's report into a file."""

from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils import timezone

from raportit.models import Raporttiversio
from raportit.muodot import MUODOT, VAIN_JULKISET, render_report
from raportit.osavuosikatsaus import Rajaus, build, from_json, make_public, rajaa
from raportit.osavuosikatsaus.rajaus import KESKENERAISET, MUUTTUNEET, choices
from raportit.tallenne.nakyma import show_publicly
from raportit.tallenne.piirto import draw_here
from raportit.tallenne.tallenteet import public_bytes, stored_bytes
from seuranta.models import Seurantajakso
from strategia.models import Sitovuus, Tapahtuma
from strategia.nimet import avain
from strategia.tapahtuma import record
from strategia.teksti import argument


class Command(BaseCommand):
    help = "Tallenna jakson raportti tiedostoon. Suljetusta jaksosta jäädytetty versio, muusta luonnos."

    def add_arguments(self, parser):
        parser.add_argument("--kunta", type=argument, required=True, metavar="NIMI")
        parser.add_argument("--jakso", type=argument, required=True, metavar="NIMI")
        parser.add_argument("--muoto", required=True, choices=list(MUODOT))
        parser.add_argument("--julkinen", action="store_true", help="valtuustolle ja julkaistavaksi")
        parser.add_argument("--versio", type=int, metavar="N", help="oletus: uusin versio")
        for rooli in ("toimiala", "toimielin", "painopiste"):
            parser.add_argument(
                f"--{rooli}", type=argument, default="", metavar="NIMI", help="vain tämä osa raportista"
            )
        parser.add_argument("--sitovuus", default="", choices=Sitovuus.values, help="vain näin sitovat toimenpiteet")
        parser.add_argument("--vain", default="", choices=[MUUTTUNEET, KESKENERAISET], help="vain nämä toimenpiteet")
        parser.add_argument("-o", "--output", required=True, type=Path, metavar="FILE")

    def handle(self, *args, kunta, jakso, muoto, versio, julkinen, output, **options):
        draw_here()
        found = self._find_jakso(kunta, jakso)
        julkinen = julkinen or muoto in VAIN_JULKISET
        rajaus = Rajaus(**{name: options[name] for name in ("toimiala", "toimielin", "painopiste", "vain", "sitovuus")})
        if versio is None and not found.is_closed:
            draft = build(found, koottu=timezone.now(), versio=None)
            content = self._render(make_public(draft) if julkinen else draft, rajaus, muoto)
            kind = "luonnos"
        else:
            frozen = self._find_versio(found, versio)
            kind = f"versio {frozen.numero}"
            content = self._read(frozen, rajaus, muoto, julkinen=julkinen)
        try:
            output.write_bytes(content)
        except OSError as error:
            self._stop(f"Tiedostoa {output} ei voi kirjoittaa: {error.strerror}.")
        record(Tapahtuma.Laji.LADATTU, by=None, kunta=found.kunta_id, kohde=found, mihin=f"{kind} ({muoto})")
        self.stdout.write(f"{found.nimi}, {kind}: {output}")

    def _read(self, versio, rajaus, muoto, *, julkinen):
        """The stored bytes of the form, or its part."""
        if julkinen:
            nakyma = show_publicly(versio)
            return self._render(nakyma.raportti, rajaus, muoto) if rajaus else public_bytes(nakyma, muoto)
        return self._render(from_json(versio.data), rajaus, muoto) if rajaus else stored_bytes(versio, muoto)

    def _render(self, raportti, rajaus, muoto):
        """The report, or its part; stops where the report has no such part."""
        for rooli, values in choices(raportti, every=True).items():
            value = getattr(rajaus, rooli)
            if value and value not in values:
                names = ", ".join(values) or "ei yhtään"
                self._stop(f"Raporttia ei voi rajata: {rooli} ”{value}”. Mahdolliset arvot: {names}.")
        return render_report(rajaa(raportti, rajaus), muoto)

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
