"""A forgotten password: the page tells nobody who has an account here."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from strategia.models import Kayttaja, Tapahtuma


def ask(email):
    answer = Client().post(reverse("account_reset_password"), {"email": email})
    return answer.status_code, answer.headers.get("Location"), answer.content


@pytest.mark.parametrize("who", ["nobody", "an ended account"])
def test_asking_for_a_new_password_looks_the_same_with_and_without_an_account(who, cast):
    Kayttaja.objects.filter(pk=cast.otso.pk).update(is_active=False)
    known = ask(cast.veikko.email)
    assert (known[0], [each.to for each in mail.outbox]) == (302, [[cast.veikko.email]])
    assert ask("ei.ole@kirkkoranta.example" if who == "nobody" else cast.otso.email) == known
    assert len(mail.outbox) == 1
    [act] = Tapahtuma.objects.filter(laji=Tapahtuma.Laji.SALASANA_PYYDETTY)  # of the known one only
    assert (act.kohteen_id, act.kuka, act.kunta) == (cast.veikko.pk, None, cast.kunta)


def test_tab_goes_from_the_address_to_the_password_and_a_wrong_one_tells_what_to_do(client, cast):
    """Who types by heart would otherwise type the password onto the link of a forgotten one."""
    refused = client.post(reverse("account_login"), {"login": cast.veikko.email, "password": "aivan-vaara"}).text
    assert "Jos et muista salasanaa, valitse Unohtuiko salasana?" in refused
    client.force_login(cast.veikko)
    for page in (refused, Client().get("/").text, client.get(reverse("account_reauthenticate")).text):
        link = f'href="{reverse("account_reset_password")}"'
        assert page.count(link) == 1
        assert page.index('type="password"') < page.index('<button class="btn">') < page.index(link)
