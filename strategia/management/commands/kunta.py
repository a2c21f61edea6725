"""`manage.py kunta NIMI …`: the first step of an empty installation."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand
from django.core.validators import validate_email
from django.db import transaction
from django.utils.crypto import get_random_string

from strategia.models import Kayttaja, Kunta, Rooli, Tapahtuma
from strategia.nimet import avain
from strategia.tapahtuma import record
from strategia.teksti import argument_within

Laji = Tapahtuma.Laji


class Command(BaseCommand):
    help = "Perusta kunta ja sen ensimmäinen pääkäyttäjä."

    def add_arguments(self, parser):
        nimi, virallinen, genetiivi = (_argument_of(Kunta, name) for name in ("nimi", "virallinen_nimi", "genetiivi"))
        parser.add_argument("nimi", type=nimi, metavar="NIMI", help="esimerkiksi Keuruu")
        parser.add_argument(
            "--virallinen-nimi", type=virallinen, required=True, metavar="NIMI", help="esimerkiksi Keuruun kaupunki"
        )
        parser.add_argument("--genetiivi", type=genetiivi, default="", metavar="NIMI", help="esimerkiksi Keuruun")
        email = _argument_of(Kayttaja, "email")
        parser.add_argument("--paakayttaja", type=email, required=True, metavar="SÄHKÖPOSTI")
        oma = _argument_of(Kayttaja, "nimi")
        parser.add_argument(
            "--nimi", dest="oma_nimi", type=oma, default="", metavar="NIMI", help="pääkäyttäjän oma nimi"
        )

    def handle(self, *args, nimi, virallinen_nimi, genetiivi, paakayttaja, oma_nimi, **options):
        self._check_email(paakayttaja)
        password = get_random_string(16)
        with transaction.atomic():
            kunta, created = Kunta.objects.update_or_create(
                avain=avain(nimi),
                defaults={
                    "nimi": nimi,
                    "virallinen_nimi": virallinen_nimi,
                    "genetiivi": genetiivi,
                    "muoto": "kaupunki" if "kaupunki" in virallinen_nimi.casefold() else "kunta",
                },
            )
            user = Kayttaja.objects.create_user(
                paakayttaja, password, nimi=oma_nimi or _name_from(paakayttaja), kunta=kunta, rooli=Rooli.PAAKAYTTAJA
            )
            record(Laji.LISATTY if created else Laji.MUUTETTU, by=None, kunta=kunta, kohde=kunta)
            record(Laji.KUTSUTTU, by=None, kunta=kunta, kohde=user, mihin=user.get_rooli_display())
        self.stdout.write(f"Kunta {kunta} on {'perustettu' if created else 'päivitetty'}.")
        self.stdout.write(f"Pääkäyttäjä: {paakayttaja}\nSalasana:    {password}")
        self.stdout.write("Salasanaa ei näytetä uudelleen. Vaihda se, kun olet kirjautunut.")

    def _check_email(self, email):
        try:
            validate_email(email)
        except ValidationError:
            self._stop(f"”{email}” ei ole sähköpostiosoite. Tarkista osoite.")
        if Kayttaja.objects.filter(email__iexact=email).exists():
            self._stop(f"Osoitteella {email} on jo käyttäjä. Anna toinen osoite.")

    def _stop(self, sentence):
        self.stderr.write(sentence)
        raise SystemExit(1)


def _argument_of(model, name):
    return argument_within(model._meta.get_field(name).max_length)


def _name_from(email):
    """Until the person tells a better one."""
    return email.partition("@")[0][: Kayttaja._meta.get_field("nimi").max_length]
