"""Sessions: an hour idle, twelve in all, ended for good; one's own page of them; messages about one's account."""

from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from strategia import istunnot
from strategia.kayttaja.tunnus import password_link, set_active
from strategia.models import Istunto, Kayttaja

SIVU = reverse("strategia:istunto-lista")
SALASANA, UUSI = "sininen-vene-soutaa-hiljaa", "vihrea-vene-soutaa-hiljaa"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"
PUHELIN = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Safari/604.1"


@pytest.fixture(autouse=True)
def _with_a_password(request):
    if "cast" in request.fixturenames:
        for name in ("veikko", "aino"):
            person = getattr(request.getfixturevalue("cast"), name)
            person.set_password(SALASANA)
            person.save(update_fields=["password"])


def signed_in(person, *, agent=FIREFOX, address="192.0.2.77", client=None, salasana=SALASANA):
    """A browser in which the person has signed in by the page."""
    client = client or Client(REMOTE_ADDR=address, headers={"User-Agent": agent})
    answer = client.post(reverse("account_login"), {"login": person.email, "password": salasana})
    assert answer.status_code == 302
    return client


def is_in(client):
    return client.get("/omat-tiedot/").status_code == 200


@pytest.fixture
def kello(monkeypatch):
    """`kello(minutes)`: so much later."""
    passed = [timedelta(0)]
    now = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: now() + passed[0])

    def later(**told):
        passed[0] += timedelta(**told)

    return later


def test_an_hour_idle_ends_a_session(cast, kello):
    client = signed_in(cast.veikko)
    kello(minutes=59)
    assert is_in(client)
    kello(minutes=59)
    assert is_in(client)
    kello(minutes=61)
    assert not is_in(client)


def test_twelve_hours_end_a_session_that_is_used_all_the_time(cast, kello):
    client = signed_in(cast.veikko)
    for _each in range(23):
        kello(minutes=31)
        assert is_in(client)
    kello(minutes=8)
    assert not is_in(client)
    assert is_in(signed_in(cast.veikko))


def test_choosing_a_new_password_makes_the_day_no_longer(cast, kello):
    client = signed_in(cast.veikko)
    for _each in range(23):
        kello(minutes=31)
        assert is_in(client)
    new = {"oldpassword": SALASANA, "password1": UUSI, "password2": UUSI}
    assert client.post(reverse("account_change_password"), new).status_code == 302
    assert is_in(client)
    kello(minutes=8)
    assert not is_in(client)


def test_deactivation_ends_sessions_and_renewing_revives_none(cast, kirjautunut):
    client, aino = signed_in(cast.veikko), kirjautunut(cast.aino)
    page = reverse("strategia:kayttaja-kaytto", args=[cast.veikko.pk])
    aino.post(page, {"kaytossa": "0"})
    aino.post(page, {"kaytossa": "1"})
    assert not is_in(client)
    assert is_in(signed_in(cast.veikko))


def test_a_deactivation_past_the_page_revives_none_that_has_asked_meanwhile(cast):
    client = signed_in(cast.veikko)
    Kayttaja.objects.filter(pk=cast.veikko.pk).update(is_active=False)
    assert not is_in(client)
    Kayttaja.objects.filter(pk=cast.veikko.pk).update(is_active=True)
    assert not is_in(client)


def test_a_role_change_ends_sessions_and_its_person_is_told(cast, kirjautunut):
    client, aino = signed_in(cast.veikko), kirjautunut(cast.aino)
    mail.outbox.clear()
    page = reverse("strategia:kayttaja-detail", args=[cast.veikko.pk])
    for rooli in ("hyvaksyja", "raportoija"):
        form = aino.get(page).context["form"]
        told = {"nimi": cast.veikko.nimi, "rooli": rooli, "toimialat": [cast.tekniset.pk]}
        told |= {name: form[name].value() for name in form.fields if name not in told and form[name].value()}
        assert aino.post(page, told | {"versio": form["versio"].value()} if "versio" in form.fields else told)
    assert cast.veikko.istunnot.count() == 0
    assert not is_in(client)
    first, second = mail.outbox
    assert first.to == [cast.veikko.email]
    assert "on nyt hyväksyjä. Se oli raportoija." in first.body
    assert "on nyt raportoija. Se oli hyväksyjä." in second.body


@pytest.mark.parametrize("what", [{"rooli": "koordinaattori"}, {"is_staff": True}, {"is_superuser": True}])
def test_rights_changed_past_the_pages_end_sessions_too(what, cast):
    client = signed_in(cast.veikko)
    Kayttaja.objects.filter(pk=cast.veikko.pk).update(**what)
    assert not is_in(client)


