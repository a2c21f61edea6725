"""A kunta that takes no password of ours: every door of it is closed, a superuser's alone is open."""

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core import mail
from django.urls import reverse

from strategia.kayttaja.kirjautuminen import send_password_link
from strategia.kayttaja.tunnus import send_invitation
from strategia.models import Kayttaja, Tunnistaja
from tests.cast import SALASANA

from .conftest import RAPORTOIJAT, SIVU, invite, who


@pytest.fixture
def suljettu(malli, cast):
    """Kirkkoranta takes its own sign-in only; the people have the passwords that they had."""
    Tunnistaja.objects.update(salasanat_suljettu=True)
    cast.kaisa.set_password(SALASANA)
    cast.kaisa.save()
    return cast


def log_in(client, user, password=SALASANA):
    return client.post("/tili/kirjaudu/", {"login": user.email, "password": password}, follow=True)


def test_the_right_password_leads_to_the_kuntas_own_sign_in(suljettu, client):
    answer = log_in(client, suljettu.kaisa)
    assert who(client) is None
    assert answer.redirect_chain[-1][0] == SIVU
    assert "kirjaudutaan vain kunnan tunnuksella" in answer.text
    assert "Kirjaudu salasanalla" not in answer.text


def test_a_wrong_password_tells_nothing_of_it(suljettu, client):
    answer = log_in(client, suljettu.kaisa, "väärä-salasana-12")
    assert "vain kunnan tunnuksella" not in answer.text


def test_the_neighbours_and_a_superusers_password_still_open(suljettu, client):
    for person in (suljettu.ulla, suljettu.kaisa):
        person.set_password(SALASANA)
        person.is_superuser = person == suljettu.kaisa
        person.save()
        log_in(client, person)
        assert who(client) == str(person.pk)
        client.logout()


def test_the_admins_door_is_closed(suljettu, client):
    Kayttaja.objects.filter(pk=suljettu.kaisa.pk).update(is_staff=True)
    client.post("/hallinta/login/", {"username": suljettu.kaisa.email, "password": SALASANA})
    assert who(client) is None


def test_a_forgotten_password_leads_to_the_kuntas_own_sign_in(suljettu, client):
    client.post("/tili/salasana/unohtui/", {"email": suljettu.kaisa.email})
    (message,) = mail.outbox
    assert SIVU in message.body
    assert "salasana/uusi" not in message.body
    assert "Kunnassasi kirjaudutaan vain kunnan tunnuksella" in message.body


def test_a_link_that_was_sent_before_is_dead(suljettu, client):
    key = default_token_generator.make_token(suljettu.kaisa)
    address = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(suljettu.kaisa), key])
    assert "vanhentunut tai jo käytetty" in client.get(address, follow=True).text
    Tunnistaja.objects.update(salasanat_suljettu=False)
    assert "vanhentunut tai jo käytetty" not in client.get(address, follow=True).text


def test_an_invitation_leads_to_the_kuntas_own_sign_in(suljettu):
    send_invitation(invite(suljettu.otso).pk, suljettu.aino.pk, connection=mail.get_connection())
    (message,) = mail.outbox
    assert SIVU in message.body
    assert "salasana" not in message.body.lower()


def test_an_invitation_tells_of_both_ways_where_both_are_open(malli, cast):
    send_invitation(invite(cast.otso).pk, cast.aino.pk, connection=mail.get_connection())
    (message,) = mail.outbox
    assert "/tili/salasana/uusi/" in message.body
    assert "Voit kirjautua myös kunnan tunnuksella" in message.body


def test_who_has_no_password_here_is_told_so(malli, cast, client):
    malli.tell("s1", RAPORTOIJAT, email=invite(cast.otso).email)
    malli.sign_in(client, "s1")
    answer = client.get("/tili/salasana/", follow=True)
    assert answer.status_code == 200
    assert "eikä sinulla ole täällä salasanaa" in answer.text
    assert "Vaihda salasana" not in client.get("/omat-tiedot/").text


def test_a_password_link_of_a_kunta_that_takes_them_is_as_before(malli, cast):
    send_password_link(cast.kaisa.pk, connection=mail.get_connection())
    assert "/tili/salasana/uusi/" in mail.outbox[0].body
