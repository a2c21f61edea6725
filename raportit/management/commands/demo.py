"""`manage.py demo`: an invented municipality that shows the whole flow. Running it again changes nothing."""

from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from raportit.muodot import store_all, stored_bytes
from raportit.sulkeminen import close_jakso
from seuranta.models import Seurantajakso
from strategia.models import TARJOTUT_NIMET, Jasenyys, Kayttaja, Kunta, Rooli, Strategia, Toimiala
from strategia.nimet import avain

KUNTA = "Vuorijärvi"
SALASANA = "sininen-vene-soutaa-hiljaa"  # noqa: S105  printed on the screen: everything here is invented
TAULUKOT = settings.BASE_DIR / "fixtures" / "taulukot"
KAYTTAJAT = (
    ("aino", "Aino Aalto", Rooli.PAAKAYTTAJA, ()),
    ("kaisa", "Kaisa Koivu", Rooli.KOORDINAATTORI, ()),
    ("hilkka", "Hilkka Harju", Rooli.HYVAKSYJA, ("Tekniikka ja ympäristö",)),
    ("veikko", "Veikko Virta", Rooli.RAPORTOIJA, ("Tekniikka ja ympäristö",)),
    ("otso", "Otso Oja", Rooli.RAPORTOIJA, ("Sivistys ja vapaa-aika",)),
    ("liisa", "Liisa Lampi", Rooli.LUOTTAMUSHENKILO, ()),
    ("tarmo", "Tarmo Tamminen", Rooli.TARKASTAJA, ()),
)
# file, its dates: start, end (= the state told), answers due
JAKSOT = (
    ("vuorijarvi-2025-1.xlsx", date(2025, 1, 1), date(2025, 4, 30), date(2025, 5, 15)),
    ("vuorijarvi-2025-2.xlsx", date(2025, 5, 1), date(2025, 8, 31), date(2025, 9, 15)),
)


class Command(BaseCommand):
    help = "Luo keksitty kunta, sen käyttäjät, suljettu ja avoin jakso sekä raportin PDF."

    def handle(self, *args, **options):
        if not settings.DEBUG:
            raise CommandError("Esimerkkikunta luodaan vain kehitystilaan (DEBUG=1): sen salasanat ovat julkisia.")
        kunta = Kunta.objects.filter(avain=avain(KUNTA)).first() or self._create()
        pdf = self._write_pdf(kunta)
        self.stdout.write(f"\n{kunta}: käyttäjät, kaikilla salasana {SALASANA}")
        for user in Kayttaja.objects.filter(kunta=kunta).order_by("pk"):
            toimialat = ", ".join(t.nimi for t in user.toimialat.all())
            self.stdout.write(f"  {user.email:<28} {user.get_rooli_display()}{f' ({toimialat})' if toimialat else ''}")
        self.stdout.write(f"Raportin PDF: {pdf}")

    def _create(self):
        first, second = JAKSOT
        call_command("tuo", TAULUKOT / first[0], kunta=KUNTA, stdout=self.stdout)
        kunta = self._name_kunta()
        self._create_users(kunta)
        koordinaattori = Kayttaja.objects.get(kunta=kunta, rooli=Rooli.KOORDINAATTORI)
        closed = self._date_jakso(kunta, first)
        closed.finish(by=koordinaattori)
        store_all(close_jakso(closed, by=koordinaattori))
        call_command("tuo", TAULUKOT / second[0], kunta=KUNTA, tekija=koordinaattori.email, stdout=self.stdout)
        self._date_jakso(kunta, second)
        return kunta

    def _name_kunta(self):
        kunta = Kunta.objects.get(avain=avain(KUNTA))
        kunta.virallinen_nimi, kunta.genetiivi, kunta.muoto = "Vuorijärven kunta", "Vuorijärven", "kunta"
        kunta.save()
        Strategia.objects.filter(kunta=kunta).update(
            otsikko="Kuntastrategian seuranta", asteikko=TARJOTUT_NIMET, alkuvuosi=2025, loppuvuosi=2029
        )
        return kunta

    def _create_users(self, kunta):
        for account, nimi, rooli, toimialat in KAYTTAJAT:
            user = Kayttaja.objects.create_user(
                f"{account}@vuorijarvi.example", SALASANA, nimi=nimi, kunta=kunta, rooli=rooli
            )
            for toimiala in toimialat:
                found = Toimiala.objects.get(kunta=kunta, avain=avain(toimiala))
                Jasenyys.objects.create(kunta=kunta, kayttaja=user, toimiala=found)

    def _date_jakso(self, kunta, jakso):
        _file, alkaa, paattyy, deadline = jakso
        newest = Seurantajakso.objects.filter(kunta=kunta).last()
        newest.alkaa, newest.paattyy, newest.vastaus_viimeistaan = alkaa, paattyy, deadline
        newest.save()
        return newest

    def _write_pdf(self, kunta):
        closed = Seurantajakso.objects.filter(kunta=kunta, tila=Seurantajakso.Tila.SULJETTU).last()
        path = Path(settings.MEDIA_ROOT) / "demo" / "osavuosikatsaus.pdf"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(stored_bytes(closed.raporttiversiot.first(), "pdf"))
        return path
