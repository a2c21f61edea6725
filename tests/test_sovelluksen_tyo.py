"""A year's work as the application's role: nothing that pages, commands and the queue do is refused by the database."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse

from raportit.models import Raporttiversio, Tallenne
from raportit.tallenne import jono
from raportit.tallenne.tallenteet import stored_bytes
from seuranta.models import Kirjaus, Seurantajakso, Tuonti
from seuranta.vastaustaulukko.kirja import answer_table_bytes
from strategia.models import Kayttaja, Tapahtuma, Toimenpide

from .cast import build_cast
from .lomakkeet import list_forms
from .matriisi import build_world
from .seuranta.tuonti.tuontisivut import LISTA, UUSI, paata, tallenna, xlsx
from .sovelluksena import as_application
from .ymparisto import osuus

pytestmark = [pytest.mark.vain_postgres, pytest.mark.django_db(transaction=True)]

SALASANA = "sininen-vene-soutaa-hiljaa"


@pytest.fixture
def cast(transactional_db):
    with as_application():
        cast = build_cast()
        for person in (cast.aino, cast.kaisa, cast.veikko, cast.hilkka):
            person.set_password(SALASANA)
            person.save(update_fields=["password"])
        yield cast


def sign_in(person):
    client = Client()
    client.post(reverse("account_login"), {"login": person.email, "password": SALASANA})
    assert client.get("/omat-tiedot/").status_code == 200, person
    return client


def press(client, name, *args, says="", **data):
    """Send a form and follow it; the page that comes says so."""
    answer = client.post(reverse(name, args=args), data, follow=True)
    assert answer.status_code == 200, (name, answer.status_code)
    assert says in answer.text, name
    return answer.text


# --- the year, one act after another


def test_somebody_is_invited_and_chooses_a_password(cast, mailoutbox):
    told = {"email": "uuno@kirkkoranta.example", "nimi": "Uuno", "rooli": "raportoija", "toimialat": cast.tekniset.pk}
    press(sign_in(cast.aino), "strategia:kayttaja-kutsu", **told)
    invited = next(message for message in mailoutbox if message.to == [told["email"]])
    link = re.search(r"https://localhost(/\S+)", invited.body)[1]
    client = Client()
    path = client.get(link, follow=True).redirect_chain[-1][0]
    answer = client.post(path, {"password1": SALASANA, "password2": SALASANA}, follow=True)
    assert "Salasana on vaihdettu" in answer.text
    uuno = sign_in(Kayttaja.objects.get(email="uuno@kirkkoranta.example"))
    uuno.post(reverse("account_logout"))
    assert uuno.get("/omat-tiedot/").status_code == 302
    wrong = Client().post(reverse("account_login"), {"login": cast.veikko.email, "password": "väärä"})
    assert wrong.status_code == 200
    told = set(Tapahtuma.objects.values_list("laji", flat=True))
    assert {Tapahtuma.Laji.KIRJAUTUI, Tapahtuma.Laji.KIRJAUTUI_ULOS, Tapahtuma.Laji.KIRJAUTUMINEN_EI} <= told


def test_a_table_is_imported_and_taken_back(cast):
    aino, before = sign_in(cast.aino), Toimenpide.objects.count()
    aino.post(LISTA, {"tiedosto": SimpleUploadedFile("seuranta.xlsx", xlsx(UUSI))})
    tuonti = Tuonti.objects.first()
    paata(aino, tuonti, jakso=cast.jakso.nimi, strategia=cast.strategia.nimi)
    assert "Tuonti on tallennettu." in tallenna(aino, tuonti)
    assert Toimenpide.objects.count() == before + 1
    press(aino, "seuranta:tuonti-kumoa", tuonti.pk, vahvista="1")
    assert Toimenpide.objects.count() == before
    aino.post(LISTA, {"tiedosto": SimpleUploadedFile("turha.xlsx", xlsx(UUSI))})
    press(aino, "seuranta:tuonti-hylkaa", Tuonti.objects.exclude(pk=tuonti.pk).get().pk)


def test_a_jakso_is_answered_approved_closed_published_reopened_and_closed_again(cast):
    veikko, hilkka, kaisa = map(sign_in, (cast.veikko, cast.hilkka, cast.kaisa))
    row = {f"t{cast.vayla.pk}-{name}": value for name, value in (("versio", 0), ("aste", 4), ("kommentti", "Etenee."))}
    press(veikko, "seuranta:kirjaus-lista", cast.jakso.pk, **row, laheta=cast.vayla.pk)
    kirjaus = Kirjaus.objects.get(jakso=cast.jakso, toimenpide=cast.vayla)
    chosen = {"rivi": kirjaus.pk, f"k{kirjaus.pk}-versio": kirjaus.versio}
    press(hilkka, "seuranta:hyvaksynta-lista", cast.jakso.pk, **chosen)
    press(kaisa, "seuranta:jakso-viimeistele", cast.jakso.pk, vahvista="1")
    press(kaisa, "raportit:jakso-sulje", cast.jakso.pk, vahvista="1", says="Versio 1.")
    versio = Raporttiversio.objects.get(jakso=cast.jakso)
    press(kaisa, "raportit:versio-julkaisu", versio.pk, toimi="julkaise", vahvista="1", says="Raportti on julkaistu.")
    press(kaisa, "raportit:versio-julkaisu", versio.pk, toimi="poista", syy="Luvuissa on virhe.", vahvista="1")
    press(kaisa, "raportit:kasittely-uusi", versio.pk, toimielin="Valtuusto", pvm="12.10.2026")
    press(kaisa, "seuranta:jakso-avaa-uudelleen", cast.jakso.pk, syy="Luku puuttui.", says="Luku puuttui.")
    told = Tapahtuma.objects.filter(laji=Tapahtuma.Laji.AVATTU_UUDELLEEN).get()
    assert (told.kuka, told.kohteen_id, told.kohteen_nimi, told.mista) == (
        cast.kaisa,
        cast.jakso.pk,
        cast.jakso.nimi,
        "Suljettu",
    )
    assert told.pyynto_id and told.rooli == "koordinaattori"
    press(kaisa, "raportit:jakso-sulje", cast.jakso.pk, vahvista="1", says="Versio 2.")


def test_an_empty_jakso_is_made_and_taken_away(cast):
    kaisa = sign_in(cast.kaisa)
    press(kaisa, "seuranta:jakso-uusi", nimi="Turha", tyyppi="muu", strategia=cast.strategia.pk)
    turha = Seurantajakso.objects.get(nimi="Turha")
    press(kaisa, "seuranta:jakso-muokkaa", turha.pk, poista="1")
    assert not Seurantajakso.objects.filter(pk=turha.pk).exists()


def test_the_queue_the_messages_and_the_clearing_work(cast):
    stored_bytes(cast.versio, "csv")
    jono.render_versio.enqueue(cast.versio.pk)
    call_command("tyontekija", kerran=True)
    assert Tallenne.objects.filter(versio=cast.versio, muoto="xlsx").exists()
    call_command("muistuta")
    call_command("siivoa")
    call_command("check", databases=["default"])


# --- every form there is


@pytest.mark.parametrize("who", ["aino", "hilkka", "veikko"])
def test_no_form_of_any_page_is_refused(who, transactional_db, caplog):
    maailma = build_world()  # it opens closed jaksot by hand: that is the owner's
    with as_application():
        files = {"tiedosto": answer_table_bytes(maailma.cast.jakso, maailma.cast.tekniset, maailma.cast.veikko)}
        forms = [form for form in list_forms(maailma, who, osana=True) if form.tapa == "post"]
        refused = [form.osoite for form in forms if send(maailma, who, form, files) >= 500]
    assert len(forms) > osuus(10)
    assert "permission denied" not in caplog.text
    assert not refused, refused


def send(maailma, who, form, files):
    """The status; nothing that it wrote stays."""
    client = maailma.clients[who]
    client.cookies = maailma.cookies[who].copy()
    with transaction.atomic():
        status = client.post(form.osoite, form.data(files)).status_code
        transaction.set_rollback(True)
    return status
