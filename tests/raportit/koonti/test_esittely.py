"""What the strategia is, told by the koordinaattori on the kunta's public home."""

import pytest
from django.urls import reverse

from strategia.models import Tapahtuma

pytestmark = pytest.mark.django_db
KOTI = "/julkinen/kirkkoranta/"


@pytest.fixture
def sivu(cast):
    return reverse("raportit:strategia-esittely", args=[cast.strategia.pk])


def test_others_do_not_write_it(cast, kirjautunut, sivu):
    for who, status in (("veikko", 403), ("liisa", 403), ("tarmo", 403), ("ulla", 404)):
        assert kirjautunut(getattr(cast, who)).post(sivu, {"esittely": "x"}).status_code == status
    cast.strategia.refresh_from_db()
    assert cast.strategia.esittely == ""


def test_everybody_reads_it_beside_a_published_report(cast, client, kirjautunut, sivu):
    kirjautunut(cast.kaisa).post(sivu, {"esittely": "Kunnan <tärkein> suunnitelma.\n\nSe päivitetään."})
    assert "suunnitelma." not in client.get(KOTI).text, "ilman julkaistua raporttia sivulla ei ole strategiaa"
    cast.versio.publish(by=cast.kaisa)
    assert "<p>Kunnan &lt;tärkein&gt; suunnitelma.</p>" in client.get(KOTI).text
    act = Tapahtuma.objects.get(laji=Tapahtuma.Laji.MUUTETTU)
    assert act.kuka == cast.kaisa and "Se päivitetään." in act.mihin


def test_personal_data_is_refused(cast, kirjautunut, sivu):
    page = kirjautunut(cast.kaisa).post(sivu, {"esittely": "Kysy: kaisa@kunta.example"})
    assert page.status_code == 422 and "henkilötieto: kaisa@kunta.example" in page.text
    cast.strategia.refresh_from_db()
    assert cast.strategia.esittely == ""


def test_of_two_who_write_the_second_sees_what_the_first_wrote(cast, kirjautunut, sivu):
    kaisa, aino = kirjautunut(cast.kaisa), kirjautunut(cast.aino)
    seen = kaisa.get(sivu).context["form"]["versio"].value()
    aino.post(sivu, {"esittely": "Ainon teksti.", "versio": seen})
    page = kaisa.post(sivu, {"esittely": "Kaisan teksti.", "versio": seen})
    assert page.status_code == 409 and "Ainon teksti." in page.text
