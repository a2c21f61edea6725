"""`manage.py demo`: an invented municipality that shows the whole flow. Running it again changes nothing."""

from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from raportit.management.vuorijarvi import Vuorijarvi
from raportit.sulkeminen.sulje import close_jakso
from raportit.tallenne.piirto import draw_here
from raportit.tallenne.tallenteet import store_all, stored_bytes
from seuranta.models import Kokous, Rivikysymys, Seurantajakso, Tuonti
from seuranta.tuonti.esikatselu import read_new
from strategia.models import TARJOTUT_NIMET, Jasenyys, Kayttaja, Kunta, Rooli, Sijaisuus, Strategia, Toimiala
from strategia.nimet import avain

KUNTA = "Vuorijärvi"
NAAPURI = "Koskimaa"
SALASANA = "sininen-vene-soutaa-hiljaa"  # noqa: S105  printed on the screen: everything here is invented
TAULUKOT = settings.BASE_DIR / "fixtures" / "taulukot"
NAAPURIN = settings.BASE_DIR / "fixtures" / "koskimaa.csv"
OUTO = settings.BASE_DIR / "fixtures" / "oudot-otsikot.xlsx"  # waits for somebody to say how it is read
KAYTTAJAT = (
    ("aino", "Aino Aalto", Rooli.PAAKAYTTAJA, ()),
    ("kaisa", "Kaisa Koivu", Rooli.KOORDINAATTORI, ()),
    ("hilkka", "Hilkka Harju", Rooli.HYVAKSYJA, ("Tekniikka ja ympäristö",)),
    ("veikko", "Veikko Virta", Rooli.RAPORTOIJA, ("Tekniikka ja ympäristö",)),
    ("otso", "Otso Oja", Rooli.RAPORTOIJA, ("Sivistys ja vapaa-aika",)),
    ("liisa", "Liisa Lampi", Rooli.LUOTTAMUSHENKILO, ()),
    ("tarmo", "Tarmo Tamminen", Rooli.TARKASTAJA, ()),
)


class DemoJakso(NamedTuple):
    file: str | Path
    nimi: str
    alkaa: date
    paattyy: date  # the state told is this day's
    deadline: date


def jaksot(today):
    """The two closed jaksot and the open one of the last year whose August is over; that one still takes answers."""
    year = today.year if today.month > 8 else today.year - 1
    due = max(date(year, 9, 15), today + timedelta(days=14))
    return (
        DemoJakso(
            "vuorijarvi-2025-1.xlsx",
            f"Tilinpäätös {year - 1}",
            date(year - 1, 9, 1),
            date(year - 1, 12, 31),
            date(year, 1, 15),
        ),
        DemoJakso(
            "vuorijarvi-2025-1.xlsx",
            f"Osavuosikatsaus I {year}",
            date(year, 1, 1),
            date(year, 4, 30),
            date(year, 5, 15),
        ),
        DemoJakso("vuorijarvi-2025-2.xlsx", f"Osavuosikatsaus II {year}", date(year, 5, 1), date(year, 8, 31), due),
    )


