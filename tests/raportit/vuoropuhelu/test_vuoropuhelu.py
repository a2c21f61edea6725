"""What people ask of a published toimenpide: it reaches the koordinaattori, and is public only once chosen."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from strategia.models import Palaute, Tapahtuma
from tests.osoitteet import told_palaute

pytestmark = pytest.mark.django_db
KYSYMYS = "Milloin zqväylä avataan?"


@pytest.fixture
def teko(cast):
    cast.versio.publish(by=cast.kaisa)
    return reverse("raportit:julkinen-kohde", args=[cast.kunta.slug, "toimenpide", cast.vayla.tunnus])


def ask(client, teko, **told):
    return client.post(f"{teko}palaute/", {"viesti": KYSYMYS, **told}, follow=True)


def answer(cast, kirjautunut, palaute, who="kaisa", **told):
    path = reverse("raportit:palaute-vastaa", args=[palaute.pk])
    return kirjautunut(getattr(cast, who)).post(path, told, follow=True)


def test_only_the_koordinaattori_reads_and_answers(cast, kirjautunut):
    palaute = told_palaute(cast.kunta)
    for who, status in (("veikko", 403), ("hilkka", 403), ("liisa", 403), ("tarmo", 403), ("ulla", 404)):
        assert answer(cast, kirjautunut, palaute, who, vastaus="Kyllä.").status_code == status
    assert Palaute.objects.get().vastaus == ""


def test_a_question_is_public_only_once_it_is_answered_and_chosen(cast, client, kirjautunut, teko, mailoutbox):
    page = ask(client, teko, sahkoposti="asukas@koti.example")
    assert "Kiitos. Viestisi on lähetetty." in page.text and "sessionid" not in client.cookies
    palaute = Palaute.objects.get()
    assert (palaute.toimenpide, palaute.aihe, palaute.sivu) == (cast.vayla.tunnus, cast.vayla.nimi, teko)
    assert set(mailoutbox[0].to) == {cast.aino.email, cast.kaisa.email}
    assert KYSYMYS not in client.get(teko).text
    assert "palaute käsittelemättä" in kirjautunut(cast.kaisa).get("/").text
    answer(cast, kirjautunut, palaute, vastaus="Syyskuussa.")
    assert mailoutbox[1].to == ["asukas@koti.example"] and "Syyskuussa." in mailoutbox[1].body
    palaute.refresh_from_db()
    assert palaute.sahkoposti == "", "osoitetta ei enää tarvita"
    assert KYSYMYS not in client.get(teko).text and "Syyskuussa." not in client.get(teko).text
    assert "käsittelemättä" not in kirjautunut(cast.kaisa).get("/").text
    answer(cast, kirjautunut, palaute, vastaus="Syyskuussa.", nakyy="on")
    page = client.get(teko).text
    assert KYSYMYS in page and "Syyskuussa." in page and "koti.example" not in page
    other = teko.replace(str(cast.vayla.tunnus), str(cast.kerho.tunnus))
    assert KYSYMYS not in client.get(other).text
    answer(cast, kirjautunut, palaute, vastaus="Syyskuussa.")
    assert KYSYMYS not in client.get(teko).text, "vastauksen voi piilottaa"
    assert len(mail.outbox) == 2, "toista kertaa ei lähetetä"
    told = " ".join(f"{t} {t.mista} {t.mihin}" for t in Tapahtuma.objects.all())
    assert "koti.example" not in told and "zqväylä" not in told


@pytest.mark.parametrize(
    ("viesti", "vastaus", "sanottu"),
    [
        ("Soita 040 123 4567.", "Kiitos.", "Viestissä näyttää olevan henkilötieto: 040 123 4567."),
        ("Milloin?", "Kysy: matti@kunta.example", "Vastauksessa näyttää olevan henkilötieto: matti@kunta.example."),
    ],
)
def test_what_holds_personal_data_is_not_shown(cast, client, kirjautunut, teko, viesti, vastaus, sanottu):
    ask(client, teko, viesti=viesti)
    page = answer(cast, kirjautunut, Palaute.objects.get(), vastaus=vastaus, nakyy="on")
    assert page.status_code == 422 and sanottu in page.text
    assert Palaute.objects.get().kasitelty is None
    assert answer(cast, kirjautunut, Palaute.objects.get(), vastaus=vastaus).status_code == 200
    assert viesti not in client.get(teko).text


def test_what_needs_no_answer_is_put_aside_and_its_address_forgotten(cast, client, kirjautunut, teko):
    ask(client, teko, sahkoposti="asukas@koti.example")
    answer(cast, kirjautunut, Palaute.objects.get(), toimi="kasitelty")
    palaute = Palaute.objects.get()
    assert palaute.kasitelty and palaute.sahkoposti == ""


def test_an_address_is_not_kept_for_ever(cast):
    for days, handled in ((181, None), (20, 15), (20, None), (20, 3)):
        now = timezone.now()
        row = Palaute.objects.create(kunta=cast.kunta, viesti="x", sahkoposti="asukas@koti.example")
        when = handled and now - timedelta(days=handled)
        Palaute.objects.filter(pk=row.pk).update(luotu=now - timedelta(days=days), kasitelty=when)
    call_command("siivoa", verbosity=0)
    assert [bool(row.sahkoposti) for row in Palaute.objects.order_by("pk")] == [False, False, True, True]


def test_a_program_that_fills_in_all_fields_is_thanked_and_nothing_is_kept(client, teko):
    assert "Kiitos. Viestisi on lähetetty." in ask(client, teko, kotisivu="http://roska.example").text
    assert not Palaute.objects.exists()


def test_from_one_address_five_an_hour(client, teko, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    assert [ask(client, teko).status_code for _n in range(6)] == [200] * 5 + [429]
    assert Palaute.objects.count() == 5


def test_of_what_is_not_public_nothing_is_asked(cast, client):
    path = reverse("raportit:toimenpide-palaute", args=[cast.kunta.slug, cast.vayla.tunnus])
    assert client.get(path).status_code == client.post(path, {"viesti": "x"}).status_code == 404
    cast.versio.publish(by=cast.kaisa)
    assert client.get(path).status_code == 200
    assert client.get(path.replace(cast.kunta.slug, cast.naapuri.kunta.slug)).status_code == 404
    cast.versio.withdraw(by=cast.kaisa, syy="Virhe.")
    assert client.post(path, {"viesti": "x"}).status_code == 404 and not Palaute.objects.exists()


def test_another_site_cannot_send_a_message_in_anybody_s_name(client, teko):
    client.handler.enforce_csrf_checks = True
    page = client.get(teko)
    assert f'action="{teko}palaute/"' in page.text and not page.cookies
    sent = {"data": {"viesti": KYSYMYS}, "path": f"{teko}palaute/"}
    assert client.post(**sent, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert client.post(**sent).status_code == 403, "vanha selain ei kerro mitään"
    assert not Palaute.objects.exists()
    assert client.post(**sent, headers={"sec-fetch-site": "same-origin"}).status_code == 302
    assert Palaute.objects.get().viesti == KYSYMYS
    form = client.get(f"{teko}palaute/")
    token = re.search('name="csrfmiddlewaretoken" value="([^"]+)"', form.text)[1]
    assert client.post(sent["path"], sent["data"] | {"csrfmiddlewaretoken": token}).status_code == 302