def test_a_new_password_ends_the_other_sessions_and_leaves_this_one(cast):
    here, there = signed_in(cast.veikko), signed_in(cast.veikko, agent=PUHELIN)
    new = {"oldpassword": SALASANA, "password1": UUSI, "password2": UUSI}
    here.post(reverse("account_change_password"), new)
    assert cast.veikko.istunnot.count() == 1
    assert is_in(here)
    assert not is_in(there)


def test_a_mailed_reset_ends_every_session(cast):
    here, there = signed_in(cast.veikko), signed_in(cast.veikko, agent=PUHELIN)
    veikko = Kayttaja.objects.get(pk=cast.veikko.pk)  # signing in has changed what the link is made of
    page = here.get(password_link(veikko).removeprefix("https://localhost"), follow=True).redirect_chain[-1][0]
    assert here.post(page, {"password1": UUSI, "password2": UUSI}).status_code == 302
    assert not is_in(there)
    assert not is_in(here)


def test_the_page_tells_where_one_is_signed_in_and_ends_one_or_all(cast):
    here = signed_in(cast.veikko)
    phone, third = (signed_in(cast.veikko, agent=PUHELIN, address="2001:db8:1:2::3") for _each in range(2))
    others = signed_in(cast.aino)
    page = here.get(SIVU)
    keys = [istunto.pk for istunto in cast.veikko.istunnot.all()]
    assert not any(key in page.text for key in keys)
    assert "Firefox, Windows" in page.text and "Safari, iPhone" in page.text
    assert "192.0.2.0" in page.text and "2001:db8:1::" in page.text
    assert "192.0.2.77" not in page.text
    (istunto, name, is_own), *rest = page.context["istunnot"]
    assert (is_own, len(rest)) == (True, 2)
    phones = istunnot.which(phone.session.session_key)
    assert here.post(SIVU, {"istunto": phones}, follow=True).text.count("1 istunto päättyi.") == 1
    assert (is_in(here), is_in(phone), is_in(third)) == (True, False, True)
    assert "1 istunto päättyi." in here.post(SIVU, follow=True).text
    assert (is_in(here), is_in(third), is_in(others)) == (True, False, True)
    theirs = istunnot.which(others.session.session_key)
    assert "0 istuntoa päättyi." in here.post(SIVU, {"istunto": theirs}, follow=True).text
    assert is_in(others)


def test_a_session_costs_one_query_and_a_minute_later_one_more(cast, kello):
    client = signed_in(cast.veikko)
    assert asked_of_session(client) == ["SELECT"]
    kello(seconds=61)
    assert asked_of_session(client) == ["SELECT", "UPDATE"]
    assert asked_of_session(client) == ["SELECT"]
    nahty = Istunto.objects.get(kayttaja=cast.veikko).nahty
    assert timezone.now() - nahty < timedelta(seconds=30)


def asked_of_session(client):
    with CaptureQueriesContext(connection) as asked:
        assert is_in(client)
    return [each["sql"].split()[0] for each in asked if "strategia_istunto" in each["sql"]]


def test_whoever_has_not_signed_in_has_no_session_of_anybody(cast, client):
    session = client.session
    session["kesken"] = 1
    session.save()
    istunto = Istunto.objects.get(pk=session.session_key)
    assert istunto.kayttaja is None
    assert SESSION_KEY not in istunto.get_decoded()


def test_a_new_browser_is_told_by_mail_once(cast):
    mail.outbox.clear()
    client = signed_in(cast.veikko)
    [viesti] = mail.outbox
    assert viesti.to == [cast.veikko.email]
    assert "Firefox, Windows" in viesti.body and "192.0.2.0" in viesti.body
    assert f"https://localhost{reverse('account_reset_password')}" in viesti.body
    client.post(reverse("account_logout"))
    signed_in(cast.veikko, client=client)
    assert len(mail.outbox) == 1
    signed_in(cast.veikko, agent=PUHELIN)
    assert "Safari, iPhone" in mail.outbox[1].body


def test_choosing_the_password_by_mail_makes_the_browser_known(cast):
    mail.outbox.clear()
    client = Client()
    page = client.get(password_link(cast.veikko).removeprefix("https://localhost"), follow=True).redirect_chain[-1][0]
    client.post(page, {"password1": UUSI, "password2": UUSI})
    signed_in(cast.veikko, client=client, salasana=UUSI)
    assert not mail.outbox


def test_ending_ones_own_access_ends_ones_own_session(cast, kirjautunut):
    Kayttaja.objects.filter(pk=cast.kaisa.pk).update(rooli="paakayttaja", last_login=timezone.now())
    aino = signed_in(cast.aino)
    page = reverse("strategia:kayttaja-kaytto", args=[cast.aino.pk])
    assert aino.post(page, {"kaytossa": "0"}).status_code == 302
    set_active(cast.aino, True)
    assert not is_in(aino)
