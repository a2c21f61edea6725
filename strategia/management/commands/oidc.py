"""`manage.py oidc KUNTA …`: where a kunta's people sign in. The secret is read from the standard input."""

import re
import sys

from django.core.management.base import BaseCommand
from django.db import transaction
from django.urls import reverse

from strategia.kertakirjautuminen.tarjoaja import EiVastaa, discover, is_allowed_issuer, tarjoaja_of
from strategia.kertakirjautuminen.tulija import unlink
from strategia.models import Kayttaja, Kunta, Tapahtuma, Tunnistaja
from strategia.nimet import avain
from strategia.sahkoposti import absolute_url
from strategia.salaus import encrypt
from strategia.tapahtuma import record
from strategia.teksti import argument_within

ASETUKSET = ("issuer", "client", "ryhmavaite", "verkkotunnus", "salasanat", "irrota", "poista")
VERKKOTUNNUS = re.compile(r"(?=.{4,253}\Z)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}\Z")


class Command(BaseCommand):
    help = "Ota käyttöön kunnan oma kirjautuminen (OIDC, esimerkiksi Entra ID). Salaisuus luetaan syötteestä."

    def add_arguments(self, parser):
        limit = {name: argument_within(Tunnistaja._meta.get_field(name).max_length) for name in ("issuer", "client")}
        parser.add_argument("kunta", metavar="KUNTA", help="esimerkiksi Keuruu")
        parser.add_argument("--issuer", type=limit["issuer"], help="tunnistajan osoite, sama kuin sen iss")
        parser.add_argument("--client", type=limit["client"], help="palvelun tunnus tunnistajassa")
        claim = argument_within(Tunnistaja._meta.get_field("ryhmavaite").max_length)
        parser.add_argument("--ryhmavaite", type=claim, help="väite, jossa ryhmät ovat; oletus groups")
        parser.add_argument(
            "--verkkotunnus",
            nargs="*",
            metavar="TUNNUS",
            help="näiden osoitteiden väki liitetään tunnukseensa sähköpostilla, esimerkiksi keuruu.fi",
        )
        parser.add_argument("--salasanat", choices=["avoinna", "suljettu"], help="kelpaavatko palvelun omat salasanat")
        parser.add_argument(
            "--irrota", metavar="SÄHKÖPOSTI", help="poista henkilön liitos, jotta hän voi liittyä uudelleen"
        )
        parser.add_argument("--poista", action="store_true", help="lopeta kertakirjautuminen ja avaa salasanat")

    def handle(self, *args, kunta, **told):
        kunta = Kunta.objects.filter(avain=avain(kunta)).first() or self._stop(f"Kuntaa ”{kunta}” ei ole.")
        if bool(told["issuer"]) != bool(told["client"]):
            self._stop("Anna --issuer ja --client yhdessä.")
        with transaction.atomic():
            rivi, _made = Tunnistaja.objects.select_for_update().get_or_create(kunta=kunta)
            self._change(rivi, told)
            rivi.save()
            if rivi.salasanat_suljettu and tarjoaja_of(kunta) is None:
                self._stop("Kertakirjautuminen ei ole käytössä. Ilman sitä kukaan ei pääsisi sisään.")
            if told["irrota"]:
                self._unlink(kunta, told["irrota"])
            asked = [name for name, value in told.items() if name in ASETUKSET and value not in (None, False)]
            if asked:
                record(Tapahtuma.Laji.ASETUS, by=None, kunta=kunta, kohde=rivi, mihin=f"oidc: {', '.join(asked)}")
        self._tell(kunta)

    def _change(self, rivi, told):
        if told["issuer"]:
            self._set_issuer(rivi, told)
        if told["poista"]:
            rivi.issuer = rivi.client = rivi.salaisuus = ""
            rivi.salasanat_suljettu = False
        if told["ryhmavaite"]:
            rivi.ryhmavaite = told["ryhmavaite"]
        if told["verkkotunnus"] is not None:
            rivi.verkkotunnukset = sorted({self._domain(each) for each in told["verkkotunnus"]})
        if told["salasanat"]:
            rivi.salasanat_suljettu = told["salasanat"] == "suljettu"

    def _set_issuer(self, rivi, told):
        if not is_allowed_issuer(told["issuer"]):
            self._stop("Tunnistajan osoitteen alussa on oltava https://.")
        salaisuus = sys.stdin.readline().strip()
        if not salaisuus:
            self._stop("Salaisuus puuttuu. Anna se syötteessä: oidc … < salaisuus.txt")
        rivi.issuer, rivi.client, rivi.salaisuus = told["issuer"].rstrip("/"), told["client"], encrypt(salaisuus)

    def _domain(self, text):
        domain = text.strip().lstrip("@").lower()
        return domain if VERKKOTUNNUS.match(domain) else self._stop(f"”{text}” ei ole verkkotunnus.")

    def _unlink(self, kunta, email):
        user = Kayttaja.objects.filter(kunta=kunta, email__iexact=email).first()
        if user is None or not unlink(user, by=None):
            self._stop(f"Osoitteen {email} tunnusta ei ole liitetty.")
        self.stdout.write(f"{email} on irrotettu.")

    def _tell(self, kunta):
        tarjoaja = tarjoaja_of(kunta)
        if tarjoaja is None:
            self.stdout.write(f"{kunta}: kertakirjautuminen ei ole käytössä.")
            return
        paths = (reverse(name, args=[kunta.slug]) for name in ("kertakirjautuminen_kunta", "openid_connect_callback"))
        sivu, paluu = map(absolute_url, paths)
        rivi = Tunnistaja.objects.get(kunta=kunta)
        self.stdout.write(f"{kunta}: {tarjoaja.issuer}\nKirjautumissivu: {sivu}\nPaluuosoite:     {paluu}")
        self.stdout.write(f"Verkkotunnukset: {', '.join(rivi.verkkotunnukset) or 'ei mitään'}")
        self.stdout.write(f"Salasanat:       {'suljettu' if rivi.salasanat_suljettu else 'avoinna'}")
        try:
            discover(tarjoaja)
        except EiVastaa as silent:
            self.stderr.write(str(silent))

    def _stop(self, sentence):
        self.stderr.write(sentence)
        raise SystemExit(1)