class Command(BaseCommand):
    help = "Luo keksitty kunta, sen käyttäjät, suljetut jaksot ja avoin jakso sekä raportin PDF."

    def add_arguments(self, parser):
        parser.add_argument(
            "--kansio", type=Path, metavar="KANSIO", help="tee tänne myös varmuuskopio ja kunnan muuttotiedosto"
        )

    def handle(self, *args, kansio=None, **options):
        if not settings.DEBUG:
            raise CommandError("Esimerkkikunta luodaan vain kehitystilaan (DEBUG=1): sen salasanat ovat julkisia.")
        draw_here()
        kunta = Kunta.objects.filter(avain=avain(KUNTA)).first() or self._create()
        naapuri = Kunta.objects.filter(avain=avain(NAAPURI)).first() or self._create_naapuri(kunta)
        pdf = self._write_pdf(kunta)
        for each in (kunta, naapuri):
            self._tell_users(each)
        julkiset = (reverse("raportit:julkinen-lista", args=[kunta.slug]), reverse("raportit:kuntavertailu"))
        self.stdout.write("\nIlman kirjautumista: {}, kunnat rinnakkain {}".format(*julkiset))
        self.stdout.write(f"Raportin PDF: {pdf}")
        for tuonti in Tuonti.objects.taulukot().filter(kunta=kunta, tila=Tuonti.Tila.ESIKATSELU):
            path = reverse("seuranta:tuonti-lukutapa", args=[tuonti.pk])
            self.stdout.write(f"Taulukko, jonka lukutapa odottaa päätöstä: {path}")
        if kansio:
            self._write_copies(kansio.resolve())

    def _create(self):
        before, first, second = jaksot(timezone.localdate())
        self._import(before)
        kunta = self._name_kunta()
        self._create_users(kunta)
        koordinaattori = Kayttaja.objects.get(kunta=kunta, rooli=Rooli.KOORDINAATTORI)
        more = Vuorijarvi(kunta, first.paattyy.year, by=koordinaattori)
        past = self._date_jakso(kunta, before)
        more.set_back(past)
        self._publish(past, koordinaattori)
        told = {"tekija": koordinaattori.email, "strategia": more.strategia.nimi}
        self._import(first, **told)
        closed = self._date_jakso(kunta, first)
        more.add_boards()
        more.add_plan()
        more.add_values(closed, 0)
        self._publish(closed, koordinaattori)
        self._import(second, **told)
        opened = self._date_jakso(kunta, second)
        more.add_values(opened, 1)
        more.add_public_words()
        more.add_next_term()
        self._write_beside_rows(opened)
        self._plan_meetings(opened)
        read_new(OUTO.read_bytes(), OUTO.name, by=Kayttaja.objects.get(kunta=kunta, rooli=Rooli.PAAKAYTTAJA))
        return kunta

    def _create_naapuri(self, kunta):
        """A small second kunta, whose people never see the first; what both have published is seen side by side."""
        jakso = jaksot(timezone.localdate())[1]._replace(file=NAAPURIN)
        naapuri = Kunta.objects.create(
            nimi=NAAPURI, virallinen_nimi="Koskimaan kunta", genetiivi="Koskimaan", muoto="kunta", vertailtavissa=True
        )
        ulla = Kayttaja.objects.create_user(
            "ulla@koskimaa.example", SALASANA, nimi="Ulla Uusitalo", kunta=naapuri, rooli=Rooli.KOORDINAATTORI
        )
        self._import(jakso, kunta=NAAPURI, tekija=ulla.email, luo_toimialat=True)
        Strategia.objects.filter(kunta=naapuri).update(
            nimi="Koskimaan strategia", otsikko="Strategian seuranta", asteikko=TARJOTUT_NIMET
        )
        kunta.vertailtavissa = True
        kunta.save(update_fields=["vertailtavissa"])
        self._publish(self._date_jakso(naapuri, jakso), ulla)
        return naapuri

    def _tell_users(self, kunta):
        self.stdout.write(f"\n{kunta}: käyttäjät, kaikilla salasana {SALASANA}")
        for user in Kayttaja.objects.filter(kunta=kunta).order_by("pk"):
            toimialat = ", ".join(t.nimi for t in user.toimialat.all())
            self.stdout.write(f"  {user.email:<28} {user.get_rooli_display()}{f' ({toimialat})' if toimialat else ''}")

    def _publish(self, jakso, by):
        jakso.finish(by=by)
        versio = close_jakso(jakso, by=by)
        store_all(versio)
        versio.publish(by=by)

    def _import(self, jakso, kunta=KUNTA, **options):
        call_command("tuo", TAULUKOT / jakso.file, kunta=kunta, jakso=jakso.nimi, stdout=self.stdout, **options)

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
        veikko, otso = (Kayttaja.objects.get(kunta=kunta, nimi=nimi) for nimi in ("Veikko Virta", "Otso Oja"))
        first = timezone.localdate() + timedelta(days=20)
        people = {"sijaistettava": veikko, "sijainen": otso, "tekija": veikko}
        Sijaisuus.objects.create(kunta=kunta, alkaa=first, paattyy=first + timedelta(days=6), **people)

    def _date_jakso(self, kunta, jakso):
        newest = Seurantajakso.objects.get(kunta=kunta, nimi=jakso.nimi)
        newest.alkaa, newest.paattyy, newest.vastaus_viimeistaan = jakso.alkaa, jakso.paattyy, jakso.deadline
        newest.save()
        return newest

    def _plan_meetings(self, jakso):
        """When it is to be closed, and when the kunnanhallitus and the valtuusto deal with its report."""
        first = jakso.vastaus_viimeistaan
        jakso.hyvaksynta_viimeistaan, jakso.sulkeminen_suunniteltu = first + timedelta(7), first + timedelta(12)
        jakso.save()
        for toimielin, days in (("Kunnanhallitus", 18), ("Kunnanvaltuusto", 32)):
            told = {"toimielin": toimielin, "pvm": first + timedelta(days)}
            Kokous.objects.create(kunta=jakso.kunta, jakso=jakso, **told)

    def _write_beside_rows(self, jakso):
        """A question that has been answered, and one that waits."""
        hilkka, veikko = (Kayttaja.objects.get(email=f"{who}@vuorijarvi.example") for who in ("hilkka", "veikko"))
        first, second = jakso.toimenpiteet().filter(toimiala__in=veikko.toimialat.all())[:2]
        Rivikysymys.objects.write(jakso, first, "Onko valtuuston päätös jo lainvoimainen?", by=hilkka, odottaa=True)
        Rivikysymys.objects.write(jakso, first, "On, 12.8. alkaen.", by=veikko)
        Rivikysymys.objects.write(jakso, second, "Paljonko tästä on vielä tekemättä?", by=hilkka, odottaa=True)

    def _write_pdf(self, kunta):
        closed = Seurantajakso.objects.filter(kunta=kunta, tila=Seurantajakso.Tila.SULJETTU).last()
        path = Path(settings.MEDIA_ROOT) / "demo" / "osavuosikatsaus.pdf"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(stored_bytes(closed.raporttiversiot.first(), "pdf"))
        return path

    def _write_copies(self, folder):
        """The backup and the file of a kunta's moving, of today; those that are there already stay."""
        day = f"{timezone.localdate():%Y%m%d}"
        kopio, kunta = folder / f"varmuuskopio-{day}", folder / f"vuorijarvi-{day}.kunta"
        if not kopio.exists():
            call_command("varmuuskopio", kopio, verbosity=0)
        if not kunta.exists():
            call_command("vie_kunta", KUNTA, kunta, verbosity=0)
        self.stdout.write(f"Varmuuskopio (palautus: tyhjään asennukseen): {kopio}")
        self.stdout.write(f"Kunnan muutto (tuo_kunta: toiseen palveluun): {kunta}")
