"""How the kunta looks, what it says of itself, and the feedback that it gets."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from strategia.models import Palaute


def png():
    content = BytesIO()
    Image.new("RGB", (1, 1)).save(content, "PNG")
    return content.getvalue()


def kunnan_tiedot(**values):
    return {"virallinen_nimi": "Kirkkorannan kunta", "genetiivi": "Kirkkorannan", "muoto": "kunta", **values}


def test_only_aino_changes_how_the_kunta_looks(cast, kirjautunut):
    path = reverse("strategia:kunta-muokkaa")
    for who in (cast.kaisa, cast.veikko):
        assert kirjautunut(who).post(path, kunnan_tiedot(korostusvari="#00ff00")).status_code == 403
    kirjautunut(cast.aino).post(path, kunnan_tiedot(korostusvari="#7A1F3D"))
    assert "/vari/7a1f3d.css" in kirjautunut(cast.veikko).get("/").text


@pytest.mark.parametrize(
    ("colour", "sentence"),
    [("#ffe08a", "Väri on liian vaalea: sen kontrasti valkoiseen on 1,3 : 1."), ("red", "Anna väri muodossa #00357a.")],
)
def test_a_colour_that_cannot_be_read_is_refused(colour, sentence, cast, kirjautunut):
    answer = kirjautunut(cast.aino).post(reverse("strategia:kunta-muokkaa"), kunnan_tiedot(korostusvari=colour))
    assert answer.status_code == 422
    assert sentence in answer.text


def test_the_logo_is_a_picture_of_the_own_kunta(cast, kirjautunut):
    aino, path = kirjautunut(cast.aino), reverse("strategia:kunta-muokkaa")
    logo = SimpleUploadedFile("../../logo.png", png(), content_type="text/html")
    aino.post(path, kunnan_tiedot(logo=logo))
    answer = aino.get(reverse("strategia:kunta-logo"))
    with Image.open(BytesIO(answer.content)) as shown:
        assert (shown.format, shown.size, answer["Content-Type"]) == ("PNG", (1, 1), "image/png")
    assert kirjautunut(cast.ulla).get(reverse("strategia:kunta-logo")).status_code == 404
    evil = SimpleUploadedFile("logo.png", b"<svg onload=alert(1)>", content_type="image/png")
    assert aino.post(path, kunnan_tiedot(logo=evil)).status_code == 422


def test_feedback_reaches_the_koordinaattori_of_the_own_kunta(cast, kirjautunut, mailoutbox):
    page = reverse("strategia:palaute")
    answer = kirjautunut(cast.veikko).post(
        page, {"viesti": "Fontti on pieni & ääkköset hyvät.", "sivu": "/omat/"}, follow=True
    )
    assert "Kiitos palautteesta." in answer.text
    assert set(mailoutbox[0].to) == {cast.aino.email, cast.kaisa.email}
    assert (
        "Fontti on pieni &amp; ääkköset hyvät." in kirjautunut(cast.kaisa).get(reverse("strategia:palaute-lista")).text
    )
    assert "Fontti on pieni" not in kirjautunut(cast.ulla).get(reverse("strategia:palaute-lista")).text


def test_an_address_may_give_feedback_five_times_an_hour(cast, kirjautunut, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    veikko, page = kirjautunut(cast.veikko), reverse("strategia:palaute")

    def give(address, text):
        return veikko.post(page, {"viesti": text}, headers={"X-Forwarded-For": f"10.9.9.9, {address}"})

    assert [give("192.0.2.1", f"Palaute {n}").status_code for n in range(5)] == [302] * 5
    refused = give("192.0.2.1", "Kuudes & kirjoitettu")
    assert refused.status_code == 429
    assert "Tästä osoitteesta on tullut jo monta palautetta." in refused.text
    assert "Kuudes &amp; kirjoitettu" in refused.text, "kirjoitettu säilyy"
    assert give("192.0.2.2", "Toisesta osoitteesta").status_code == 302
    assert Palaute.objects.filter(kunta=cast.kunta).count() == 6


def test_a_kunta_takes_a_hundred_messages_a_day(cast, kirjautunut):
    Palaute.objects.bulk_create(Palaute(kunta=cast.kunta, viesti="x") for _ in range(100))
    page = reverse("strategia:palaute")
    refused = kirjautunut(cast.veikko).post(page, {"viesti": "Sadasensimmäinen"})
    assert (refused.status_code, "Yritä huomenna." in refused.text) == (429, True)
    assert kirjautunut(cast.ulla).post(page, {"viesti": "Toisessa kunnassa"}).status_code == 302
    Palaute.objects.filter(kunta=cast.kunta).update(luotu=timezone.now() - timedelta(hours=25))
    assert kirjautunut(cast.veikko).post(page, {"viesti": "Seuraavana päivänä"}).status_code == 302


def test_the_statements_say_whose_they_are(cast, kirjautunut, client):
    cast.kunta.tietosuojaseloste = "Oma teksti & yhteystieto."
    cast.kunta.save()
    assert "Oma teksti &amp; yhteystieto." in kirjautunut(cast.liisa).get(reverse("strategia:tietosuoja")).text
    assert "Oma teksti" not in kirjautunut(cast.ulla).get(reverse("strategia:tietosuoja")).text
    assert "Rekisterinpitäjä on" not in client.get(reverse("strategia:tietosuoja")).text  # two kunnat: whose?
