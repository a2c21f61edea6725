"""New reports by e-mail: confirmed by a press, told once, ended by one press, and the address nowhere in the open."""

import logging
import re
import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from raportit.models import Raporttiversio, Tilaus, Tilausviesti
from raportit.sulkeminen.sulje import close_jakso
from raportit.tilaus.tilausviestit import tell_subscribers
from strategia.models import Kunta, Tapahtuma
from strategia.salaus import decrypt, encrypt
from strategia.todennus.avaimenvaihto import encrypt_anew

pytestmark = pytest.mark.django_db
OSOITE = "lukija@koti.example"
TILAA = "/julkinen/kirkkoranta/tilaus/"


def ask(client, osoite=OSOITE, path=TILAA, **told):
    return client.post(path, {"sahkoposti": osoite, **told}, follow=True)


def link_of(message):
    """The path of the link that the message's text has."""
    return re.search(r"https?://[^/\s]+(/julkinen/\S+/tilaus/[0-9a-f-]{36}/)", message.body)[1]


@pytest.fixture
def tilaus(client, cast):
    """The path of a confirmed subscription; its own mail is put away."""
    ask(client)
    path = link_of(mail.outbox[-1])
    client.post(path, {"toimi": "vahvista"})
    Tilaus.objects.update(vahvistettu=timezone.now() - timedelta(minutes=1))
    mail.outbox.clear()
    return path


# --- asking and confirming


def test_it_begins_by_the_press_of_a_button_on_the_mailed_page(cast, client):
    page = ask(client)
    assert "Katso sähköpostisi." in page.text and "sessionid" not in client.cookies
    (message,) = mail.outbox
    assert message.to == [OSOITE] and "kunta" in message.subject
    path = link_of(message)
    for _time in range(2):
        assert "Vahvista tilaus" in client.get(path).text
    assert Tilaus.objects.get().vahvistettu is None, "linkin avaaminen ei vahvista: postin tarkistaja avaa sen"
    assert "Tilaus on voimassa." in client.post(path, {"toimi": "vahvista"}).text
    first = Tilaus.objects.get().vahvistettu
    client.post(path, {"toimi": "vahvista"})
    assert first and Tilaus.objects.get().vahvistettu == first
    assert "Lopeta tilaus" in client.get(path).text


def test_the_address_is_in_no_table_log_or_act_to_read(cast, client, kirjautunut, caplog):
    caplog.set_level(logging.DEBUG)
    ask(client)
    client.post(link_of(mail.outbox[0]), {"toimi": "vahvista"})
    row = Tilaus.objects.values().get()
    assert OSOITE not in str(row) and "koti.example" not in str(row)
    assert "koti.example" not in caplog.text
    assert not Tapahtuma.objects.filter(kohteen_laji="raportit.tilaus").exists()
    page = kirjautunut(cast.aino).get(reverse("raportit:tilaus-lista")).text
    assert "Tilauksia voimassa: 1" in page and "koti.example" not in page


@pytest.mark.parametrize(("who", "status"), [("kaisa", 403), ("veikko", 403), ("liisa", 403), ("tarmo", 403)])
def test_only_the_paakayttaja_sees_how_many(cast, kirjautunut, who, status):
    assert kirjautunut(getattr(cast, who)).get(reverse("raportit:tilaus-lista")).status_code == status


def test_what_is_not_confirmed_in_a_week_is_gone_by_the_clock(cast, client):
    ask(client)
    path = link_of(mail.outbox[0])
    Tilaus.objects.update(luotu=timezone.now() - timedelta(days=7, minutes=1))
    assert "Tilausta ei ole." in client.get(path).text
    client.post(path, {"toimi": "vahvista"})
    assert Tilaus.objects.get().vahvistettu is None
    call_command("siivoa", verbosity=0)
    assert not Tilaus.objects.exists()


def test_an_address_that_asks_twice_is_here_once_and_the_page_does_not_tell(cast, client, tilaus):
    page = ask(client, f" {OSOITE.upper()} ")
    assert page.text == ask(Client(), "toinen@koti.example").text
    assert Tilaus.objects.count() == 2
    subjects = [message.subject.partition(":")[0] for message in mail.outbox]
    assert subjects == ["Olet jo tilannut raportit", "Vahvista raporttien tilaus"]
    assert link_of(mail.outbox[0]) == tilaus


def test_nobody_is_sent_more_than_three_a_day_nor_from_one_place_more_than_twenty(cast, client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    answers = [ask(client).status_code for _n in range(5)]
    assert answers == [200] * 5 and len(mail.outbox) == 3
    answers = [ask(client, f"a{n}@koti.example").status_code for n in range(16)]
    assert answers == [200] * 15 + [429] and Tilaus.objects.count() == 16


def test_nobody_is_sent_more_than_nine_a_day_of_however_many_kunnat(client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(12):
        kunta = Kunta.objects.create(nimi=f"Kunta {number}")
        told = {"sahkoposti": OSOITE.upper() if number % 2 else OSOITE}
        place = {"x-forwarded-for": f"192.0.2.{number}"}
        answer = client.post(f"/julkinen/{kunta.slug}/tilaus/", told, headers=place)
        assert answer.status_code == 302 and answer.url.endswith("?kiitos=1")
    assert len(mail.outbox) == 9


def test_a_program_is_thanked_and_nothing_is_kept(cast, client):
    assert "Katso sähköpostisi." in ask(client, kotisivu="x").text
    assert not Tilaus.objects.exists() and not mail.outbox
    assert ask(client, "ei osoite").status_code == 422


# --- ending


def test_a_mail_readers_own_button_ends_it_at_once_and_twice(cast, tilaus):
    cast.versio.publish(by=cast.kaisa)
    tell_subscribers()
    headers = mail.outbox[0].message()
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = re.fullmatch(r"<https?://[^/]+(/.+)>", headers["List-Unsubscribe"].replace("\n", "").replace(" ", ""))[1]
    strict = Client(enforce_csrf_checks=True)
    assert "Lopeta tilaus" in strict.get(path, follow=True).text and Tilaus.objects.exists(), "GET ei lopeta"
    for _time in range(2):
        answer = strict.post(path, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200 and "Tilaus on lopetettu." in answer.text
    assert not Tilaus.objects.exists() and not Tilausviesti.objects.exists(), "osoite poistuu tilauksen mukana"
    assert strict.post(tilaus, {"toimi": "lopeta"}).status_code == 403, "muut sivut eivät ohita suojausta"
    assert strict.get("/").status_code == 200 and "Auto-Submitted" in headers


def test_the_page_ends_it_and_another_kuntas_address_does_not_open_it(cast, client, tilaus):
    other = tilaus.replace(cast.kunta.slug, cast.naapuri.kunta.slug)
    client.post(other, {"toimi": "lopeta"})
    client.post(f"{other}lopeta/")
    assert Tilaus.objects.exists()
    assert "Tilaus on lopetettu." in client.post(tilaus, {"toimi": "lopeta"}).text
    assert not Tilaus.objects.exists()
    assert client.get(f"{TILAA}{uuid.uuid4()}/").status_code == 200


def test_the_addresses_are_encrypted_anew_with_the_other_secrets(client, tilaus, settings):
    old, new = "vanha-" + "a" * 40, "uusi-" + "b" * 40
    settings.MFA_KEYS = [old]
    Tilaus.objects.update(osoite=encrypt(OSOITE))
    settings.MFA_KEYS = [new, old]
    encrypt_anew()
    settings.MFA_KEYS = [new]
    assert decrypt(Tilaus.objects.get().osoite) == OSOITE


# --- telling


def correct(cast):
    cast.edellinen.reopen(by=cast.kaisa, syy="Korjataan.")
    return close_jakso(cast.edellinen, by=cast.kaisa)


def told():
    call_command("muistuta", verbosity=0)
    return [m.subject.partition(":")[0] for m in mail.outbox if m.to == [OSOITE]]


def test_a_published_report_is_told_once_and_a_corrected_one_as_corrected(cast, client, tilaus, monkeypatch):
    monkeypatch.setattr("raportit.management.commands.muistuta.is_quiet", lambda day: True)  # on a holiday too
    ask(client, path=TILAA.replace(cast.kunta.slug, cast.naapuri.kunta.slug))  # the same address, another kunta
    mail.outbox.clear()
    assert told() == []
    cast.versio.publish(by=cast.kaisa)
    assert told() == told() == ["Uusi raportti"]
    assert reverse("raportit:julkinen-versio", args=[cast.kunta.slug, cast.versio.tunnus]) in mail.outbox[0].body
    cast.versio.withdraw(by=cast.kaisa, syy="Virhe.")
    cast.versio.publish(by=cast.kaisa)
    assert told() == ["Uusi raportti"], "uudelleen julkaistusta ei kerrota toiseen kertaan"
    correct(cast).publish(by=cast.kaisa)
    assert told() == told() == ["Uusi raportti", "Korjattu raportti"]
    assert "Korjattu versio 2" in mail.outbox[1].body


def test_a_timed_publishing_is_told_when_it_is_public_and_a_withdrawn_one_never(cast, tilaus):
    cast.versio.publish(by=cast.kaisa, when=timezone.now() + timedelta(hours=1))
    assert told() == []
    when = timezone.now() - timedelta(seconds=1)
    Raporttiversio.objects.filter(pk=cast.versio.pk).update(julkaistaan=when, julkaistu=when)
    versio = Raporttiversio.objects.get(pk=cast.versio.pk)
    versio.withdraw(by=cast.kaisa, syy="Virhe.")
    assert told() == []
    versio.publish(by=cast.kaisa)
    assert told() == ["Uusi raportti"]


def test_what_was_published_before_is_not_told(cast, client):
    cast.versio.publish(by=cast.kaisa)
    ask(client)
    client.post(link_of(mail.outbox[0]), {"toimi": "vahvista"})
    mail.outbox.clear()
    assert told() == []


def test_what_did_not_leave_is_tried_later_and_shown_without_the_address(cast, kirjautunut, tilaus, monkeypatch):
    refused = f"SMTPRecipientsRefused: {{'{OSOITE}': (550, b'unknown')}}"
    monkeypatch.setattr("raportit.tilaus.tilausviestit.send_messages", lambda messages: [refused for _m in messages])
    cast.versio.publish(by=cast.kaisa)
    assert (tell_subscribers().jai, tell_subscribers().jai) == (1, 0), "heti ei yritetä uudelleen"
    viesti = Tilausviesti.objects.get()
    assert (viesti.tila, viesti.virhe) == ("epaonnistui", "SMTPRecipientsRefused 550")
    aino = kirjautunut(cast.aino)
    page = aino.get(reverse("raportit:tilaus-lista")).text
    assert "SMTPRecipientsRefused 550" in page and "koti.example" not in page
    assert "tilaajan viesti ei lähtenyt" in aino.get("/").text
    monkeypatch.undo()
    Tilausviesti.objects.update(yritetty=timezone.now() - timedelta(minutes=6))
    assert tell_subscribers().lahti == 1 and tell_subscribers().lahti == 0
    assert Tilausviesti.objects.get().tila == "lahetetty" and mail.outbox[-1].to == [OSOITE]


def test_what_was_cut_off_on_the_way_is_not_sent_again(cast, kirjautunut, tilaus):
    cast.versio.publish(by=cast.kaisa)
    old = timezone.now() - timedelta(minutes=16)
    told = {"tilaus": Tilaus.objects.get(), "versio": cast.versio, "yritetty": old}
    Tilausviesti.objects.create(kunta=cast.kunta, **told)
    assert (tell_subscribers().lahti, len(mail.outbox)) == (0, 0)
    assert "Lähetys katkesi" in kirjautunut(cast.aino).get(reverse("raportit:tilaus-lista")).text


def test_two_at_once_send_one(cast, tilaus, monkeypatch):
    """The other process has made the row between our asking and our writing."""
    from raportit.tilaus import tilausviestit

    cast.versio.publish(by=cast.kaisa)
    claimed = tilausviestit._claim_new(Raporttiversio.objects.get(pk=cast.versio.pk))
    original = Tilausviesti.objects.create

    def late(**told):
        original(**told)
        return original(**told)

    monkeypatch.setattr(Tilausviesti.objects, "create", late)
    assert list(claimed) == [] and connection.is_usable()
